import LifeEvents
import Scenarios
import Terminal

/// The part of the page that tells one world.
struct WorldPage {
    let one: WorldLog
    let number: Int
    let log: RunLog
    /// Bytes that may still be written; payloads are left out where they would not fit.
    let room: Int

    init(_ one: WorldLog, number: Int, log: RunLog, room: Int) {
        self.one = one
        self.number = number
        self.log = log
        self.room = room
    }

    func text(isOpen: Bool) -> String {
        let state = one.passed ? "ok" : "no"
        var html = "<details class=\"case \(state)\" id=\"case-\(number)\"\(isOpen ? " open" : "")>\n<summary>"
        html += "<i class=\"\(state)\">\(one.passed ? "passed" : "failed")</i><h2>\(one.title.xml)</h2><span>"
        html += "\(counted(one.messages.count, "message")) · \(counted(one.statusChanges.count, "tile"))"
        if let span = one.span { html += " · \(SpanText.text(span))" }
        html += "</span></summary>\n<div class=\"body\">\n"
        if one.assertsNothing { html += "<p class=\"lead\">\(RunLog.nothingAsserted)</p>\n" }
        html += failures + repro
        let rows = SequenceRows(one)
        let panels = [
            ("Steps", steps), ("Sequence", sequence(rows)), ("Timeline", timeline(rows.lanes)), ("Status", status),
            ("Messages", messages), ("Why not", whyNot),
        ]
        html += "<div class=\"tabs\" role=\"tablist\">"
        for (index, panel) in panels.enumerated() {
            html += "<button role=\"tab\" type=\"button\" aria-selected=\"\(index == 0)\" "
            html += "aria-controls=\"p-\(number)-\(index)\">\(panel.0)</button>"
        }
        html += "</div>\n"
        for (index, panel) in panels.enumerated() {
            html += "<section class=\"panel\" role=\"tabpanel\" id=\"p-\(number)-\(index)\"><h3>\(panel.0)</h3>\n"
            html += panel.1 + "</section>\n"
        }
        return html + "</div></details>\n"
    }

    // MARK: - What failed

    private var failures: String {
        var html = ""
        for failure in one.failures.prefix(50) {
            html += "<div class=\"fail\"><p><strong>\(failure.message.xml)</strong></p>"
            html += "<p class=\"at\"><code>\(failure.place.xml)</code> \(failure.step.xml)"
            if let deadline = failure.deadline { html += " · due \(deadline.toTheMinute)" }
            html += "</p>"
            let nearest = failure.nearest ?? []
            if failure.step == "golden" {
                html += "<pre class=\"diff\">\(Self.coloured(nearest))</pre>"
            } else if !nearest.isEmpty {
                let lead = failure.witnessed == true ? "Came" : "Nearest"
                html += "<p class=\"lead\">\(lead)</p><ul>\(nearest.map { "<li>\($0.xml)</li>" }.joined())</ul>"
            }
            html += Self.columns(failure.compared ?? [])
            let refusals = one.whyNot(failure, faults: log.outside.faults)
            if !refusals.isEmpty {
                html += "<p class=\"lead\">Why not</p><ul>\(refusals.map { "<li>\($0.xml)</li>" }.joined())</ul>"
            }
            html += "</div>\n"
        }
        return html
    }

    /// What was expected and what the nearest says, side by side.
    private static func columns(_ values: [ComparedValue]) -> String {
        guard !values.isEmpty else { return "" }
        var html = "<table class=\"beside\"><thead><tr><th></th><th>expected</th><th>actual</th></tr></thead><tbody>"
        for value in values {
            html += "<tr\(value.differs ? " class=\"off\"" : "")><th scope=\"row\">\(value.name.xml)</th>"
            html += "<td>\(value.expected.xml)</td><td>\(value.differs ? "✘ " : "")\(value.actual.xml)</td></tr>"
        }
        return html + "</tbody></table>"
    }

    private static func coloured(_ lines: [String]) -> String {
        lines.map { line in
            let style = line.hasPrefix("+") ? "ins" : (line.hasPrefix("-") ? "del" : "")
            return style.isEmpty ? line.xml : "<\(style)>\(line.xml)</\(style)>"
        }.joined(separator: "\n")
    }

    private var repro: String {
        guard let start = one.start else { return "" }
        return
            "<p class=\"repro\"><code>\(start.repro.xml)</code><button type=\"button\" class=\"copy\">Copy</button></p>\n"
    }

    // MARK: - Drawings

    private func sequence(_ rows: SequenceRows) -> String {
        "<div class=\"scroll\" tabindex=\"0\">" + SequenceSVG(rows, number: number).text + "</div>\n"
    }

    private func timeline(_ lanes: [String]) -> String {
        let drawing = TimelineSVG(one, lanes: lanes, number: number)
        var html = "<div class=\"lanes\"><ol style=\"padding-top:\(TimelineSVG.top)px\">"
        for lane in lanes { html += "<li title=\"\(lane.xml)\">\(lane.xml)</li>" }
        html += "</ol><div class=\"scroll\" tabindex=\"0\">" + drawing.text + "</div></div>\n"
        html +=
            "<p class=\"mut legend\"><b class=\"mk\"></b>messages <b class=\"mk sq\"></b>a tile, in the colour of its "
        html += "code <b class=\"tri\"></b>a timer falls due. Long silences are drawn short.</p>\n"
        return html
    }

    // MARK: - The status

    private var status: String {
        guard !one.statusChanges.isEmpty else { return "<p class=\"mut\">Nobody was shown anything.</p>\n" }
        var holders: [String] = []
        var lines: [String: [String]] = [:]
        var changes: [String: [StatusChange]] = [:]
        for change in one.statusChanges {
            let line = "\(change.tile)|\(change.agency)|\(change.about ?? "")"
            let key = change.holder + "|" + line
            if lines[change.holder] == nil { holders.append(change.holder) }
            if changes[key] == nil { lines[change.holder, default: []].append(line) }
            changes[key, default: []].append(change)
        }
        var html = ""
        for holder in holders {
            html += "<h4>\(holder.xml)</h4><div class=\"tiles\">\n"
            // order-free: the lists of one holder, in the order of the log
            for line in lines[holder] ?? [] { html += row(changes[holder + "|" + line] ?? []) }
            html += "</div>\n"
        }
        return html
    }

    private func row(_ changes: [StatusChange]) -> String {
        guard let first = changes.first, let last = changes.last else { return "" }
        var html = "<div class=\"tile\"><div class=\"name\"><b class=\"pill c\(last.to.xml)\">\(last.to.xml)</b> "
        html += "<strong>\(first.tile.xml)</strong> <small>\(first.agency.xml)"
        if let about = first.about { html += ", about \(about.xml)" }
        html += "</small></div><ol>"
        for change in changes {
            html +=
                "<li><time>\(change.time.dayAndClock)</time> <b class=\"pill c\(change.to.xml)\">\(change.to.xml)</b> "
            html += "<span lang=\"sv\">\(change.text.xml)</span></li>"
        }
        return html + "</ol></div>\n"
    }
}
