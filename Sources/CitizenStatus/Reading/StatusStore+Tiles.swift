import JSON
public import LifeEvents
import SQLite

extension StatusStore {
    /// A person's page: the current state of every tile, of rows with one tile name those in U3 first.
    ///
    /// - Parameter asOf: what was known at that instant; nil for all that is known.
    public func tiles(of person: PersonKey, asOf: Instant? = nil) throws(StoreError) -> [TileRow] {
        try complete(current(states(of: person, asOf: asOf))).sorted(by: TileRow.onPage)
    }

    /// Every state a person's tiles ever had, the oldest first.
    public func history(of person: PersonKey) throws(StoreError) -> [TileRow] {
        try complete(states(of: person, asOf: nil).sorted { $1.isNewer(than: $0) })
    }

    /// The current tiles of one case, or with nil of all, case by case; in each by holder, tile, agency, about, journey.
    ///
    /// Reads the whole table of tiles until the store is finished; after that what belongs to the case.
    public func allTiles(world: Int32?) throws(StoreError) -> [TileRow] {
        let states: [TileState]
        if let world {
            states = try tileStates("WHERE world = ?", .integer(Int64(world)))
        } else {
            states = try tileStates("")
        }
        return try complete(current(states)).sorted(by: TileRow.inDigestOrder)
    }

    /// A row as one line of JSON without its line end, the form that enters the digest of a case.
    public func tileLine(_ row: TileRow) -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        row.write(into: &writer)
        return writer.bytes
    }

    // MARK: - States

    private func states(of person: PersonKey, asOf: Instant?) throws(StoreError) -> [TileState] {
        let until = asOf?.milliseconds ?? .max
        return try tileStates(
            "WHERE person = (SELECT id FROM persons WHERE key = ?) AND known <= ?", .text(person.description),
            .integer(until))
    }

    private func tileStates(_ condition: String, _ arguments: SQLValue...) throws(StoreError) -> [TileState] {
        let columns = "seq, id, world, person, journey, tile, agency, about, code, valid, known"
        // A message that came twice is one state.
        var seen: Set<EventID> = []
        return try connection.rows("SELECT \(columns) FROM tiles \(condition) ORDER BY seq", arguments) {
            (row) throws(StoreError) in try TileState(row)
        }.filter { seen.insert($0.id).inserted }
    }

    /// The newest state of each tile, in the order of the journal.
    private func current(_ states: [TileState]) -> [TileState] {
        var places: [TileState.Line: Int] = [:]
        var newest: [TileState] = []
        for state in states {
            if let place = places[state.line] {
                if state.isNewer(than: newest[place]) { newest[place] = state }
            } else {
                places[state.line] = newest.count
                newest.append(state)
            }
        }
        return newest
    }

    /// Adds what stands in the messages and in the tables of names.
    private func complete(_ states: [TileState]) throws(StoreError) -> [TileRow] {
        // Within a transaction the locks are taken once and not for each of the many small reads.
        let isOwn = !connection.isInTransaction
        if isOwn { try database { () throws(DatabaseError) in try connection.begin(.deferred) } }
        defer { if isOwn { try? connection.rollback() } }
        return try completeRows(states)
    }

    private func completeRows(_ states: [TileState]) throws(StoreError) -> [TileRow] {
        let names = try TileNames(connection)
        let tape = MessageReader()
        let value = try database { () throws(DatabaseError) in
            try connection.prepare("SELECT value FROM messages WHERE seq = ?")
        }
        let person = try database { () throws(DatabaseError) in
            try connection.prepare("SELECT key FROM persons WHERE id = ?")
        }
        let journey = try database { () throws(DatabaseError) in
            try connection.prepare("SELECT journey FROM journeys WHERE id = ?")
        }
        var rows: [TileRow] = []
        rows.reserveCapacity(states.count)
        for state in states {
            let holder = try Self.lookUp(person, state.line.person) { PersonKey(text: $0.text(0)) }
            let about = try state.line.about.map { (number) throws(StoreError) in
                try Self.lookUp(person, number) { PersonKey(text: $0.text(0)) }
            }
            let journeyID = try Self.lookUp(journey, state.line.journey) { $0.id(0) }
            let tile = try names.tile(state.line.tile)
            let agency = try names.agency(state.line.agency)
            let row = try Self.lookUp(value, state.sequence) { message in
                message.withBlob(0) { bytes in
                    TileRow(
                        state, holder: holder, journey: journeyID, tile: tile, agency: agency, about: about,
                        data: tape.read(bytes)[Keys.data])
                }
            }
            rows.append(row)
        }
        return rows
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
