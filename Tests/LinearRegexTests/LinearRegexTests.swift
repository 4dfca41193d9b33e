import Testing

@testable import LinearRegex

@Suite struct LinearRegexTests {
    @Test(arguments: [
        ("", "", true), ("", "a", false), ("a+", "aaa", true), ("a+", "", false), ("a*", "", true),
        ("ab|cd", "cd", true), ("ab|cd", "abd", false), ("(?:ab|c)*d?", "abcabd", true), ("17\\d\\d", "1780", true),
        ("17\\d\\d", "17٣٤", false), (".*sex.*", "no sex is given", true), (".", "\n", false), ("[^a]", "\n", true),
        ("\\w+", "Åsa_1", true), ("\\W", "å", false), ("[a-cÅ\\d-]+", "bÅ7-", true), ("[^a-c]", "b", false),
        ("a{2,3}", "a", false), ("a{2,3}", "aa", true), ("a{2,3}", "aaaa", false), ("a{2,}", "aaaaa", true),
        ("a{0}", "", true), ("^a$", "a", true), ("a^b", "ab", false), ("(a|b$)+", "aab", true), ("\\.\\{", ".{", true),
        ("\\x41\\u00C5\\u{1F600}", "AÅ😀", true), ("\\s\\S", "\u{A0}x", true), ("(a|)(b|)", "b", true),
        ("a*?b+?", "aabb", true),
        ("()*x", "x", true), ("(a*)*", "aaa", true), ("[\\]\\\\]+", "]\\", true),
    ])
    func `a pattern matches a whole text or not`(pattern: String, text: String, isMatch: Bool) throws {
        #expect(try LinearRegex(pattern).matchesWhole(text) == isMatch)
    }

    /// Each of these takes a backtracking matcher longer than the age of the universe; here each scalar is
    /// passed once.
    @Test(arguments: [
        "(a+)+$b", "(\\w+)+!", "(a|a)*b", "(a|aa)+b", "(.*)(.*)(.*)(.*)(.*)x", "(a?){50}a{50}b", "((a*)*)*b",
    ])
    func `no pattern is slow on a text that nearly matches`(pattern: String) throws {
        let text = String(repeating: "a", count: 1_000)
        #expect(try !LinearRegex(pattern).matchesWhole(text))
    }

    @Test(arguments: [
        ("(", 0, "a `(` without its `)`"), ("ab)", 2, "a `)` without its `(`"),
        ("a|*", 2, "there is nothing to repeat before `*`"),
        ("a**", 2, "a repetition of a repetition needs a group around the first"),
        ("x\\1", 1, "what a group has matched cannot be asked for again"),
        ("a(?=b)", 1, "of groups with `(?` only (?:…) is read: no names, no flags, no looking ahead or back"),
        ("[a", 0, "a `[` without its `]`"), ("[b-a]", 1, "the range runs backwards"),
        ("x[]", 1, "the brackets are empty; write \\] for a bracket"),
        ("[[:alpha:]]", 1, "brackets do not stand in brackets; write \\[ for one"), ("a{5,2}", 1, "2 is less than 5"),
        ("a{99999}", 2, "a repetition has at most 2000 times"),
        ("a{,3}", 1, "a repetition is written {2}, {2,} or {2,5}; write \\{ for a brace"),
        ("\\bx", 0, "of places in the text only ^ and $ are read"),
        ("\\p{L}", 0, "properties of characters are not read; use \\w, \\d or brackets"),
        ("\\q", 0, "`\\q` means nothing here"), ("a\\", 1, "a backslash ends the pattern"),
        ("\\u{D800}", 0, "this is no character's number in hexadecimal"),
        ("a++", 1, "a repetition that gives nothing back (`++`) is not read"),
        ("(a{100}){100}", 0, "the repetitions make the pattern too large"),
        ("((()){2000}){2000}", 0, "the repetitions make the pattern too large"),
        (String(repeating: "(", count: 60), 50, "groups are nested deeper than 50"),
        (String(repeating: "a", count: 501), 0, "the pattern is longer than 500 bytes"),
    ])
    func `what is not read is told with its place`(pattern: String, offset: Int, message: String) {
        let error = #expect(throws: LinearRegexError.self) { try LinearRegex(pattern) }
        #expect(error?.message == message)
        #expect(error?.offset == offset)
    }

    @Test(arguments: [
        ("Karl.*", "^\\d{4}$", false), ("1780", "^\\d{4}$", true), ("\\d{5}", "^\\d{4}$", false),
        ("\\d+", "^\\d{4}$", true), ("^01", "^\\d{4}$", false), ("01.*", "^\\d{4}$", true),
        (".*T.*", "^\\d{4}-\\d\\d-\\d\\d$", false), ("", "^$", true), ("", "a", false), ("a*", "^$", true),
        ("abc", "b", true), ("abc", "d", false), ("[^b]*", "b", false), ("x.*y", "^x", true), ("x.*y", "y$", true),
        ("x.*y", "^y", false), ("(ab)+", "^(ba)+$", false), ("(ab|ba){2}", "^(ba)+$", true), ("å+", "^[a-z]+$", false),
        (".*", "\n", false), ("a|b", "^(c|b)$", true), ("anna", "^p[b-df-hj-np-tv-z]{15}$", false),
        ("p.{15}", "^p[b-df-hj-np-tv-z]{15}$", true), ("a{3,}", "^a{1,2}$", false), ("a{2,}", "^a{1,2}$", true),
    ])
    func `two patterns meet where a text that one matches has a part that the other matches`(
        own: String, other: String, meet: Bool
    ) throws {
        let (own, other) = (try LinearRegex(own), try LinearRegex(other, dialect: .ecmaScript))
        #expect(own.meets(other) == meet)
    }

    @Test func `patterns too large to be looked through are taken to meet`() throws {
        let large = try LinearRegex("a{1500}")
        #expect(large.meets(try LinearRegex("b{1500}")))
        #expect(!large.meets(try LinearRegex("^b")))
    }
}
