/// A personnummer: date of birth, birth number, check digit; also a synthetic one, whose month is raised by 80.
///
/// It is used to check what a scenario declares and gives a birth date; it enters no message and no case. So it is not
/// `Codable`, and its description hides the last four digits.
public struct PersonalNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
    private let number: BirthNumber

    /// Reads `YYYYMMDD-NNNC`, `YYYYMMDDNNNC`, `YYMMDD-NNNC`, `YYMMDD+NNNC` or `YYMMDDNNNC`.
    ///
    /// - Parameter today: needed for ten digits. Without `+` the birth year is the latest that is not after this year;
    ///   with `+`, written from the year in which the person turns 100, it is a century earlier.
    /// - Throws: ``IdentityNumberError``, which says what is wrong without showing the last four digits.
    public init(_ text: some StringProtocol, today: Day? = nil) throws(IdentityNumberError) {
        number = try IdentityDigits(text, .personal).person(.personal, dayRaise: 0, today: today, text)
    }

    /// A number that can belong to nobody: the month is raised by 80, the check digit holds.
    ///
    /// `birthNumber` is 1 to 999, odd for a man; nil for another.
    public static func synthetic(birthDay: Day, birthNumber: Int) -> PersonalNumber? {
        guard 1...999 ~= birthNumber, birthDay >= .earliest, birthDay <= .latest else { return nil }
        let date = birthDay.date
        let day = UInt64((date.year * 100 + date.month + 80) * 100 + date.day)
        let value = (day * 1_000 + UInt64(birthNumber)) * 10
        let check = UInt64(IdentityDigits.checkDigit(ofTen: value % 10_000_000_000))
        return PersonalNumber(number: BirthNumber(value: value + check, dayRaise: 0))
    }

    private init(number: BirthNumber) {
        self.number = number
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
    public static func < (left: PersonalNumber, right: PersonalNumber) -> Bool {
        left.number.value < right.number.value
    }
}
