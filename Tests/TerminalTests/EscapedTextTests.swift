import Terminal
import Testing

@Suite struct EscapedTextTests {
    @Test(arguments: [
        ("Hej på dig ✓ 日本", "Hej på dig ✓ 日本"), ("a\u{1B}[2Jb\u{7}", "a\\u001B[2Jb\\u0007"),
        ("\u{0}\u{7F}\u{85}\u{9B}31m", "\\u0000\\u007F\\u0085\\u009B31m"), ("a\r\nb\tc", "a\\r\\nb\\tc"),
        ("\u{202E}dcba\u{2066}\u{2069}\u{200F}\u{61C}", "\\u202Edcba\\u2066\\u2069\\u200F\\u061C"),
        ("\u{2028}\u{2029}\u{FEFF}\u{FFF9}", "\\u2028\\u2029\\uFEFF\\uFFF9"),
        ("x ##[error]y ##vso[task] # [a]", "x ##\\u005Berror]y ##vso\\u005Btask] # [a]"),
        ("\n::error::x", "\\n::error::x"), ("👨‍👩‍👧 e\u{301}", "👨‍👩‍👧 e\u{301}"),
    ])
    func `a text of others becomes one harmless line`(text: String, line: String) {
        #expect(text.escapedLine == line)
        #expect(line.escapedLine == line)
        #expect(
            EscapedText.isNeeded(text)
                == (text.unicodeScalars.count != line.unicodeScalars.count && !text.contains("##")))
    }

    @Test func `JSON keeps its meaning and has the characters as escapes`() {
        #expect(EscapedText.json("{\n \"a\": \"å\u{7F}\u{9B}\u{202E}\"}") == "{\n \"a\": \"å\\u007F\\u009B\\u202E\"}")
        #expect(EscapedText.json("{\"a\": \"##[error]\"}") == "{\"a\": \"##\\u005Berror]\"}")
        #expect(EscapedText.masked("a\u{202E}b") == "a\u{FFFD}b")
    }

    @Test(arguments: [false, true]) func `an output lets through lines, tabs and its own colours only`(usesColour: Bool)
    {
        let output = TerminalOutput.captured(usesColour: usesColour)
        output.write(output.paint("red", .red) + "\t\u{1B}]0;x\u{7}\u{1B}[2J\r\n")
        let red = usesColour ? "\u{1B}[31mred\u{1B}[39m" : "red"
        #expect(output.capturedText == red + "\t\\u001B]0;x\\u0007\\u001B[2J\\r\n")
        let plain = TerminalOutput.captured()
        plain.write("\u{1B}[31mx")
        #expect(plain.capturedText == "\\u001B[31mx")
    }

    @Test(arguments: [
        ["::error::x\n"], [":", ":error::x\n"], ["  ::error::x\n"], ["a\n", "::error::x\n"], ["a\n  :", ":x"],
        ["a ##", "[x]"], ["##teamcity[x]"],
    ])
    func `no line is a command to a build server, in however many pieces it comes`(pieces: [String]) {
        let output = TerminalOutput.captured()
        for piece in pieces { output.write(piece) }
        for line in output.capturedText.split(separator: "\n") {
            #expect(!line.drop { $0 == " " }.hasPrefix("::"))
            #expect(!line.contains("##[") && !line.contains("##teamcity["))
        }
    }

    @Test func `times and places are no commands`() {
        let output = TerminalOutput.captured()
        output.write("12:30  a::b\nfile.yaml:3:1: x\n: a\n")
        #expect(output.capturedText == "12:30  a::b\nfile.yaml:3:1: x\n: a\n")
        output.writeVerbatim("::error::ours\n")
        #expect(output.capturedText.hasSuffix("\n::error::ours\n"))
    }
}
