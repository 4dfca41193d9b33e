import LifeEvents
import Scenarios
import Terminal

/// A log's worlds as Mermaid sequence diagrams, for pages that draw them.
public struct MermaidText {
    private let log: RunLog

    /// Diagrams of a log.
    public init(_ log: RunLog) {
        self.log = log
    }

    /// One diagram for each world, each after a comment with the world's name.
    public var text: String {
        if let reason = log.unplayedReason {
            return ([reason] + log.mistakes.map(\.text)).map { "%% nothing was played: \(Self.clean($0))\n" }.joined()
        }
        let note = log.defect.map { "%% the log is not whole: \(Self.clean($0))\n" } ?? ""
        return note + log.worlds.map(Self.diagram).joined(separator: "\n")
    }

    private static func diagram(_ one: WorldLog) -> String {
        let rows = SequenceRows(one)
        var lines = ["%% \(clean(one.title))", "sequenceDiagram"]
        for (number, name) in rows.lanes.enumerated() { lines.append("    participant L\(number) as \(clean(name))") }
        let over = rows.lanes.count > 1 ? "L0,L\(rows.lanes.count - 1)" : "L0"
        var last: Instant?
        for row in rows.rows {
            if case .gap(let span) = row.content {
                lines.append("    Note over \(over): … \(SpanText.text(span)) …")
                continue
            }
            if last != row.time, row.time != .latest {
                lines.append("    Note left of L0: \(row.time.toTheMinute.dropFirst(5))")
            }
            last = row.time
            lines += words(row.content, over)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func words(_ content: SequenceRows.Content, _ over: String) -> [String] {
        switch content {
        case .gap: []
        case .folded(let count): ["    Note over \(over): … \(count) more …"]
        case .message(let arrow): words(arrow)
        case .timer(let lane, let name): ["    Note over L\(lane): timer \(clean(name))"]
        case .fault(let lane, let text): ["    Note over \(lane.map { "L\($0)" } ?? over): fault: \(clean(text))"]
        case .rejection(let lane, let text): ["    L\(lane)-xL\(lane): dead letter: \(clean(text))"]
        case .failure(let from, let to, let text): ["    L\(from)--xL\(to): FAILED \(clean(text))"]
        }
    }

    private static func words(_ arrow: SequenceRows.Arrow) -> [String] {
        var label = arrow.label
        if let code = arrow.code { label = "\(code) \(label)" }
        if arrow.count > 1 { label += " × \(arrow.count)" }
        guard !arrow.to.isEmpty else { return ["    L\(arrow.from)-)L\(arrow.from): \(clean(label))"] }
        let sign = arrow.code == nil ? "->>" : "-->>"
        return arrow.to.map { "    L\(arrow.from)\(sign)L\($0): \(clean(label))" }
    }

    /// Without what Mermaid reads as syntax, comments and directives, or a page that shows its diagrams as HTML.
    private static func clean(_ text: String) -> String {
        text.escapedLine.replacing(";", with: ",").replacing("#", with: "no. ").replacing("%%", with: "% %")
            .replacing("<", with: "‹").replacing(">", with: "›")
    }
}
