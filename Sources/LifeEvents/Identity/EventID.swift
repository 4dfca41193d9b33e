import JSON

/// The id of a message, or of a journey that messages share: 128 bits, written as a UUID.
///
/// Our own are UUIDv7 (messages) and UUIDv8 (journeys). An id made elsewhere is kept as it is if it is a lower-case UUID of
/// version 1 to 8; any other text of 1 to 200 bytes is represented by a hash with version 15 and kept in ``ForeignNames``.
public struct EventID: Hashable, Comparable, Sendable {
    /// Bytes 0 to 7, the first in the highest place.
    public let high: UInt64
    /// Bytes 8 to 15, the first in the highest place.
    public let low: UInt64

    private init(unchecked high: UInt64, _ low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Stored numbers; nil if their version is not 1 to 8, unless they stand for a text in ``ForeignNames``.
    public init?(high: UInt64, low: UInt64) {
        self.init(unchecked: high, low)
        guard 1...8 ~= version || foreignText != nil else { return nil }
    }

    /// A message's id: UUIDv7 of virtual time, ordinal and hash, so ids sort by time and then by the author's order.
    ///
    /// - Parameters:
    ///   - milliseconds: since 1970, 0 ..< 2^48.
    ///   - ordinal: 0 ..< 4,096.
    ///   - hash62: the lowest 62 bits are taken.
    public static func v7(milliseconds: Int64, ordinal: UInt16, hash62: UInt64) -> EventID {
        precondition(milliseconds >= 0 && milliseconds < 1 << 48, "an id needs a time from 1970 to 10889")
        precondition(ordinal < 4_096, "an id has room for 4,096 effects of one handling")
        return EventID(
            unchecked: UInt64(milliseconds) << 16 | 0x7000 | UInt64(ordinal), variant | hash62 & ~variantMask)
    }

    /// A journey's id: UUIDv8 of the 122 bits of a hash that version and variant leave.
    public static func custom(hash: (UInt64, UInt64)) -> EventID {
        EventID(unchecked: hash.0 & ~0xF000 | 0x8000, variant | hash.1 & ~variantMask)
    }

    /// The id of a record from outside: CloudEvents' pair of source and id, which alone is unique. Written as both with a
    /// blank between.
    ///
    /// Nil if the two have more than 599 bytes together, or ``ForeignNames`` is full.
    public static func outside(source: String, id: String) -> EventID? {
        let text = Array("\(source) \(id)".utf8)
        return text.withUnsafeBytes { EventID(foreign: $0, longest: ForeignNames.longestPair) }
    }

    /// An id by its digits, as a trap's note has them: there is no time to look up the text that a foreign id stands for, and
    /// a later run need not know it yet.
    public init?(digits text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [8, 4, 4, 4, 12],
            parts.joined().allSatisfy({ $0.isASCII && $0.isHexDigit }),
            let high = UInt64(parts[0...2].joined(), radix: 16), let low = UInt64(parts[3...4].joined(), radix: 16)
        else { return nil }
        self.init(unchecked: high, low)
        guard isForeign || 1...8 ~= version else { return nil }
    }

    /// Any text of 1 to 200 bytes; nil for another length, or if a different foreign text has the same hash.
    public init?(text: some StringProtocol) {
        self.init(text)
    }

    /// The UUID version: 7 for a message of ours, 8 for a journey, 15 for a foreign text that is no UUID.
    @inlinable
    public var version: Int { Int(high >> 12 & 15) }

    /// Whether this is a UUIDv7, so that ``milliseconds`` and ``ordinal`` mean something.
    @inlinable
    public var isVersion7: Bool { version == 7 && low >> 62 == 2 }

    /// Milliseconds since 1970, if ``isVersion7``.
    @inlinable
    public var milliseconds: Int64 { Int64(high >> 16) }

    /// Which effect of its handling this is, if ``isVersion7``.
    @inlinable
    public var ordinal: UInt16 { UInt16(high & 0xFFF) }

    /// Whether the id is a text that is no UUID.
    @inlinable
    public var isForeign: Bool { version == 15 }

    /// By bytes; for UUIDs the order of the texts.
    @inlinable
    public static func < (left: EventID, right: EventID) -> Bool {
        left.high == right.high ? left.low < right.low : left.high < right.high
    }

    private static let variant: UInt64 = 0x8000_0000_0000_0000
    private static let variantMask: UInt64 = 0xC000_0000_0000_0000
}

extension EventID: CanonicalText {
    /// What the text is, for an error message.
    public static var textForm: String { "an id of 1 to 200 bytes" }

    /// Reads the whole buffer: a lower-case UUID of version 1 to 8 is the id itself, other UTF-8 is remembered.
    ///
    /// As long as a pair of source and id may be, since that is what a message of ours names as its cause. The `id` of an
    /// event is shorter: ``ReadEvent``.
    public init?(utf8 bytes: UnsafeRawBufferPointer) {
        guard let id = EventID(uuid: bytes) ?? EventID(foreign: bytes, longest: ForeignNames.longestPair) else {
            return nil
        }
        self = id
    }

    /// Whether it was made by a run.
    public var isPlainText: Bool { !isForeign }

    /// Appends the canonical text, or the foreign one as it came.
    public func write(into bytes: inout [UInt8]) {
        if let text = foreignText {
            bytes.append(contentsOf: text.utf8)
            return
        }
        withUnsafeTemporaryAllocation(byteCount: 36, alignment: 8) { text in
            let (second, third) = (Hex.text(high), Hex.text(low >> 32))
            text.storeBytes(of: Hex.text(high >> 32).littleEndian, as: UInt64.self)
            text.storeBytes(of: UInt32(truncatingIfNeeded: second).littleEndian, toByteOffset: 9, as: UInt32.self)
            text.storeBytes(of: UInt32(second >> 32).littleEndian, toByteOffset: 14, as: UInt32.self)
            text.storeBytes(of: UInt32(truncatingIfNeeded: third).littleEndian, toByteOffset: 19, as: UInt32.self)
            text.storeBytes(of: UInt32(third >> 32).littleEndian, toByteOffset: 24, as: UInt32.self)
            text.storeBytes(of: Hex.text(low).littleEndian, toByteOffset: 28, as: UInt64.self)
            text[8] = ASCII.hyphen
            text[13] = ASCII.hyphen
            text[18] = ASCII.hyphen
            text[23] = ASCII.hyphen
            bytes.append(contentsOf: UnsafeRawBufferPointer(text))
        }
    }

    private var foreignText: String? {
        isForeign ? ForeignNames.text(of: self) : nil
    }

    private init?(uuid bytes: UnsafeRawBufferPointer) {
        let hyphen = ASCII.hyphen
        guard bytes.count == 36, bytes[8] == hyphen, bytes[13] == hyphen, bytes[18] == hyphen, bytes[23] == hyphen
        else {
            return nil
        }
        let second = Self.half(bytes, 9) | Self.half(bytes, 14) << 32
        let third = Self.half(bytes, 19) | Self.half(bytes, 24) << 32
        guard let first = Hex.number(Self.word(bytes, 0)), let second = Hex.number(second),
            let third = Hex.number(third), let fourth = Hex.number(Self.word(bytes, 28))
        else { return nil }
        self.init(unchecked: first << 32 | second, third << 32 | fourth)
        guard 1...8 ~= version else { return nil }
    }

    /// A text that was remembered before, a pair of source and id included.
    public init?(remembered text: String) {
        guard let id = Array(text.utf8).withUnsafeBytes({ EventID(foreign: $0, longest: ForeignNames.longestPair) })
        else { return nil }
        self = id
    }

    private init?(foreign bytes: UnsafeRawBufferPointer, longest: Int = ForeignNames.longest) {
        guard 1...longest ~= bytes.count, let text = String(validating: bytes, as: UTF8.self) else {
            return nil
        }
        let hash = SipHash24.hash128(bytes: bytes, key: ForeignNames.hashKey)
        self.init(unchecked: hash.0 | 0xF000, hash.1)
        guard ForeignNames.remember(text, event: self) else { return nil }
    }

    @inline(__always)
    private static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    @inline(__always)
    private static func half(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }
}
