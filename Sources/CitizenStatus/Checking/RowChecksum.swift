import LifeEvents
import SQLite

/// The checksum of one row: its columns, in their order, as 64 bits.
///
/// A damaged row has another checksum but for one chance in 2^64; nobody is kept from making up a row that fits.
struct RowChecksum {
    private var hash = SipHash24(key: Self.key)

    private static let key = SipHash24.Key(0x6D75_7363_6B65_6863, 0x7377_6F72_2D6C_7173)
    /// What stands for NULL: a number that no column holds.
    private static let null: UInt64 = 0x8000_4E55_4C4C_0001

    /// Tells the length of a text from that of bytes: the two are compared and sorted apart.
    private static let text: UInt64 = 1 << 63

    @inline(__always)
    mutating func add(_ number: Int64?) {
        hash.append(number.map { UInt64(bitPattern: $0) } ?? Self.null)
    }

    @inline(__always)
    mutating func add(blob: UnsafeRawBufferPointer) {
        hash.append(field: blob)
    }

    mutating func add(text: UnsafeRawBufferPointer) {
        hash.append(UInt64(text.count) | Self.text)
        hash.append(bytes: text)
    }

    mutating func add(id: EventID) {
        hash.append(16 as UInt64)
        // As the bytes in the file: the highest first.
        hash.append(id.high.byteSwapped)
        hash.append(id.low.byteSwapped)
    }

    mutating func add(value: SQLValue) {
        switch value {
        case .null: add(nil as Int64?)
        case .integer(let number): add(number)
        case .real(let number): hash.append(~number.bitPattern)
        case .text(let text): text.utf8.span.withUnsafeBytes { add(text: $0) }
        case .blob(let bytes): bytes.withUnsafeBytes { add(blob: $0) }
        }
    }

    /// Adds a column as it is stored.
    mutating func add(_ row: borrowing Statement, column: Int32) {
        switch row.storage(column) {
        case .null: add(nil as Int64?)
        case .integer: add(row.int64(column))
        // No table has such a column, so that a number read as one is damaged.
        case .real: hash.append(~row.double(column).bitPattern)
        case .text: row.withBlob(column) { add(text: $0) }
        case .blob: row.withBlob(column) { add(blob: $0) }
        }
    }

    var value: UInt64 { hash.finalize() }

    /// The checksum of a whole row as it is stored.
    init(_ row: borrowing Statement) {
        for column in 0..<row.columnCount { add(row, column: column) }
    }

    init() {}
}
