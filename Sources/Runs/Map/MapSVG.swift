import Contracts
import LifeEvents

/// The map as a picture: 1,600 wide, text as text, links without scripts.
///
/// A circle's area is what a cell is told in 1,000 journeys, its colour the worst way. A dashed ring is a contract that no
/// journey used, a red ring something that no contract allows. The title of a life event leads to its arcs, from who says
/// something to who hears it.
struct MapSVG {
    let page: MapPage
    /// Whether the picture stands in a page, which has the cells' texts.
    let isEmbedded: Bool

    /// The most that a cell is told in 1,000 journeys: the largest circle's.
    private let most: Double

    init(page: MapPage, isEmbedded: Bool) {
        self.page = page
        self.isEmbedded = isEmbedded
        most = page.map.cells.map { page.map.perThousand($0.heard, $0.column) }.max() ?? 1
    }

    private var map: LifeEventMap { page.map }

    static let (width, top, rowHeight) = (1_600, 240, 30)
    private static let (left, right) = (330.0, 1_190.0)
    private static let mostRadius = 13.0
    /// More of a ranking than that is none.
    private static let mostTopics = 12
    /// More cards than that in a lane are counted, not shown.
    private static let mostCards = 4

    private var height: Int { Self.top + Self.rowHeight * max(map.rows.count, 1) }
    private var step: Double { (Self.right - Self.left) / Double(max(map.columns.count, 1)) }

    private func x(_ column: Int) -> Double { Self.left + step * (Double(column) + 0.5) }
    private func y(_ row: Int) -> Double { Double(Self.top) + Double(Self.rowHeight) * (Double(row) + 0.5) }
    private func number(_ value: Double) -> String { NumberText.fixed(value, 1) }

    var text: String {
        var svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(Self.width) \(height)\" role=\"img\""
        svg += isEmbedded ? "" : " width=\"\(Self.width)\" height=\"\(height)\""
        svg += " aria-label=\"Who is told what at which life event\">\n<style>\(Self.css)</style>\n"
        svg += "<text x=\"20\" y=\"34\" class=\"h\">Life events and agencies</text>\n"
        svg += "<text x=\"20\" y=\"54\" class=\"m\">Plane \(MapPage.escaped(map.plane)) · "
        svg += "\(map.columns.reduce(0) { $0 + $1.journeys }) journeys</text>\n"
        svg += legend + lanes + heads + grid
        for cell in map.cells { svg += circle(cell) }
        for column in map.columns.indices { svg += arcs(column) }
        return svg + ranking + "</svg>\n"
    }

    // MARK: - Above

    private var legend: String {
        var svg = ""
        var x = 20.0
        for channel in MapChannel.allCases {
            svg += "<circle cx=\"\(number(x + 6))\" cy=\"74\" r=\"6\" class=\"c\(channel.rawValue)\"/>"
            svg += "<text x=\"\(number(x + 16))\" y=\"78\" class=\"m\">\(channel.name)</text>"
            x += 62
        }
        svg +=
            "<circle cx=\"26\" cy=\"96\" r=\"6\" class=\"s\"/><text x=\"36\" y=\"100\" class=\"m\">contract, no traffic"
        svg += "</text><circle cx=\"176\" cy=\"96\" r=\"6\" class=\"u\"/>"
        svg += "<text x=\"186\" y=\"100\" class=\"m\">no contract</text>\n"
        return svg
    }

    private var lanes: String {
        let lanes: [(MapNeed.Lane, String)] = [
            (.digitalMeeting, "Digital meeting"), (.information, "Information supply"),
            (.national, "National services"),
        ]
        var svg = ""
        for (place, lane) in lanes.enumerated() {
            let y = 20.0 + 36 * Double(place)
            let cards = page.needs(lane: lane.0)
            svg += "<rect x=\"\(number(Self.left))\" y=\"\(number(y))\" width=\"\(number(Self.right - Self.left))\" "
            svg +=
                "height=\"30\" class=\"l\"/><text x=\"\(number(Self.left + 8))\" y=\"\(number(y + 19))\" class=\"b\">"
            svg += "\(lane.1)</text>"
            for (number, card) in cards.prefix(Self.mostCards).enumerated() {
                let x = Self.left + 150 + 165 * Double(number)
                svg +=
                    "<text x=\"\(self.number(x))\" y=\"\(self.number(y + 19))\">\(short(card.title, 24)) · \(card.votes)"
                svg += "</text>"
            }
            if cards.count > Self.mostCards {
                svg += "<text x=\"\(number(Self.right - 40))\" y=\"\(number(y + 19))\" class=\"m\">+"
                svg += "\(cards.count - Self.mostCards)</text>"
            }
            svg += "\n"
        }
        return svg
    }

    private var heads: String {
        var svg = ""
        for (place, column) in map.columns.enumerated() {
            let title = MapPage.escaped(column.titles.swedish)
            svg +=
                "<a href=\"#event-\(column.name)\"><text transform=\"translate(\(number(x(place) - 4)) \(Self.top - 12)) "
            svg += "rotate(-38)\" class=\"e\">\(short(title, 26))<title>\(title): \(column.journeys) journeys</title>"
            svg += "</text></a>\n"
        }
        return svg
    }

    // MARK: - The grid

    private var grid: String {
        var svg = ""
        var last: AgencyFile.Sector?
        for (place, row) in map.rows.enumerated() {
            let top = Double(Self.top) + Double(Self.rowHeight * place)
            if row.sector != last {
                svg += "<path d=\"M20 \(number(top))H\(number(Self.right))\" class=\"g\"/>"
                svg += "<text x=\"20\" y=\"\(number(top + 19))\" class=\"b\">\(Self.title(row.sector))</text>"
                last = row.sector
            } else {
                svg += "<path d=\"M110 \(number(top))H\(number(Self.right))\" class=\"f\"/>"
            }
            svg +=
                "<text x=\"110\" y=\"\(number(top + 19))\">\(short(MapPage.escaped(row.titles.swedish), 34))</text>\n"
        }
        return svg
    }

    static func title(_ sector: AgencyFile.Sector) -> String {
        switch sector {
        case .state: "State"
        case .municipality: "Municipality"
        case .region: "Region"
        case .privateBody: "Private"
        }
    }

    private func circle(_ cell: LifeEventMap.Cell) -> String {
        let (cx, cy) = (number(x(cell.column)), number(y(cell.row)))
        let told = map.perThousand(cell.heard, cell.column)
        let radius = told > 0 ? max(2.5, Self.mostRadius * (told / max(most, 1)).squareRoot()) : 4
        let anchor = map.anchor(row: cell.row, column: cell.column)
        var svg = "<a href=\"#\(anchor)\"\(isEmbedded ? "" : " id=\"\(anchor)\"")><g>"
        if let worst = cell.worst {
            svg += "<circle cx=\"\(cx)\" cy=\"\(cy)\" r=\"\(number(radius))\" class=\"c\(worst.rawValue)\"/>"
        }
        if !cell.silent.isEmpty {
            svg += "<circle cx=\"\(cx)\" cy=\"\(cy)\" r=\"\(number(radius + 1.5))\" class=\"s\"/>"
        }
        if cell.hasUndeclared {
            svg += "<circle cx=\"\(cx)\" cy=\"\(cy)\" r=\"\(number(radius + 1.5))\" class=\"u\"/>"
        }
        let needs = page.needs(row: cell.row, column: cell.column).count
        if needs > 0 {
            svg += "<text x=\"\(number(x(cell.column) + radius + 3))\" y=\"\(number(y(cell.row) - 4))\" class=\"n\">"
            svg += "\(needs)</text>"
        }
        svg += "<title>\(MapPage.escaped(map.rows[cell.row].titles.swedish)), "
        svg += "\(MapPage.escaped(map.columns[cell.column].titles.swedish)): "
        svg += "\(NumberText.short(told)) told in 1,000 journeys, worst by \(cell.worst?.name ?? "no channel")</title>"
        return svg + "</g></a>\n"
    }

    /// From who says something to who hears it, at one life event; shown where its title was chosen.
    private func arcs(_ column: Int) -> String {
        var ways: [Way: Int] = [:]
        for cell in map.cells where cell.column == column {
            for flow in cell.flows where flow.heard > 0 {
                let own = map.rows.firstIndex { $0.party == flow.source }
                guard let from = own ?? map.rows.firstIndex(where: { $0.party.owner == flow.source.owner }),
                    from != cell.row
                else { continue }
                ways[Way(from: from, to: cell.row, channel: flow.channel), default: 0] += flow.heard
            }
        }
        guard !ways.isEmpty else { return "" }
        var svg = "<g id=\"event-\(map.columns[column].name)\" class=\"a\">\n"
        // order-free: sorted by the way.
        for (way, count) in ways.sorted(by: { $0.key < $1.key }) {
            let (start, end, at) = (y(way.from), y(way.to), x(column))
            let bend = at + (start < end ? 1 : -1) * min(30 + 0.18 * abs(end - start), 150)
            let wide = 1 + min(5, map.perThousand(count, column) / 1_500)
            svg +=
                "<path d=\"M\(number(at)) \(number(start))Q\(number(bend)) \(number((start + end) / 2)) \(number(at)) "
            svg += "\(number(end))\" class=\"k\(way.channel.rawValue)\" stroke-width=\"\(number(wide))\"/>\n"
        }
        return svg + "</g>\n"
    }

    private struct Way: Hashable, Comparable {
        var from: Int
        var to: Int
        var channel: MapChannel

        static func < (left: Way, right: Way) -> Bool {
            (left.from, left.to, left.channel) < (right.from, right.to, right.channel)
        }
    }

    // MARK: - Beside

    private var ranking: String {
        var svg = "<text x=\"1240\" y=\"\(Self.top - 26)\" class=\"b\">Contacts spared for each agency joined</text>"
        guard let base = map.base, !map.spared.isEmpty else {
            return svg + "<text x=\"1240\" y=\"\(Self.top - 4)\" class=\"m\">Name two planes to see them.</text>\n"
        }
        svg +=
            "<text x=\"1240\" y=\"\(Self.top - 8)\" class=\"m\">in 1,000 journeys, \(MapPage.escaped(map.plane)) beside "
        svg += "\(MapPage.escaped(base))</text>\n"
        let most = map.spared.map(\.value).max() ?? 1
        for (place, one) in map.spared.prefix(Self.mostTopics).enumerated() {
            let y = Double(Self.top + 14 + 34 * place)
            svg += "<text x=\"1240\" y=\"\(number(y))\">\(MapPage.escaped(one.topic))</text>"
            svg +=
                "<rect x=\"1240\" y=\"\(number(y + 5))\" width=\"\(number(max(2, 260 * one.value / most)))\" height=\"8\" "
            svg +=
                "class=\"c0\"/><text x=\"1510\" y=\"\(number(y + 13))\" class=\"m\">\(NumberText.short(one.contacts)) / "
            svg += "\(one.adapters)</text>\n"
        }
        return svg
    }

    private func short(_ text: String, _ most: Int) -> String {
        text.count <= most ? text : "\(text.prefix(most - 1))…"
    }

    /// Okabe and Ito's colours, which who sees few colours can tell apart.
    private static let css = """
        svg{background:#fff}text{font:12px system-ui,"Noto Sans","DejaVu Sans",sans-serif;fill:#1c2024}
        .h{font-size:20px;font-weight:600}.b{font-weight:600}.m{fill:#5d646c}.e{font-size:12px}.n{font-size:10px;font-weight:600}
        .g{stroke:#8a9099;fill:none}.f{stroke:#e3e5e8;fill:none}.l{fill:#f3f4f6;stroke:#d9dce0}
        .c0{fill:#009e73}.c1{fill:#56b4e9}.c2{fill:#e69f00}.c3{fill:#d55e00}.c4{fill:#999}
        .s{fill:none;stroke:#5d646c;stroke-dasharray:3 2}.u{fill:none;stroke:#d0021b;stroke-width:2}
        .a{display:none}.a:target{display:inline}.a path{fill:none;opacity:.75}
        .k0{stroke:#009e73}.k1{stroke:#56b4e9}.k2{stroke:#e69f00}.k3{stroke:#d55e00}a{cursor:pointer}a:hover circle{opacity:.7}
        """
}
