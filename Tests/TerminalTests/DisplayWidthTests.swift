import Terminal
import Testing

@Suite struct DisplayWidthTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("Åsa Öberg", 9), ("A\u{30A}", 1), ("\u{301}", 0), ("日本", 4), ("한국", 4), ("ｱ", 1),
        ("Ａ", 2), ("🎉", 2), ("👩‍👩‍👧", 2), ("🇸🇪", 2), ("❤", 1), ("❤️", 2), ("a\u{200B}b", 2), ("\u{7}", 0), ("€", 1),
        ("█░", 2), ("\u{1B}[1;31mred\u{1B}[0m", 3), ("\u{1B}", 0), ("\u{1B}[", 0), ("co\u{AD}op", 5),
    ])
    func `text is as wide as a terminal draws it`(text: String, width: Int) {
        #expect(text.displayWidth == width)
    }

    @Test func `padding counts columns and not characters`() {
        #expect("日".padded(to: 4) == "日  ")
        #expect("7".padded(to: 3, .right) == "  7")
        #expect("long".padded(to: 2) == "long")
        #expect(["日", "long", "longer"].map { $0.cell(5) + "|" } == ["日   |", "long |", "longer |"])
    }

    @Test(arguments: [
        ("Västerås", 8, "Västerås"), ("Västerås", 5, "Väst…"), ("日本語", 4, "日…"), ("日本語", 5, "日本…"), ("abc", 1, "…"),
        ("abc", 0, ""), ("abc", -3, ""), ("\u{1B}[31mabcdef\u{1B}[39m", 3, "\u{1B}[31mab…\u{1B}[39m"),
    ])
    func `truncating marks the cut and keeps what ends a style`(text: String, width: Int, expected: String) {
        #expect(text.truncated(to: width) == expected)
    }

    @Test(arguments: [
        ("one two three", 7, 0, 0, ["one two", "three"]),
        ("one two three", 9, 2, 4, ["  one two", "    three"]),
        ("one\ntwo", 80, 0, 2, ["one", "two"]),
        ("a\n\nb", 80, 2, 2, ["  a", "", "  b"]),
        ("unbreakable", 4, 0, 0, ["unbreakable"]),
        ("an unbreakable word", 4, 0, 0, ["an", "unbreakable", "word"]),
        ("日本 日本 日本", 9, 0, 0, ["日本 日本", "日本"]),
        ("", 80, 4, 4, [""]),
    ])
    func `wrapping breaks between words`(text: String, width: Int, indent: Int, hanging: Int, expected: [String]) {
        #expect(text.wrapped(to: width, indent: indent, hangingIndent: hanging) == expected)
    }

    @Test func `a wrapped line may be exactly as wide as allowed`() {
        let text = Array(repeating: "word", count: 64).joined(separator: " ")
        #expect(text.wrapped(to: 79).map(\.displayWidth) == [79, 79, 79, 79])
        #expect(text.wrapped().allSatisfy { $0.displayWidth <= 80 })
    }
}
