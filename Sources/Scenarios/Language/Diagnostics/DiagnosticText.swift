import Terminal
import YAML

extension Diagnostic: CustomStringConvertible {
    /// The diagnostic as a person reads it on a terminal: the message, the place, the line with carets, the notes.
    ///
    /// No line break at the end, no colours.
    public var description: String {
        let number = String(span.range.start.line)
        let pad = String(repeating: " ", count: number.utf8.count)
        var text = "\(severity.rawValue)[\(code.rawValue)]: \(message)\n\(pad)--> \("\(span)".escapedLine)"
        if let sourceLine {
            text += "\n\(number) | \(sourceLine)\n\(pad) | \(carets(under: sourceLine))"
            if let hint { text += " \(hint)" }
        } else if let hint {
            text += "\n\(pad) \(hint)"
        }
        for note in notes {
            text += "\n\(pad) note: \(note.message)"
            if let place = note.span { text += " (\("\(place)".escapedLine))" }
        }
        for trace in trail { text += "\n\(pad) \(trace.kind.rawValue) \("\(trace.span)".escapedLine)" }
        return text
    }

    /// Carets under the part of the range that is on its first line. Columns count scalars, the terminal counts cells.
    private func carets(under line: String) -> String {
        let scalars = line.unicodeScalars
        let (start, end) = (span.range.start, span.range.end)
        let column = max(0, start.column - 1 - droppedColumns)
        let before = scalars.prefix(column)
        let marked = scalars.dropFirst(column)
            .prefix(end.line == start.line ? max(0, end.column - start.column) : .max)
        let width = max(1, String(Substring.UnicodeScalarView(marked)).displayWidth)
        return String(repeating: " ", count: String(Substring.UnicodeScalarView(before)).displayWidth)
            + String(repeating: "^", count: width)
    }
}
