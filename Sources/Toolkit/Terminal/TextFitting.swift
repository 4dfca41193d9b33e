/// The side of a field that text is set against.
public enum TextAlignment: Sendable {
    case left, right
}

extension StringProtocol {
    /// The text with spaces added until it takes `width` columns; longer text is returned as it is.
    public func padded(to width: Int, _ alignment: TextAlignment = .left) -> String {
        let filling = String(repeating: " ", count: Swift.max(0, width - displayWidth))
        return alignment == .left ? self + filling : filling + self
    }

    /// The text as a cell of a column: filled up to `width`, and parted by one space from what follows where it is as long.
    public func cell(_ width: Int) -> String { displayWidth < width ? padded(to: width) : self + " " }

    /// The text cut to at most `width` columns, with `marker` in the last one if anything was cut away.
    ///
    /// Colour sequences behind the cut are kept, so a style that was begun is also ended.
    public func truncated(to width: Int, marker: Character = "…") -> String {
        guard displayWidth > width else { return String(self) }
        var room = width - marker.displayWidth
        var isCut = false
        var result = ""
        for piece in TextPieces(of: self) {
            switch piece {
            case .escape(let sequence):
                result += sequence
            case .glyph(let character):
                guard !isCut else { continue }
                let columns = character.displayWidth
                if columns <= room {
                    result.append(character)
                    room -= columns
                } else {
                    isCut = true
                    if room >= 0 { result.append(marker) }
                }
            }
        }
        return result
    }

    /// The text broken between words into lines of at most `width` columns.
    ///
    /// - Parameters:
    ///   - width: The columns of a line, its indent included. A word longer than a line stands alone, unbroken.
    ///   - indent: Spaces before the first line, and before each line that follows a line break in the text.
    ///   - hangingIndent: Spaces before the other lines; as `indent` unless given.
    public func wrapped(to width: Int = 80, indent: Int = 0, hangingIndent: Int? = nil) -> [String] {
        let first = String(repeating: " ", count: indent)
        let other = String(repeating: " ", count: hangingIndent ?? indent)
        var lines: [String] = []
        for paragraph in split(separator: "\n", omittingEmptySubsequences: false) {
            var line = first
            var columns = indent
            var isEmpty = true
            for word in paragraph.split(whereSeparator: { $0 == " " || $0 == "\t" }) {
                let wordColumns = word.displayWidth
                if !isEmpty && columns + 1 + wordColumns > width {
                    lines.append(line)
                    line = other
                    columns = other.utf8.count
                    isEmpty = true
                }
                if !isEmpty {
                    line += " "
                    columns += 1
                }
                line += word
                columns += wordColumns
                isEmpty = false
            }
            lines.append(isEmpty ? "" : line)
        }
        return lines
    }
}
