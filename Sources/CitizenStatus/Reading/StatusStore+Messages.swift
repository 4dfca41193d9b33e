public import LifeEvents
import SQLite

extension StatusStore {
    /// The message with an id; nil if the journal has none. Of a message that came twice the first.
    public func message(id: EventID) throws(StoreError) -> MessageRow? {
        try messages("WHERE m.id = ?", .blob(id.stored)).first
    }

    /// All messages about a person, in the order of the journal.
    public func messages(of person: Subject) throws(StoreError) -> [MessageRow] {
        try messages("WHERE m.subject = ?", .integer(person.stored))
    }

    /// All messages that a message caused, in the order of the journal.
    public func messages(causedBy id: EventID) throws(StoreError) -> [MessageRow] {
        try messages("WHERE m.cause = ?", .blob(id.stored))
    }

    /// Who was given a message to handle, by name.
    public func readers(of id: EventID) throws(StoreError) -> [AgencyID] {
        let sql = """
            SELECT DISTINCT a.name FROM readings r JOIN agencies a ON a.id = r.agency
            WHERE r.message IN (SELECT seq FROM messages WHERE id = ?) AND r.use IN (1, 3)
            """
        return try rows(sql, .blob(id.stored)) { (row) throws(StoreError) in
            guard let agency = AgencyID(recorded: row.text(0)) else { throw .damaged("\(row.text(0)) read a message") }
            return agency
        }.sorted()
    }

    /// The cases of the run.
    public func worlds() throws(StoreError) -> [WorldRow] {
        try rows("SELECT world, name, scenario FROM worlds ORDER BY world") { row in
            WorldRow(world: Int32(truncatingIfNeeded: row.int64(0)), name: row.text(1), scenario: row.text(2))
        }
    }

    /// The engine's own rows of one kind by key, as the last checkpoint left them.
    ///
    /// The bytes are valid during the call only.
    public func state(kind: Int32, each: (Int64, UnsafeRawBufferPointer) throws -> Void) throws {
        let statement = try connection.prepare(
            "SELECT id, value FROM engine_state WHERE id BETWEEN ? AND ? ORDER BY id")
        let first = StateChange.id(kind: kind, key: 0)
        try statement.bind(1, first)
        try statement.bind(2, StateChange.id(kind: kind + 1, key: 0) - 1)
        while try statement.step() {
            try statement.withBlob(1) { bytes in try each(statement.int64(0) - first, bytes) }
        }
    }

    /// A row of the engine's own state, compared with its checksum.
    /// - Throws: ``StoreError``, also where there is no such row.
    public func stateRow(kind: Int32, key: Int64) throws(StoreError) -> [UInt8] {
        let id = StateChange.id(kind: kind, key: key)
        let rows = try connection.rows("SELECT sum, value FROM engine_state WHERE id = ?", [.integer(id)]) { row in
            row.withBlob(1) { value in
                StateTable.sum(id, value) == UInt64(bitPattern: row.int64(0)) ? Array(value) : nil
            }
        }
        guard let value = rows.first ?? nil else {
            throw .damaged(
                "\(connection.path), table engine_state: row \(key) of kind \(kind) is not as it was written")
        }
        return value
    }

    // MARK: - Rows

    func messages(_ condition: String, _ arguments: SQLValue...) throws(StoreError) -> [MessageRow] {
        let sql = """
            SELECT m.seq, m.id, m.instant, o.name, m.world, m.outside, m.dead, y.name, a.name, m.subject, m.time, m.occurred,
                m.change, m.previous, m.cause, m.journey, m.value
            FROM messages m LEFT JOIN topics o ON o.id = m.topic LEFT JOIN types y ON y.id = m.type
                LEFT JOIN agencies a ON a.id = m.agency
            \(condition) ORDER BY m.seq
            """
        return try connection.rows(sql, arguments) { (row) throws(StoreError) in try MessageRow(row) }
    }
}

extension MessageRow {
    fileprivate init(_ row: borrowing Statement) throws(StoreError) {
        guard let id = row.id(1) else { throw .damaged("message \(row.int64(0)) has no id") }
        let change = row.isNull(12) ? nil : Schema.Change(rawValue: row.int64(12))
        self.init(
            sequence: row.int64(0), id: id, instant: Instant(milliseconds: row.int64(2)), topic: row.text(3),
            world: Int32(truncatingIfNeeded: row.int64(4)), isOutside: row.int(5) == 1, isDeadLetter: row.int(6) == 1,
            type: row.optionalText(7), source: row.optionalText(8),
            subject: row.subject(9), time: row.instant(10),
            occurredAt: row.instant(11), changeType: change?.name, previous: row.id(13), cause: row.id(14),
            journey: row.id(15), value: row.blob(16))
    }
}

extension Schema.Change {
    /// As the attribute `changetype` has it.
    fileprivate var name: String {
        switch self {
        case .corrected: "CORRECTED"
        case .annulled: "ANNULLED"
        case .ceased: "CEASED"
        }
    }
}
