/// Swift code line by line, in the form that `swift format` gives it.
struct SwiftText {
    /// The longest line, in characters, as `.swift-format` says.
    static let width = 120

    private(set) var text = ""

    /// A line at some depth of four spaces; an empty one has none.
    mutating func line(_ code: String = "", _ depth: Int = 0) {
        text += code.isEmpty ? "\n" : String(repeating: " ", count: depth * 4) + code + "\n"
    }

    /// A documentation comment, broken between words.
    mutating func doc(_ sentence: String, _ depth: Int = 0) {
        let room = Self.width - depth * 4 - 4
        for row in Self.fill(sentence.split(whereSeparator: \.isWhitespace).map(String.init), room) {
            line("/// " + row, depth)
        }
    }

    /// A list in brackets: on one line if it fits there, else indented and filled.
    mutating func list(_ opening: String, _ items: [String], _ closing: String, _ depth: Int) {
        let one = opening + items.joined(separator: ", ") + closing
        guard depth * 4 + one.count > Self.width else { return line(one, depth) }
        line(opening, depth)
        let separated = items.enumerated().map { $0.offset < items.count - 1 ? $0.element + "," : $0.element }
        for row in Self.fill(separated, Self.width - (depth + 1) * 4) { line(row, depth + 1) }
        line(closing, depth)
    }

    /// A list over several lines whatever its length, with a comma after the last.
    mutating func rows(_ opening: String, _ items: [String], _ closing: String, _ depth: Int) {
        line(opening, depth)
        for row in Self.fill(items.map { $0 + "," }, Self.width - (depth + 1) * 4) { line(row, depth + 1) }
        line(closing, depth)
    }

    /// Words in as few rows of some width as they need; a longer word has a row of its own.
    private static func fill(_ words: [String], _ width: Int) -> [String] {
        var rows: [String] = []
        for word in words {
            if let last = rows.last, last.count + 1 + word.count <= width {
                rows[rows.count - 1] = last + " " + word
            } else {
                rows.append(word)
            }
        }
        return rows
    }

    /// A text as a literal.
    static func literal(_ text: String) -> String {
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": literal += "\\\""
            case "\\": literal += "\\\\"
            case "\n": literal += "\\n"
            case "\r": literal += "\\r"
            case "\t": literal += "\\t"
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "\""
    }
}
