import Testing

@testable import JSONSchema

@Suite struct DecimalTextTests {
    private static func order(_ left: String, _ right: String) -> Int {
        Array(left.utf8).withUnsafeBytes { left in
            Array(right.utf8).withUnsafeBytes { DecimalText(left).compared(to: DecimalText($0)).signum() }
        }
    }

    @Test(arguments: [
        ("0", "0", 0), ("0", "-0", 0), ("0.000", "0e99", 0), ("-0.0", "0", 0), ("0", "1", -1), ("0", "-1", 1),
        ("0", "1e-999", -1), ("0", "-1e-999", 1), ("1", "1.0", 0), ("1", "10e-1", 0), ("1", "0.01E2", 0),
        ("1", "0.1e+1", 0), ("100", "1e2", 0), ("100", "1.000e2", 0), ("-1", "1", -1), ("-1", "-2", 1),
        ("-1.5", "-1.25", -1), ("1.5", "1.25", 1), ("9", "10", -1), ("-9", "-10", 1), ("0.1", "0.10000", 0),
        ("0.1", "0.1000001", -1), ("-0.1", "-0.1000001", 1), ("0.09", "0.1", -1), ("0.009", "0.01", -1),
        ("9007199254740993", "9007199254740992", 1), ("9223372036854775807", "9223372036854775808", -1),
        ("-9223372036854775808", "-9223372036854775809", 1), ("18446744073709551616", "1.8446744073709551616e19", 0),
        ("123456789012345678901234567890", "123456789012345678901234567891", -1), ("1e400", "1e399", 1),
        ("1e-400", "1e-401", 1), ("-1e400", "1e-400", -1), ("1e400", "10e399", 0), ("1.5e3", "1500", 0),
        ("1.5e3", "1501", -1), ("10.01", "10.1", -1), ("101", "1.01e2", 0), ("10.10", "10.1", 0),
        // Beyond 10^17 exponents are taken as that.
        ("1e99999999999999999999", "1e88888888888888888888", 0), ("1e99999999999999999999", "1e400", 1),
        ("1e-99999999999999999999", "1e-400", -1), ("1e-99999999999999999999", "0", 1),
    ])
    func `numbers are compared exactly, whatever their size and way of being written`(
        left: String, right: String, order: Int
    ) {
        #expect(Self.order(left, right) == order)
        #expect(Self.order(right, left) == -order)
    }

    @Test(arguments: UInt64(1)...5)
    func `random numbers are compared as whole numbers of the same digits are`(seed: UInt64) {
        var random = SplitMix(state: seed)
        for _ in 0..<2_000 {
            let numbers = (0..<2).map { _ in
                let most = random.pick([1, 20, 1_000, 1_000_000_000, 1_000_000_000_000_000_000])
                return Int.random(in: -most...most, using: &random)
            }
            let power = Int.random(in: -30...30, using: &random)
            let texts = numbers.map { number in
                var (digits, exponent) = ("\(number.magnitude)", power)
                let zeros = Int.random(in: 0...3, using: &random)
                digits += String(repeating: "0", count: zeros)
                exponent -= zeros
                if random.isOne(in: 2) {
                    let point = Int.random(in: 1...digits.count, using: &random)
                    exponent += digits.count - point
                    let fraction = digits.dropFirst(point)
                    digits = digits.prefix(point) + (fraction.isEmpty ? "" : ".\(fraction)")
                }
                return "\(number < 0 ? "-" : "")\(digits)e\(exponent)"
            }
            let order = numbers[0] < numbers[1] ? -1 : numbers[0] == numbers[1] ? 0 : 1
            #expect(Self.order(texts[0], texts[1]) == order, "seed \(seed): \(texts)")
        }
    }

    @Test(arguments: [
        ("0", "3", true), ("-0.0", "0.5", true), ("9", "3", true), ("-9", "3", true), ("10", "3", false),
        ("0.3", "0.1", true), ("0.35", "0.1", false), ("4.02", "0.01", true), ("19.99", "0.01", true),
        ("1.1", "0.01", true), ("1e2", "100", true), ("1e2", "25", true), ("1e2", "30", false), ("3e50", "3", true),
        ("1e50", "7", false), ("7e50", "7", true), ("1e400", "1e399", true), ("1e-400", "1e-399", false),
        ("3e-400", "1e-400", true), ("1e308", "0.123456789", false), ("123456789e300", "0.123456789", true),
        ("12345678901234567890", "10", true), ("12345678901234567891", "10", false),
        ("999999999999999999", "999999999999999999", true),
        ("999999999999999998000000000000000001", "999999999999999999", true),
        ("1e99999999999999999999", "4", true), ("1e99999999999999999999", "3", false), ("0.5", "1", false),
        ("1.5", "1.5e0", true), ("7.5e-1", "0.25", true), ("-7.5", "2.5", true), ("6", "1.50", true),
    ])
    func `multipleOf is exact`(number: String, divisor: String, isMultiple: Bool) throws {
        let divisor = try #require(Array(divisor.utf8).withUnsafeBytes { DecimalText($0).divisor })
        #expect(Array(number.utf8).withUnsafeBytes { DecimalText($0).isMultiple(of: divisor) } == isMultiple)
    }

    @Test(arguments: ["0", "-1", "-0.5", "0.0", "1234567890123456789", "0.1234567890123456789"])
    func `a divisor is above 0 and has at most 18 digits`(text: String) {
        #expect(Array(text.utf8).withUnsafeBytes { DecimalText($0).divisor?.digits } == nil)
    }

    @Test(arguments: [
        ("1", true), ("1.0", true), ("1.50", false), ("15e-1", false), ("150e-1", true), ("1.5e1", true),
        ("0.0", true), ("1e-400", false), ("1e400", true), ("-3.000", true), ("-3.001", false),
    ])
    func `a number is whole by its size`(text: String, isWhole: Bool) {
        #expect(Array(text.utf8).withUnsafeBytes { DecimalText($0).isWhole } == isWhole)
    }
}
