import LifeEvents
import Scenarios

/// The list of a page's journeys: failed ones first with what failed first, and what they have in common.
struct ReportIndex {
    /// How many bytes the list may take.
    private static let budget = 1 << 20

    /// A word that fewer journeys share is no button: it can be typed.
    private static let smallestGroup = 3

    let log: RunLog
    /// The worlds in the order of the page.
    let order: [Int]
    /// Those that are drawn below.
    let drawn: Set<Int>

    var text: String {
        guard log.worlds.count > 1 else { return "" }
        var html = common + "<nav class=\"index\" aria-label=\"Journeys\">\n" + choice
        html += "<table><thead><tr><th>Journey</th>"
        html += "<th class=\"n\">Expectations</th><th class=\"n\">Messages</th><th class=\"n\">Virtual time</th>"
        html += "<th>Digest</th></tr></thead><tbody>\n"
        for (place, number) in order.enumerated() {
            guard html.utf8.count < Self.budget else {
                html +=
                    "<tr><td colspan=\"5\" class=\"mut\">… and \(order.count - place) more, failures first</td></tr>\n"
                break
            }
            html += row(number)
        }
        html += "</tbody></table>\n"
        if drawn.count < log.worlds.count {
            html += "<p class=\"mut\">\(log.worlds.count - drawn.count) journeys that passed are listed only, "
            html += "to keep this file small.</p>\n"
        }
        return html + "</nav>"
    }

    /// What many failed journeys share, before anybody reads them one by one.
    private var common: String {
        let failed = log.worlds.count { !$0.passed }
        let shared = log.commonFailures.filter { $0.worlds.count > 1 }
        guard failed > 3, !shared.isEmpty else { return "" }
        var html = "<section class=\"common\"><h2>What failed journeys have in common</h2><ol>\n"
        for (what, worlds) in shared.prefix(8) {
            html += "<li><b>\(worlds.count)</b> \(what.xml)<small>"
            html += worlds.prefix(4).map { "<a href=\"#case-\($0)\">\(log.worlds[$0].title.xml)</a>" }
                .joined(separator: ", ")
            if worlds.count > 4 { html += " …" }
            html += "</small></li>\n"
        }
        return html + "</ol></section>\n"
    }

    /// Words to filter by, and the folders and tags that journeys have; hidden where there is no script.
    private var choice: String {
        guard log.worlds.count > 5 else { return "" }
        var words: [String: Int] = [:]
        for world in log.worlds { for word in Self.groups(world) { words[word, default: 0] += 1 } }
        let buttons = words.filter { $0.value >= Self.smallestGroup && $0.value < log.worlds.count }
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(12)
        var html =
            "<div class=\"choice\"><input type=\"search\" class=\"pick\" placeholder=\"Filter: a name, a word of "
        html += "a failure, a folder, failed\" aria-label=\"Filter the journeys\">"
        if log.worlds.contains(where: { !$0.passed }) {
            html += "<button type=\"button\" data-pick=\"failed\">failed</button>"
        }
        for (word, count) in buttons {
            html += "<button type=\"button\" data-pick=\"\(word.xml)\">\(word.xml) <small>\(count)</small></button>"
        }
        return html + "</div>\n"
    }

    /// The folder, the tags and the parameters of a journey.
    private static func groups(_ world: WorldLog) -> [String] {
        guard let start = world.start else { return [] }
        let folders = start.file.split(separator: "/").dropLast()
        let folder = folders.last.map { ["\($0)/"] } ?? []
        return folder + (start.tags ?? []).map { "#\($0)" }
            + start.params.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    }

    private func row(_ number: Int) -> String {
        let one = log.worlds[number]
        let end = one.end
        let state = one.passed ? "ok" : "no"
        let whole = one.defect == nil
        let word =
            end == nil
            ? "not ended" : !whole ? "not whole" : end?.known != nil ? "known" : one.passed ? "passed" : "failed"
        let title = one.title.xml
        let name = drawn.contains(number) ? "<a href=\"#case-\(number)\">\(title)</a>" : title
        let met = (end?.expectations ?? 0) - (end?.failed ?? 0)
        var html = "<tr class=\"\(state)\" data-g=\"\(Self.groups(one).joined(separator: " ").xml)\">"
        html += "<td><i class=\"\(state)\">\(word)</i> \(name)"
        if !one.passed, let first = one.failures.first {
            html += "<p>\(first.message.xml)</p>"
        }
        if let place = one.failures.first?.place ?? one.start.map({ "\($0.file):\($0.line)" }) {
            html += "<small>\(place.xml)</small>"
        }
        html += "</td><td class=\"n\" data-l=\"met\">\(met)/\(end?.expectations ?? 0)</td>"
        html += "<td class=\"n\" data-l=\"messages\">\(one.messages.count)</td><td class=\"n\" data-l=\"virtual\">"
        html += "\(one.span.map { SpanText.text($0) } ?? "–")</td>"
        return html
            + "<td data-l=\"digest\"><code>\((end?.digest.prefix(12)).map(String.init) ?? "–")</code></td></tr>\n"
    }
}
