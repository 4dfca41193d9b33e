/// One line that tells how far a piece of work has come.
///
/// On a terminal the line is rewritten in place; elsewhere it says nothing, or a plain line now and then. It has no
/// clock: whoever works decides when to draw.
public struct ProgressLine: Sendable {
    private let output: TerminalOutput
    private let barWidth: Int
    private let plainStep: Double?
    private var shown: String?
    private var nextPlain: Double

    /// Makes a progress line that is not drawn yet.
    ///
    /// - Parameters:
    ///   - output: Where to draw it; standard error leaves the real output clean.
    ///   - barWidth: The columns of the bar.
    ///   - plainStep: How much of the work, in parts of 1, lies between two lines when the output is no terminal; nil
    ///     for no lines there.
    public init(on output: TerminalOutput, barWidth: Int = 24, plainStep: Double? = nil) {
        self.output = output
        self.barWidth = max(0, barWidth)
        self.plainStep = plainStep.map { max(0.01, $0) }
        nextPlain = self.plainStep ?? .infinity
    }

    /// Draws the line anew.
    ///
    /// - Parameters:
    ///   - fraction: The part done, from 0 to 1; values outside are taken as the nearest of them.
    ///   - text: What stands behind the bar, cut to the width of the terminal.
    public mutating func draw(_ fraction: Double, _ text: String = "") {
        let part = fraction > 0 ? min(fraction, 1) : 0
        guard output.isTTY else { return drawPlain(part, text) }
        let full = Int(part * Double(barWidth))
        let bar = String(repeating: "█", count: full) + String(repeating: "░", count: barWidth - full)
        // The last column stays free: a full line makes some terminals move on to the next.
        let line = "\(bar) \(Self.percent(part)) \(text.escapedLine)".truncated(to: output.width - 1)
        guard line != shown else { return }
        output.writeVerbatim("\r\(line)\u{1B}[K")
        shown = line
    }

    /// Takes the line away, for other text to be written; the next ``draw(_:_:)`` brings it back.
    public mutating func clear() {
        guard shown != nil else { return }
        output.writeVerbatim("\r\u{1B}[K")
        shown = nil
    }

    private mutating func drawPlain(_ part: Double, _ text: String) {
        guard let plainStep, part >= nextPlain else { return }
        output.writeLine(text.isEmpty ? Self.percent(part) : "\(Self.percent(part)) \(text)")
        while nextPlain <= part { nextPlain += plainStep }
    }

    private static func percent(_ part: Double) -> String {
        "\(Int(part * 100)) %".padded(to: 5, .right)
    }
}
