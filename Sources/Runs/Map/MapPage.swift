public import Contracts
import LifeEvents
import Planes

/// A map with the needs that were laid on it, and all that its forms share. Equal inputs give equal bytes.
public struct MapPage: Sendable {
    let map: LifeEventMap
    let needs: [MapNeed]
    /// The rules that hear each type, for the page's cells.
    let readings: [DeclaredReading]

    /// - Parameter readings: what the rules of all agencies hear.
    public init(_ map: LifeEventMap, needs: [MapNeed] = [], readings: [DeclaredReading] = []) {
        self.map = map
        self.needs = needs
        self.readings = readings
    }

    /// What the map says of a need.
    public enum Answer: String, Sendable {
        /// Something is told there.
        case met
        /// The contracts have it, and no journey showed it.
        case contractOnly = "contract only"
        /// Nothing stands there.
        case unmet
    }

    /// Where a need stands, whether it is met, and by which topic it is or would be.
    func answer(_ need: MapNeed) -> (cell: String, answer: Answer, topic: String) {
        guard let column = map.columns.firstIndex(where: { $0.name == need.event }),
            let row = map.rows.firstIndex(where: { $0.party == need.party })
        else { return ("", .unmet, "") }
        let anchor = map.anchor(row: row, column: column)
        if let cell = map.cell(row: row, column: column) {
            // What people tell themselves meets a need only where no agency tells anything.
            let told = cell.flows.filter { $0.heard > 0 }
            let agencies = told.filter { $0.source.owner != .citizen }
            let most = (agencies.isEmpty ? told : agencies).max { ($0.heard, $1.type) < ($1.heard, $0.type) }
            if let most { return (anchor, .met, most.type.topic) }
            let type = cell.silent.first ?? cell.flows.first?.type
            return (anchor, .contractOnly, type?.topic ?? "")
        }
        // What most others are told at the life event is what the agency lacks.
        let others = map.cells.filter { $0.column == column }.flatMap(\.flows).filter { $0.heard > 0 }
        let topics = others.reduce(into: [String: Int]()) { $0[$1.type.topic, default: 0] += $1.heard }
        // order-free: the most, and of equals the first name.
        let topic = topics.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
        return (anchor, .unmet, topic ?? "")
    }

    /// The needs of a cell, the most wanted first.
    func needs(row: Int, column: Int) -> [MapNeed] {
        needs.filter { $0.party == map.rows[row].party && $0.event == map.columns[column].name }
            .sorted { ($1.votes, $0.title) < ($0.votes, $1.title) }
    }

    /// The needs of a lane: those without a cell on the map.
    func needs(lane: MapNeed.Lane) -> [MapNeed] {
        needs.filter { need in
            let isPlaced =
                map.rows.contains { $0.party == need.party } && map.columns.contains { $0.name == need.event }
            return !isPlaced && need.lane == lane
        }.sorted { ($1.votes, $0.title) < ($0.votes, $1.title) }
    }

    // MARK: - Tables

    /// A row for each cell and type, as CSV.
    public var csv: String {
        var text = "event,journeys,sector,agency,type,source,channel,told per 1000,never told per 1000,declared\n"
        for cell in map.cells {
            let (row, column) = (map.rows[cell.row], map.columns[cell.column])
            let head = [column.name, "\(column.journeys)", row.sector.rawValue, row.party.description]
            for flow in cell.flows {
                text += Self.line(
                    head + [
                        flow.type.name, flow.source.description, flow.channel.name,
                        NumberText.fixed(map.perThousand(flow.heard, cell.column), 1),
                        NumberText.fixed(map.perThousand(flow.missed, cell.column), 1), flow.isDeclared ? "yes" : "no",
                    ])
            }
            for type in cell.silent { text += Self.line(head + [type.name, "", "contract only", "0.0", "0.0", "yes"]) }
        }
        return text
    }

    /// The needs with their cell, whether they are met, and the topic that meets them or would, as CSV.
    public var needsCSV: String {
        var text = Self.line(MapNeedReader.columns + ["cell", "answer", "topic"])
        for need in needs {
            let answer = answer(need)
            text += Self.line([
                need.id, need.title, need.text, need.date, need.source, need.party?.description ?? "",
                need.event ?? "", need.lane.rawValue, "\(need.votes)", need.status, answer.cell, answer.answer.rawValue,
                answer.topic,
            ])
        }
        return text
    }

    /// A line of CSV. What a table program would take for a formula is made a text by an apostrophe before it.
    static func line(_ cells: [String]) -> String {
        cells.map { cell in
            let text = cell.first.map { "=+-@\t\r".contains($0) } == true ? "'\(cell)" : cell
            guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
            return "\"\(text.replacing("\"", with: "\"\""))\""
        }.joined(separator: ",") + "\n"
    }

    static func escaped(_ text: String) -> String { ComparisonReport.escaped(text) }
}
