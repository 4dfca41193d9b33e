import LifeEvents

/// Writes engine state as bytes: fixed-width numbers, and byte strings with their length.
struct StateWriter {
    var bytes: [UInt8] = []

    mutating func number(_ value: Int64) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func id(_ id: EventID) {
        number(Int64(bitPattern: id.high))
        number(Int64(bitPattern: id.low))
    }

    mutating func text(_ text: UnsafeRawBufferPointer) {
        number(Int64(text.count))
        bytes.append(contentsOf: text)
    }
}

/// Reads what a `StateWriter` wrote; nil where the bytes end too early.
struct StateReader {
    let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { position >= bytes.count }

    mutating func number() -> Int64? {
        guard position + 8 <= bytes.count else { return nil }
        defer { position += 8 }
        return Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: Int64.self))
    }

    mutating func id() -> EventID? {
        guard let high = number(), let low = number() else { return nil }
        return EventID(high: UInt64(bitPattern: high), low: UInt64(bitPattern: low))
    }

    mutating func text() -> UnsafeRawBufferPointer? {
        guard let count = number(), count >= 0, position + Int(count) <= bytes.count else { return nil }
        defer { position += Int(count) }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + Int(count)])
    }
}
