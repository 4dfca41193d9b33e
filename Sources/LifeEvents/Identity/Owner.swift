/// Who owns a topic's contract: an agency's id without its number, 3 to 20 lower-case ASCII letters.
///
/// Open: those of `Topics/` are generated, and a package of its own declares
/// `extension Owner { static let lantmateriet = Owner("lantmateriet") }`. The letters are packed five bits each into 16
/// bytes, so that comparing and hashing cost no more than for a number.
public struct Owner: Hashable, Comparable, Sendable {
    /// Letters 1 to 12, a = 1, the first highest.
    let high: UInt64
    /// Letters 13 to 20 in the upper 40 bits; the lower 24 are zero and hold the number of an ``AgencyID``.
    let low: UInt64

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A name written in the code; anything but 3 to 20 lower-case ASCII letters is a programming error and traps.
    public init(_ name: StaticString) {
        let bytes = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        guard let owner = Owner(utf8: bytes) else {
            preconditionFailure("an owner is 3 to 20 lower-case ASCII letters, not \(name)")
        }
        self = owner
    }

    /// A name from outside; nil unless it is 3 to 20 lower-case ASCII letters.
    public init?(text: some StringProtocol) {
        guard let owner = Array(text.utf8).withUnsafeBytes({ Owner(utf8: $0) }) else { return nil }
        self = owner
    }

    /// Alphabetical.
    @inlinable
    public static func < (left: Owner, right: Owner) -> Bool {
        left.precedes(right)
    }

    @usableFromInline
    func precedes(_ other: Owner) -> Bool {
        high == other.high ? low < other.low : high < other.high
    }
}

extension Owner {
    /// Reads the whole buffer; nil unless it is 3 to 20 lower-case ASCII letters.
    public init?(utf8 bytes: UnsafeRawBufferPointer) {
        guard 3...20 ~= bytes.count else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            let letter = UInt64(byte &- 0x60)
            guard 1...26 ~= letter else { return nil }
            if index < 12 {
                high |= letter << UInt64(55 - index * 5)
            } else {
                low |= letter << UInt64(59 - (index - 12) * 5)
            }
        }
        self.init(high: high, low: low)
    }

    /// Appends the letters.
    public func write(into bytes: inout [UInt8]) {
        withUnsafeTemporaryAllocation(byteCount: 20, alignment: 1) { text in
            var count = 0
            // Moving the letters to the top leaves each next one in the same place, until only zeros are left.
            for half in 0...1 {
                var letters = half == 0 ? high << 4 : low
                while letters != 0 {
                    text[count] = UInt8(letters >> 59) + 0x60
                    letters <<= 5
                    count += 1
                }
            }
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[..<count]))
        }
    }
}

extension Owner: CustomStringConvertible, Codable {
    /// The name.
    public var description: String {
        var bytes: [UInt8] = []
        write(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads one string.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let owner = Owner(text: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "This is not an owner of 3 to 20 lower-case letters.")
        }
        self = owner
    }

    /// Writes one string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
