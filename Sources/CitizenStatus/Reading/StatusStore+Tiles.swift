import JSON
public import LifeEvents
import SQLite

extension StatusStore {
    /// A person's page: the current state of every tile, of rows with one tile name those in U3 first.
    ///
    /// - Parameter asOf: what was known at that instant; nil for all that is known.
    public func tiles(of person: Subject, asOf: Instant? = nil) throws(StoreError) -> [TileRow] {
        try complete(current(states(of: person, asOf: asOf))).sorted(by: TileRow.onPage)
    }

    /// Every state a person's tiles ever had, the oldest first.
    public func history(of person: Subject) throws(StoreError) -> [TileRow] {
        try complete(states(of: person, asOf: nil).sorted { ($0.known, $0.id) < ($1.known, $1.id) })
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

    /// The lines that enter the digests of these cases, each with its line end, case by case.
    ///
    /// For a finished store: the index by case is needed.
    public func eachWorldsTiles(
        _ worlds: Range<Int32>, _ body: (_ world: Int32, _ lines: [UInt8]) throws -> Void
    ) throws {
        try connection.begin(.deferred)
        defer { try? connection.rollback() }
        let reader = try TileReader(connection)
        let statement = try connection.prepare("SELECT \(TileState.columns) FROM tiles WHERE world = ? ORDER BY seq")
        var writer = JSONWriter(capacity: 4_096)
        for world in worlds {
            var states: [TileState] = []
            var seen: Set<EventID> = []
            try statement.bind(1, Int64(world))
            while try statement.step() {
                let state = try TileState(statement)
                if seen.insert(state.id).inserted { states.append(state) }
            }
            statement.reset()
            var lines: [UInt8] = []
            for row in try current(states).map({ try reader.row($0) }).sorted(by: TileRow.inDigestOrder) {
                writer.removeAll()
                row.write(into: &writer)
                lines += writer.bytes
                lines.append(UInt8(ascii: "\n"))
            }
            try body(world, lines)
        }
    }

    /// A row as one line of JSON without its line end, the form that enters the digest of a case.
    public func tileLine(_ row: TileRow) -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        row.write(into: &writer)
        return writer.bytes
    }

    // MARK: - States

    private func states(of person: Subject, asOf: Instant?) throws(StoreError) -> [TileState] {
        let until = asOf?.milliseconds ?? .max
        return try tileStates(
            "WHERE person = ? AND known <= ?", .integer(person.stored), .integer(until))
    }

    private func tileStates(_ condition: String, _ arguments: SQLValue...) throws(StoreError) -> [TileState] {
        // A message that came twice is one state.
        var seen: Set<EventID> = []
        return try connection.rows("SELECT \(TileState.columns) FROM tiles \(condition) ORDER BY seq", arguments) {
            (row) throws(StoreError) in try TileState(row)
        }.filter { seen.insert($0.id).inserted }
    }

    /// The current state of each line, in the order of the journal.
    private func current(_ states: [TileState]) -> [TileState] {
        var tiles = CurrentTiles<TileState.Line, TileState>()
        for state in states { tiles.see(state, line: state.line, known: state.known, id: state.id) }
        return tiles.rows().map(\.state)
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
        let reader = try TileReader(connection)
        return try states.map { (state) throws(StoreError) in try reader.row(state) }
    }
}
