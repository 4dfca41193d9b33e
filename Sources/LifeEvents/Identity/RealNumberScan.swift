extension PersonalNumber {
    /// A place in a text where something stands that could be a real person's number.
    public struct Finding: Hashable, Sendable, CustomStringConvertible {
        /// The line, counted from 1.
        public let line: Int
        /// The byte in the line, counted from 1.
        public let column: Int
        /// The number with its last four digits hidden.
        public let masked: String

        /// `3:17 19850101-****`
        public var description: String { "\(line):\(column) \(masked)" }
    }

    /// Finds what could be a real person's personal or coordination number: a date that exists and the right check digit.
    ///
    /// Read are ten or twelve digits in one piece or with `-`, `+` or a space before the last four, neither preceded nor
    /// followed by a letter or digit. Twelve digits count from 1800 to 2099. Synthetic numbers are passed over. The Tax
    /// Agency's test numbers are a list, not a range: those that may stand in a text go into `allowed`, as `unmasked`
    /// writes them. One in ten of any digits that look like a date is found by chance.
    public static func findReal(in text: some StringProtocol, allowed: Set<String> = []) -> [Finding] {
        let bytes = Array(text.utf8)
        var findings: [Finding] = []
        var line = 1
        var lineStart = 0
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\n") {
                line += 1
                lineStart = index + 1
            }
            guard isWord(bytes[index]) else {
                index += 1
                continue
            }
            if let found = candidate(bytes, at: index), isReal(found.text, allowed) {
                findings.append(
                    Finding(line: line, column: index - lineStart + 1, masked: IdentityNumberError.mask(found.text)))
                index = found.end
            } else {
                while index < bytes.count, isWord(bytes[index]) { index += 1 }
            }
        }
        return findings
    }

    /// Digits of the right shape from here to the end of the word.
    private static func candidate(_ bytes: [UInt8], at start: Int) -> (text: String, end: Int)? {
        let middle = endOfDigits(bytes, from: start)
        var end = middle
        switch middle - start {
        case 10, 12: break
        case 6, 8:
            guard middle < bytes.count, "-+ ".utf8.contains(bytes[middle]) else { return nil }
            end = endOfDigits(bytes, from: middle + 1)
            guard end - middle == 5 else { return nil }
        default: return nil
        }
        if end < bytes.count, isWord(bytes[end]) { return nil }
        return (String(decoding: bytes[start..<end], as: UTF8.self), end)
    }

    private static func isReal(_ text: String, _ allowed: Set<String>) -> Bool {
        let digits = text.utf8.filter { ASCII.digit($0) != nil }
        let value = digits.reduce(UInt64(0)) { $0 * 10 + UInt64($1 - ASCII.zero) }
        let lastTen = value % 10_000_000_000
        guard IdentityDigits.checkDigit(ofTen: lastTen) == Int(lastTen % 10) else { return false }
        // Ten digits may be of any century.
        let centuries: [UInt64] = digits.count == 12 ? [value / 10_000_000_000] : [18, 19, 20]
        return centuries.contains { century in
            guard 18...20 ~= century else { return false }
            let raise = lastTen / 10_000 % 100 > 60 ? 60 : 0
            let number = BirthNumber(value: century * 10_000_000_000 + lastTen, dayRaise: raise)
            return number.birthDay != nil && !number.isSynthetic && !allowed.contains(number.text(masked: false))
        }
    }

    private static func endOfDigits(_ bytes: [UInt8], from start: Int) -> Int {
        var end = start
        while end < bytes.count, ASCII.digit(bytes[end]) != nil { end += 1 }
        return end
    }

    /// Letters and digits, and every byte of a character beyond ASCII.
    private static func isWord(_ byte: UInt8) -> Bool {
        ASCII.digit(byte) != nil || 0x61...0x7A ~= byte | 0x20 || byte >= 0x80
    }
}
