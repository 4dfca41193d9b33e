import LifeEvents
import Reports
import Scenarios
import Simulation
import Terminal

/// What several seeds came to: which cases failed with which of them, at which expectation, and what they have in common.
struct SeedReport {
    let instances: [ScenarioInstance]
    let seeds: [UInt64]
    /// What failed and is not known to, by seed, then by case.
    let failures: [[[ExpectationFailure]]]
    /// What failed of cases that are known to fail, by seed, then by case.
    let known: [[[ExpectationFailure]]]
    /// By seed, then by case.
    let digests: [[RunDigest]]
    /// Scenarios that were not played because they say so.
    let skipped: [(name: String, reason: String)]
    /// The command that plays a case with a seed.
    let command: (ScenarioInstance, UInt64) -> String

    /// So many failed cases are told in full; the rest are named.
    private static let mostCases = 20
    /// So many different sentences of one expectation are told.
    private static let mostSentences = 3
    /// So many things that cases have in common are told.
    private static let mostCommon = 8

    /// - Parameter found: what each case came to, by seed, then by case.
    init(
        instances: [ScenarioInstance], seeds: [UInt64], found: [[SeedBoard.Verdict]],
        skipped: [(name: String, reason: String)], command: @escaping (ScenarioInstance, UInt64) -> String
    ) {
        (self.instances, self.seeds, self.skipped, self.command) = (instances, seeds, skipped, command)
        digests = found.map { $0.map(\.digest) }
        var failures = found.map { $0.map(\.failures) }
        var known = failures.map { $0.map { _ in [ExpectationFailure]() } }
        for (world, instance) in instances.enumerated() {
            // What fails with some seed is as it is known to be; what passes with all is not.
            guard instance.scenario.knownFailure != nil, !instance.scenario.isCut,
                failures.contains(where: { !$0[world].isEmpty })
            else { continue }
            for seed in seeds.indices { (known[seed][world], failures[seed][world]) = (failures[seed][world], []) }
        }
        self.known = known
        let passedAfterAll = instances.indices.filter { world in
            known.allSatisfy { $0[world].isEmpty } && failures.allSatisfy { $0[world].isEmpty }
        }
        for seed in seeds.indices {
            let verdict = KnownFailures(instances, failures[seed])
            for world in passedAfterAll { failures[seed][world] = verdict.failures[world] }
        }
        self.failures = failures
    }

    var passed: Bool { failures.allSatisfy { $0.allSatisfy(\.isEmpty) } }

    var exitCode: Int32 { passed ? 0 : Failure.Code.expectation.rawValue }

    /// An expectation of a case that failed, with the seeds and what came with each.
    struct Fault {
        let failure: ExpectationFailure
        var seeds: [UInt64]
        /// Each sentence with its seeds, in the order in which they came.
        var sentences: [(text: String, seeds: [UInt64])]
    }

    /// The seeds with which a case failed, of what counts or of what is known.
    func seeds(of world: Int, in all: [[[ExpectationFailure]]]) -> [UInt64] {
        zip(seeds, all).filter { !$1[world].isEmpty }.map(\.0)
    }

    /// The expectations at which a case failed.
    func faults(of world: Int, in found: [[[ExpectationFailure]]]) -> [Fault] {
        var faults: [Fault] = []
        for (seed, all) in zip(seeds, found) {
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

    /// What failed cases have in common, the most frequent first: failures of one kind that wait for the same type or tile.
    var common: [(what: String, cases: [Int], seeds: [UInt64])] {
        var found: [(what: String, cases: [Int], seeds: Set<UInt64>)] = []
        var places: [String: Int] = [:]
        for world in instances.indices {
            for fault in faults(of: world, in: failures) {
                let what = instances[world].kindOfFailure(fault.failure)
                let place = places[what] ?? found.count
                if places[what] == nil {
                    places[what] = place
                    found.append((what, [], []))
                }
                if found[place].cases.last != world { found[place].cases.append(world) }
                found[place].seeds.formUnion(fault.seeds)
            }
        }
        return found.enumerated().sorted {
            ($1.element.cases.count, $0.offset) < ($0.element.cases.count, $1.offset)
        }.map { _, one in (one.what, one.cases, seeds.filter(one.seeds.contains)) }
    }

    // MARK: - Text

    func text(_ paint: Paint) -> String {
        let failed = instances.indices.filter { !seeds(of: $0, in: failures).isEmpty }
        var text = "\n"
        for world in failed.prefix(Self.mostCases) { text += describe(world, paint) }
        for world in failed.dropFirst(Self.mostCases) {
            text +=
                paint("failed", .red, .bold)
                + "  \(instances[world].name)  with \(count(seeds(of: world, in: failures)))\n"
        }
        for world in instances.indices {
            let own = seeds(of: world, in: known)
            guard !own.isEmpty, let reason = instances[world].scenario.knownFailure else { continue }
            text += paint("known ", .yellow, .bold) + "  \(instances[world].name)  fails with \(count(own))\n"
            text += "        fails as it is known to: \(reason.value.escapedLine)\n"
        }
        for one in skipped { text += paint("skipped", .yellow, .bold) + " \(one.name): \(one.reason.escapedLine)\n" }
        let silent = Set(instances.filter { $0.scenario.expectationCount == 0 }.map(\.scenario.name.value)).sorted()
        for name in silent {
            text += paint("nothing was asserted", .yellow) + " in \(name) but what holds in every run\n"
        }
        let shared = failed.count > 1 ? common.filter { $0.cases.count > 1 } : []
        if !shared.isEmpty { text += "failed cases have in common\n" }
        for one in shared.prefix(Self.mostCommon) {
            text += "  \(one.cases.count) of \(failed.count)  \(one.what), with \(count(one.seeds))\n"
        }
        let knownCount = instances.indices.count { !seeds(of: $0, in: known).isEmpty }
        let good = instances.count - failed.count - knownCount
        let verdict = failed.isEmpty ? paint("passed", .green, .bold) : "passed"
        var others = knownCount > 0 ? ", \(knownCount) known to fail" : ""
        if !skipped.isEmpty { others += ", \(skipped.count) skipped" }
        let all = "\(counted(instances.count, "case")) with all of \(counted(seeds.count, "seed"))"
        return text + "\(verdict)  \(good) of \(all): \(SeedList.text(seeds))\(others)\n"
    }

    private func describe(_ world: Int, _ paint: Paint) -> String {
        let own = seeds(of: world, in: failures)
        var text = paint("failed", .red, .bold) + "  \(instances[world].name)  with \(count(own))\n"
        for fault in faults(of: world, in: failures) {
            text += "    failed[\(fault.failure.code.rawValue)]: \(fault.failure.place) (\(fault.failure.step))"
            text += fault.seeds == own ? "\n" : "  with \(count(fault.seeds))\n"
            text += lines(fault).map { "      \($0)\n" }.joined()
        }
        if let seed = own.first { text += "      repro: \(command(instances[world], seed))\n" }
        return text
    }

    /// What came with which seeds.
    func lines(_ fault: Fault) -> [String] {
        var lines: [String] = []
        for (sentence, seeds) in fault.sentences.prefix(Self.mostSentences) {
            let mark = fault.sentences.count == 1 ? "" : "with \(SeedList.text(seeds)): "
            lines += (mark + sentence).split(separator: "\n").map(String.init)
        }
        let more = fault.sentences.count - Self.mostSentences
        if more > 0 { lines.append("… and \(more) more, each with other seeds") }
        return lines
    }

    func count(_ some: [UInt64]) -> String {
        some.count == seeds.count
            ? "all \(counted(seeds.count, "seed"))"
            : "\(some.count) of \(counted(seeds.count, "seed")): \(SeedList.text(some))"
    }
}
