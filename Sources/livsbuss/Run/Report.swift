import LifeEvents
import Reports
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
    /// Scenarios that were not played because they say so.
    var skipped: [(name: String, reason: String)] = []
    /// Why the run was not approved, though that was asked for: then it has not passed.
    var notApproved: [String] = []
    /// The run's log, where failures are explained from it.
    var log: RunLog?
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

    var passed: Bool { failures.allSatisfy(\.isEmpty) && notApproved.isEmpty }

    var exitCode: Int32 { passed ? 0 : Failure.Code.expectation.rawValue }

    /// Adds what failed beside the expectations.
    mutating func add(_ more: [(world: Int, failure: ExpectationFailure)]) {
        for (number, failure) in more { failures[number].append(failure) }
    }

    /// One row a scenario: its name, file, and the worlds of it.
    var groups: [(scenario: Scenario, worlds: [Int])] {
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
            text += "  \(counted(messages, "message")), \(tiles) of them tiles, \(span(group.worlds))\n"
            if options.speed == nil, result.outside == 0 {
                text += "        digest \(digest)\n"
            } else {
                text += "        digest \(digest) (not comparable: \(label))\n"
            }
            if let reason = group.scenario.knownFailure, isKnown {
                text += "        fails as it is known to: \(reason.value.escapedLine)\n"
            }
            if assertsNothing(group.worlds) {
                text += paint("        nothing was asserted", .yellow) + " but what holds in every run\n"
            }
            text += describe(failed: failed)
        }
        for reason in notApproved { text += paint("not approved", .red, .bold) + "  \(reason.escapedLine)\n" }
        if let common = log?.commonFailuresText { text += paint(common, .yellow) }
        if result.pendingCount > 0 {
            let timers = result.pendingTimers
            text += paint("not played, being after the end: \(counted(result.pendingCount - timers, "message"))", .dim)
            text += paint(" and \(counted(timers, "timer"))\n", .dim)
        }
        if result.deadLetters > 0 { text += "\(counted(result.deadLetters, "dead letter"))\n" }
        if result.outside > 0 { text += "\(counted(result.outside, "outside record"))\n" }
        if result.refused > 0 {
            let records = counted(
                result.refused, "record from outside was", several: "records from outside were")
            text += "\(records) refused\n"
        }
        return text
    }

    /// Whether worlds pass because nothing was expected of them.
    func assertsNothing(_ worlds: [Int]) -> Bool {
        worlds.allSatisfy { instances[$0].scenario.expectationCount == 0 }
    }

    private var label: String {
        var parts: [String] = []
        if options.speed != nil { parts.append("a paced run is not deterministic") }
        if result.outside > 0 { parts.append(counted(result.outside, "outside record")) }
        return parts.joined(separator: ", ")
    }

    private func span(_ worlds: [Int]) -> String {
        let known = worlds.compactMap { spans[$0] }
        guard let first = known.map(\.first).min(), let last = known.map(\.last).max() else { return "no time" }
        let days = Stockholm.day(of: first).distance(to: Stockholm.day(of: last))
        return counted(days, "virtual day")
    }

    /// How a scenario's worlds failed: each way once, with the worlds that failed so.
    private func describe(failed: [Int]) -> String {
        var ways: [(key: [String], worlds: [Int])] = []
        for number in failed {
            let key = failures[number].map { "\($0.code.rawValue) \($0.place) \($0.step)" }
            if let place = ways.firstIndex(where: { $0.key == key }) {
                ways[place].worlds.append(number)
            } else {
                ways.append((key, [number]))
            }
        }
        var text = ""
        for way in ways.prefix(Self.mostWays) {
            text += describe(way.worlds[0])
            let others = way.worlds.dropFirst()
            guard !others.isEmpty else { continue }
            let names = others.prefix(Self.mostNames).map { instances[$0].worldName }.joined(separator: "; ")
            let more = others.count > Self.mostNames ? " …" : ""
            text += "        the same in \(counted(others.count, "more case")): \(names.escapedLine)\(more)\n"
        }
        let rest = ways.dropFirst(Self.mostWays).reduce(0) { $0 + $1.worlds.count }
        if rest > 0 { text += "        … and \(counted(rest, "more case")) failed in other ways\n" }
        return text
    }

    /// So many ways to fail of one scenario are told.
    private static let mostWays = 3
    /// So many worlds that failed in the same way are named.
    private static let mostNames = 5

    private func describe(_ number: Int) -> String {
        (failureText?(number) ?? "").split(separator: "\n").map { "    \($0)\n" }.joined()
    }
}
