/// A number of a message, read where it stands and compared exactly, whatever its size.
///
/// Exponents beyond ±10^17 are taken as that: numbers that differ only there compare as equal.
struct DecimalText {
    private static let largestExponent = 100_000_000_000_000_000

    private let bytes: UnsafeRawBufferPointer
    let isNegative: Bool
    /// The places of the first and the last digit that is not 0; `first` > `last` for zero.
    private var first = 1
    private var last = 0
    /// The power of ten of the first digit, and of the last.
    private(set) var highest = 0
    private(set) var lowest = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        var at = 0
        isNegative = bytes.count > 0 && bytes[0] == UInt8(ascii: "-")
        if isNegative { at = 1 }
        var digits = 0
        var beforePoint: Int?
        var firstDigit = 0
        var lastDigit = 0
        while at < bytes.count, bytes[at] | 0x20 != UInt8(ascii: "e") {
            let byte = bytes[at]
            if byte == UInt8(ascii: ".") {
                beforePoint = digits
            } else {
                if byte != UInt8(ascii: "0") {
                    if last == 0 {
                        first = at
                        firstDigit = digits
                    }
                    last = at
                    lastDigit = digits
                }
                digits += 1
            }
            at += 1
        }
        // The first digit of a positive number stands at 0, where `last` alone cannot tell it from none.
        if last == 0 {
            guard bytes.count > 0, (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(bytes[0]) else { return }
            first = 0
        } else if !isNegative, bytes[0] != UInt8(ascii: "0") {
            first = 0
            firstDigit = 0
        }
        let exponent = at < bytes.count ? Self.exponent(bytes, at + 1) : 0
        let units = (beforePoint ?? digits) - 1
        highest = units - firstDigit + exponent
        lowest = units - lastDigit + exponent
    }

    private static func exponent(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int {
        var at = start
        let isNegative = at < bytes.count && bytes[at] == UInt8(ascii: "-")
        if at < bytes.count, bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+") { at += 1 }
        var value = 0
        while at < bytes.count {
            value = min(value * 10 + Int(bytes[at] - UInt8(ascii: "0")), largestExponent)
            at += 1
        }
        return isNegative ? -value : value
    }

    var isZero: Bool { first > last }
    var isWhole: Bool { isZero || lowest >= 0 }

    /// Below 0, 0 or above 0 as this number is less than, equal to or greater than the other.
    func compared(to other: DecimalText) -> Int {
        if isZero || other.isZero {
            if isZero && other.isZero { return 0 }
            return isZero ? (other.isNegative ? 1 : -1) : (isNegative ? -1 : 1)
        }
        if isNegative != other.isNegative { return isNegative ? -1 : 1 }
        let sign = isNegative ? -1 : 1
        if highest != other.highest { return highest < other.highest ? -sign : sign }
        var mine = first
        var theirs = other.first
        while mine <= last, theirs <= other.last {
            if bytes[mine] == UInt8(ascii: ".") { mine += 1 }
            if other.bytes[theirs] == UInt8(ascii: ".") { theirs += 1 }
            if bytes[mine] != other.bytes[theirs] { return bytes[mine] < other.bytes[theirs] ? -sign : sign }
            mine += 1
            theirs += 1
        }
        if mine <= last { return sign }
        return theirs <= other.last ? -sign : 0
    }

    /// Whether the number is a whole multiple of a divisor, whose digits do not end in 0.
    func isMultiple(of divisor: Divisor) -> Bool {
        if isZero { return true }
        guard lowest >= divisor.power else {
            // The last digit is below all that the divisor's multiples have.
            return false
        }
        var rest: UInt64 = 0
        for place in first...last where bytes[place] != UInt8(ascii: ".") {
            rest = (rest * 10 + UInt64(bytes[place] - UInt8(ascii: "0"))) % divisor.digits
        }
        var power = lowest - divisor.power
        var factor = 10 % divisor.digits
        while power > 0, rest != 0 {
            if power & 1 == 1 { rest = Self.product(rest, factor, divisor.digits) }
            factor = Self.product(factor, factor, divisor.digits)
            power >>= 1
        }
        return rest == 0
    }

    private static func product(_ left: UInt64, _ right: UInt64, _ modulus: UInt64) -> UInt64 {
        modulus.dividingFullWidth(left.multipliedFullWidth(by: right)).remainder
    }

    /// The number as a divisor; nil for zero, negative numbers and more than 18 digits that count.
    var divisor: Divisor? {
        guard !isZero, !isNegative else { return nil }
        var digits: UInt64 = 0
        var count = 0
        for place in first...last where bytes[place] != UInt8(ascii: ".") {
            count += 1
            guard count <= 18 else { return nil }
            digits = digits * 10 + UInt64(bytes[place] - UInt8(ascii: "0"))
        }
        return Divisor(digits: digits, power: lowest)
    }

    /// Adds what numbers that are equal have in common.
    func hash(into hasher: inout Hasher) {
        guard !isZero else { return }
        hasher.combine(isNegative)
        hasher.combine(highest)
        for place in first...last where bytes[place] != UInt8(ascii: ".") { hasher.combine(bytes[place]) }
    }
}
