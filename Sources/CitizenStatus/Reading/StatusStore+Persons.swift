public import LifeEvents
import SQLite

extension StatusStore {
    /// Everybody with a name, in all cases; capital letters of ASCII count as small ones.
    public func person(named name: String) throws(StoreError) -> [PersonRow] {
        try named("WHERE name = ? COLLATE NOCASE", .text(name))
    }

    /// Everybody with a name, in the order in which they got it.
    public func namedPersons() throws(StoreError) -> [PersonRow] { try named("") }

    /// The person with a key; nil if no message is about it and no name was recorded.
    public func person(key: Subject) throws(StoreError) -> PersonRow? {
        if let row = try named("WHERE key = ?", .integer(key.stored)).first { return row }
        let isKnown = try !rows("SELECT 1 FROM messages WHERE subject = ? LIMIT 1", .integer(key.stored)) { _ in true }
            .isEmpty
        return isKnown ? PersonRow(key: key, world: -1, name: "", scenario: "", caseName: "") : nil
    }

    /// Everybody the store knows: those with a name in the order in which they got it, then those that messages are
    /// about in the order in which they were first met. Reads the whole journal.
    public func persons() throws(StoreError) -> [PersonRow] {
        let sql = """
            SELECT subject FROM messages WHERE subject IS NOT NULL AND subject NOT IN (SELECT key FROM persons)
            GROUP BY subject ORDER BY min(seq)
            """
        return try named("")
            + rows(sql) { (row) throws(StoreError) in
                guard let key = row.subject(0) else { throw .damaged("a message is about no key") }
                return PersonRow(key: key, world: -1, name: "", scenario: "", caseName: "")
            }
    }

    private func named(_ condition: String, _ arguments: SQLValue...) throws(StoreError) -> [PersonRow] {
        let sql = "SELECT key, world, name, scenario, case_name FROM persons \(condition) ORDER BY id"
        var places: [Subject: Int] = [:]
        var people: [PersonRow] = []
        for row in try connection.rows(sql, arguments, { (row) throws(StoreError) in try PersonRow(row) }) {
            if let place = places[row.key] {
                people[place] = row
            } else {
                places[row.key] = people.count
                people.append(row)
            }
        }
        return people
    }
}

extension PersonRow {
    init(_ row: borrowing Statement) throws(StoreError) {
        guard let key = row.subject(0) else { throw .damaged("a person has no key") }
        self.init(
            key: key, world: Int32(truncatingIfNeeded: row.int64(1)), name: row.text(2), scenario: row.text(3),
            caseName: row.text(4))
    }
}
