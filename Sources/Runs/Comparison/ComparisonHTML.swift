import LifeEvents
import Planes

extension ComparisonReport {
    /// One page that needs nothing else: small multiples (journeys down, metrics across), each number in a table, what
    /// planes assume, and what is not measured.
    public var html: String {
        var body = "<h1>The same lives in \(planes.map { Self.escaped($0.name) }.joined(separator: ", "))</h1>\n"
        body += "<p class=legend>"
        for (place, plane) in planes.enumerated() {
            body += "<span>\(Self.key(place)) \(Self.escaped(plane.name))</span> "
        }
        body +=
            "</p>\n<p>A mark is a mean over lives, its bar the interval that holds it with 95 %. Every panel begins at 0. "
            + "Costs of building, running and law are not counted.</p>\n"
        for journey in journeys { body += section(journey) }
        body += "<h2>What the planes assume</h2>\n" + assumptionTable
        body += "<h2>What this does not say</h2>\n"
        for line in notSaid { body += "<p>\(Self.escaped(line))</p>\n" }
        return "<!doctype html>\n<html lang=en>\n<meta charset=utf-8>\n"
            + "<meta name=viewport content=\"width=device-width, initial-scale=1\">\n<title>Planes compared</title>\n"
            + "<style>\(Self.css)</style>\n<body>\n\(body)</body>\n</html>\n"
    }

    private func section(_ journey: JourneyComparison) -> String {
        var text =
            "<section>\n<h2>\(Self.escaped(journey.journey))</h2>\n<p class=mut>\(journey.lives) lives, the same in "
        text += "each plane · seed \(seed) · \(Stockholm.day(of: journey.begins)) to "
        text += "\(Stockholm.day(of: journey.horizon))"
        if !journey.equalPlanes.isEmpty {
            text += " · \(Self.escaped(journey.equalPlanes.joined(separator: ", "))) = "
            text += "\(Self.escaped(journey.planes[0])) in every number"
        }
        text += "</p>\n<div class=grid>\n"
        for metric in journey.metrics { text += panel(metric, journey) }
        text += "</div>\n<details open><summary>Every number</summary>\n<div class=wide>" + table(journey)
        text += "</div></details>\n"
        if let parting = journey.parting {
            text += "<p>Planes part \(Stockholm.local(parting.said)): <code>\(Self.escaped(parting.type))</code> → "
            text += "<code>\(Self.escaped(parting.reader))</code>: "
            text +=
                parting.ways.map { way in
                    "\(Self.escaped(way.plane)) \(way.known.map { "\(Stockholm.local($0))" } ?? "never") "
                        + "(<code>\(Self.escaped(way.row))</code>)"
                }.joined(separator: ", ") + "</p>\n"
        }
        return text + "</section>\n"
    }

    // MARK: - Charts

    private static let (width, left, top, step) = (240.0, 14.0, 10.0, 22.0)

    private func panel(_ metric: Metric, _ journey: JourneyComparison) -> String {
        let estimates = journey.estimates.map { $0[metric.key] }
        let most = estimates.compactMap { $0?.high }.max() ?? 0
        let scale = most > 0 ? (Self.width - 2 * Self.left - 44) / most : 0
        let height = Self.top * 2 + Self.step * Double(planes.count)
        func x(_ value: Double) -> String { NumberText.fixed(Self.left + max(0, value) * scale, 1) }
        var svg = "<svg viewBox=\"0 0 \(NumberText.fixed(Self.width, 0)) \(NumberText.fixed(height, 0))\" role=img "
        let label = zip(journey.planes, estimates).map { name, estimate in
            "\(name) \(estimate.map { NumberText.short($0.mean) } ?? "none")"
        }.joined(separator: ", ")
        svg += "aria-label=\"\(Self.escaped(metric.title.trimmedOfSpaces)): \(Self.escaped(label))\">"
        svg += "<path d=\"M\(x(0)) 4V\(NumberText.fixed(height - 4, 0))\" class=zero />"
        for (place, estimate) in estimates.enumerated() {
            let y = Self.top + Self.step * (Double(place) + 0.5)
            let text = NumberText.fixed(y, 1)
            guard let estimate else {
                svg += "<text x=\"\(x(0))\" y=\"\(text)\" dx=8 dy=4 class=mut>does not arise</text>"
                continue
            }
            let half = "±\(NumberText.short(estimate.half)), n \(estimate.count)"
            svg += "<g fill=\"\(Self.colour(place))\" stroke=\"\(Self.colour(place))\"><title>"
            svg +=
                "\(Self.escaped(journey.planes[place])): \(NumberText.short(estimate.mean)) \(metric.unit) \(half)</title>"
            svg += "<path d=\"M\(x(estimate.low)) \(text)H\(x(estimate.high))\" stroke-width=2 />"
            svg += Self.mark(place, Self.left + max(0, estimate.mean) * scale, y) + "</g>"
            svg += "<text x=\"\(x(estimate.high))\" y=\"\(text)\" dx=9 dy=4>\(NumberText.short(estimate.mean))</text>"
        }
        svg += "</svg>"
        let verdict = journey.differences[metric.key]?.verdict ?? ""
        return "<figure><figcaption><b>\(Self.escaped(metric.title.trimmedOfSpaces))</b>, \(metric.unit)<br>"
            + "<span class=mut>\(Self.escaped(verdict))</span></figcaption>\(svg)</figure>\n"
    }

    /// Okabe and Ito's colours, which who sees few colours can tell apart, and a shape for each.
    private static func colour(_ place: Int) -> String {
        ["#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"][place % 6]
    }

    private static func mark(_ place: Int, _ x: Double, _ y: Double) -> String {
        func number(_ value: Double) -> String { NumberText.fixed(value, 1) }
        switch place % 3 {
        case 0: return "<circle cx=\"\(number(x))\" cy=\"\(number(y))\" r=5 />"
        case 1: return "<rect x=\"\(number(x - 4.5))\" y=\"\(number(y - 4.5))\" width=9 height=9 />"
        default:
            return "<path d=\"M\(number(x)) \(number(y - 6))L\(number(x + 6)) \(number(y + 5))H\(number(x - 6))Z\" />"
        }
    }

    private static func key(_ place: Int) -> String {
        "<svg viewBox=\"0 0 14 14\" width=14 height=14 aria-hidden=true fill=\"\(colour(place))\">\(mark(place, 7, 7))</svg>"
    }

    // MARK: - Tables

    private func table(_ journey: JourneyComparison) -> String {
        var text = "<table><tr><th>metric<th>unit"
        for name in journey.planes { text += "<th class=n>\(Self.escaped(name))" }
        if journey.planes.count > 1 {
            text += "<th class=n>\(Self.escaped(journey.planes[journey.planes.count - 1])) − "
            text += "\(Self.escaped(journey.planes[0]))<th class=n>95 %<th>real?"
        }
        text += "</tr>\n"
        for metric in journey.metrics {
            text += "<tr><td>\(Self.escaped(metric.title.trimmedOfSpaces))<td>\(metric.unit)"
            for own in journey.estimates {
                let cell = own[metric.key].map { estimate in
                    NumberText.short(estimate.mean) + (estimate.half > 0 ? " ±\(NumberText.short(estimate.half))" : "")
                        + (estimate.censored > 0 ? " (\(estimate.censored) cut)" : "")
                }
                text += "<td class=n>\(cell ?? "–")"
            }
            if let difference = journey.differences[metric.key] {
                let estimate = difference.estimate
                text +=
                    "<td class=n>\(NumberText.short(estimate.mean))<td class=n>\(NumberText.short(estimate.low)) to "
                text += "\(NumberText.short(estimate.high))<td>\(Self.escaped(difference.verdict))"
            }
            text += "</tr>\n"
        }
        return text + "</table>\n"
    }

    private var assumptionTable: String {
        var text = "<div class=wide><table><tr><th>plane<th>row<th>type<th>channel<th>numbers<th>mark<th>source</tr>\n"
        for plane in planes {
            for row in plane.rows {
                let cells = [
                    plane.name, row.place, row.type.text, row.channel.name, row.channel.numbers, row.mark.rawValue,
                    row.source ?? "",
                ]
                text += "<tr>" + cells.map { "<td>\(Self.escaped($0))" }.joined() + "</tr>\n"
            }
        }
        return text
            + "</table></div>\n<p class=mut>Marks: s a source says it, l a source makes it likely, A put in by us.</p>\n"
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }

    private static let css = """
        :root{color-scheme:light dark;--bg:#fff;--fg:#1c2024;--mut:#5d646c;--line:#d9dce0}
        @media(prefers-color-scheme:dark){:root{--bg:#131518;--fg:#e4e6e9;--mut:#9aa2ab;--line:#383e45}}
        *{box-sizing:border-box}body{margin:0 auto;max-width:1280px;padding:16px;background:var(--bg);color:var(--fg);
        font:15px/1.45 system-ui,"Noto Sans","DejaVu Sans",sans-serif}
        h1{font-size:24px}h2{font-size:19px;margin:28px 0 6px}.mut{color:var(--mut);font-size:13px}
        .legend span{margin-right:16px;white-space:nowrap}.legend svg{vertical-align:-2px}
        .grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(210px,1fr));gap:12px}
        figure{margin:0;border:1px solid var(--line);border-radius:6px;padding:8px}
        figcaption{font-size:13px;min-height:40px}figure svg{width:100%;height:auto;display:block}
        svg text{font-size:12px;fill:var(--fg);stroke:none}svg text.mut{fill:var(--mut)}.zero{stroke:var(--line)}
        .wide{overflow-x:auto}table{border-collapse:collapse;font-size:13px}
        th,td{padding:3px 10px 3px 0;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}
        .n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}summary{cursor:pointer;margin:10px 0}
        """
}

extension String {
    var trimmedOfSpaces: String { String(drop { $0 == " " }) }
}
