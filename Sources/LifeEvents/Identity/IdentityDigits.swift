/// The digits of a number as written, before it is known to be one.
struct IdentityDigits {
    /// Ten or twelve digits as one decimal number.
    var value: UInt64
    /// Ten or twelve.
    var count: Int
    /// Whether a plus sign stands before the last four: a person who turns 100 this year or has done so.
    var isCentenarian: Bool

    /// The last ten digits: year, month, day, birth number, check digit.
    var lastTen: UInt64 { value % 10_000_000_000 }

    /// Reads ten or twelve digits with at most one sign before the last four: `-`, with ten digits also `+`.
    init(_ text: some StringProtocol, _ kind: IdentityNumberError.Kind) throws(IdentityNumberError) {
        value = 0
        count = 0
        isCentenarian = false
        var sign: (character: Character, position: Int, digits: Int)?
        for (index, character) in text.enumerated() {
            if let digit = character.asciiValue.flatMap(ASCII.digit) {
                count += 1
                if count <= 12 { value = value * 10 + UInt64(digit) }
            } else if (character == "-" || character == "+") && sign == nil {
                sign = (character, index + 1, count)
            } else {
                throw IdentityNumberError(kind, .character(character, position: index + 1), text)
            }
        }
        guard count == 10 || count == 12 else {
            throw IdentityNumberError(kind, .length(digits: count), text)
        }
        guard let sign else { return }
        isCentenarian = sign.character == "+"
        guard sign.digits == count - 4, !isCentenarian || (count == 10 && kind != .organisation) else {
            throw IdentityNumberError(kind, .character(sign.character, position: sign.position), text)
        }
    }

    /// The check digit by Luhn's method for ten digits, whatever their last one is.
    static func checkDigit(ofTen digits: UInt64) -> Int {
        var rest = digits / 10
        var sum = 0
        var weight = 2
        while rest > 0 {
            let product = Int(rest % 10) * weight
            sum += product / 10 + product % 10
            weight = 3 - weight
            rest /= 10
        }
        return (10 - sum % 10) % 10
    }

    func requireCheckDigit(_ kind: IdentityNumberError.Kind, _ text: some StringProtocol) throws(IdentityNumberError) {
        let expected = Self.checkDigit(ofTen: lastTen)
        guard Int(value % 10) == expected else {
            throw IdentityNumberError(kind, .checkDigit(expected: expected), text)
        }
    }

    /// The twelve digits of a person's number, its date and check digit verified.
    ///
    /// `dayRaise` is 60 for a coordination number. A month of 81 to 92 is a synthetic number's.
    func person(
        _ kind: IdentityNumberError.Kind, dayRaise: Int, today: Day?, _ text: some StringProtocol
    ) throws(IdentityNumberError) -> BirthNumber {
        let century: Int
        if count == 12 {
            century = Int(value / 10_000_000_000)
        } else {
            guard let today else { throw IdentityNumberError(kind, .centuryUnknown, text) }
            let year = Int(value / 100_000_000)
            // The latest year with these two digits that is not in the future; with a plus the one before.
            let latest = today.year - (today.year - year) % 100
            century = max(0, latest / 100 - (isCentenarian ? 1 : 0))
        }
        let number = BirthNumber(value: UInt64(century) * 10_000_000_000 + lastTen, dayRaise: dayRaise)
        let written = number.written
        if dayRaise > 0, !(61...91 ~= written.day) {
            throw IdentityNumberError(kind, .dayNotRaised(day: written.day), text)
        }
        guard number.birthDay != nil else {
            let (year, month, day) = number.civil
            throw IdentityNumberError(kind, .date(year: year, month: month, day: day), text)
        }
        try requireCheckDigit(kind, text)
        return number
    }
}

/// Twelve digits YYYYMMDDNNNC.
struct BirthNumber: Hashable, Sendable {
    var value: UInt64
    var dayRaise: Int

    /// Year, month and day as the digits stand.
    var written: (year: Int, month: Int, day: Int) {
        (Int(value / 100_000_000), Int(value / 1_000_000 % 100), Int(value / 10_000 % 100))
    }

    var isSynthetic: Bool { 81...92 ~= written.month }

    /// Year, month and day without the raises.
    var civil: (year: Int, month: Int, day: Int) {
        let written = self.written
        return (written.year, isSynthetic ? written.month - 80 : written.month, written.day - dayRaise)
    }

    var birthDay: Day? {
        let (year, month, day) = civil
        return Day(year: year, month: month, dayOfMonth: day)
    }

    /// `19858123-9806`, or with the last four hidden.
    func text(masked: Bool) -> String {
        let digits = String(1_000_000_000_000 + value).dropFirst()
        return digits.prefix(8) + "-" + (masked ? "****" : digits.suffix(4))
    }
}
