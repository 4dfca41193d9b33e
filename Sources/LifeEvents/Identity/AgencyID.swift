import JSON

/// An organisation on the bus: `skatteverket`, `kommun-1780`, `region-17`.
///
/// 16 bytes without a reference, cheap to compare and hash; the order is that of the texts.
public struct AgencyID: Hashable, Comparable, Sendable {
    private let high: UInt64
    /// The owner's last letters in the upper 40 bits, number + 1 in the lower 24, 0 for no number.
    private let low: UInt64

    private static let numberMask: UInt64 = 0xFF_FFFF

    private init(_ owner: Owner, checked number: Int?) {
        high = owner.high
        low = owner.low | (number.map { UInt64($0) + 1 } ?? 0)
    }

    /// An agency; nil if the owner needs a number and has none, or the other way round, or the number is too long.
    public init?(owner: Owner, number: Int? = nil) {
        guard (owner.digits > 0) == (number != nil) else { return nil }
        if let number, !Self.numbers(of: owner).contains(number) { return nil }
        self.init(owner, checked: number)
    }

    /// The agency of an owner that has only one; for an owner of numbered agencies this is a programming error and
    /// traps.
    public init(_ owner: Owner) {
        precondition(owner.digits == 0, "the owner's agencies have numbers")
        self.init(owner, checked: nil)
    }

    /// The agency of an owner with a number; one that has more digits than the owner's numbers, and an owner of a single
    /// agency, are programming errors and trap.
    init(_ owner: Owner, number: Int) {
        precondition(Self.numbers(of: owner).contains(number), "the owner has no agency of that number")
        self.init(owner, checked: number)
    }

    /// The numbers that an owner's digits can write; empty for an owner that is one agency.
    private static func numbers(of owner: Owner) -> Range<Int> {
        let digits = owner.digits
        return 0..<(digits == 0 ? 0 : (0..<digits).reduce(1) { power, _ in power * 10 })
    }

    /// Whose topics the agency writes.
    public var owner: Owner { Owner(high: high, low: low & ~Self.numberMask) }

    /// The municipality's or county's code as a number; nil for agencies that exist once.
    public var number: Int? {
        let stored = Int(low & Self.numberMask)
        return stored > 0 ? stored - 1 : nil
    }

    /// The code as data says it, with its leading zeros: `0180`, `09`; nil for agencies that exist once.
    public var code: String? {
        number.map { number in
            let digits = String(number)
            return String(repeating: "0", count: max(0, owner.digits - digits.count)) + digits
        }
    }

    /// The agency as one of its owner's, and which of them nobody is told: `kommun`. For records of protected people only; no
    /// agency has this id.
    public var withoutNumber: AgencyID { AgencyID(owner, checked: nil) }

    /// Reads an agency as a record names it: where its number is not told, by its owner alone.
    public init?(recorded text: some StringProtocol) {
        if let agency = AgencyID(text) {
            self = agency
        } else {
            guard let owner = Owner(text: text) else { return nil }
            self.init(owner, checked: nil)
        }
    }

    /// Reads the attribute `source` of a record; nil if it names no agency.
    public init?(recordedSourceUTF8 bytes: UnsafeRawBufferPointer) {
        if let agency = AgencyID(sourceUTF8: bytes) {
            self = agency
        } else {
            let text = String(decoding: bytes, as: UTF8.self)
            guard text.hasPrefix("/agency/"), let owner = AgencyID(recorded: text.dropFirst(8)) else { return nil }
            self = owner
        }
    }

    /// The region a municipality lies in, which its first two digits say; nil for others.
    public var surroundingRegion: AgencyID? {
        guard owner == .kommun, let number else { return nil }
        return .region(number / 100)
    }

    /// The attribute `source` of a message: `/agency/kommun-1780`.
    public var source: String { "/agency/\(self)" }

    /// Reads the attribute `source`; nil if it names no agency.
    public init?(source: some StringProtocol) {
        guard let agency = Array(source.utf8).withUnsafeBytes({ AgencyID(sourceUTF8: $0) }) else { return nil }
        self = agency
    }

    /// Reads the attribute `source` from its bytes; nil if it names no agency.
    public init?(sourceUTF8 bytes: UnsafeRawBufferPointer) {
        let prefix: StaticString = "/agency/"
        let count = prefix.utf8CodeUnitCount
        guard bytes.count > count,
            bytes[..<count].elementsEqual(UnsafeRawBufferPointer(start: prefix.utf8Start, count: count))
        else { return nil }
        self.init(utf8: UnsafeRawBufferPointer(rebasing: bytes[count...]))
    }

    /// Appends the attribute `source`.
    public func writeSource(into bytes: inout [UInt8]) {
        let prefix: StaticString = "/agency/"
        bytes.append(contentsOf: UnsafeRawBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount))
        write(into: &bytes)
    }

    /// By owner, then by number: the order of the texts.
    public static func < (left: AgencyID, right: AgencyID) -> Bool {
        left.high == right.high ? left.low < right.low : left.high < right.high
    }

    /// The id as two words, for keeping it as bytes.
    public var words: (UInt64, UInt64) { (high, low) }

    /// An id that was kept as ``words``; nil if no agency has them.
    public init?(words: (UInt64, UInt64)) {
        let owner = Owner(high: words.0, low: words.1 & ~Self.numberMask)
        let number = Int(words.1 & Self.numberMask)
        guard let known = Owner(text: owner.description), known == owner else { return nil }
        self.init(owner: owner, number: number > 0 ? number - 1 : nil)
    }

    /// Feeds the id as 16 bytes.
    @inline(__always)
    public func feed(_ hash: inout SipHash24) {
        hash.append(high)
        hash.append(low)
    }
}

extension AgencyID: CanonicalText {
    /// What the text is, for an error message.
    public static var textForm: String { "an agency such as skatteverket, kommun-1780 or region-17" }

    /// Reads the whole buffer.
    public init?(utf8 bytes: UnsafeRawBufferPointer) {
        guard let hyphen = bytes.firstIndex(of: ASCII.hyphen) else {
            guard let owner = Owner(utf8: bytes) else { return nil }
            self.init(owner: owner)
            return
        }
        guard let owner = Owner(utf8: UnsafeRawBufferPointer(rebasing: bytes[..<hyphen])),
            owner.digits > 0, bytes.count == hyphen + 1 + owner.digits,
            let number = ASCII.number(bytes, at: hyphen + 1, count: owner.digits)
        else { return nil }
        self.init(owner: owner, number: number)
    }

    /// Appends the owner and, where there is one, a hyphen and the number with its leading zeros.
    public func write(into bytes: inout [UInt8]) {
        let owner = self.owner
        owner.write(into: &bytes)
        guard let number else { return }
        // Four digits as they lie in memory, of which an owner with fewer has the last.
        let (value, count) = (UInt64(truncatingIfNeeded: number), owner.digits)
        let four = ASCII.pair(value / 100) | ASCII.pair(value % 100) << 16
        let text = UInt64(ASCII.hyphen) | (four >> UInt64(8 * (4 - count))) << 8
        ASCII.append((text, 0, 0), count: count + 1, to: &bytes)
    }
}

extension [AgencyID] {
    /// The agencies in their order; the same memory where they stand in it already, which copies of a world share.
    package func sortedOnce() -> [AgencyID] {
        for place in indices.dropFirst() where self[place] < self[place - 1] { return sorted() }
        return self
    }
}
