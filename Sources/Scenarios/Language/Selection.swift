import YAML

/// Which cases of a matrix are meant: `income=0,protected=true`, or only some of the parameters.
public struct CaseFilter: Sendable {
    /// Parameters with their values as text.
    public let values: [(name: String, value: String)]

    /// Reads a filter; nil if a part is no `name=value`.
    public init?(_ text: String) {
        var values: [(name: String, value: String)] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let equals = part.firstIndex(of: "="), Substitution.isName(part[..<equals]) else { return nil }
            values.append((String(part[..<equals]), String(part[part.index(after: equals)...])))
        }
        self.values = values
    }

    /// Whether a case has all these values.
    public func matches(_ scenario: Scenario) -> Bool {
        values.allSatisfy { wanted in
            scenario.parameters.contains { $0.name == wanted.name && $0.text == wanted.value }
        }
    }
}

/// A file, or a file and one of its lines: `Scenarios/move.yaml:52`.
public struct ScenarioSelection: Sendable {
    /// The file or folder.
    public let path: String
    /// The line, from 1; nil for the whole.
    public let line: Int?

    /// Reads a selection; a number behind the last colon is a line.
    public init(_ text: String) {
        if let colon = text.lastIndex(of: ":"), colon != text.startIndex,
            let line = Int(text[text.index(after: colon)...]), line > 0
        {
            path = String(text[..<colon])
            self.line = line
        } else {
            path = text
            line = nil
        }
    }
}

extension Scenario {
    /// The scenario up to and including the step at a line of its own file: later steps are left out, and so is what
    /// must hold at the end. The run ends with the last step or deadline that is left.
    ///
    /// A line between two steps means the one above; a line of a `use` means the whole group. Times of the steps left
    /// out stay known, as a payload may name them.
    ///
    /// - Returns: nil if the first step begins after the line.
    public func upTo(line: Int) -> Scenario? {
        let places = steps.map { $0.uses.last ?? $0.span }
        guard let last = places.lastIndex(where: { $0.range.start.line <= line }) else { return nil }
        var part = self
        // Steps stand in the file's order, so what is kept is the beginning.
        part.steps = Array(steps[...last])
        part.finalTiles = []
        part.finalPages = []
        part.tilesAsOf = []
        part.finalCounts = []
        part.until = nil
        part.cutLine = line
        let kept = Set(part.steps.map(\.id.value))
        part.awaited.removeAll { !kept.contains($0.step) }
        var timeline = timeline
        let end = timeline.lastInstant(of: part.steps)
        timeline.end = min(end, timeline.end ?? end)
        part.timeline = timeline
        return part
    }
}
