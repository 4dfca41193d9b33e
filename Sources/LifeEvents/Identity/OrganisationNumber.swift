/// An organisationsnummer: ten digits, the third at least 2 so that it is never a date, the last a check digit.
///
/// A sole trader's number is a personal number and not read here.
public struct OrganisationNumber: Hashable, Comparable, Sendable {
    private let value: UInt64

    /// Reads `NNNNNN-NNNC`, `NNNNNNNNNC`, or either with the prefix 16.
    ///
    /// - Throws: ``IdentityNumberError``, which says what is wrong.
    public init(_ text: some StringProtocol) throws(IdentityNumberError) {
        let digits = try IdentityDigits(text, .organisation)
        if digits.count == 12, digits.value / 10_000_000_000 != 16 {
            throw IdentityNumberError(.organisation, .prefix(String(text.prefix(2))), text)
        }
        guard digits.lastTen / 10_000_000 % 10 >= 2 else {
            throw IdentityNumberError(.organisation, .looksLikeDate, text)
        }
        try digits.requireCheckDigit(.organisation, text)
        value = digits.lastTen
    }

    /// Twelve digits with the prefix 16, as registers store it.
    public var twelveDigits: String { String(160_000_000_000 + value) }

    /// By the digits.
    public static func < (left: OrganisationNumber, right: OrganisationNumber) -> Bool {
        left.value < right.value
    }
}

extension OrganisationNumber: CustomStringConvertible, Codable {
    /// `NNNNNN-NNNC`
    public var description: String {
        let digits = String(10_000_000_000 + value).dropFirst()
        return digits.prefix(6) + "-" + digits.suffix(4)
    }

    /// Reads one string, in any of the forms.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do {
            try self.init(text)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    /// Writes one string, `NNNNNN-NNNC`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
