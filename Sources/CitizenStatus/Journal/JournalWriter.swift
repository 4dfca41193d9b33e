import LifeEvents
import SQLite

/// The statements that write a store, with the numbers it has given to names, persons and journeys.
///
/// Everything here runs inside the store's transaction.
final class JournalWriter {
    let connection: Database
    let insertMessage: Statement
    let insertTile: Statement
    let insertReading: Statement
    let insertPerson: Statement
    let insertJourney: Statement
    let putState: Statement
    let dropState: Statement

    /// The number in the file of each topic of this run.
    private let topics: [Int64]
    private var types = NameTable()
    private var tileNames = NameTable()
    private var sources = NameTable()
    private var agencies: [AgencyID: Int64] = [:]
    private var persons: [Subject: Int32] = [:]
    private var journeys: [EventID: Int32] = [:]
    private var foreignIDs: Set<EventID> = []
    var sequence: Int64
    let reader = MessageReader()

    var topicCount: Int { topics.count }

    init(_ connection: Database, topics names: [String], messageCount: Int64) throws(StoreError) {
        self.connection = connection
        sequence = messageCount
        do {
            insertMessage = try connection.prepare(
                """
                INSERT INTO messages (seq, id, instant, topic, world, outside, dead, type, agency, subject, time,
                    occurred, change, previous, cause, journey, value)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
            insertTile = try connection.prepare(
                """
                INSERT INTO tiles (seq, id, world, person, journey, tile, agency, about, code, valid, known)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
            insertReading = try connection.prepare("INSERT INTO readings (message, agency) VALUES (?, ?)")
            insertPerson = try connection.prepare("INSERT INTO persons (id, key) VALUES (?, ?)")
            insertJourney = try connection.prepare("INSERT INTO journeys (id, journey) VALUES (?, ?)")
            putState = try connection.prepare("INSERT OR REPLACE INTO engine_state (id, value) VALUES (?, ?)")
            dropState = try connection.prepare("DELETE FROM engine_state WHERE id = ?")
            self.topics = try Self.register(names, in: connection)
            types = try Self.names("SELECT id, name FROM types ORDER BY id", connection)
            tileNames = try Self.names("SELECT id, name FROM tile_names ORDER BY id", connection)
            sources = try Self.names("SELECT id, name FROM agencies ORDER BY id", connection)
        } catch {
            throw .database(error)
        }
        try restorePersons()
    }

    // MARK: - Numbers

    /// The number of a type; a type that is new is told from a fact by its name.
    func type(_ name: UnsafeRawBufferPointer) throws(DatabaseError) -> Int64 {
        if let known = types.number(of: name) { return known }
        let number = Int64(types.count) + 1
        let text = String(decoding: name, as: UTF8.self)
        try connection.run(
            "INSERT INTO types (id, name, fact) VALUES (?, ?, ?)", .integer(number), .text(text),
            .integer(Keys.isFact(type: text) ? 1 : 0))
        types.add(name, number: number)
        return number
    }

    func tileName(_ name: UnsafeRawBufferPointer) throws(DatabaseError) -> Int64 {
        if let known = tileNames.number(of: name) { return known }
        let number = Int64(tileNames.count) + 1
        try connection.run(
            "INSERT INTO tile_names (id, name) VALUES (?, ?)", .integer(number),
            .text(String(decoding: name, as: UTF8.self)))
        tileNames.add(name, number: number)
        return number
    }

    /// The number of an agency's id, or of a source that names no agency.
    func source(_ name: UnsafeRawBufferPointer) throws(DatabaseError) -> Int64 {
        if let known = sources.number(of: name) { return known }
        let number = Int64(sources.count) + 1
        try connection.run(
            "INSERT INTO agencies (id, name) VALUES (?, ?)", .integer(number),
            .text(String(decoding: name, as: UTF8.self)))
        sources.add(name, number: number)
        return number
    }

    func agency(_ agency: AgencyID) throws(DatabaseError) -> Int64 {
        if let known = agencies[agency] { return known }
        var name: [UInt8] = []
        agency.write(into: &name)
        let number = try name.span.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) throws(DatabaseError) in
            try source(bytes)
        }
        agencies[agency] = number
        return number
    }

    func person(_ key: Subject) throws(DatabaseError) -> Int64 {
        if let known = persons[key] { return Int64(known) }
        let number = Int32(persons.count) + 1
        var text: [UInt8] = []
        key.write(into: &text)
        try insertPerson.bind(1, Int64(number))
        try text.span.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) throws(DatabaseError) in
            try insertPerson.bind(2, text: bytes)
        }
        try insertPerson.run()
        persons[key] = number
        return Int64(number)
    }

    func journey(_ id: EventID) throws(DatabaseError) -> Int64 {
        if let known = journeys[id] { return Int64(known) }
        let number = Int32(journeys.count) + 1
        try insertJourney.bind(1, Int64(number))
        try insertJourney.bind(2, id: id)
        try insertJourney.run()
        try note(id)
        journeys[id] = number
        return Int64(number)
    }

    func topic(_ index: Int32) -> Int64 { topics[Int(index)] }

    /// Keeps the text of an id that is no UUID, once.
    func note(_ id: EventID) throws(DatabaseError) {
        guard id.isForeign, foreignIDs.insert(id).inserted else { return }
        try connection.run("INSERT INTO foreign_ids (id, text) VALUES (?, ?)", .blob(id.stored), .text(id.description))
    }

    // MARK: - Small rows

    func name(
        _ key: Subject, world: Int32, name: String, scenario: String, caseName: String
    ) throws(DatabaseError) {
        try connection.run(
            "UPDATE persons SET world = ?, name = ?, scenario = ?, case_name = ? WHERE id = ?", .integer(Int64(world)),
            .text(name), .text(scenario), .text(caseName), .integer(try person(key)))
    }

    func name(world: Int32, name: String, scenario: String) throws(DatabaseError) {
        try connection.run(
            "INSERT OR REPLACE INTO worlds (world, name, scenario) VALUES (?, ?, ?)", .integer(Int64(world)),
            .text(name), .text(scenario))
    }

    func set(_ name: String, _ value: String) throws(DatabaseError) {
        try connection.run("INSERT OR REPLACE INTO properties (name, value) VALUES (?, ?)", .text(name), .text(value))
    }

    func apply(_ change: StateChange) throws(DatabaseError) {
        let id = StateChange.id(kind: change.kind, key: change.key)
        if let value = change.value {
            try putState.bind(1, id)
            try putState.bind(2, blob: value)
            try putState.run()
        } else {
            try dropState.bind(1, id)
            try dropState.run()
        }
    }

    // MARK: - Reopening

    private func restorePersons() throws(StoreError) {
        for row in try connection.rows("SELECT id, key FROM persons ORDER BY id", { ($0.int64(0), $0.text(1)) }) {
            guard let key = Subject(text: row.1) else { throw .damaged("person \(row.0) has no key") }
            persons[key] = Int32(row.0)
        }
        for row in try connection.rows("SELECT id, journey FROM journeys ORDER BY id", { ($0.int64(0), $0.id(1)) }) {
            guard let id = row.1 else { throw .damaged("journey \(row.0) has no id") }
            journeys[id] = Int32(row.0)
        }
        foreignIDs = Set(try connection.rows("SELECT id FROM foreign_ids", { $0.id(0) }).compactMap { $0 })
    }

    private static func names(_ sql: String, _ connection: Database) throws(DatabaseError) -> NameTable {
        var table = NameTable()
        for row in try connection.query(sql, row: { ($0.int64(0), Array($0.text(1).utf8)) }) {
            row.1.withUnsafeBytes { table.add($0, number: row.0) }
        }
        return table
    }

    private static func register(_ names: [String], in connection: Database) throws(DatabaseError) -> [Int64] {
        var numbers: [String: Int64] = [:]
        for row in try connection.query("SELECT id, name FROM topics", row: { ($0.int64(0), $0.text(1)) }) {
            numbers[row.1] = row.0
        }
        return try names.map { (name) throws(DatabaseError) in
            if let known = numbers[name] { return known }
            let number = Int64(numbers.count) + 1
            try connection.run("INSERT INTO topics (id, name) VALUES (?, ?)", .integer(number), .text(name))
            numbers[name] = number
            return number
        }
    }
}
