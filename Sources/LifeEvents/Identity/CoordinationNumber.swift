/// A samordningsnummer, for a person who has never been registered as resident: the day is raised by 60.
///
/// As with ``PersonalNumber`` the month may be raised by 80, and the description hides the last four digits.
public struct CoordinationNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
    private let number: BirthNumber

    /// Reads the same forms as ``PersonalNumber``, with a day of 61 to 91.
    ///
    /// - Throws: ``IdentityNumberError``, which says what is wrong without showing the last four digits.
    public init(_ text: some StringProtocol, today: Day? = nil) throws(IdentityNumberError) {
        number = try IdentityDigits(text, .coordination).person(.coordination, dayRaise: 60, today: today, text)
    }

    /// The date of birth.
    public var birthDay: Day { number.birthDay ?? .earliest }
    /// Whether the month is raised by 80, so that nobody can have the number.
    public var isSynthetic: Bool { number.isSynthetic }
    /// The whole number, `YYYYMMDD-NNNC`. Never to be logged or sent.
    public var unmasked: String { number.text(masked: false) }
    /// The number with its last four digits hidden.
    public var description: String { number.text(masked: true) }

    /// By the digits.
    public static func < (left: CoordinationNumber, right: CoordinationNumber) -> Bool {
        left.number.value < right.number.value
    }
}
