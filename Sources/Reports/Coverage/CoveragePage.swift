import Terminal

/// Coverage as one HTML file that needs nothing else.
public struct CoveragePage {
    private let coverage: Coverage

    /// A page of a coverage.
    public init(_ coverage: Coverage) {
        self.coverage = coverage
    }

    /// The whole page.
    public var text: String {
        let results = coverage.results.filter { $0.dimension != .fault || !$0.rows.isEmpty }
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Coverage – Livsbuss</title>
            <link rel="icon" href="data:,">
            <style>\(ReportStyle.css)\(Self.css)</style>
            </head>
            <body>
            <header class="top">
            <p class="mark">Livsbuss <span>coverage</span></p>
            <h1>\(counted(coverage.worlds, "journey")), \(counted(coverage.messages, "message"))</h1>
            </header>
            <main>
            <p class="mut">\(coverage.logs.joined(separator: " · ").xml)</p>
            \(results.map(Self.section).joined())</main>
            <footer>made from run logs, works without a network</footer>
            </body>
            </html>

            """
    }

    private static let css = """
        .case>summary{display:grid;grid-template-columns:7em 1fr 4em 4.5em;gap:14px}.case>summary b{font-weight:650}
        .case>summary .n{text-align:right;margin:0}.bar{height:10px;border-radius:5px;background:var(--nobg);overflow:hidden}
        .bar i{display:block;height:100%;background:var(--ok)}
        .item{border-top:1px solid var(--line);padding:6px 2px;display:grid;grid-template-columns:9em 1fr;gap:0 14px}
        .item code{grid-column:2;color:var(--mut)}.item .uncovered{color:var(--no)}.item .covered{color:var(--ok)}
        .item .only,.item .undeclared{color:var(--warn)}
        .rest>summary{cursor:pointer;color:var(--mut);padding:8px 2px;border-top:1px solid var(--line)}
        @media(max-width:720px){.case>summary{grid-template-columns:5em 1fr 3.2em 3.6em;gap:8px}
        .case>summary span{width:auto}.item{grid-template-columns:1fr}.item code{grid-column:1}}

        """

    private static func section(_ result: Coverage.Result) -> String {
        let percent = result.percent
        var html =
            "<details class=\"case\" id=\"\(result.dimension.rawValue)\"\(percent == 100 ? "" : " open")><summary>"
        html += "<b>\(result.dimension.rawValue)</b><div class=\"bar\"><i style=\"width:\(percent ?? 0)%\"></i></div>"
        html += "<span class=\"n\">\(percent.map { "\($0) %" } ?? (result.isUnknown ? "unknown" : "–"))</span>"
        html += "<span class=\"n\">\(result.covered)/\(result.declared)</span></summary><div class=\"body\">\n"
        let covered = result.rows.filter { $0.state == .covered }
        for state in [Coverage.State.uncovered, .onlyUnderFault, .undeclared] {
            html += result.rows.filter { $0.state == state }.map(item).joined()
        }
        if !covered.isEmpty {
            html += "<details class=\"rest\"><summary>\(covered.count) covered</summary>"
            html += covered.map(item).joined() + "</details>\n"
        }
        return html + "</div></details>\n"
    }

    private static func item(_ row: Coverage.Row) -> String {
        let count = row.hits == 0 ? "" : ", \(row.hits) ×"
        var html = "<div class=\"item\"><span class=\"\(row.state.rawValue.prefix { $0 != " " })\">"
        html += "\(row.state.rawValue)\(count)</span><div>\(row.key.xml)</div>"
        if row.state == .uncovered, let step = row.step { html += "<code>\(step.xml)</code>" }
        return html + "</div>\n"
    }
}
