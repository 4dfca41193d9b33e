public import YAML

/// Lays a file out anew: two spaces a level, lists indented under their key, one space inside and around brackets and
/// before a comment, at most one blank line, and nothing at the ends of lines. Quotes and words stay as they are.
public enum ScenarioFormatter {
    /// Why a file was left alone.
    public enum Problem: Error, CustomStringConvertible {
        /// It has something that the formatter cannot move without changing it.
        case unsupported(SourcePosition, String)
        /// The new text would mean something else: a mistake of the formatter, which has not been written.
        case differs

        /// A sentence for a person.
        public var description: String {
            switch self {
            case .unsupported(let position, let what): "\(position): \(what) cannot be laid out; left as it is"
            case .differs: "the file cannot be laid out without changing it; left as it is"
            }
        }
    }

    /// The text laid out anew. It has been read again and means the same, comments included; laid out again it stays.
    public static func format(_ document: YAMLDocument) throws(Problem) -> String {
        var layout = Layout(document)
        try layout.emit()
        let text = layout.text
        guard let again = try? YAMLDocument(text: text, file: document.file), same(again.root, document.root),
            comments(again) == comments(document)
        else { throw .differs }
        return text
    }

    private static func comments(_ document: YAMLDocument) -> [String] {
        YAMLComments.find(in: document).map { Layout.withoutSpaceAtEnd($0.text) }
    }

    private static func same(_ left: YAMLNode, _ right: YAMLNode) -> Bool {
        switch (left.content, right.content) {
        case (.scalar(let a, let style), .scalar(let b, let other)):
            a == b && style == other
        case (.sequence(let a), .sequence(let b)):
            a.count == b.count && zip(a, b).allSatisfy { same($0, $1) }
        case (.mapping(let a), .mapping(let b)):
            a.count == b.count && zip(a, b).allSatisfy { same($0.key, $1.key) && same($0.value, $1.value) }
        default: false
        }
    }
}
