import LifeEvents
public import Scenarios
public import Simulation

/// The worlds of one scenario file as text, to be kept beside it: a later run that differs is a failure.
///
/// Messages stand by what caused them and people by their names, so a difference reads as what became different.
public struct GoldenRun: Sendable {
    private let golden: GoldenFile
    private let file: String
    /// The numbers of the worlds, by their titles.
    private let numbers: [String: Int]

    /// The golden file of a scenario: beside it, with another ending.
    public static func path(of scenario: String) -> String {
        (scenario.hasSuffix(".yaml") ? String(scenario.dropLast(5)) : scenario) + ".golden"
    }

    /// The run's worlds of one scenario file.
    public init(_ log: RunLog, file: String, digests: [RunDigest]) {
        self.file = file
        let own = log.worlds.filter { $0.start?.file == file }.compactMap { one in one.start.map { (one, $0) } }
        numbers = Dictionary(own.map { ($1.title, $1.number) }, uniquingKeysWith: { first, _ in first })
        let cases = own.map { one, start in
            let digest = digests.indices.contains(start.number) ? ["digest \(digests[start.number])"] : []
            return GoldenFile.Case(title: start.title, lines: digest + Self.lines(one), line: 1)
        }
        golden = GoldenFile(seed: log.start.seed, resolution: log.start.resolution, cases: cases)
    }

    /// The text of the file.
    public var text: String { golden.text }

    private static func lines(_ one: WorldLog) -> [String] {
        let tree = CausalTree(one)
        let named = NamedData(one)
        return tree.inOrder(one).map { number in
            let node = tree.nodes[number]
            let message = one.messages[number]
            var line = String(repeating: "  ", count: node.depth)
            line += "\(Stockholm.local(message.time))  \(message.label)"
            if let occurred = message.occurred { line += "  occurred \(Stockholm.local(occurred))" }
            return line + "  " + named.text(message.data ?? "null")
        }
    }

    /// The text of the file with this run's cases, and the others as they were approved.
    public func text(keepingOthersOf approved: GoldenFile) -> String { approved.replacing(golden.cases).text }

    /// Whether an approved run has the same settings: another seed gives other messages.
    public func isComparable(with approved: GoldenFile) -> Bool { approved.settings == golden.settings }

    /// Something that differs from the approved run.
    public struct Difference: Sendable {
        /// The number of the world that differs; nil for a case that the scenario has no more: no case shows that, but the
        /// whole scenario does.
        public let world: Int?
        /// What is told.
        public let failure: ExpectationFailure
    }

    /// What differs from the approved run, case by case.
    /// - Parameter isWhole: whether these are all cases of the scenario; else the others are not asked for.
    public func differences(from approved: GoldenFile, isWhole: Bool) -> [Difference] {
        let formers = Dictionary(approved.cases.map { ($0.title, $0) }, uniquingKeysWith: { first, _ in first })
        var found: [Difference] = []
        for one in golden.cases {
            guard let former = formers[one.title] else {
                let failure = failure("the approved run has no case \(one.title)", line: 1)
                found.append(Difference(world: numbers[one.title], failure: failure))
                continue
            }
            guard former.lines != one.lines else { continue }
            let difference = TextDifference(
                former.lines.joined(separator: "\n"), one.lines.joined(separator: "\n"))
            let failure = failure(
                "the run is not the approved one", line: former.line + (difference.firstLine ?? 1),
                nearest: difference.lines)
            found.append(Difference(world: numbers[one.title], failure: failure))
        }
        guard isWhole else { return found }
        let own = Set(golden.cases.map(\.title))
        for former in approved.cases where !own.contains(former.title) {
            let failure = failure("the scenario has no case \(former.title) any more", line: former.line)
            found.append(Difference(world: nil, failure: failure))
        }
        return found
    }

    /// That a file is no approved run.
    public func failure(_ fault: GoldenFile.Fault) -> ExpectationFailure {
        failure("this is no approved run: \(fault)", line: fault.line)
    }

    private func failure(_ message: String, line: Int, nearest: [String] = []) -> ExpectationFailure {
        ExpectationFailure(
            .notApproved, step: "golden", place: "\(Self.path(of: file)):\(line):1",
            message: "\(message); if it should be, approve it: livsbuss run \(file) --approve", time: nil,
            nearest: nearest)
    }
}
