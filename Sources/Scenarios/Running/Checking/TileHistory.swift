import CitizenStatus
import JSON
import LifeEvents

/// What citizens of a world saw, and when: the tiles that the scenario asks for, and no others.
struct TileHistory {
    private var tiles: CurrentTiles<TileLine, TileCode>

    /// - Parameter keepsAll: whether somebody asks for earlier states.
    init(keepsAll: Bool) {
        tiles = CurrentTiles(keepsHistory: keepsAll)
    }

    mutating func see(_ message: MatchedMessage, _ context: WorldContext) {
        let (envelope, wanted) = (message.envelope, context.plan.tiles)
        guard !wanted.isEmpty, let holder = context.instance.place(of: envelope.subject),
            let (read, code) = TileLine.read(envelope, type: message.type, data: message.data),
            wanted.contains(CheckPlan.WantedTile(holder: holder, tile: read.tile))
        else { return }
        var line = read
        line.tile = context.tables.text(line.tile)
        tiles.see(code, line: line, known: envelope.time, id: envelope.id)
    }

    /// Why a tile is not as it must be, as known at an instant; nil if it is.
    func difference(_ wanted: FinalTile, _ instance: ScenarioInstance, asOf instant: Instant? = nil) -> String? {
        let holder = instance.key(of: wanted.holder.value)
        let rows = tiles.rows(asOf: instant).filter { row in
            row.line.holder == holder && row.line.tile == wanted.tile.value
                && (wanted.agency == nil || row.line.agency == wanted.agency?.value)
        }.sorted { left, right in
            left.line.agency == right.line.agency ? left.id < right.id : left.line.agency < right.line.agency
        }
        if rows.isEmpty { return "it is absent" }
        guard rows.contains(where: { $0.state.rawValue != wanted.code.value }) else { return nil }
        let found = rows.map { row in
            let about = row.line.about.flatMap { instance.name(of: $0) }
            return "\(row.state.rawValue) from \(row.line.agency)\(about.map { " about \($0)" } ?? "") since "
                + row.known.asWritten
        }
        return "it is " + found.joined(separator: ", ")
    }
}
