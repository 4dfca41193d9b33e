import JSON
import Terminal
import YAML

/// The diagnostics of many files in the forms that programs read.
public struct DiagnosticReport: Sendable {
    /// The diagnostics, in the order of the files.
    public var diagnostics: [Diagnostic] = []
    /// How many files were checked.
    public var files = 0
    /// How many scenarios they have.
    public var scenarios = 0
    /// How many cases those have.
    public var cases = 0

    /// A report of nothing.
    public init() {}

    /// How many diagnostics are errors.
    public var errorCount: Int { diagnostics.count { $0.severity == .error } }

    /// One JSON object; `schemaVersion` rises when a key changes its meaning.
    public func json() -> String {
        var writer = JSONWriter(pretty: true)
        writer.beginObject()
        for (key, value) in [
            ("schemaVersion", 1), ("files", files), ("scenarios", scenarios), ("cases", cases), ("errors", errorCount),
        ] {
            writer.key(key)
            writer.int(Int64(value))
        }
        writer.key("diagnostics")
        writer.beginArray()
        for diagnostic in diagnostics { diagnostic.write(into: &writer) }
        writer.endArray()
        writer.endObject()
        return EscapedText.json(writer.text)
    }

    /// Workflow commands of GitHub Actions, one a line: they become annotations of the files.
    public func githubAnnotations() -> String {
        diagnostics.map { diagnostic in
            let range = diagnostic.span.range
            let level = diagnostic.severity == .error ? "error" : "warning"
            var message = diagnostic.message
            if let hint = diagnostic.hint { message += " (\(hint))" }
            for trace in diagnostic.trail { message += "\n\(trace.kind.rawValue) \("\(trace.span)".escapedLine)" }
            return "::\(level) file=\(Self.property(diagnostic.span.file)),line=\(range.start.line)"
                + ",endLine=\(range.end.line),col=\(range.start.column),endColumn=\(range.end.column)"
                + ",title=\(diagnostic.code.rawValue)::\(Self.data(message))\n"
        }.joined()
    }

    private static func data(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }

    private static func property(_ text: String) -> String {
        data(text.escapedLine).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}

extension Diagnostic {
    func write(into writer: inout JSONWriter) {
        writer.beginObject()
        for (key, value) in [("code", code.rawValue), ("severity", severity.rawValue), ("message", message)] {
            writer.key(key)
            writer.string(value)
        }
        if let hint {
            writer.key("hint")
            writer.string(hint)
        }
        span.write(into: &writer)
        writer.key("notes")
        writer.beginArray()
        for note in notes {
            writer.beginObject()
            writer.key("message")
            writer.string(note.message)
            note.span?.write(into: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.key("trail")
        writer.beginArray()
        for trace in trail {
            writer.beginObject()
            writer.key("kind")
            writer.string(trace.kind.rawValue)
            trace.span.write(into: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }
}

extension SourceSpan {
    fileprivate func write(into writer: inout JSONWriter) {
        writer.key("file")
        writer.string(file)
        for (key, value) in [
            ("line", range.start.line), ("column", range.start.column), ("endLine", range.end.line),
            ("endColumn", range.end.column),
        ] {
            writer.key(key)
            writer.int(Int64(value))
        }
    }
}
