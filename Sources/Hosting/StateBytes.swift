package import LifeEvents

/// Writes engine state as bytes: fixed-width numbers, and byte strings with their length.
package struct StateWriter {
    package var bytes: [UInt8] = []

    package init() {}

    package mutating func number(_ value: Int64) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    package mutating func id(_ id: EventID) {
        number(Int64(bitPattern: id.high))
        number(Int64(bitPattern: id.low))
    }

    package mutating func text(_ text: UnsafeRawBufferPointer) {
        number(Int64(text.count))
        bytes.append(contentsOf: text)
    }
}

/// Reads what a `StateWriter` wrote; nil where the bytes end too early.
package struct StateReader {
    package let bytes: UnsafeRawBufferPointer
    private var position = 0

    package init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    package var isAtEnd: Bool { position >= bytes.count }

    package mutating func number() -> Int64? {
        guard position + 8 <= bytes.count else { return nil }
        defer { position += 8 }
        return Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: Int64.self))
    }

    package mutating func id() -> EventID? {
        guard let high = number(), let low = number() else { return nil }
        return EventID(high: UInt64(bitPattern: high), low: UInt64(bitPattern: low))
    }

    package mutating func text() -> UnsafeRawBufferPointer? {
        guard let count = number(), count >= 0, position + Int(count) <= bytes.count else { return nil }
        defer { position += Int(count) }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + Int(count)])
    }
}
