import Foundation
import JSON
import Testing

@Suite struct StringTests {
    static let texts: [(String, String)] = [
        (#""""#, ""), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0000""#, "\0"),
        (#""\u00e5\u00C5""#, "åÅ"),
        (#""\u20AC""#, "€"), (#""\uD83D\uDE00""#, "😀"), (#""\ud800\udc00""#, "\u{10000}"),
        (#""\uDBFF\uDFFF""#, "\u{10FFFF}"), (#""\uFFFF""#, "\u{FFFF}"), (#""a\\u0041""#, "a\\u0041"),
        (#""before the escape \n and after it""#, "before the escape \n and after it"),
        (#""Åsa \u00d6berg – en längre text""#, "Åsa Öberg – en längre text"), (#""1234567\n""#, "1234567\n"),
    ]

    @Test(arguments: texts) func `a string is read as Foundation reads it`(json: String, text: String) throws {
        try JSONTape.reading(json) { value in
            #expect(value.string == text)
            #expect(value.stringBytes.map { Array($0) } == Array(text.utf8))
            #expect(String(decoding: value.rawBytes, as: UTF8.self) == json)
        }
        #expect(try JSONDecoder().decode(String.self, from: Data(json.utf8)) == text)
        // As a key too, and beside other strings with escapes.
        try JSONTape.reading("[\"\\t\",{\(json):\(json)},\"\\n\"]") { root in
            #expect(root[1]?[text]?.string == text)
            #expect(root[1]?.members.first { _ in true }?.keyString == text)
            #expect(root[0]?.string == "\t" && root[2]?.string == "\n")
        }
    }

    static let refused: [(String, JSONError.Reason, Int)] = [
        (#""\x41""#, .unknownEscape, 1), (#""\'""#, .unknownEscape, 1), (#""\u12G4""#, .unknownEscape, 1),
        (#""ab\U0041""#, .unknownEscape, 3), (#""\u-123""#, .unknownEscape, 1), (#""\ ""#, .unknownEscape, 1),
        (#""\ud800""#, .loneSurrogate, 1), (#""\udc00""#, .loneSurrogate, 1), (#""\udc00\ud800""#, .loneSurrogate, 1),
        (#""\ud800\ud800""#, .loneSurrogate, 1), (#""\ud800x""#, .loneSurrogate, 1),
        (#""\ud800\n      ""#, .loneSurrogate, 1),
        (#""\ud800\u0041""#, .loneSurrogate, 1),
        ("\"a\nb\"", .controlCharacter, 2), ("\"\0\"", .controlCharacter, 1),
        ("\"12345678\u{1F}\"", .controlCharacter, 9),
        ("{\"a\tb\":1}", .controlCharacter, 3), ("\"\\n\t\"", .controlCharacter, 3),
    ]

    @Test(arguments: refused)
    func `a malformed string is refused as Foundation does`(json: String, reason: JSONError.Reason, offset: Int) {
        #expect(verdict(json) == JSONError(reason: reason, offset: offset))
        #expect(!foundationAccepts(Array(json.utf8)))
    }

    static let malformedUTF8: [(String, [UInt8])] = [
        ("a continuation byte alone", [0x80]), ("0xFF", [0xFF]), ("0xFE", [0xFE]),
        ("a lead byte alone", [0xC3]), ("a lead byte before ASCII", [0xC3, 0x41]),
        ("overlong slash in two", [0xC0, 0xAF]), ("overlong in two", [0xC1, 0xBF]),
        ("overlong in three", [0xE0, 0x9F, 0xBF]), ("overlong in four", [0xF0, 0x8F, 0xBF, 0xBF]),
        ("first surrogate", [0xED, 0xA0, 0x80]), ("last surrogate", [0xED, 0xBF, 0xBF]),
        ("above U+10FFFF", [0xF4, 0x90, 0x80, 0x80]), ("five bytes", [0xF8, 0x88, 0x80, 0x80, 0x80]),
        ("three bytes cut short", [0xE2, 0x82]), ("four bytes cut short", [0xF0, 0x9F, 0x98]),
        ("three bytes with ASCII last", [0xE2, 0x82, 0x41]),
    ]

    @Test(arguments: malformedUTF8, [0, 7, 20])
    func `text that is not UTF-8 is refused`(malformed: (name: String, bytes: [UInt8]), before: Int) {
        let start = [0x22] + [UInt8](repeating: 0x61, count: before)
        let error = JSONError(reason: .malformedUTF8, offset: start.count)
        let string = start + malformed.bytes + [0x22]
        #expect(verdict(string) == error)
        #expect(verdict(start + malformed.bytes) == error, "at the end of the input")
        #expect(verdict(string + Array("           ".utf8)) == error)
        #expect(verdict([0x22, 0x5C, 0x6E] + string.dropFirst())?.reason == .malformedUTF8, "behind an escape")
        #expect(verdict([0x7B] + string + Array(":1}".utf8))?.reason == .malformedUTF8, "in a key")
        #expect(!foundationAccepts(string))
    }

    @Test(arguments: ["\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FFFD}", "\u{10000}", "\u{10FFFF}"])
    func `the edges of UTF-8 are accepted`(text: String) throws {
        for before in 0...9 {
            let padded = String(repeating: "x", count: before) + text
            #expect(try JSONTape.reading("\"\(padded)\"") { $0.string } == padded)
        }
    }

    @Test func `bytes outside a string must be ASCII`() {
        #expect(verdict("[å]") == JSONError(reason: .expectedValue, offset: 1))
        #expect(verdict([0xFF]) == JSONError(reason: .expectedValue, offset: 0))
    }
}
