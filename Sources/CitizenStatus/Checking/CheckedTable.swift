import LifeEvents
import SQLite

/// A table that only grows, with the statement that adds a row.
///
/// A value enters the row's checksum in the same call that binds it, so no column can be forgotten.
final class GrowingTable {
    /// A row while its columns are bound.
    struct Row {
        fileprivate let key: Int64
        fileprivate var parameter: Int32 = 1
        fileprivate var sum = RowChecksum()
    }

    let table: StoredTable
    private let insert: Statement
    private let keep: Statement
    private var segment: ChecksumSegment?
    private var hasChanged = false

    init(_ table: StoredTable, _ connection: Database) throws(DatabaseError) {
        self.table = table
        let columns = try connection.prepare("SELECT * FROM \(table.name) LIMIT 0").columnCount
        let places = Array(repeating: "?", count: Int(columns)).joined(separator: ", ")
        insert = try connection.prepare("INSERT INTO \(table.name) VALUES (\(places))")
        keep = try connection.prepare("INSERT OR REPLACE INTO checksums VALUES (?, ?, ?, ?, ?)")
        let latest = try connection.query(
            "SELECT first, last, rows, sum FROM checksums WHERE part = ? ORDER BY first DESC LIMIT 1",
            .integer(table.rawValue), row: { ChecksumSegment($0) }
        ).first
        segment = latest.flatMap { $0.rows < ChecksumSegment.fullRows ? $0 : nil }
    }

    /// Begins a row; its key is the first column, and is higher than all before.
    func begin(_ key: Int64) throws(DatabaseError) -> Row {
        var row = Row(key: key)
        try insert.bind(1, key)
        row.sum.add(key)
        return row
    }

    @inline(__always)
    func bind(_ number: Int64?, _ row: inout Row) throws(DatabaseError) {
        row.parameter += 1
        row.sum.add(number)
        try insert.bind(row.parameter, number)
    }

    func bind(_ id: EventID?, _ row: inout Row) throws(DatabaseError) {
        guard let id else { return try bind(nil as Int64?, &row) }
        row.parameter += 1
        row.sum.add(id: id)
        try insert.bind(row.parameter, id: id)
    }

    func bind(text: UnsafeRawBufferPointer, _ row: inout Row) throws(DatabaseError) {
        row.parameter += 1
        row.sum.add(text: text)
        try insert.bind(row.parameter, text: text)
    }

    func bind(text: String?, _ row: inout Row) throws(DatabaseError) {
        row.parameter += 1
        row.sum.add(value: text.map { .text($0) } ?? .null)
        try insert.bind(row.parameter, text: text)
    }

    /// The bytes must stay where they are until ``clear()``.
    func bind(blob: UnsafeRawBufferPointer, _ row: inout Row) throws(DatabaseError) {
        row.parameter += 1
        row.sum.add(blob: blob)
        try insert.bind(row.parameter, blob: blob, copying: false)
    }

    /// Adds the row.
    func end(_ row: Row) throws(DatabaseError) {
        try insert.run()
        var current = segment ?? ChecksumSegment(first: row.key, last: row.key)
        current.add(row.sum.value, key: row.key)
        segment = current
        hasChanged = true
    }

    /// Forgets bytes that were bound without a copy.
    func clear() {
        insert.clearBindings()
    }

    /// Writes the checksum of the rows added since; to be called before each commit.
    func keepChecksum() throws(DatabaseError) {
        guard hasChanged, let segment else { return }
        try keep.run(table, segment)
        hasChanged = false
        if segment.rows >= ChecksumSegment.fullRows { self.segment = nil }
    }
}

/// A small table whose rows are replaced by their key, the first column.
final class ReplacedTable {
    let table: StoredTable
    private let connection: Database
    private let keep: Statement
    private var segment: ChecksumSegment
    private let columns: [String]

    init(_ table: StoredTable, _ connection: Database) throws(DatabaseError) {
        self.table = table
        self.connection = connection
        keep = try connection.prepare("INSERT OR REPLACE INTO checksums VALUES (?, ?, ?, ?, ?)")
        let row = try connection.prepare("SELECT * FROM \(table.name) LIMIT 0")
        columns = (0..<row.columnCount).map { row.columnName($0) }
        segment = try .whole(table, connection)
    }

    /// Writes a row in place of the one with its key, if there is one.
    func put(_ values: SQLValue...) throws(DatabaseError) {
        guard let key = values.first, let column = columns.first else { return }
        let old = try connection.query("SELECT * FROM \(table.name) WHERE \(column) = ?", arguments: [key]) {
            RowChecksum($0).value
        }
        var sum = RowChecksum()
        for value in values { sum.add(value: value) }
        let places = Array(repeating: "?", count: values.count).joined(separator: ", ")
        try connection.query("INSERT OR REPLACE INTO \(table.name) VALUES (\(places))", arguments: values) { _ in }
        for row in old {
            segment.rows -= 1
            segment.sum &-= row
        }
        segment.rows += 1
        segment.sum &+= sum.value
        try keep.run(table, segment)
    }
}

/// The engine's own rows. Each carries its checksum, so that replacing one need not read the old one whole.
final class StateTable {
    private let put: Statement
    private let drop: Statement
    private let old: Statement
    private let keep: Statement
    private var segment: ChecksumSegment
    private var hasChanged = false

    init(_ connection: Database) throws(DatabaseError) {
        put = try connection.prepare("INSERT OR REPLACE INTO engine_state VALUES (?, ?, ?)")
        drop = try connection.prepare("DELETE FROM engine_state WHERE id = ?")
        old = try connection.prepare("SELECT sum FROM engine_state WHERE id = ?")
        keep = try connection.prepare("INSERT OR REPLACE INTO checksums VALUES (?, ?, ?, ?, ?)")
        segment = try .whole(.engineState, connection)
    }

    func apply(_ change: StateChange) throws(DatabaseError) {
        let id = StateChange.id(kind: change.kind, key: change.key)
        hasChanged = true
        try old.bind(1, id)
        while try old.step() {
            segment.rows -= 1
            segment.sum &-= UInt64(bitPattern: old.int64(0))
        }
        guard let value = change.value else {
            try drop.bind(1, id)
            return try drop.run()
        }
        let sum = value.withUnsafeBytes { Self.sum(id, $0) }
        try put.bind(1, id)
        try put.bind(2, Int64(bitPattern: sum))
        try put.bind(3, blob: value)
        try put.run()
        segment.rows += 1
        segment.sum &+= sum
    }

    func keepChecksum() throws(DatabaseError) {
        guard hasChanged else { return }
        try keep.run(.engineState, segment)
        hasChanged = false
    }

    static func sum(_ id: Int64, _ value: UnsafeRawBufferPointer) -> UInt64 {
        var sum = RowChecksum()
        sum.add(id)
        sum.add(blob: value)
        return sum.value
    }
}

extension ChecksumSegment {
    /// From the columns first, last, rows and sum.
    init(_ row: borrowing Statement) {
        self.init(first: row.int64(0), last: row.int64(1), rows: row.int64(2), sum: UInt64(bitPattern: row.int64(3)))
    }

    /// The one segment of a table whose rows are replaced.
    static func whole(_ table: StoredTable, _ connection: Database) throws(DatabaseError) -> ChecksumSegment {
        try connection.query(
            "SELECT first, last, rows, sum FROM checksums WHERE part = ?", .integer(table.rawValue),
            row: { ChecksumSegment($0) }
        ).first ?? ChecksumSegment(first: 0, last: 0)
    }
}

extension Statement {
    fileprivate func run(_ table: StoredTable, _ segment: ChecksumSegment) throws(DatabaseError) {
        try bind(1, table.rawValue)
        try bind(2, segment.first)
        try bind(3, segment.last)
        try bind(4, segment.rows)
        try bind(5, Int64(bitPattern: segment.sum))
        try run()
    }
}
