import JSON
import LifeEvents
import Reports
import Scenarios
import Simulation

extension Report {
    /// What a run ends with, as one JSON object.
    func json() -> String {
        var writer = JSONWriter(pretty: true)
        writer.beginObject()
        writer.key("passed")
        writer.bool(passed)
        writer.key("exitCode")
        writer.int(Int64(exitCode))
        writer.key("scenarios")
        writer.beginArray()
        for group in groups {
            writer.beginObject()
            writer.key("name")
            writer.string(group.scenario.name.value)
            writer.key("file")
            writer.string(group.scenario.name.span.file)
            writer.key("passed")
            writer.bool(group.worlds.allSatisfy { failures[$0].isEmpty })
            if let reason = group.scenario.knownFailure {
                writer.key("knownFailure")
                writer.string(reason.value)
            }
            writer.key("expectations")
            writer.int(Int64(group.worlds.reduce(0) { $0 + instances[$1].scenario.expectationCount }))
            if assertsNothing(group.worlds) {
                writer.key("note")
                writer.string(RunLog.nothingAsserted)
            }
            writer.key("digest")
            writer.string(RunDigest.combined(group.worlds.map { result.digests[$0] }).description)
            writer.key("messages")
            writer.int(Int64(group.worlds.reduce(0) { $0 + result.messages[$1] }))
            writer.key("tiles")
            writer.int(Int64(group.worlds.reduce(0) { $0 + tileCounts[$1] }))
            writer.key("cases")
            writer.int(Int64(group.worlds.count))
            if group.worlds.count > 1 {
                writer.key("results")
                writer.beginArray()
                for number in group.worlds { result(of: number, into: &writer) }
                writer.endArray()
            }
            writer.key("people")
            writer.beginObject()
            for person in group.worlds.first.map({ instances[$0].people }) ?? [] {
                writer.key(person.name)
                writer.string(person.key.description)
            }
            writer.endObject()
            write("failures", failures, group.worlds, into: &writer)
            if group.scenario.knownFailure != nil { write("known", known, group.worlds, into: &writer) }
            writer.endObject()
        }
        writer.endArray()
        skipped.write(into: &writer)
        if !notApproved.isEmpty {
            writer.key("notApproved")
            writer.beginArray()
            for reason in notApproved { writer.string(reason) }
            writer.endArray()
        }
        writer.key("deterministic")
        writer.bool(options.speed == nil && result.outside == 0)
        writer.key("outside")
        writer.int(Int64(result.outside))
        writer.key("refused")
        writer.int(Int64(result.refused))
        writer.key("deadLetters")
        writer.int(Int64(result.deadLetters))
        writer.key("redelivered")
        writer.int(Int64(result.redelivered))
        writer.key("instants")
        writer.int(Int64(result.instants))
        writer.key("pendingCount")
        writer.int(Int64(result.pendingCount))
        writer.key("pending")
        writer.beginArray()
        for work in result.pending { describe(work, into: &writer) }
        writer.endArray()
        writer.endObject()
        writer.endLine()
        return writer.text
    }

    /// What failed in some worlds: what counts, or what is known to fail.
    private func write(
        _ name: String, _ found: [[ExpectationFailure]], _ worlds: [Int], into writer: inout JSONWriter
    ) {
        writer.key(name)
        writer.beginArray()
        for number in worlds {
            for failure in found[number] {
                writer.beginObject()
                writer.key("case")
                writer.string(instances[number].name)
                writer.key("code")
                writer.string(failure.code.rawValue)
                writer.key("step")
                writer.string(failure.step)
                writer.key("place")
                writer.string(failure.place)
                writer.key("message")
                writer.string(failure.message)
                describe(failure, ofWorld: number, into: &writer)
                writer.endObject()
            }
        }
        writer.endArray()
    }

    /// What a tester needs to see why.
    private func describe(_ failure: ExpectationFailure, ofWorld number: Int, into writer: inout JSONWriter) {
        if let time = failure.time {
            writer.key("virtualTime")
            writer.string("\(Stockholm.local(time))")
        }
        writer.key(failure.isWitnessed ? "came" : "nearest")
        writer.beginArray()
        for line in failure.nearest { writer.string(line) }
        writer.endArray()
        guard let log else { return }
        writer.key("whyNot")
        writer.beginArray()
        for reason in log.whyNot(ofWorld: number, place: failure.place, step: failure.step) { writer.string(reason) }
        writer.endArray()
        if let repro = log.repro(ofWorld: number, place: failure.place) {
            writer.key("repro")
            writer.string(repro)
        }
    }

    /// What was due after the end of a world.
    private func describe(_ work: PendingWork, into writer: inout JSONWriter) {
        writer.beginObject()
        if instances.indices.contains(work.world) {
            writer.key("case")
            writer.string(instances[work.world].name)
            writer.key("about")
            writer.string(instances[work.world].name(of: work.subject) ?? work.subject.description)
        }
        writer.key("due")
        writer.string("\(Stockholm.local(work.due))")
        if let topic = work.topic {
            writer.key("message")
            writer.string(topic)
        }
        if let timer = work.timer {
            writer.key("timer")
            writer.string(timer.name)
            writer.key("agency")
            writer.string(timer.agency.description)
        }
        writer.endObject()
    }

    private func result(of number: Int, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("case")
        writer.string(instances[number].worldName)
        writer.key("passed")
        writer.bool(failures[number].isEmpty)
        writer.key("digest")
        writer.string(result.digests[number].description)
        writer.key("messages")
        writer.int(Int64(result.messages[number]))
        writer.endObject()
    }
}
