import JSON
import LifeEvents
import Scenarios
import Simulation
import Terminal

/// What a run ends with, as text and as JSON.
struct Report {
    let instances: [ScenarioInstance]
    let result: RunResult
    let options: RunOptions
    private(set) var failures: [[ExpectationFailure]]
    /// What the run's log says of failed worlds; nil where there is none.
    var failureText: ((Int) -> String?)?
    let spans: [(first: Instant, last: Instant)?]
    let tileCounts: [Int]

    /// What failed of scenarios that are known to fail, by world.
    let known: [[ExpectationFailure]]

    init(instances: [ScenarioInstance], outcome: RunPass.Outcome, verdict: KnownFailures, options: RunOptions) {
        failures = verdict.failures
        known = verdict.known
        self.instances = instances
        self.options = options
        result = outcome.result
        spans = outcome.spans
        tileCounts = outcome.tileCounts
    }

    var passed: Bool { failures.allSatisfy(\.isEmpty) }

    /// Adds what failed beside the expectations.
    mutating func add(_ more: [(world: Int, failure: ExpectationFailure)]) {
        for (number, failure) in more { failures[number].append(failure) }
    }

    /// One row a scenario: its name, file, and the worlds of it.
    private var groups: [(scenario: Scenario, worlds: [Int])] {
        var groups: [(scenario: Scenario, worlds: [Int])] = []
        for (number, instance) in instances.enumerated() {
            if groups.last?.scenario.name.value == instance.scenario.name.value {
                groups[groups.count - 1].worlds.append(number)
            } else {
                groups.append((instance.scenario, [number]))
            }
        }
        return groups
    }

    func text(_ paint: Paint) -> String {
        var text = "\n"
        for group in groups {
            let failed = group.worlds.filter { !failures[$0].isEmpty }
            let isKnown = group.worlds.contains { !known[$0].isEmpty }
            let verdict =
                failed.isEmpty
                ? isKnown ? paint("known ", .yellow, .bold) : paint("passed", .green, .bold)
                : paint("failed", .red, .bold)
            let messages = group.worlds.reduce(0) { $0 + result.messages[$1] }
            let tiles = group.worlds.reduce(0) { $0 + tileCounts[$1] }
            let digest = RunDigest.combined(group.worlds.map { result.digests[$0] })
            text += "\(verdict)  \(group.scenario.name.value)"
            if group.worlds.count > 1 { text += " × \(group.worlds.count)" }
            text += "  \(messages) messages, \(tiles) of them tiles, \(span(group.worlds))\n"
            if options.speed == nil, result.outside == 0 {
                text += "        digest \(digest)\n"
            } else {
                text += "        digest \(digest) (not comparable: \(label))\n"
            }
            if let reason = group.scenario.knownFailure, isKnown {
                text += "        fails as it is known to: \(reason.value.escapedLine)\n"
            }
            if group.worlds.allSatisfy({ instances[$0].scenario.expectationCount == 0 }) {
                text += paint("        nothing was asserted", .yellow) + " but what holds in every run\n"
            }
            for number in failed.prefix(3) { text += describe(number) }
            if failed.count > 3 { text += "        … and \(failed.count - 3) more cases failed\n" }
        }
        if result.pendingCount > 0 {
            let timers = result.pending.count { $0.timer != nil }
            text += paint("not played, being after the end: \(counted(result.pendingCount - timers, "message"))", .dim)
            text += paint(" and \(counted(timers, "timer"))\n", .dim)
        }
        if result.deadLetters > 0 { text += "\(result.deadLetters) dead letters\n" }
        if result.outside > 0 { text += "\(result.outside) outside records\n" }
        if result.refused > 0 { text += "\(result.refused) records from outside were refused\n" }
        return text
    }

    private var label: String {
        var parts: [String] = []
        if options.speed != nil { parts.append("a paced run is not deterministic") }
        if result.outside > 0 { parts.append("\(result.outside) outside records") }
        return parts.joined(separator: ", ")
    }

    private func span(_ worlds: [Int]) -> String {
        let known = worlds.compactMap { spans[$0] }
        guard let first = known.map(\.first).min(), let last = known.map(\.last).max() else { return "no time" }
        let days = Stockholm.day(of: first).distance(to: Stockholm.day(of: last))
        return "\(days) virtual days"
    }

    private func describe(_ number: Int) -> String {
        (failureText?(number) ?? "").split(separator: "\n").map { "    \($0)\n" }.joined()
    }

    func json() -> String {
        var writer = JSONWriter(pretty: true)
        writer.beginObject()
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
            writer.key("failures")
            writer.beginArray()
            for number in group.worlds {
                for failure in failures[number] {
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
                    writer.endObject()
                }
            }
            writer.endArray()
            writer.endObject()
        }
        writer.endArray()
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

    private func counted(_ count: Int, _ thing: String) -> String { "\(count) \(thing)\(count == 1 ? "" : "s")" }

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
