import JSON
import LifeEvents
import SQLite

/// Adds to states of tiles what stands in the messages and in the tables of names; its statements are prepared once.
final class TileReader {
    private let names: TileNames
    private let tape = MessageReader()
    private let value: Statement
    private let person: Statement
    private let journey: Statement

    init(_ connection: Database) throws(StoreError) {
        names = try TileNames(connection)
        do {
            value = try connection.prepare("SELECT value FROM messages WHERE seq = ?")
            person = try connection.prepare("SELECT key FROM persons WHERE id = ?")
            journey = try connection.prepare("SELECT journey FROM journeys WHERE id = ?")
        } catch {
            throw .database(error)
        }
    }

    func row(_ state: TileState) throws(StoreError) -> TileRow {
        let holder = try Self.lookUp(person, state.line.person) { Subject(text: $0.text(0)) }
        let about = try state.line.about.map { (number) throws(StoreError) in
            try Self.lookUp(person, number) { Subject(text: $0.text(0)) }
        }
        let journeyID = try Self.lookUp(journey, state.line.journey) { $0.id(0) }
        let tile = try names.tile(state.line.tile)
        let agency = try names.agency(state.line.agency)
        return try Self.lookUp(value, state.sequence) { message in
            message.withBlob(0) { bytes in
                TileRow(
                    state, holder: holder, journey: journeyID, tile: tile, agency: agency, about: about,
                    data: tape.read(bytes)[Keys.data])
            }
        }
    }

    private static func lookUp<Value>(
        _ statement: borrowing Statement, _ number: Int64, _ read: (borrowing Statement) -> Value?
    ) throws(StoreError) -> Value {
        do {
            try statement.bind(1, number)
            defer { statement.reset() }
            guard try statement.step(), let value = read(statement) else { throw StoreError.damaged("row \(number)") }
            return value
        } catch let error as DatabaseError {
            throw .database(error)
        } catch {
            throw .damaged("a tile points to row \(number), which is missing: \(statement.sql)")
        }
    }
}
