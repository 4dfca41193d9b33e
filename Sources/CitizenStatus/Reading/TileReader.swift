import JSON
import LifeEvents
import SQLite

/// Adds to states of tiles what stands in the messages and in the tables of names; its statement is prepared once.
final class TileReader {
    private let names: TileNames
    private let tape = MessageReader()
    private let value: Statement

    init(_ connection: Database) throws(StoreError) {
        names = try TileNames(connection)
        do {
            value = try connection.prepare("SELECT value FROM messages WHERE seq = ?")
        } catch {
            throw StoreError(error)
        }
    }

    func row(_ state: TileState) throws(StoreError) -> TileRow {
        let tile = try names.tile(state.line.tile)
        let agency = try names.agency(state.line.agency)
        do {
            try value.bind(1, state.sequence)
            defer { value.reset() }
            if try value.step() {
                return value.withBlob(0) { TileRow(state, tile: tile, agency: agency, data: tape.read($0)[Keys.data]) }
            }
        } catch {
            throw StoreError(error)
        }
        throw .damaged("the message \(state.sequence) of a tile is missing")
    }
}
