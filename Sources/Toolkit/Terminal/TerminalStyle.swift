/// A way to draw text; the raw value is the number that switches it on in a colour sequence.
public enum TerminalStyle: UInt8, Sendable, CaseIterable {
    case bold = 1
    case dim = 2
    case italic = 3
    case underline = 4
    case inverse = 7
    case red = 31
    case green = 32
    case yellow = 33
    case blue = 34
    case magenta = 35
    case cyan = 36
    case grey = 90

    /// The number that switches just this style off, so that a style around it stays on.
    var end: UInt8 {
        switch self {
        case .bold, .dim: 22
        case .italic: 23
        case .underline: 24
        case .inverse: 27
        case .red, .green, .yellow, .blue, .magenta, .cyan, .grey: 39
        }
    }
}

/// Colours text if its reader can show colours, and else leaves it as it is.
///
/// ```swift
/// let paint = output.paint
/// output.writeLine("Done: \(paint("3 passed", .green, .bold))")
/// ```
public struct Paint: Sendable {
    /// Whether styles are drawn at all.
    public let isEnabled: Bool

    /// Makes a paint that draws styles, or one that leaves every text alone.
    public init(isEnabled: Bool) {
        self.isEnabled = isEnabled
    }

    /// The text in the given styles; unchanged if paint is off, or the text is empty.
    public func callAsFunction(_ text: String, _ styles: TerminalStyle...) -> String {
        guard isEnabled, !text.isEmpty, !styles.isEmpty else { return text }
        let start = styles.map { String($0.rawValue) }.joined(separator: ";")
        var ends: [String] = []
        for end in styles.reversed().map({ String($0.end) }) where !ends.contains(end) { ends.append(end) }
        return "\u{1B}[\(start)m\(text)\u{1B}[\(ends.joined(separator: ";"))m"
    }
}
