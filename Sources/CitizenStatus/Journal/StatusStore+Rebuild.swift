import LifeEvents
import SQLite

extension StatusStore {
    /// Builds a fresh store from this one's journal: every row that follows from messages is made anew.
    ///
    /// What does not follow from messages (names of persons and worlds, properties, who read what) is copied; the
    /// engine's own state is not, so a rebuilt store is for reading, not for resuming.
    /// - Throws: ``StoreError``, also ``StoreError/notAStore(path:)`` when there is something at `path`.
    public func rebuild(into path: String) throws(StoreError) {
        let copy = try StatusStore(path: path, mode: .readWrite, topics: names(of: "topics"))
        guard copy.messageCount == 0, try copy.persons().isEmpty else { throw .notAStore(path: path) }
        try copyNames(to: copy)
        try copyMessages(to: copy)
        for property in try rows(
            "SELECT name, value FROM properties ORDER BY name", element: { ($0.text(0), $0.text(1)) })
        {
            try copy.setProperty(property.0, property.1)
        }
        try copy.finish()
    }

    private func names(of table: String) throws(StoreError) -> [String] {
        try rows("SELECT name FROM \(table) ORDER BY id") { row in row.text(0) }
    }

    /// Numbers are given to names as they are met, by readers too; taken over, they make equal rows.
    private func copyNames(to copy: StatusStore) throws(StoreError) {
        let foreign = try rows("SELECT event, key FROM foreign_names ORDER BY id") { ($0.id(0), $0.subject(1)) }
        try copy.adopt(
            types: names(of: "types"), tileNames: names(of: "tile_names"), sourceNames: names(of: "agencies"),
            foreign: foreign)
        try copy.register(rights())
        // Row by row: a run may have had a million journeys.
        _ = try rows("SELECT world, name, scenario FROM worlds ORDER BY world") { (row) throws(StoreError) in
            try copy.recordWorld(
                world: Int32(truncatingIfNeeded: row.int64(0)), name: row.text(1), scenario: row.text(2))
        }
        _ = try rows("SELECT key, world, name, scenario, case_name FROM persons ORDER BY id") {
            (row) throws(StoreError) in
            let person = try PersonRow(row)
            try copy.recordPerson(
                key: person.key, world: person.world, name: person.name, scenario: person.scenario,
                caseName: person.caseName)
        }
    }

    /// Reads the journal in pieces that fit into memory, each of one instant.
    private func copyMessages(to copy: StatusStore) throws(StoreError) {
        var readings = try ReadingCursor(connection)
        var next: Int64 = 1
        while next <= messageCount {
            var batch = try piece(from: next)
            guard !batch.entries.isEmpty else { throw .damaged("the journal has no message \(next)") }
            try readings.take(from: next, into: &batch)
            try copy.append(batch)
            try copy.checkpoint(instant: batch.instant)
            next += Int64(batch.entries.count)
        }
    }

    private func piece(from first: Int64) throws(StoreError) -> InstantBatch {
        let sql = """
            SELECT id, instant, topic, world, outside, dead, value, seq FROM messages
            WHERE seq >= ?1 AND seq < ?1 + 10000 AND instant = (SELECT instant FROM messages WHERE seq = ?1) ORDER BY seq
            """
        var batch = InstantBatch(instant: .earliest)
        _ = try rows(sql, .integer(first)) { (row) throws(StoreError) in
            guard let id = row.id(0) else { throw .damaged("a message has no id") }
            // An instant that was left and met again is two pieces.
            guard row.int64(7) == first + Int64(batch.entries.count) else { return }
            batch.instant = Instant(milliseconds: row.int64(1))
            row.withBlob(6) { value in
                batch.append(
                    value, id: id, topic: Int32(truncatingIfNeeded: row.int64(2) - 1),
                    world: Int32(truncatingIfNeeded: row.int64(3)), isOutside: row.int(4) == 1,
                    isDeadLetter: row.int(5) == 1)
            }
        }
        return batch
    }
}

/// Who read what, taken in the order in which it was written: by instant, so one pass goes along with the journal.
private struct ReadingCursor: ~Copyable {
    private let statement: Statement
    private var pending: (message: Int64, agency: AgencyID, right: Int32, use: ReadingUse)?
    private var hasBegun = false

    init(_ connection: Database) throws(StoreError) {
        statement = try database { () throws(DatabaseError) in
            try connection.prepare(
                """
                SELECT r.message, a.name, r."right", r.use FROM readings r CROSS JOIN agencies a ON a.id = r.agency
                ORDER BY r.rowid
                """)
        }
    }

    /// Adds the readings of a batch whose first message is `first`.
    mutating func take(from first: Int64, into batch: inout InstantBatch) throws(StoreError) {
        let end = first + Int64(batch.entries.count)
        if !hasBegun { try advance() }
        while let reading = pending, reading.message < end {
            guard reading.message >= first else { throw .damaged("readings are not in the journal's order") }
            batch.readings.append(
                Reading(
                    entry: Int32(reading.message - first), agency: reading.agency, right: reading.right,
                    use: reading.use))
            try advance()
        }
    }

    private mutating func advance() throws(StoreError) {
        pending = nil
        hasBegun = true
        guard try database({ () throws(DatabaseError) in try statement.step() }) else { return }
        guard let agency = AgencyID(statement.text(1)) else { throw .damaged("\(statement.text(1)) read a message") }
        guard let use = ReadingUse(rawValue: statement.int64(3)) else {
            throw .damaged("a reading has the use \(statement.int64(3))")
        }
        // A right's number in the file counts from 1.
        pending = (statement.int64(0), agency, Int32(truncatingIfNeeded: statement.int64(2) - 1), use)
    }
}
