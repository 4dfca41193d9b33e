import JSON
import Testing

@Suite struct GrammarTests {
    static let accepted = [
        "null", "true", "false", "0", "-0", "12", "\"\"", "\"a\"", "{}", "[]", " {} ", "\t\r\n[ ]\n",
        "[1,2]", "[ 1 , 2 ]", "{\"a\":1}", "{ \"a\" : 1 , \"b\" : [ ] }", "[[],{},[{}]]", "{\"\":0}",
        "{\"a\":{\"a\":{\"a\":null}}}", "[true,false,null,-1.5e+3,\"x\"]", "\"/\"", "\"\u{7F}\"", "\"\u{2028}\"",
        "[1e400,1e-400]", "\"Åsa Öberg 🇸🇪\"", "[\"1234567\",\"12345678\",\"123456789\"]",
    ]

    @Test(arguments: accepted) func `what is JSON is accepted, as Foundation does`(text: String) {
        #expect(verdict(text) == nil)
        // A number too large for a Double is JSON, though Foundation cannot hold it.
        #expect(foundationAccepts(Array(text.utf8)) != text.contains("e400"))
    }

    static let refused: [(String, JSONError.Reason, Int)] = [
        ("", .empty, 0), ("  \n", .empty, 3),
        ("nul", .unknownWord, 0), ("nulL", .unknownWord, 0), ("True", .unknownWord, 0), ("[NaN]", .unknownWord, 1),
        ("undefined", .unknownWord, 0), ("truex", .trailingBytes, 4), ("{} {}", .trailingBytes, 3),
        ("1 2", .trailingBytes, 2), ("[]]", .trailingBytes, 2), ("\"a\"b", .trailingBytes, 3),
        ("[", .unexpectedEnd, 1), ("[1", .unexpectedEnd, 2), ("[1,", .unexpectedEnd, 3), ("{", .unexpectedEnd, 1),
        ("{\"a\"", .unexpectedEnd, 4), ("{\"a\":", .unexpectedEnd, 5), ("{\"a\":1", .unexpectedEnd, 6),
        ("{\"a\":1,", .unexpectedEnd, 7), ("\"", .unexpectedEnd, 1), ("\"abcdefghij", .unexpectedEnd, 11),
        ("\"\\", .unexpectedEnd, 2), ("\"\\u12", .unexpectedEnd, 5), ("[\"a", .unexpectedEnd, 3),
        ("[,1]", .expectedValue, 1), ("[1,,2]", .expectedValue, 3), ("[1 2]", .expectedCommaOrBracket, 3),
        ("[1}", .expectedCommaOrBracket, 2), ("[}", .expectedValue, 1), ("{]", .expectedKey, 1),
        ("[\"a\":1]", .expectedCommaOrBracket, 4), ("]", .expectedValue, 0), (":", .expectedValue, 0),
        ("{a:1}", .expectedKey, 1), ("{1:1}", .expectedKey, 1), ("{'a':1}", .expectedKey, 1),
        ("{,}", .expectedKey, 1), ("{\"a\" 1}", .expectedColon, 5), ("{\"a\"}", .expectedColon, 4),
        ("{\"a\"::1}", .expectedValue, 5), ("{\"a\":}", .expectedValue, 5), ("{\"a\":1]", .expectedCommaOrBrace, 6),
        ("{\"a\":1 \"b\":2}", .expectedCommaOrBrace, 7), ("'a'", .expectedValue, 0), ("/**/1", .expectedValue, 0),
        ("[1]//", .trailingBytes, 3), ("\u{0C}1", .expectedValue, 0), ("\u{A0}1", .expectedValue, 0),
        ("[1\u{0}]", .expectedCommaOrBracket, 2),
    ]

    @Test(arguments: refused)
    func `what is not JSON is refused with reason and place, as Foundation does`(
        text: String, reason: JSONError.Reason, offset: Int
    ) {
        #expect(verdict(text) == JSONError(reason: reason, offset: offset))
        #expect(!foundationAccepts(Array(text.utf8)))
    }

    /// Where we are stricter than Foundation, on purpose.
    static let stricter: [(String, [UInt8], JSONError.Reason, Int)] = [
        ("comma before ]", Array("[1,]".utf8), .expectedValue, 3),
        ("comma before }", Array("{\"a\":1,}".utf8), .expectedKey, 7),
        ("byte order mark", [0xEF, 0xBB, 0xBF, 0x31], .byteOrderMark, 0),
        ("UTF-16", [0x5B, 0x00, 0x5D, 0x00], .expectedValue, 1),
        ("duplicate key", Array("{\"a\":1,\"a\":2}".utf8), .duplicateKey, 7),
    ]

    @Test(arguments: stricter)
    func `what Foundation lets pass is refused`(name: String, bytes: [UInt8], reason: JSONError.Reason, offset: Int) {
        #expect(verdict(bytes) == JSONError(reason: reason, offset: offset))
        #expect(foundationAccepts(bytes), "Foundation has become stricter about: \(name)")
    }

    @Test(arguments: [("[", "]"), ("{\"a\":", "}")]) func `nesting ends at 128`(open: String, close: String) {
        func nested(_ depth: Int) -> String {
            String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
        }
        #expect(verdict(nested(128)) == nil)
        #expect(verdict(nested(129)) == JSONError(reason: .tooDeep, offset: 128 * open.utf8.count))
        #expect(verdict(String(repeating: open, count: 100_000))?.reason == .tooDeep)
    }

    @Test func `an input of 16 MB is refused and one a byte shorter is read`() {
        var bytes = [UInt8](repeating: 0x20, count: 1 << 24)
        bytes[0] = UInt8(ascii: "1")
        #expect(verdict(bytes) == JSONError(reason: .tooLarge, offset: 1 << 24))
        bytes.removeLast()
        #expect(verdict(bytes) == nil)
    }

    @Test func `each reason has its own sentence`() {
        let reasons = Set((Self.refused.map(\.1) + Self.stricter.map(\.2)).map(\.description))
        #expect(reasons.count >= 10)
        #expect(
            verdict("[1,]")!.description == "a value is expected here (byte 3)"
                && reasons.allSatisfy { !$0.isEmpty })
    }

    @Test func `the root is null before a parse and after one that failed`() throws {
        var tape = JSONTape()
        #expect(tape.root.isNull && tape.root.rawBytes.isEmpty)
        let good = Array("{\"a\":1}".utf8)
        let bad = Array("{\"a\":1".utf8)
        try good.withUnsafeBytes { try tape.parse($0) }
        bad.withUnsafeBytes { bytes in
            _ = #expect(throws: JSONError.self) { try tape.parse(bytes) }
        }
        #expect(tape.root.isNull && tape.root["a"] == nil && tape.root.count == 0)
        try good.withUnsafeBytes { bytes in
            try tape.parse(bytes)
            #expect(tape.root["a"]?.int == 1)
        }
    }
}
