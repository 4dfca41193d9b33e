import JSON
import Terminal
import YAML

extension DiagnosticReport {
    /// A log in the format SARIF 2.1.0, with one rule for each code of the language.
    ///
    /// - Parameter version: the program's.
    public func sarif(version: String) -> String {
        var writer = JSONWriter(pretty: true)
        writer.object {
            $0.field("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
            $0.field("version", "2.1.0")
            $0.array("runs") { run(&$0, version) }
        }
        return EscapedText.json(writer.text) + "\n"
    }

    private func run(_ writer: inout JSONWriter, _ version: String) {
        writer.object {
            $0.object("tool") {
                $0.object("driver") {
                    $0.field("name", "livsbuss")
                    $0.field("semanticVersion", version)
                    $0.array("rules") { writer in
                        for code in DiagnosticCode.allCases { rule(code, &writer) }
                    }
                }
            }
            $0.field("columnKind", "unicodeCodePoints")
            $0.array("results") { writer in
                for diagnostic in diagnostics { result(diagnostic, &writer) }
            }
        }
    }

    private func rule(_ code: DiagnosticCode, _ writer: inout JSONWriter) {
        let explanation = code.explanation
        writer.object {
            $0.field("id", code.rawValue)
            $0.field("name", "\(code)")
            $0.object("shortDescription") { $0.field("text", explanation.title) }
            $0.object("fullDescription") { $0.field("text", explanation.meaning) }
            $0.object("help") { $0.field("text", explanation.fix) }
        }
    }

    private func result(_ diagnostic: Diagnostic, _ writer: inout JSONWriter) {
        writer.object {
            $0.field("ruleId", diagnostic.code.rawValue)
            $0.key("ruleIndex")
            $0.int(Int64(DiagnosticCode.allCases.firstIndex(of: diagnostic.code) ?? 0))
            $0.field("level", diagnostic.severity.rawValue)
            $0.object("message") {
                $0.field("text", diagnostic.message + (diagnostic.hint.map { " (\($0))" } ?? ""))
            }
            $0.array("locations") { $0.location(diagnostic.span, nil) }
            let related =
                diagnostic.notes.compactMap { note in note.span.map { ($0, note.message) } }
                + diagnostic.trail.map { ($0.span, $0.kind.rawValue + " here") }
            guard !related.isEmpty else { return }
            $0.array("relatedLocations") { writer in
                for (span, message) in related { writer.location(span, message) }
            }
        }
    }
}

extension JSONWriter {
    fileprivate mutating func object(_ name: String? = nil, _ body: (inout JSONWriter) -> Void) {
        if let name { key(name) }
        beginObject()
        body(&self)
        endObject()
    }

    fileprivate mutating func array(_ name: String, _ body: (inout JSONWriter) -> Void) {
        key(name)
        beginArray()
        body(&self)
        endArray()
    }

    fileprivate mutating func field(_ name: String, _ value: String) {
        key(name)
        string(value)
    }

    fileprivate mutating func location(_ span: SourceSpan, _ message: String?) {
        object {
            $0.object("physicalLocation") {
                $0.object("artifactLocation") { $0.field("uri", Self.uri(span.file)) }
                $0.object("region") { writer in
                    for (name, value) in [
                        ("startLine", span.range.start.line), ("startColumn", span.range.start.column),
                        ("endLine", span.range.end.line), ("endColumn", span.range.end.column),
                    ] {
                        writer.key(name)
                        writer.int(Int64(value))
                    }
                }
            }
            if let message { $0.object("message") { $0.field("text", message) } }
        }
    }

    /// A path as a URI reference: relative paths stay relative.
    private static func uri(_ path: String) -> String {
        var result = path.hasPrefix("/") ? "file://" : ""
        for byte in path.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 47, 95, 126: result.unicodeScalars.append(Unicode.Scalar(byte))
            default: result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }
}
