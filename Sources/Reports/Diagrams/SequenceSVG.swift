import LifeEvents
import Scenarios
import Terminal

/// A sequence diagram as inline SVG; its colours come from the page.
struct SequenceSVG {
    private let rows: SequenceRows
    private let number: Int
    private let column: Int
    private let gutter = 92
    private let head = 44

    /// - Parameter number: the world's number, for links to its messages.
    init(_ rows: SequenceRows, number: Int) {
        self.rows = rows
        self.number = number
        column = max(132, min(205, 1_020 / max(rows.lanes.count, 1)))
    }

    private var width: Int { gutter + column * rows.lanes.count + 40 }

    private func x(_ lane: Int) -> Int { gutter + column * lane + column / 2 }

    private func height(_ content: SequenceRows.Content) -> Int {
        switch content {
        case .gap, .folded: 34
        case .timer: 26
        case .message, .fault, .rejection, .failure: 36
        }
    }

    var text: String {
        var y = head + 12
        var body = ""
        var last: Instant?
        for row in rows.rows {
            let height = height(row.content)
            let line = y + height - 10
            if case .gap = row.content {
                last = nil
            } else if last != row.time {
                let isNewDay = last.map { $0.dayAndMonth != row.time.dayAndMonth } ?? true
                let label = row.time == .latest ? "" : (isNewDay ? row.time.dayAndClock : row.time.clock)
                body += "<text class=\"t\" x=\"\(gutter - 12)\" y=\"\(line + 4)\">\(label)</text>"
                last = row.time
            }
            body += draw(row.content, line)
            y += height
        }
        let bottom = y + 10
        var svg =
            "<svg class=\"seq\" width=\"\(width)\" height=\"\(bottom + 6)\" viewBox=\"0 0 \(width) \(bottom + 6)\" "
        svg += "role=\"img\" aria-label=\"Sequence diagram\">"
        for (lane, name) in rows.lanes.enumerated() {
            let at = x(lane)
            svg += "<line class=\"life\" x1=\"\(at)\" x2=\"\(at)\" y1=\"\(head)\" y2=\"\(bottom)\"/>"
            svg +=
                "<rect class=\"head\" x=\"\(at - column / 2 + 5)\" y=\"8\" width=\"\(column - 10)\" height=\"28\" rx=\"6\"/>"
            svg += "<text class=\"who\" x=\"\(at)\" y=\"26\">\(Self.fitted(name, column - 18).xml)</text>"
        }
        return svg + body + "</svg>"
    }

    private func draw(_ content: SequenceRows.Content, _ y: Int) -> String {
        switch content {
        case .gap(let span): return band(y, "… \(SpanText.text(span)) …", "gap")
        case .folded(let count): return band(y, "… \(counted(count, "more row")) …", "gap")
        case .message(let arrow): return draw(arrow, y)
        case .timer(let lane, let name):
            return "<circle class=\"timer\" cx=\"\(x(lane))\" cy=\"\(y)\" r=\"4\"/>"
                + "<text class=\"mut\" x=\"\(x(lane) + 9)\" y=\"\(y + 4)\">timer \(name.xml)</text>"
        case .fault(let lane, let text):
            let left = lane.map { x($0) - column / 2 + 5 } ?? gutter
            let wide = lane == nil ? column * rows.lanes.count : column - 10
            return note(left, y, max(wide, Self.width(text) + 20), text, "fault")
        case .rejection(let lane, let text):
            let shown = Self.fitted("dead letter: " + text, column * 3)
            return note(x(lane) - column / 2 + 5, y, Self.width(shown) + 20, shown, "reject")
        case .failure(let from, let to, let text): return failure(from, to, text, y)
        }
    }

    private func band(_ y: Int, _ text: String, _ style: String) -> String {
        let middle = gutter + column * rows.lanes.count / 2
        return
            "<rect class=\"\(style)\" x=\"\(gutter)\" y=\"\(y - 16)\" width=\"\(column * rows.lanes.count)\" height=\"22\"/>"
            + "<text class=\"gapt\" x=\"\(middle)\" y=\"\(y - 1)\">\(text.xml)</text>"
    }

    private func note(_ left: Int, _ y: Int, _ wide: Int, _ text: String, _ style: String) -> String {
        let left = max(4, min(left, width - wide - 4))
        return "<rect class=\"\(style)\" x=\"\(left)\" y=\"\(y - 17)\" width=\"\(wide)\" height=\"24\" rx=\"4\"/>"
            + "<text class=\"\(style)t\" x=\"\(left + 10)\" y=\"\(y - 1)\">\(text.xml)</text>"
    }

    private func draw(_ arrow: SequenceRows.Arrow, _ y: Int) -> String {
        let from = x(arrow.from)
        let title = arrow.label + (arrow.count > 1 ? " × \(arrow.count)" : "")
        var svg = "<a href=\"#m-\(number)-\(arrow.message)\">"
        guard let left = arrow.to.min(), let right = arrow.to.max() else {
            svg +=
                "<path class=\"arr none\" d=\"M\(from) \(y)h34\"/><circle class=\"end\" cx=\"\(from + 38)\" cy=\"\(y)\" r=\"3\"/>"
            return svg + label(title, y, from + 8, "start", arrow.code, column * 2) + "</a>"
        }
        let ends = (min(x(left), from), max(x(right), from))
        let style = arrow.code == nil ? "arr" : "arr tile"
        svg += "<path class=\"\(style)\" d=\"M\(ends.0) \(y)H\(ends.1)\"/>"
        svg += "<circle class=\"dot\" cx=\"\(from)\" cy=\"\(y)\" r=\"3\"/>"
        for lane in arrow.to {
            let (at, back) = (x(lane), x(lane) > from ? -8 : 8)
            svg += "<path class=\"tip\" d=\"M\(at) \(y)l\(back) -4v8z\"/>"
        }
        // The words stand beside the sender, on the side to which most of the arrow goes.
        let goesRight = ends.1 - from >= from - ends.0
        let room = goesRight ? max(ends.1 - from, column) : max(from - ends.0, column)
        let start = goesRight ? from + 8 : from - 8
        return svg + label(title, y, start, goesRight ? "start" : "end", arrow.code, room + 14) + "</a>"
    }

    private func label(_ text: String, _ y: Int, _ x: Int, _ anchor: String, _ code: String?, _ room: Int) -> String {
        let pill = code == nil ? 0 : 32
        let isStart = anchor == "start"
        let shown = Self.fitted(text, room - pill)
        var svg = ""
        if let code {
            let left = isStart ? x : x - 27
            svg +=
                "<rect class=\"pill c\(code.xml)\" x=\"\(left)\" y=\"\(y - 19)\" width=\"27\" height=\"14\" rx=\"4\"/>"
            svg += "<text class=\"pillt\" x=\"\(left + 13)\" y=\"\(y - 8)\">\(code.xml)</text>"
        }
        let title = shown == text ? "" : "<title>\(text.xml)</title>"
        svg += "<text class=\"lab\" text-anchor=\"\(anchor)\" x=\"\(isStart ? x + pill : x - pill)\" y=\"\(y - 7)\">"
        return svg + "\(shown.xml)\(title)</text>"
    }

    private func failure(_ from: Int, _ to: Int, _ text: String, _ y: Int) -> String {
        let (start, end) = (x(from), from == to ? x(from) + 60 : x(to))
        let goesRight = end > start
        let shown = Self.fitted(text, width - 40 - (goesRight ? start : gutter))
        let wide = Self.width(shown)
        // The sentence may be longer than the arrow; it must stay inside the drawing.
        let left = max(gutter, min(min(start, end) + 8, width - wide - 8))
        return "<path class=\"bad\" d=\"M\(start) \(y)H\(end)\"/>"
            + "<path class=\"cross\" d=\"M\(end - 5) \(y - 5)l10 10m0 -10l-10 10\"/>"
            + "<text class=\"badt\" x=\"\(left)\" y=\"\(y - 8)\">\(shown.xml)<title>\(text.xml)</title></text>"
    }

    /// About how many pixels a text takes at 12 pixels a letter's height.
    private static func width(_ text: String) -> Int { text.count * 68 / 10 }

    private static func fitted(_ text: String, _ pixels: Int) -> String {
        let room = max(4, pixels * 10 / 68)
        return text.count <= room ? text : text.prefix(room - 1) + "…"
    }
}
