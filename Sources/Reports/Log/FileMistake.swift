public import Scenarios
import Terminal
import YAML

/// A mistake in a file for which nothing was played, as every report of the run tells it.
public struct FileMistake: Codable, Sendable, Equatable {
    /// The kind, as `E012`; nil for what no kind is of.
    public var code: String?
    /// What is wrong, a sentence without a full stop.
    public var message: String
    /// What to write instead; nil if that is not clear.
    public var hint: String?
    /// The file.
    public var file: String
    /// Where it begins and ends, lines and columns from 1.
    public var line: Int
    /// The first column.
    public var column: Int
    /// The last line.
    public var endLine: Int
    /// The column behind the last.
    public var endColumn: Int

    /// What the language found.
    public init(_ diagnostic: Diagnostic) {
        let range = diagnostic.span.range
        code = diagnostic.code.rawValue
        message = diagnostic.message
        hint = diagnostic.hint
        file = diagnostic.span.file.escapedLine
        (line, column) = (range.start.line, range.start.column)
        (endLine, endColumn) = (range.end.line, range.end.column)
    }

    /// What only the run as a whole shows.
    public init(_ message: String, file: String, line: Int = 1, column: Int = 1) {
        self.message = message.escapedLine
        self.file = file.escapedLine
        (self.line, self.column, endLine, endColumn) = (line, column, line, column)
    }

    /// `file:line:column`.
    public var place: String { "\(file):\(line):\(column)" }

    /// `error[E012]: move.yaml:57:72: unknown key `witin` in expect (did you mean `within`?)`
    var text: String { "error\(code.map { "[\($0)]" } ?? ""): \(place): \(sentence)" }

    /// What is wrong, and what to write instead.
    var sentence: String { message + (hint.map { " (\($0))" } ?? "") }

    func escaped() -> FileMistake {
        var mistake = self
        mistake.code = code?.escapedLine
        mistake.message = message.escapedLine
        mistake.hint = hint?.escapedLine
        mistake.file = file.escapedLine
        return mistake
    }
}
