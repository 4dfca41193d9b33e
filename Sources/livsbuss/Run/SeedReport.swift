import JSON
import LifeEvents
import Scenarios
import Simulation
import Terminal

/// What several seeds came to: which cases failed with which of them, at which expectation.
struct SeedReport {
    let instances: [ScenarioInstance]
    let seeds: [UInt64]
    /// By seed, then by case.
    let failures: [[[ExpectationFailure]]]
    /// By seed, then by case.
    let digests: [[RunDigest]]

    /// So many failed cases are told in full; the rest are named.
    private static let mostCases = 20
    /// So many different sentences of one expectation are told.
    private static let mostSentences = 3

    var passed: Bool { failures.allSatisfy { $0.allSatisfy(\.isEmpty) } }

    /// An expectation of a case that failed, with the seeds and what came with each.
    private struct Fault {
        let failure: ExpectationFailure
        var seeds: [UInt64]
        /// Each sentence with its seeds, in the order in which they came.
        var sentences: [(text: String, seeds: [UInt64])]
    }

    /// The seeds with which a case failed.
    private func failedSeeds(of world: Int) -> [UInt64] {
        zip(seeds, failures).filter { !$1[world].isEmpty }.map(\.0)
    }

    private func faults(of world: Int) -> [Fault] {
        var faults: [Fault] = []
        for (seed, all) in zip(seeds, failures) {
            for failure in all[world] {
                let known = faults.firstIndex {
                    $0.failure.code == failure.code && $0.failure.place == failure.place
                        && $0.failure.step == failure.step
                }
                let place = known ?? faults.count
                if known == nil { faults.append(Fault(failure: failure, seeds: [], sentences: [])) }
                if faults[place].seeds.last != seed { faults[place].seeds.append(seed) }
                let text = Self.sentence(failure)
                if let row = faults[place].sentences.firstIndex(where: { $0.text == text }) {
                    faults[place].sentences[row].seeds.append(seed)
                } else {
                    faults[place].sentences.append((text, [seed]))
                }
            }
        }
        return faults
    }

    /// What was expected and came, with the closest message.
    private static func sentence(_ failure: ExpectationFailure) -> String {
        guard let nearest = failure.nearest.first else { return failure.message }
        return "\(failure.message)\n\(failure.isWitnessed ? "came" : "nearest"): \(nearest)"
    }

    func text(_ paint: Paint, command: (ScenarioInstance, UInt64) -> String) -> String {
        let failed = instances.indices.filter { !failedSeeds(of: $0).isEmpty }
        var text = "\n"
        for world in failed.prefix(Self.mostCases) {
            let own = failedSeeds(of: world)
            text += paint("failed", .red, .bold) + "  \(instances[world].name)  with \(count(own))\n"
            for fault in faults(of: world) {
                text += "    failed[\(fault.failure.code.rawValue)]: \(fault.failure.place) (\(fault.failure.step))"
                text += fault.seeds == own ? "\n" : "  with \(count(fault.seeds))\n"
                for (sentence, seeds) in fault.sentences.prefix(Self.mostSentences) {
                    let mark = fault.sentences.count == 1 ? "" : "with \(SeedList.text(seeds)): "
                    text += (mark + sentence).split(separator: "\n").map { "      \($0)\n" }.joined()
                }
                let more = fault.sentences.count - Self.mostSentences
                if more > 0 { text += "      … and \(more) more, each with other seeds\n" }
            }
            if let seed = own.first { text += "      repro: \(command(instances[world], seed))\n" }
        }
        for world in failed.dropFirst(Self.mostCases) {
            text += paint("failed", .red, .bold) + "  \(instances[world].name)  with \(count(failedSeeds(of: world)))\n"
        }
        let silent = Set(instances.filter { $0.scenario.expectationCount == 0 }.map(\.scenario.name.value)).sorted()
        for name in silent {
            text += paint("nothing was asserted", .yellow) + " in \(name) but what holds in every run\n"
        }
        let good = instances.count - failed.count
        let verdict = failed.isEmpty ? paint("passed", .green, .bold) : "passed"
        return text + "\(verdict)  \(good) of \(instances.count) cases with all of \(seeds.count) seeds: "
            + SeedList.text(seeds) + "\n"
    }

    private func count(_ some: [UInt64]) -> String {
        some.count == seeds.count
            ? "all \(seeds.count) seeds" : "\(some.count) of \(seeds.count) seeds: \(SeedList.text(some))"
    }

    var json: String {
        var writer = JSONWriter(pretty: true)
        writer.beginObject()
        writer.key("passed")
        writer.bool(passed)
        writer.key("seeds")
        writer.beginArray()
        for seed in seeds { writer.string("\(seed)") }
        writer.endArray()
        writer.key("cases")
        writer.beginArray()
        for (world, instance) in instances.enumerated() { write(world, instance, into: &writer) }
        writer.endArray()
        writer.endObject()
        writer.endLine()
        return writer.text
    }

    private func write(_ world: Int, _ instance: ScenarioInstance, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("case")
        writer.string(instance.name)
        writer.key("file")
        writer.string(instance.scenario.name.span.file)
        writer.key("failedSeeds")
        writer.beginArray()
        for seed in failedSeeds(of: world) { writer.string("\(seed)") }
        writer.endArray()
        writer.key("failures")
        writer.beginArray()
        for fault in faults(of: world) {
            for (sentence, seeds) in fault.sentences {
                writer.beginObject()
                writer.key("code")
                writer.string(fault.failure.code.rawValue)
                writer.key("place")
                writer.string(fault.failure.place)
                writer.key("step")
                writer.string(fault.failure.step)
                writer.key("message")
                writer.string(sentence)
                writer.key("seeds")
                writer.beginArray()
                for seed in seeds { writer.string("\(seed)") }
                writer.endArray()
                writer.endObject()
            }
        }
        writer.endArray()
        writer.key("digests")
        writer.beginArray()
        for all in digests { writer.string(all[world].description) }
        writer.endArray()
        writer.endObject()
    }
}
