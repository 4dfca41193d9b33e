import LifeEvents
import SQLite

/// The statements that write a store, with the numbers it has given to a few hundred names.
///
/// Everything here runs inside the store's transaction. Nothing here grows with the persons and the journeys that a run
/// meets: they stand in the rows by numbers of their own.
final class JournalWriter {
    let connection: Database
    let messages: GrowingTable
    let tiles: GrowingTable
    let readings: GrowingTable
    let deadLetters: GrowingTable
    private let persons: GrowingTable
    private let foreignNames: GrowingTable
    private let topicTable: GrowingTable
    private let typeTable: GrowingTable
    private let sourceTable: GrowingTable
    private let rightTable: GrowingTable
    private let tileTable: GrowingTable
    private let properties: ReplacedTable
    private let worlds: ReplacedTable
    private let state: StateTable

    /// The number in the file of each topic of this run.
    private var topics: [Int64] = []
    /// The number in the file of each right of this run.
    private var rights: [Int64] = []
    private var types = NameTable()
    private var tileNames = NameTable()
    private var sources = NameTable()
    private var agencies: [AgencyID: Int64] = [:]
    /// Texts made elsewhere that are in the file; at most as many as ``ForeignNames/limit``.
    private var foreignIDs: Set<EventID> = []
    private var foreignKeys: Set<Subject> = []
    var sequence: Int64
    var readingCount: Int64 = 0
    private var personCount: Int64 = 0
    let reader = MessageReader()

    var topicCount: Int { topics.count }

    init(_ connection: Database, topics names: [String], messageCount: Int64) throws(StoreError) {
        self.connection = connection
        sequence = messageCount
        do {
            func growing(_ table: StoredTable) throws(DatabaseError) -> GrowingTable {
                try GrowingTable(table, connection)
            }
            messages = try growing(.messages)
            tiles = try growing(.tiles)
            readings = try growing(.readings)
            deadLetters = try growing(.deadLetters)
            persons = try growing(.persons)
            foreignNames = try growing(.foreignNames)
            topicTable = try growing(.topics)
            typeTable = try growing(.types)
            sourceTable = try growing(.agencies)
            rightTable = try growing(.rights)
            tileTable = try growing(.tileNames)
            properties = try ReplacedTable(.properties, connection)
            worlds = try ReplacedTable(.worlds, connection)
            state = try StateTable(connection)
            readingCount = try Self.highest("readings", connection)
            personCount = try Self.highest("persons", connection)
            types = try Self.names("SELECT id, name FROM types ORDER BY id", connection)
            tileNames = try Self.names("SELECT id, name FROM tile_names ORDER BY id", connection)
            sources = try Self.names("SELECT id, name FROM agencies ORDER BY id", connection)
            try connection.transaction { () throws(DatabaseError) in
                try register(names)
                try keepChecksums()
            }
        } catch {
            throw StoreError(error)
        }
        try restoreForeignNames()
    }

    /// Writes the checksums of all rows added since the last call; to be called before each commit.
    func keepChecksums() throws(DatabaseError) {
        for table in [
            messages, tiles, readings, deadLetters, persons, foreignNames, topicTable, typeTable, sourceTable,
            tileTable, rightTable,
        ] { try table.keepChecksum() }
        try state.keepChecksum()
    }

    // MARK: - Numbers

    /// The number of a type; a type that is new is told from a fact by its name.
    func type(_ name: UnsafeRawBufferPointer) throws(DatabaseError) -> Int64 {
        if let known = types.number(of: name) { return known }
        let number = Int64(types.count) + 1
        var row = try typeTable.begin(number)
        let text = String(decoding: name, as: UTF8.self)
        try typeTable.bind(text: text, &row)
        try typeTable.bind(Keys.isFact(type: text) ? 1 : 0, &row)
        try typeTable.end(row)
        types.add(name, number: number)
        return number
    }

    func tileName(_ name: UnsafeRawBufferPointer) throws(DatabaseError) -> Int64 {
        try Self.number(of: name, in: &tileNames, tileTable)
    }

    /// The number of an agency's id, or of a source that names no agency.
    func source(_ name: UnsafeRawBufferPointer) throws(DatabaseError) -> Int64 {
        try Self.number(of: name, in: &sources, sourceTable)
    }

    private static func number(
        of name: UnsafeRawBufferPointer, in names: inout NameTable, _ table: GrowingTable
    ) throws(DatabaseError) -> Int64 {
        if let known = names.number(of: name) { return known }
        let number = Int64(names.count) + 1
        var row = try table.begin(number)
        try table.bind(text: String(decoding: name, as: UTF8.self), &row)
        try table.end(row)
        names.add(name, number: number)
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

    func topic(_ index: Int32) -> Int64 { topics[Int(index)] }

    /// The number of a right of this run; 0 in a store of a run that has named none.
    func right(_ index: Int32) -> Int64 { rights.indices.contains(Int(index)) ? rights[Int(index)] : 0 }

    /// Takes the rights of a run, which readings count by; those that the file has keep their numbers.
    func register(_ wanted: [LedgerRight], known: [LedgerRight]) throws(DatabaseError) {
        var known = known
        rights = []
        for right in wanted {
            if let place = known.firstIndex(of: right) {
                rights.append(Int64(place + 1))
                continue
            }
            known.append(right)
            rights.append(Int64(known.count))
            var row = try rightTable.begin(Int64(known.count))
            for text in [right.type, right.owner, right.branch, right.offer] { try rightTable.bind(text: text, &row) }
            try rightTable.bind(text: right.refusal, &row)
            try rightTable.bind(text: right.purpose, &row)
            try rightTable.bind(text: right.basis, &row)
            try rightTable.bind(text: right.informationClass, &row)
            for list in [right.groups, right.hidden] {
                try rightTable.bind(text: list.joined(separator: ","), &row)
            }
            try rightTable.end(row)
        }
    }

    /// Keeps the text of an id that is no UUID, once.
    @inline(__always)
    func note(_ id: EventID) throws(DatabaseError) {
        guard id.isForeign, foreignIDs.insert(id).inserted else { return }
        try note(event: id, key: nil, id.description)
    }

    /// Keeps the text of a key that was made elsewhere, once.
    @inline(__always)
    func note(_ key: Subject) throws(DatabaseError) {
        guard key.isForeign, foreignKeys.insert(key).inserted else { return }
        try note(event: nil, key: key, key.description)
    }

    private func note(event: EventID?, key: Subject?, _ text: String) throws(DatabaseError) {
        var row = try foreignNames.begin(Int64(foreignIDs.count + foreignKeys.count))
        try foreignNames.bind(event, &row)
        try foreignNames.bind(key?.stored, &row)
        try foreignNames.bind(text: text, &row)
        try foreignNames.end(row)
    }

    // MARK: - Small rows

    func name(
        _ key: Subject, world: Int32, name: String, scenario: String, caseName: String
    ) throws(DatabaseError) {
        try note(key)
        personCount += 1
        var row = try persons.begin(personCount)
        try persons.bind(key.stored, &row)
        try persons.bind(Int64(world), &row)
        try persons.bind(text: name, &row)
        try persons.bind(text: scenario, &row)
        try persons.bind(text: caseName, &row)
        try persons.end(row)
    }

    func name(world: Int32, name: String, scenario: String) throws(DatabaseError) {
        try worlds.put(.integer(Int64(world)), .text(name), .text(scenario))
    }

    func set(_ name: String, _ value: String) throws(DatabaseError) {
        try properties.put(.text(name), .text(value))
    }

    func apply(_ change: StateChange) throws(DatabaseError) { try state.apply(change) }

    // MARK: - Reopening

    private func restoreForeignNames() throws(StoreError) {
        for name in try connection.rows("SELECT event, key FROM foreign_names", { ($0.id(0), $0.subject(1)) }) {
            if let id = name.0 { foreignIDs.insert(id) }
            if let key = name.1 { foreignKeys.insert(key) }
        }
    }

    private static func highest(_ table: String, _ connection: Database) throws(DatabaseError) -> Int64 {
        try connection.query("SELECT coalesce(max(id), 0) FROM \(table)") { $0.int64(0) }.first ?? 0
    }

    private static func names(_ sql: String, _ connection: Database) throws(DatabaseError) -> NameTable {
        var table = NameTable()
        for row in try connection.query(sql, row: { ($0.int64(0), Array($0.text(1).utf8)) }) {
            row.1.withUnsafeBytes { table.add($0, number: row.0) }
        }
        return table
    }

    private func register(_ names: [String]) throws(DatabaseError) {
        var numbers: [String: Int64] = [:]
        for row in try connection.query("SELECT id, name FROM topics", row: { ($0.int64(0), $0.text(1)) }) {
            numbers[row.1] = row.0
        }
        for name in names {
            if let known = numbers[name] {
                topics.append(known)
                continue
            }
            let number = Int64(numbers.count) + 1
            var row = try topicTable.begin(number)
            try topicTable.bind(text: name, &row)
            try topicTable.end(row)
            numbers[name] = number
            topics.append(number)
        }
    }
}

extension JournalWriter {
    /// Takes over the numbers that another store has given to names, so that equal rows come out equal.
    func adopt(
        types: [String], tileNames: [String], sourceNames: [String], foreign: [(id: EventID?, key: Subject?)]
    ) throws(DatabaseError) {
        for name in foreign {
            if let id = name.id { try note(id) }
            if let key = name.key { try note(key) }
        }
        for name in types { _ = try name.withBytes { (bytes) throws(DatabaseError) in try type(bytes) } }
        for name in tileNames { _ = try name.withBytes { (bytes) throws(DatabaseError) in try tileName(bytes) } }
        for name in sourceNames { _ = try name.withBytes { (bytes) throws(DatabaseError) in try source(bytes) } }
    }
}

extension String {
    fileprivate func withBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> Result {
        try utf8.span.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) throws(DatabaseError) in try body(bytes) }
    }
}
