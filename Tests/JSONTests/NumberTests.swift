import Foundation
import JSON
import Testing

@Suite struct NumberTests {
    struct Case: Sendable {
        let text: String
        let int: Int64?
        let uint: UInt64?
        init(_ text: String, _ int: Int64?, _ uint: UInt64?) { (self.text, self.int, self.uint) = (text, int, uint) }
    }

    static let numbers = [
        Case("0", 0, 0), Case("-0", 0, 0), Case("7", 7, 7), Case("-7", -7, nil),
        Case("1234567890", 1_234_567_890, 1_234_567_890),
        Case("9007199254740993", 9_007_199_254_740_993, 9_007_199_254_740_993),
        Case("9223372036854775807", .max, 9_223_372_036_854_775_807), Case("-9223372036854775808", .min, nil),
        Case("9223372036854775808", nil, 9_223_372_036_854_775_808), Case("-9223372036854775809", nil, nil),
        Case("18446744073709551615", nil, .max), Case("18446744073709551616", nil, nil),
        Case("12345678901234567890", nil, 12_345_678_901_234_567_890), Case("99999999999999999999", nil, nil),
        Case("-99999999999999999999", nil, nil), Case("1.5", nil, nil), Case("0.1", nil, nil),
        Case("-2.25e-3", nil, nil),
        Case("1.0", 1, 1), Case("-0.0", 0, 0), Case("10e-1", 1, 1), Case("1e3", 1000, 1000), Case("1E+2", 100, 100),
        Case("1.5e1", 15, 15), Case("1.50e1", 15, 15), Case("1.25e1", nil, nil), Case("0e999999999999", 0, 0),
        Case("0.00e-5", 0, 0),
        Case("1e18", 1_000_000_000_000_000_000, 1_000_000_000_000_000_000),
        Case("1e19", nil, 10_000_000_000_000_000_000),
        Case("1e20", nil, nil), Case("1e99999999999999999999", nil, nil), Case("1e-99999999999999999999", nil, nil),
        Case("9223372036854775807.000000000000000000000", .max, 9_223_372_036_854_775_807),
        Case("0.000000000000000000000001e24", 1, 1), Case("100000000000000000000000e-23", 1, 1),
    ]

    @Test(arguments: numbers) func `whole numbers are exact or not there`(number: Case) throws {
        try JSONTape.reading(number.text) { value in
            #expect(value.kind == .number)
            #expect(value.int == number.int)
            #expect(value.uint == number.uint)
            #expect(String(decoding: value.rawBytes, as: UTF8.self) == number.text)
        }
    }

    @Test(arguments: [
        "0", "-0", "0.1", "1.7976931348623157e308", "5e-324", "2.2250738585072011e-308", "4.9e-324", "1e-400", "1e22",
        "1e23",
        "9007199254740993", "-9007199254740992", "123456789012345678901234567890", "0.30000000000000004", "-1.5E+3",
        "8.5",
        "9007199254740992.5", "1.00000000000000011102230246251565404236316680908203125",
    ])
    func `doubles are the nearest to the text`(text: String) throws {
        let expected = try #require(strtod(text, nil))
        let double = try JSONTape.reading(text) { $0.double }
        #expect(double?.bitPattern == expected.bitPattern)
    }

    @Test func `a number too large for a double stays text`() throws {
        try JSONTape.reading("[1e400,-1e400]") { root in
            for number in root.elements { #expect(number.kind == .number && number.double == nil && number.int == nil) }
        }
    }

    static let refused: [(String, Int)] = [
        ("01", 1), ("-01", 2), ("00", 1), ("+1", 0), (".5", 0), ("1.", 2), ("[1.]", 3), ("1.e3", 2), ("-", 1),
        ("[-]", 2),
        ("--1", 1), ("1e", 2), ("1e+", 3), ("[1ex]", 3), ("-.5", 1), ("-a", 1), ("[1.5.2]", 4), ("0x10", 1),
        ("1_000", 1),
        ("1,5", 1), ("-Infinity", 1), ("[0e]", 3), ("1 e5", 2),
    ]

    @Test(arguments: refused) func `malformed numbers are refused as Foundation does`(text: String, offset: Int) {
        #expect(verdict(text)?.offset == offset)
        #expect(!foundationAccepts(Array(text.utf8)))
    }

    @Test func `other values are no numbers`() throws {
        try JSONTape.reading("[\"1\",true,null,[],{}]") { root in
            for value in root.elements { #expect(value.int == nil && value.uint == nil && value.double == nil) }
        }
    }
}
