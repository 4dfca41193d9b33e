import LifeEvents
public import Scenarios
public import Simulation

/// An approved run as text, to be kept beside its scenario: a later run that differs is a failure.
///
/// Messages stand by what caused them and people by their names, so a difference reads as what became different.
public struct GoldenRun: Sendable {
    /// The text of the file.
    public let text: String
    private let settings: [String]
    private let file: String

    /// The golden file of a scenario: beside it, with another ending.
    public static func path(of scenario: String) -> String {
        (scenario.hasSuffix(".yaml") ? String(scenario.dropLast(5)) : scenario) + ".golden"
    }

    /// The run's worlds of one scenario file.
    public init(_ log: RunLog, file: String, digests: [RunDigest]) {
        self.file = file
        let worlds = log.worlds.filter { $0.start?.file == file }
        settings = [
            "form 1", "seed \(log.start.seed)", "resolution \(log.start.resolution) min", "cases \(worlds.count)",
        ]
        var lines = ["# An approved run: what livsbuss run --approve wrote. Messages stand below what caused them."]
        lines += settings
        for one in worlds {
            guard let start = one.start else { continue }
            lines += ["", "case \(start.title)"]
            if digests.indices.contains(start.number) { lines.append("digest \(digests[start.number])") }
            lines += Self.lines(one)
        }
        text = lines.joined(separator: "\n") + "\n"
    }

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

    /// Whether an approved text is of a run with the same settings: another seed gives other messages.
    public func isComparable(with approved: String) -> Bool {
        approved.split(separator: "\n").filter { !$0.hasPrefix("#") }.prefix(settings.count).map(String.init)
            == settings
    }

    /// What differs from the approved text; nil if nothing does.
    public func difference(from approved: String) -> ExpectationFailure? {
        guard approved != text else { return nil }
        let difference = TextDifference(approved, text)
        return ExpectationFailure(
            .notApproved, step: "golden", place: "\(Self.path(of: file)):\(difference.firstLine ?? 1):1",
            message: "the run is not the approved one; if it should be, approve it: livsbuss run \(file) --approve",
            time: nil, nearest: difference.lines)
    }
}
