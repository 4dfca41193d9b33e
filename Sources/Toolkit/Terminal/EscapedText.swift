/// Makes text that others wrote harmless where it is shown: nobody's message moves the cursor, turns the direction of a
/// line, begins a line of its own or gives a build server an order.
///
/// Written as `\u001B` are: control characters (C0, DEL and C1), the line and paragraph separators, marks and controls of
/// writing direction, the byte order mark and interlinear annotations. Of the beginnings of commands that build servers
/// look for in a log (`::` at the start of a line, `##[`, `##vso[`, `##teamcity[`) one character is written so.
public enum EscapedText {
    /// A text in one line: line breaks and tabs are written as `\n`, `\r` and `\t`. What is escaped stays as it is.
    public static func line(_ text: String) -> String {
        guard text.utf8.contains(where: { !(0x20..<0x7F).contains($0) || $0 == UInt8(ascii: "#") }) else { return text }
        var escaper = Escaper(isOneLine: true, keepsStyles: false)
        return escaper.escape(text)
    }

    /// The text of a JSON document that means the same: inside its strings the characters are written as JSON escapes.
    ///
    /// Line breaks between values stay; in strings JSON has none.
    public static func json(_ text: String) -> String {
        var text = text
        guard text.withUTF8({ needsEscapesInJSON(UnsafeRawBufferPointer($0)) }) else { return text }
        // What is escaped can only stand in strings, and the escapes are those of JSON.
        var escaper = Escaper(isOneLine: false, keepsStyles: false)
        return escaper.escape(text)
    }

    /// Whether ``json(_:)`` may change a text of these bytes: quick, and never wrongly no.
    ///
    /// Takes bytes and no sequence: of every record of a run log it is asked, and a sequence's iterator took a tenth of a run.
    public static func needsEscapesInJSON(_ utf8: UnsafeRawBufferPointer) -> Bool {
        for byte in utf8 {
            switch byte {
            // A hash, DEL, and the first bytes of the characters beyond ASCII that are escaped.
            case UInt8(ascii: "#"), 0x7F, 0xC2, 0xD8, 0xE2, 0xEF: return true
            default: break
            }
        }
        return false
    }

    /// A text of the same number of scalars with `�` in the place of each that is not shown.
    public static func masked(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { result.append(isUnsafe(scalar) ? "\u{FFFD}" : scalar) }
        return String(result)
    }

    /// Whether a text has a character that is escaped wherever it stands.
    public static func isNeeded(_ text: String) -> Bool { text.unicodeScalars.contains(where: isUnsafe) }

    /// Whether a character is escaped wherever it stands.
    public static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x20, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFF9...0xFFFB:
            true
        default: false
        }
    }

    /// All characters that are escaped lie below 0x10000, so four digits do.
    static func number(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "\\u" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
}

extension String {
    /// The text in one line, harmless to show: see ``EscapedText/line(_:)``.
    public var escapedLine: String { EscapedText.line(self) }
}

/// Escapes a text piece by piece; knows from piece to piece where in a line it stands.
struct Escaper {
    private enum Colons {
        /// Nothing but space so far in the line.
        case none
        case one
        case past
    }

    private enum Hashes {
        case none
        case one
        /// Two, and perhaps letters behind them.
        case two
    }

    /// Whether line breaks and tabs are escaped too.
    let isOneLine: Bool
    /// Whether colour sequences are let through.
    let keepsStyles: Bool
    private var colons: Colons
    private var hashes = Hashes.none

    init(isOneLine: Bool, keepsStyles: Bool) {
        self.isOneLine = isOneLine
        self.keepsStyles = keepsStyles
        // A piece of a line has no start; what it is put into is looked at again when it is written.
        colons = isOneLine ? .past : .none
    }

    mutating func escape(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.first {
            if keepsStyles, let length = Self.styleLength(rest) {
                result.append(contentsOf: rest.prefix(length))
                rest.removeFirst(length)
                continue
            }
            rest.removeFirst()
            if let replacement = replacement(scalar) {
                result.append(contentsOf: replacement.unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    private mutating func replacement(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "\n" where !isOneLine:
            (colons, hashes) = (.none, .none)
            return nil
        case "\t" where !isOneLine: return nil
        case "\n": return "\\n"
        case "\t": return "\\t"
        case "\r": return "\\r"
        default: break
        }
        if EscapedText.isUnsafe(scalar) {
            (colons, hashes) = (.past, .none)
            return EscapedText.number(scalar)
        }
        let isCommand = scalar == ":" && colons == .one || scalar == "[" && hashes == .two
        note(scalar)
        return isCommand ? EscapedText.number(scalar) : nil
    }

    private mutating func note(_ scalar: Unicode.Scalar) {
        if scalar == ":" {
            colons = colons == .none ? .one : .past
        } else if scalar != " " || colons == .one {
            colons = .past
        }
        switch (scalar, hashes) {
        case ("#", .none): hashes = .one
        case ("#", _): hashes = .two
        case ("a"..."z", .two), ("A"..."Z", .two): break
        default: hashes = .none
        }
    }

    /// How many scalars a colour sequence at the start takes: `ESC [`, numbers and semicolons, `m`.
    private static func styleLength(_ text: Substring.UnicodeScalarView) -> Int? {
        guard text.first == "\u{1B}", text.dropFirst().first == "[" else { return nil }
        var length = 2
        for scalar in text.dropFirst(2).prefix(20) {
            length += 1
            if scalar == "m" { return length }
            guard ("0"..."9").contains(scalar) || scalar == ";" else { return nil }
        }
        return nil
    }
}
