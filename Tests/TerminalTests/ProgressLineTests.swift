import Terminal
import Testing

@Suite struct ProgressLineTests {
    @Test func `a terminal's line is rewritten in place and only when it changed`() {
        let output = TerminalOutput.captured(isTTY: true)
        var progress = ProgressLine(on: output, barWidth: 4)
        progress.draw(0.5, "half")
        progress.draw(0.501, "half")
        progress.draw(1, "all")
        progress.clear()
        progress.clear()
        #expect(output.capturedText == "\r██░░  50 % half\u{1B}[K\r████ 100 % all\u{1B}[K\r\u{1B}[K")
    }

    @Test(arguments: [(-1.0, "░░   0 %"), (.nan, "░░   0 %"), (7, "██ 100 %"), (.infinity, "██ 100 %")])
    func `a fraction outside its range is taken as the nearest inside`(fraction: Double, expected: String) {
        let output = TerminalOutput.captured(isTTY: true)
        var progress = ProgressLine(on: output, barWidth: 2)
        progress.draw(fraction)
        #expect(output.capturedText == "\r\(expected) \u{1B}[K")
    }

    @Test func `the line never reaches the last column`() {
        let output = TerminalOutput.captured(width: 20, isTTY: true)
        var progress = ProgressLine(on: output, barWidth: 4)
        progress.draw(0.1, "a text that is far too long")
        #expect(output.capturedText.displayWidth == 19)
    }

    @Test(arguments: [(nil, ""), (0.5, " 50 % week 2\n100 % week 4\n")])
    func `a file gets nothing, or a line now and then`(step: Double?, expected: String) {
        let output = TerminalOutput.captured()
        var progress = ProgressLine(on: output, plainStep: step)
        for week in 1...4 { progress.draw(Double(week) / 4, "week \(week)") }
        progress.clear()
        #expect(output.capturedText == expected)
    }
}
