import Testing

@testable import Terminal

@Suite struct TerminalStyleTests {
    @Test func `paint that is on puts a style around the text and ends just that style`() {
        let paint = Paint(isEnabled: true)
        #expect(paint("x", .red) == "\u{1B}[31mx\u{1B}[39m")
        #expect(paint("a\(paint("b", .cyan))c", .bold) == "\u{1B}[1ma\u{1B}[36mb\u{1B}[39mc\u{1B}[22m")
        #expect(paint("x", .bold, .dim, .green) == "\u{1B}[1;2;32mx\u{1B}[39;22m")
        #expect(paint("", .red) == "")
        #expect(paint("x") == "x")
    }

    @Test(arguments: TerminalStyle.allCases)
    func `paint that is off leaves text alone`(style: TerminalStyle) {
        #expect(Paint(isEnabled: false)("x", style) == "x")
    }

    @Test(arguments: [
        (true, [:], true), (false, [:], false), (true, ["NO_COLOR": "1"], false), (true, ["NO_COLOR": ""], true),
        (true, ["TERM": "dumb"], false), (true, ["TERM": "xterm"], true),
    ])
    func `colours need a terminal that was not asked to go without`(
        isTTY: Bool, environment: [String: String], expected: Bool
    ) {
        #expect(TerminalOutput.showsColours(isTTY: isTTY) { environment[$0] } == expected)
    }
}
