/// Texts in Markdown, so that nothing in them is taken for markup.
enum MarkdownText {
    /// A text in a paragraph or a cell.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "|", "\\", "*", "_", "`", "<", "[", "]": result += "\\\(character)"
            case "\n": result += " "
            default: result.append(character)
            }
        }
        return result
    }

    /// A name between backticks; no name of a contract has one.
    static func code(_ text: String) -> String { "`\(text.replacing("`", with: "'"))`" }

    /// A table; cells are Markdown already.
    static func table(_ head: [String], _ rows: [[String]]) -> [String] {
        func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }
        return [line(head), "|" + String(repeating: "---|", count: head.count)] + rows.map(line)
    }
}
