import Testing

@testable import LinearRegex

@Suite struct TextSearchTests {
    private static let patterns = [
        "", "a", "ab|ba", "^a", "b$", "^$", "^ab*$", "a.b", "^.{2,3}$", "(a|b)*é", "[^a]", "[^aé]b", "\\w+é", "\\W",
        "^\\w*$", "\\d{2}", "\\s", "\\S\\s\\S", "^[a-cå-ö]+$", "[å-ö]|\\d", "[\\u{1F600}-\\u{1F64F}]b",
        "(a|aa)+$", "^(?:a?b?)*$", "a^b", "b$a", "(^|b)a", "a(b|$)", "^[^\\n]*$", "x{0}", "(a*)*b", "\\.", "[^\\W\\d]",
    ]
    private static let scalars = Array("aab0 .\n\r\u{2028}_éåöÅÖ\u{301}\u{A0}٣€😀😀\u{10FFFF}".unicodeScalars)

    @Test(arguments: patterns, [LinearRegex.Dialect.unicode, .ecmaScript])
    func `a pattern that is counted out says of random texts what the pattern itself says`(
        pattern: String, dialect: LinearRegex.Dialect
    ) throws {
        let regex = try LinearRegex(pattern, dialect: dialect)
        let search = TextSearch(regex)
        #expect(search.isCountedOut)
        var state: UInt64 = 17
        func below(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        for _ in 0..<200 {
            var text = ""
            for _ in 0..<below(7) { text.unicodeScalars.append(Self.scalars[below(Self.scalars.count)]) }
            let isFound = Array(text.utf8).withUnsafeBytes(search.isFound)
            #expect(isFound == regex.matchesSomewhere(text), "\(text.debugDescription)")
        }
    }

    @Test(arguments: [
        // A state for each set of the last 12 places at which an `a` stood: 2^12 of them.
        ("a.{12}b", "xa012345678901b", true), ("a.{12}b", "xa01234567890b", false),
        // Five sets that tell scalars outside ASCII apart.
        ("[à-ä][å-é][ê-î][ï-ó][ô-ø]", "åäéîóø", true), ("[à-ä][å-é][ê-î][ï-ó][ô-ø]", "åäéîóà", false),
    ])
    func `a pattern too large to be counted out is matched all the same`(
        pattern: String, text: String, isFound: Bool
    ) throws {
        let search = TextSearch(try LinearRegex(pattern))
        #expect(!search.isCountedOut)
        #expect(Array(text.utf8).withUnsafeBytes(search.isFound) == isFound)
    }

    @Test func `an address of no text is an empty text`() throws {
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        #expect(TextSearch(try LinearRegex("^$")).isFound(in: nothing))
        #expect(!TextSearch(try LinearRegex("a")).isFound(in: nothing))
    }
}
