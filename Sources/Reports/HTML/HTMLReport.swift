import LifeEvents
import Scenarios

/// A log as one HTML file that needs nothing else: style, script and drawings stand in it.
public struct HTMLReport {
    /// Once the page has so many bytes, worlds that passed are only listed.
    static let budget = 8 << 20
    /// How many bytes the list of worlds may take.
    private static let indexBudget = 1 << 20

    private let log: RunLog

    /// A report of a log.
    public init(_ log: RunLog) {
        self.log = log
    }

    /// The whole page. A run of 10,000 messages takes about 7 MB.
    public var text: String {
        let order = log.worlds.indices.sorted { left, right in
            (log.worlds[left].passed ? 1 : 0, left) < (log.worlds[right].passed ? 1 : 0, right)
        }
        let opensAll = log.worlds.count <= 3
        var pages = ""
        var drawn = Set<Int>()
        for number in order {
            let one = log.worlds[number]
            guard pages.utf8.count < Self.budget else { break }
            let room = Self.budget - pages.utf8.count
            let isOpen = !one.passed || opensAll
            pages += WorldPage(one, number: number, log: log, room: room).text(isOpen: isOpen)
            drawn.insert(number)
        }
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(title.xml) – Livsbuss</title>
            <link rel="icon" href="data:,">
            <style>\(ReportStyle.css)</style>
            </head>
            <body>
            <header class="top">
            <p class="mark">Livsbuss <span>run report</span></p>
            <h1 class="\(log.passed ? "ok" : "no")">\(title.xml)</h1>
            \(facts)
            </header>
            <main>
            \(index(order, drawn))
            \(pages)</main>
            <footer>\(log.start.program.xml) · made from a run log, works without a network · times are virtual, in Stockholm</footer>
            <script>\(ReportScript.javaScript)</script>
            </body>
            </html>

            """
    }

    private var title: String {
        let failed = log.worlds.count { !$0.passed }
        let count = log.worlds.count
        if !log.isComplete { return "The log ends before its run" }
        if count == 0 { return "No journey was run" }
        if failed == 0 { return count == 1 ? "The journey passed" : "All \(count) journeys passed" }
        return count == 1 ? "The journey failed" : "\(failed) of \(count) journeys failed"
    }

    private var facts: String {
        var facts: [(String, String)] = [
            ("messages", "\(log.messageCount)"), ("seed", "\(log.start.seed)"), ("broker", log.start.broker),
        ]
        if let partitions = log.start.partitions { facts.append(("partitions", "\(partitions)")) }
        facts.append(("resolution", "\(log.start.resolution) min"))
        for (name, value) in log.start.settings.sorted(by: { $0.key < $1.key }) { facts.append((name, value)) }
        let first = log.worlds.compactMap { $0.end?.first }.min()
        let last = log.worlds.compactMap { $0.end?.last }.max()
        if let first, let last { facts.append(("virtual time", "\(first.fullDay) – \(last.fullDay)")) }
        if let end = log.end {
            facts.append(("wall time", "\(Int(end.wallMilliseconds)) ms"))
            if end.deadLetters > 0 { facts.append(("dead letters", "\(end.deadLetters)")) }
            if end.outside > 0 { facts.append(("outside records", "\(end.outside)")) }
            if let refused = end.refused { facts.append(("refused records", "\(refused)")) }
            if !end.deterministic { facts.append(("deterministic", "no")) }
        }
        var html = "<dl class=\"facts\">"
        for (name, value) in facts { html += "<div><dt>\(name.xml)</dt><dd>\(value.xml)</dd></div>" }
        html += "</dl>"
        if let truncation = log.truncation { html += "<p class=\"warn\">\(truncation.xml)</p>" }
        return html
    }

    private func index(_ order: [Int], _ drawn: Set<Int>) -> String {
        guard log.worlds.count > 1 else { return "" }
        var html = "<nav class=\"index\" aria-label=\"Journeys\">\n<table><thead><tr><th>Journey</th>"
        html += "<th class=\"n\">Expectations</th><th class=\"n\">Messages</th><th class=\"n\">Virtual time</th>"
        html += "<th>Digest</th></tr></thead><tbody>\n"
        for (place, number) in order.enumerated() {
            guard html.utf8.count < Self.indexBudget else {
                html +=
                    "<tr><td colspan=\"5\" class=\"mut\">… and \(order.count - place) more, failures first</td></tr>\n"
                break
            }
            let one = log.worlds[number]
            let end = one.end
            let state = one.passed ? "ok" : "no"
            let word = end == nil ? "not ended" : end?.known != nil ? "known" : one.passed ? "passed" : "failed"
            let title = one.title.xml
            let name = drawn.contains(number) ? "<a href=\"#case-\(number)\">\(title)</a>" : title
            let met = (end?.expectations ?? 0) - (end?.failed ?? 0)
            html +=
                "<tr class=\"\(state)\"><td><i class=\"\(state)\">\(word)</i> \(name)"
            if let place = one.start.map({ "\($0.file):\($0.line)" }) { html += "<small>\(place.xml)</small>" }
            html += "</td><td class=\"n\" data-l=\"met\">\(met)/\(end?.expectations ?? 0)</td>"
            html += "<td class=\"n\" data-l=\"messages\">\(one.messages.count)</td><td class=\"n\" data-l=\"virtual\">"
            html += "\(one.span.map { SpanText.text($0) } ?? "–")</td>"
            html += "<td data-l=\"digest\"><code>\((end?.digest.prefix(12)).map(String.init) ?? "–")</code></td></tr>\n"
        }
        html += "</tbody></table>\n"
        if drawn.count < log.worlds.count {
            html += "<p class=\"mut\">\(log.worlds.count - drawn.count) journeys that passed are listed only, "
            html += "to keep this file small.</p>\n"
        }
        return html + "</nav>"
    }
}

extension WorldLog {
    /// From the first message to the last.
    var span: VirtualDuration? {
        guard let first = end?.first ?? messages.first?.time, let last = end?.last ?? messages.last?.time else {
            return nil
        }
        return last - first
    }
}
