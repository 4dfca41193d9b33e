import Glibc
public import YAML

/// Reads scenario files.
public enum ScenarioFile {
    /// Reads a file. At most a mebibyte; see ``parse(text:file:knownTypes:)``.
    public static func parse(
        path: String, knownTypes: [String]? = nil
    ) -> (scenario: Scenario?, diagnostics: [Diagnostic]) {
        do {
            return parse(try YAMLDocument(contentsOf: path), knownTypes: knownTypes)
        } catch {
            return refuse(error, text: error.code == .unreadable || error.code == .tooLarge ? "" : contents(of: path))
        }
    }

    /// Reads text, and finds all its mistakes in one pass, up to 50.
    ///
    /// - Parameters:
    ///   - file: the name that spans carry; nothing is opened.
    ///   - knownTypes: the message types that have a contract; nil leaves types unchecked.
    /// - Returns: the scenario, nil if a diagnostic is an error; the diagnostics in the file's order.
    public static func parse(
        text: String, file: String, knownTypes: [String]? = nil
    ) -> (scenario: Scenario?, diagnostics: [Diagnostic]) {
        do {
            return parse(try YAMLDocument(text: text, file: file), knownTypes: knownTypes)
        } catch {
            return refuse(error, text: text)
        }
    }

    /// Reads a document that has been read as YAML.
    public static func parse(
        _ document: YAMLDocument, knownTypes: [String]? = nil
    ) -> (scenario: Scenario?, diagnostics: [Diagnostic]) {
        var parser = ScenarioParser(
            source: String(decoding: document.utf8, as: UTF8.self), knownTypes: knownTypes)
        let scenario = parser.scenario(document.root)
        return (parser.diagnostics.hasErrors ? nil : scenario, parser.diagnostics.sorted())
    }

    /// A file that is no YAML has one mistake: after it nothing can be told apart.
    private static func refuse(_ error: YAMLError, text: String) -> (Scenario?, [Diagnostic]) {
        let code: DiagnosticCode =
            switch error.code {
            case .unreadable, .tooLarge: .unreadable
            case .duplicateKey: .duplicateKey
            default: .notYAML
            }
        let place = { SourceSpan(file: error.file, range: SourceRange(start: $0, end: $0)) }
        var list = DiagnosticList(source: text)
        let note = error.related.map {
            Diagnostic.Note(
                error.code == .duplicateKey ? "the first is here" : "what is wrong begins here", at: place($0))
        }
        list.add(code, error.message, at: place(error.position), notes: note.map { [$0] } ?? [])
        return (nil, list.sorted())
    }

    /// The text of a file that is no YAML, for showing its line; what cannot be read is empty.
    private static func contents(of path: String) -> String {
        guard let stream = fopen(path, "re") else { return "" }
        defer { fclose(stream) }
        var bytes = [UInt8](repeating: 0, count: YAMLLimits.default.bytes)
        let count = fread(&bytes, 1, bytes.count, stream)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
