import LifeEvents
import Scenarios

/// A log as one HTML file that needs nothing else: style, script and drawings stand in it.
public struct HTMLReport {
    /// Once the page has so many bytes, worlds are only listed.
    static let budget = 8 << 20
    /// Once it has so many, worlds that passed are: nobody reads hundreds of them, and the page of 500 is to be mailed.
    static let budgetOfPassed = 1 << 20

    /// So many scenarios that were not played are told.
    private static let mostSkipped = 50

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
            guard pages.utf8.count < (one.passed ? Self.budgetOfPassed : Self.budget) else { break }
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
            \(ReportIndex(log: log, order: order, drawn: drawn).text)
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
        if log.unplayedReason != nil { return "Nothing was played" }
        if !log.hasEnded { return "The log ends before its run" }
        if !log.isComplete { return "The log is not whole" }
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
        if let reason = log.unplayedReason { html += "<p class=\"warn\">\(reason.xml)</p>" }
        for one in log.mistakes { html += "<p class=\"warn\"><code>\(one.text.xml)</code></p>" }
        for one in (log.start.skipped ?? []).prefix(Self.mostSkipped) {
            html += "<p class=\"mut\">skipped: \(one.scenario.xml): \(one.reason.xml)</p>"
        }
        let more = (log.start.skipped?.count ?? 0) - Self.mostSkipped
        if more > 0 { html += "<p class=\"mut\">… and \(more) more are skipped</p>" }
        if let defect = log.defect { html += "<p class=\"warn\">\(defect.xml)</p>" }
        return html
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
