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

    /// A key, with its text where that was made elsewhere: no message of the journal need have it yet.
    package mutating func subject(_ subject: Subject) {
        number(Int64(bitPattern: subject.rawValue))
        guard subject.isForeign else { return }
        Array(subject.description.utf8).withUnsafeBytes { text($0) }
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

    package mutating func subject() -> Subject? {
        guard let raw = number().map({ UInt64(bitPattern: $0) }) else { return nil }
        guard raw >> 60 != 0 else { return Subject(rawValue: raw) }
        guard let text = text(), let subject = Subject(utf8: text), subject.rawValue == raw else { return nil }
        return subject
    }

    package mutating func text() -> UnsafeRawBufferPointer? {
        guard let count = number(), 0...Int64(bytes.count - position) ~= count else { return nil }
        defer { position += Int(count) }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + Int(count)])
    }
}
