import Files
import YAML

extension DiagnosticList {
    /// A file that is no YAML has one mistake: after it nothing can be told apart.
    mutating func add(_ error: YAMLError) {
        let code: DiagnosticCode =
            switch error.code {
            case .unreadable: .unreadable
            case .tooLarge, .tooDeep, .tooManyNodes: .tooLarge
            case .duplicateKey: .duplicateKey
            default: .notYAML
            }
        let place = { SourceSpan(file: error.file, range: SourceRange(start: $0, end: $0)) }
        let note = error.related.map {
            Diagnostic.Note(
                error.code == .duplicateKey ? "the first is here" : "what is wrong begins here", at: place($0))
        }
        add(code, error.message, at: place(error.position), notes: note.map { [$0] } ?? [])
    }
}

extension SourceLines {
    /// The text of a file that is no YAML, for showing its line; of one that is not to be read, nothing.
    static func contents(of error: YAMLError) -> String {
        guard error.code != .unreadable, error.code != .tooLarge,
            let bytes = try? InputFile.bytes(of: error.file, limit: YAMLLimits.default.bytes)
        else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }
}
