import CitizenStatus
import JSON
import LifeEvents

/// What citizens of a world saw, and when: the tiles that the scenario asks for, and no others.
///
/// Copies of a scenario have each their own, so a line is kept as numbers.
struct TileHistory {
    /// A line of a page; see `TileLine`.
    private struct Line: Hashable {
        /// The number of tile and agency in the tables of the run.
        var kind: Int32
        /// The holder's place among the scenario's people.
        var holder: Int32
        var journey: EventID
        var about: Subject?
    }

    private var tiles: CurrentTiles<Line, TileCode>

    /// - Parameter keepsAll: whether somebody asks for earlier states.
    init(keepsAll: Bool) {
        tiles = CurrentTiles(keepsHistory: keepsAll)
    }

    /// The bytes that each line takes.
    static var bytesOfLine: Int { MemoryLayout<CurrentTiles<Line, TileCode>.Row>.stride }

    mutating func see(_ message: MatchedMessage, _ context: WorldContext) {
        let (envelope, wanted) = (message.envelope, context.plan.tiles)
        guard !wanted.isEmpty, let holder = context.instance.place(of: envelope.subject),
            let (read, code) = TileLine.read(envelope, type: message.type, data: message.data),
            wanted.contains(CheckPlan.WantedTile(holder: holder, tile: read.tile))
        else { return }
        let line = Line(
            kind: context.tables.number(of: CheckTables.TileKind(tile: read.tile, agency: read.agency)),
            holder: Int32(holder), journey: read.journey, about: read.about)
        tiles.see(code, line: line, known: envelope.time, id: envelope.id)
    }

    /// Why a tile is not as it must be, as known at an instant; nil if it is.
    func difference(_ wanted: FinalTile, _ context: WorldContext, asOf instant: Instant? = nil) -> String? {
        let instance = context.instance
        guard let holder = instance.template.place(of: wanted.holder.value) else { return "it is absent" }
        var rows: [(row: CurrentTiles<Line, TileCode>.Row, kind: CheckTables.TileKind)] = []
        for row in tiles.rows(asOf: instant) where Int(row.line.holder) == holder {
            let kind = context.tables.tiles[Int(row.line.kind)]
            guard kind.tile == wanted.tile.value, wanted.agency.map({ $0.value == kind.agency }) ?? true else {
                continue
            }
            rows.append((row, kind))
        }
        rows.sort { left, right in
            left.kind.agency == right.kind.agency
                ? left.row.id < right.row.id : left.kind.agency < right.kind.agency
        }
        if rows.isEmpty { return "it is absent" }
        guard rows.contains(where: { $0.row.state.rawValue != wanted.code.value }) else { return nil }
        let found = rows.map { row, kind in
            let about = row.line.about.flatMap { instance.name(of: $0) }
            return "\(row.state.rawValue) from \(kind.agency)\(about.map { " about \($0)" } ?? "") since "
                + row.known.asWritten
        }
        return "it is " + found.joined(separator: ", ")
    }
}
