import JSON

/// The opaque key of a person (or another subject) on the bus: what a message is about, and its Kafka key.
///
/// A key made here has 60 bits, written as `p` and fifteen consonants, four bits each. Without digits it cannot be taken
/// for a personal number, without vowels not for a word. Any other text of 1 to 200 bytes, from an outsider, is a key too:
/// its top four bits are set, the rest is a hash, and ``ForeignNames`` keeps the text.
public struct Subject: Hashable, Comparable, Sendable {
    /// The key as a number; top four bits 0 for a key of our own, 15 for a foreign one.
    public let rawValue: UInt64

    private init(unchecked rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// The key of a person declared in a scenario: SipHash-2-4 of the four, cut to 60 bits. The same in every run.
    public init(seed: UInt64, scenario: String, case: String, name: String) {
        var hash = SipHash24(key: SipHash24.Key(seed, 0x6E6F_7372_6570_2D73))
        hash.append(field: scenario)
        hash.append(field: `case`)
        hash.append(field: name)
        rawValue = hash.finalize() & Self.mask
    }

    /// A stored number; nil if it is no key, or a foreign one whose text is not in ``ForeignNames``.
    public init?(rawValue: UInt64) {
        self.rawValue = rawValue
        guard rawValue >> 60 == 0 || foreignText != nil else { return nil }
    }

    /// Any text of 1 to 200 bytes; nil for another length, or if a different foreign text has the same hash.
    public init?(text: some StringProtocol) {
        self.init(text)
    }

    /// Whether the key's text was made elsewhere.
    public var isForeign: Bool { rawValue >> 60 == 15 }

    /// By number. For keys of our own this is also the order of the texts.
    @inlinable
    public static func < (left: Subject, right: Subject) -> Bool {
        left.rawValue < right.rawValue
    }

    private static let mask: UInt64 = 1 << 60 - 1

    private var foreignText: String? {
        isForeign ? ForeignNames.text(ofPerson: rawValue) : nil
    }
}

extension Subject: CanonicalText {
    /// What the text is, for an error message.
    public static var textForm: String { "a key of 1 to 200 bytes" }

    /// Reads the whole buffer: fifteen consonants after `p` are the key itself, other UTF-8 is remembered.
    public init?(utf8 bytes: UnsafeRawBufferPointer) {
        guard let rawValue = Self.own(bytes) ?? Self.foreign(bytes) else { return nil }
        self.init(unchecked: rawValue)
    }

    /// Whether it was made by a run.
    public var isPlainText: Bool { !isForeign }

    /// Appends the canonical text, or the foreign one as it came.
    public func write(into bytes: inout [UInt8]) {
        if let text = foreignText {
            bytes.append(contentsOf: text.utf8)
            return
        }
        var first = UInt64(UInt8(ascii: "p"))
        var second: UInt64 = 0
        for index in 1...7 as ClosedRange<UInt64> {
            first |= Self.letter(rawValue &>> (60 &- index &* 4)) &<< (index &* 8)
        }
        for index in 0...7 as ClosedRange<UInt64> {
            second |= Self.letter(rawValue &>> (28 &- index &* 4)) &<< (index &* 8)
        }
        ASCII.append((first, second, 0), count: 16, to: &bytes)
    }

    private static func own(_ bytes: UnsafeRawBufferPointer) -> UInt64? {
        guard bytes.count == 16, bytes[0] == UInt8(ascii: "p") else { return nil }
        var rawValue: UInt64 = 0
        var wrong: UInt64 = 0
        for index in 1...15 {
            let value = value(ofLetter: bytes[index])
            wrong |= value
            rawValue = rawValue << 4 | value & 15
        }
        return wrong < 16 ? rawValue : nil
    }

    private static func foreign(_ bytes: UnsafeRawBufferPointer) -> UInt64? {
        guard 1...ForeignNames.longest ~= bytes.count, let text = String(validating: bytes, as: UTF8.self) else {
            return nil
        }
        let hash = SipHash24.hash(bytes: bytes, key: ForeignNames.hashKey) | ~mask
        return ForeignNames.remember(text, person: hash) ? hash : nil
    }

    /// The letter for the lowest four bits.
    @inline(__always)
    private static func letter(_ bits: UInt64) -> UInt64 {
        let alphabet: StaticString = "bcdfghjklmnpqrst"
        return UInt64(alphabet.utf8Start[Int(truncatingIfNeeded: bits & 15)])
    }

    /// The four bits a letter stands for, 16 if none.
    @inline(__always)
    private static func value(ofLetter byte: UInt8) -> UInt64 {
        // By letter from a to z: A for 0, B for 1, and so on to P for 15; Q for what is none of the letters.
        let values: StaticString = "QABCQDEFQGHIJKQLMNOPQQQQQQ"
        let place = byte &- UInt8(ascii: "a")
        return place < 26 ? UInt64(values.utf8Start[Int(place)] &- UInt8(ascii: "A")) : 16
    }
}
