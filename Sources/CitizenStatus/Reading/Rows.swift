import LifeEvents
import SQLite

extension EventID {
    /// The 16 bytes as the store keeps them: the first in the highest place, so that their order is that of the ids.
    var stored: [UInt8] {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) }
    }
}

extension Subject {
    /// The key's number as the store keeps it: negative for a key made elsewhere.
    var stored: Int64 { Int64(bitPattern: rawValue) }
}

extension Statement {
    /// The column as a key; nil if it is none, or one whose text is not known.
    func subject(_ column: Int32) -> Subject? {
        isNull(column) ? nil : Subject(rawValue: UInt64(bitPattern: int64(column)))
    }

    /// Binds the 16 bytes of an id.
    func bind(_ parameter: Int32, id: EventID) throws(DatabaseError) {
        var halves = (id.high.bigEndian, id.low.bigEndian)
        try withUnsafeBytes(of: &halves) { (bytes) throws(DatabaseError) in try bind(parameter, blob: bytes) }
    }

    /// The column as an id; nil if it is none, or one whose text is not known.
    func id(_ column: Int32) -> EventID? {
        withBlob(column) { bytes in
            guard bytes.count == 16 else { return nil }
            return EventID(
                high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
    }

    /// The column as an instant, nil when NULL.
    func instant(_ column: Int32) -> Instant? {
        isNull(column) ? nil : Instant(milliseconds: int64(column))
    }
}

extension Database {
    /// Runs a query and makes an element of each row.
    func rows<Element>(
        _ sql: String, _ arguments: [SQLValue], _ element: (borrowing Statement) throws(StoreError) -> Element
    ) throws(StoreError) -> [Element] {
        let statement = try database { () throws(DatabaseError) in try prepare(sql) }
        try database { () throws(DatabaseError) in
            for (index, argument) in arguments.enumerated() { try statement.bind(Int32(index) + 1, value: argument) }
        }
        var elements: [Element] = []
        while try database({ () throws(DatabaseError) in try statement.step() }) {
            elements.append(try element(statement))
        }
        return elements
    }

    func rows<Element>(
        _ sql: String, _ element: (borrowing Statement) throws(StoreError) -> Element
    ) throws(StoreError) -> [Element] {
        try rows(sql, [], element)
    }
}

extension StatusStore {
    /// Runs a query and makes an element of each row.
    func rows<Element>(
        _ sql: String, _ arguments: SQLValue..., element: (borrowing Statement) throws(StoreError) -> Element
    ) throws(StoreError) -> [Element] {
        try connection.rows(sql, arguments, element)
    }

    /// The first column of the first row as a number, 0 without a row.
    func scalar(_ sql: String) throws(StoreError) -> Int64 {
        try rows(sql) { row in row.int64(0) }.first ?? 0
    }

    /// Makes the texts of ids and keys made elsewhere known to the process.
    func restoreForeignNames() throws(StoreError) {
        let names = try rows("SELECT event IS NOT NULL, text FROM foreign_names ORDER BY id") { row in
            ForeignNames.Name(use: row.int(0) == 1 ? .event : .person, text: row.text(1))
        }
        let refused = ForeignNames.restore(names)
        if let first = refused.first { throw .damaged("\"\(first.text)\" has the hash of another text made elsewhere") }
    }
}
