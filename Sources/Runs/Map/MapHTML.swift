import Contracts
import LifeEvents
import Planes

extension MapPage {
    /// The picture by itself.
    public var svg: String { MapSVG(page: self, isEmbedded: false).text }

    /// One page that needs nothing else and has no scripts: the picture, and below it what each cell holds, which shows
    /// when the cell is chosen.
    public var html: String {
        var body = "<div class=wide>\(MapSVG(page: self, isEmbedded: true).text)</div>\n"
        body += "<p class=mut>Choose a circle for what it holds, the name of a life event for who tells whom.</p>\n"
        for cell in map.cells { body += section(cell) }
        let left = needs(lane: .unplaced)
        if !left.isEmpty {
            body += "<h2>Needs without a place</h2>\n<ul>"
            for need in left { body += "<li>\(Self.escaped(need.title)) · \(need.votes)</li>" }
            body += "</ul>\n"
        }
        if map.unplaced > 0 {
            body +=
                "<p class=mut>\(map.unplaced == 1 ? "1 journey has" : "\(map.unplaced) journeys have") no tile and so no "
            body += "life event.</p>\n"
        }
        return "<!doctype html>\n<html lang=en>\n<meta charset=utf-8>\n"
            + "<meta name=viewport content=\"width=device-width, initial-scale=1\">\n<title>Life events and agencies</title>\n"
            + "<style>\(Self.css)</style>\n<body>\n\(body)</body>\n</html>\n"
    }

    private func section(_ cell: LifeEventMap.Cell) -> String {
        let (row, column) = (map.rows[cell.row], map.columns[cell.column])
        var text = "<section id=\"\(map.anchor(row: cell.row, column: cell.column))\">\n<h2>"
        text += "\(Self.escaped(row.titles.swedish)) · \(Self.escaped(column.titles.swedish))</h2>\n"
        if !cell.flows.isEmpty {
            text +=
                "<div class=wide><table><tr><th>type<th>from<th>channel<th class=n>told in 1,000<th class=n>never<th>rules</tr>\n"
            for flow in cell.flows {
                text +=
                    "<tr\(flow.isDeclared ? "" : " class=bad")><td>\(Self.escaped(flow.type.name))<td>\(flow.source)"
                text +=
                    "<td>\(flow.channel.name)<td class=n>\(NumberText.short(map.perThousand(flow.heard, cell.column)))"
                text += "<td class=n>\(NumberText.short(map.perThousand(flow.missed, cell.column)))<td>"
                text += rules(row, flow.type) + "</tr>\n"
            }
            text += "</table></div>\n"
        }
        if !cell.silent.isEmpty {
            text += "<p>By contract, and in no journey: "
            text += cell.silent.map { "<code>\(Self.escaped($0.name))</code>" }.joined(separator: ", ") + "</p>\n"
        }
        let own = needs(row: cell.row, column: cell.column)
        if !own.isEmpty {
            text += "<p>Needs: "
            text +=
                own.map { "\(Self.escaped($0.title)) · \($0.votes) (\(answer($0).answer.rawValue))" }
                .joined(separator: "; ") + "</p>\n"
        }
        text += "<p class=mut>Journeys: \(Self.escaped(map.scenarios[cell.column].prefix(6).joined(separator: ", ")))"
        text += map.scenarios[cell.column].count > 6 ? " and \(map.scenarios[cell.column].count - 6) more" : ""
        return text + "</p>\n</section>\n"
    }

    private func rules(_ row: LifeEventMap.Row, _ type: EventType) -> String {
        readings.filter { $0.party == row.party && $0.type == type }.prefix(3).map {
            Self.escaped("\($0.rule) (\($0.file):\($0.line))")
        }.joined(separator: "<br>")
    }

    private static let css = """
        :root{color-scheme:light}*{box-sizing:border-box}
        body{margin:0 auto;max-width:1640px;padding:12px;font:14px/1.45 system-ui,"Noto Sans","DejaVu Sans",sans-serif}
        .wide{overflow-x:auto}.wide>svg{min-width:1100px;width:100%;height:auto;display:block}
        section{display:none;border:1px solid #d9dce0;border-radius:6px;padding:4px 14px;margin:10px 0}
        section:target{display:block}h2{font-size:18px;margin:8px 0}.mut{color:#5d646c}.bad{color:#d0021b}
        table{border-collapse:collapse;font-size:13px}th,td{padding:3px 12px 3px 0;text-align:left;vertical-align:top;
        border-bottom:1px solid #e3e5e8}.n{text-align:right}
        """
}
