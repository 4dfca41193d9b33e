extension JSONValue {
    /// Whether the value is a number written without point and exponent.
    public var isPlainInteger: Bool { token.is(.integer) }

    /// The number, if it is a whole one that fits; nil for other values.
    ///
    /// Exact: never through a `Double`. `1.0` and `10e-1` are whole numbers, as in JSON Schema.
    public var int: Int64? {
        guard let whole = wholeNumber else { return nil }
        if whole.isNegative {
            guard whole.magnitude <= Int64.min.magnitude else { return nil }
            return Int64(truncatingIfNeeded: 0 &- whole.magnitude)
        }
        return Int64(exactly: whole.magnitude)
    }

    /// The number, if it is a whole one from 0 that fits; nil for other values. Exact.
    public var uint: UInt64? {
        guard let whole = wholeNumber, !whole.isNegative || whole.magnitude == 0 else { return nil }
        return whole.magnitude
    }

    /// The number nearest to the one written; nil for other values and for numbers too large to be finite.
    public var double: Double? {
        let token = token
        guard token.is(.integer) || token.is(.decimal) else { return nil }
        // Up to 2^53 a whole number is a `Double` itself; a zero goes the long way because it may have a sign.
        if token.is(.integer), let whole = int, whole != 0, whole.magnitude <= 1 << 53 { return Double(whole) }
        guard let number = Double(Substring(numberText)), number.isFinite else { return nil }
        return number
    }

    /// A number as it is written.
    var numberText: String { String(decoding: rawBytes, as: UTF8.self) }

    @inline(__always)
    private var wholeNumber: (isNegative: Bool, magnitude: UInt64)? {
        let token = token
        if token.is(.decimal) { return wholeDecimal }
        guard token.is(.integer) else { return nil }
        let bytes = storage.pointee.source + token.offset
        let count = Int(token.length)
        let isNegative = load1(bytes, 0) == UInt8(ascii: "-")
        var magnitude: UInt64 = 0
        var at = isNegative ? 1 : 0
        if count < 19 {
            while at < count {
                magnitude = magnitude &* 10 &+ UInt64(load1(bytes, at) &- UInt8(ascii: "0"))
                at &+= 1
            }
            return (isNegative, magnitude)
        }
        while at < count {
            guard append(load1(bytes, at) &- UInt8(ascii: "0"), to: &magnitude) else { return nil }
            at += 1
        }
        return (isNegative, magnitude)
    }

    /// The whole number that a number with a point or exponent stands for, if it does.
    @inline(never)
    private var wholeDecimal: (isNegative: Bool, magnitude: UInt64)? {
        let bytes = rawBytes
        let isNegative = bytes.first == UInt8(ascii: "-")
        var magnitude: UInt64 = 0
        // Zeros are held back until a digit follows them, so that 1.000…0 fits however many there are.
        var zeros = 0
        var fraction = 0
        var afterPoint = false
        var at = isNegative ? 1 : 0
        while at < bytes.count, bytes[at] | 0x20 != UInt8(ascii: "e") {
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: ".") {
                afterPoint = true
                continue
            }
            if afterPoint { fraction += 1 }
            if byte == UInt8(ascii: "0") {
                zeros += 1
                continue
            }
            guard raise(&magnitude, by: zeros), append(byte - UInt8(ascii: "0"), to: &magnitude) else { return nil }
            zeros = 0
        }
        if magnitude == 0 { return (isNegative, 0) }
        guard let exponent = exponent(bytes[at...]) else { return nil }
        let power = exponent - fraction + zeros
        guard power >= 0, raise(&magnitude, by: power) else { return nil }
        return (isNegative, magnitude)
    }

    /// The number behind an `e`, or 0 if there is none; nil when it is too large to matter.
    private func exponent(_ bytes: Slice<UnsafeRawBufferPointer>) -> Int? {
        var digits = bytes.dropFirst()
        guard let first = digits.first else { return 0 }
        let isNegative = first == UInt8(ascii: "-")
        if isNegative || first == UInt8(ascii: "+") { digits = digits.dropFirst() }
        var exponent = 0
        for digit in digits {
            exponent = exponent * 10 + Int(digit - UInt8(ascii: "0"))
            if exponent > JSONTape.sizeLimit * 2 { return nil }
        }
        return isNegative ? -exponent : exponent
    }

    /// Multiplies by a power of ten; false if that does not fit.
    private func raise(_ magnitude: inout UInt64, by power: Int) -> Bool {
        guard magnitude != 0 else { return true }
        for _ in 0..<min(power, 20) where !append(0, to: &magnitude) { return false }
        return power <= 20
    }

    private func append(_ digit: UInt8, to magnitude: inout UInt64) -> Bool {
        let (tens, overflowsTens) = magnitude.multipliedReportingOverflow(by: 10)
        let (sum, overflowsSum) = tens.addingReportingOverflow(UInt64(digit))
        magnitude = sum
        return !overflowsTens && !overflowsSum
    }
}
