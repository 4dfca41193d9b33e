extension Unicode.Scalar {
    /// Ranges that take two columns although they are not emoji: the East Asian scripts and full-width forms.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF, 0x4E00...0xA4CF,
        0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
        0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x2FFFD,
        0x30000...0x3FFFD,
    ]

    /// The columns this scalar takes by itself: 0, 1 or 2.
    var displayWidth: Int {
        if value < 0x7F { return value < 0x20 ? 0 : 1 }
        // A soft hyphen is of the format category, but every terminal draws it.
        if value == 0xAD { return 1 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
        default: break
        }
        if properties.isEmojiPresentation { return 2 }
        return value >= 0x1100 && Self.wideRanges.contains { $0.contains(value) } ? 2 : 1
    }
}

extension Character {
    /// The columns this character takes on a terminal: 0 (combining or control), 1, or 2 (East Asian wide, emoji).
    ///
    /// A character of several scalars (a flag, a family, a letter with accents) is as wide as its widest scalar.
    public var displayWidth: Int {
        var width = 0
        for scalar in unicodeScalars {
            // This selector asks for the coloured picture of a sign that is otherwise narrow text, as in ❤️.
            if scalar.value == 0xFE0F && width > 0 { return 2 }
            width = max(width, scalar.displayWidth)
        }
        return width
    }
}

extension StringProtocol {
    /// The columns this text takes on a terminal.
    ///
    /// Colour sequences count nothing. Tabs and line breaks count nothing either: expand or split them first.
    /// Cost: linear; text of printable ASCII takes a short cut.
    public var displayWidth: Int {
        if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return utf8.count }
        var width = 0
        for case .glyph(let character) in TextPieces(of: self) { width += character.displayWidth }
        return width
    }
}
