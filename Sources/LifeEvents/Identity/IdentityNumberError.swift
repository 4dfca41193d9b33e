/// Why a text is no personal, coordination or organisation number. It never holds or shows the last four digits.
public struct IdentityNumberError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Which number was wanted.
    public enum Kind: String, Sendable {
        /// A personnummer.
        case personal = "personal number"
        /// A samordningsnummer.
        case coordination = "coordination number"
        /// An organisationsnummer.
        case organisation = "organisation number"
    }

    /// What is wrong.
    public enum Problem: Hashable, Sendable {
        /// There are so many digits instead of ten or twelve.
        case length(digits: Int)
        /// A character that does not belong there, counted from 1.
        case character(Character, position: Int)
        /// Ten digits do not say the century without a day to count from.
        case centuryUnknown
        /// There is no such date, written as year, month and day.
        case date(year: Int, month: Int, day: Int)
        /// The day is not 61 to 91.
        case dayNotRaised(day: Int)
        /// The third digit is 0 or 1, as a date's.
        case looksLikeDate
        /// Twelve digits that do not begin with 16.
        case prefix(String)
        /// The last digit is not the check digit.
        case checkDigit(expected: Int)
    }

    /// Which number was wanted.
    public let kind: Kind
    /// What is wrong.
    public let problem: Problem
    /// The text with its last four digits hidden, or all but the first four if it has the wrong length.
    public let masked: String

    init(_ kind: Kind, _ problem: Problem, _ text: some StringProtocol) {
        self.kind = kind
        self.problem = problem
        masked = Self.mask(text)
    }

    /// A sentence for a person: "“19850231-****” is no personal number: there is no date 1985-02-31."
    public var description: String {
        "“\(masked)” is no \(kind.rawValue): \(reason)."
    }

    private var reason: String {
        switch problem {
        case .length(let digits): "it has \(digits) digits, not 10 or 12"
        case .character(let character, let position): "“\(character)” does not belong at position \(position)"
        case .centuryUnknown: "ten digits do not say the century; write twelve"
        case .date(let year, let month, let day):
            "there is no date \(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
        case .dayNotRaised(let day): "the day is \(Self.padded(day, 2)), but a coordination number has 61 to 91"
        case .looksLikeDate: "its third digit must be 2 or more"
        case .prefix(let prefix): "twelve digits begin with 16, not \(prefix)"
        case .checkDigit(let expected): "the check digit should be \(expected)"
        }
    }

    private static func padded(_ number: Int, _ count: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }

    static func mask(_ text: some StringProtocol) -> String {
        let digits = text.prefix(40).filter { $0.isWholeNumber }.count
        let shown = digits == 10 || digits == 12 ? digits - 4 : 4
        var seen = 0
        var result = ""
        for character in text.prefix(24) {
            if character.isWholeNumber { seen += 1 }
            result.append(character.isWholeNumber && seen > shown ? "*" : character)
        }
        return result
    }
}
