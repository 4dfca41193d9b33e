/// One value of a document with the place it was written at.
///
/// Nothing is guessed about types: `0180`, `NO` and `12:30` are text, and the reader above decides what they mean.
public struct YAMLNode: Sendable {
    /// What a value can be.
    public enum Content: Sendable {
        /// Text, unescaped and unfolded, and how it was written.
        case scalar(text: String, style: YAMLScalarStyle)
        /// A list.
        case sequence([YAMLNode])
        /// Keys with values, in the file's order; keys are scalars and none is there twice.
        case mapping([YAMLEntry])
    }

    /// The value itself.
    public let content: Content
    /// Where it stands, quotes and brackets included.
    public let range: SourceRange
    /// The file, as it was named to the document.
    public let file: String

    /// A value at a place.
    public init(content: Content, range: SourceRange, file: String) {
        self.content = content
        self.range = range
        self.file = file
    }
}

/// A key and its value.
public struct YAMLEntry: Sendable {
    /// The key, a scalar.
    public let key: YAMLNode
    /// The value; see ``YAMLNode/isPlainEmpty`` for a key that has none.
    public let value: YAMLNode

    /// A key and its value.
    public init(key: YAMLNode, value: YAMLNode) {
        self.key = key
        self.value = value
    }

    /// The key's text.
    public var name: String { key.scalar ?? "" }
}

/// How a scalar was written.
public enum YAMLScalarStyle: Sendable {
    /// Without quotes.
    case plain
    /// `'…'`
    case singleQuoted
    /// `"…"`
    case doubleQuoted
    /// `|`, line breaks kept.
    case literal
    /// `>`, line breaks folded.
    case folded
}

extension YAMLNode {
    /// The text of a scalar, else nil.
    public var scalar: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    /// The style of a scalar, else nil.
    public var style: YAMLScalarStyle? {
        if case .scalar(_, let style) = content { style } else { nil }
    }

    /// The items of a sequence, else nil.
    public var items: [YAMLNode]? {
        if case .sequence(let items) = content { items } else { nil }
    }

    /// The entries of a mapping, else nil.
    public var entries: [YAMLEntry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// The entry of a mapping with that key; nil when there is none or this is no mapping. Looks at each entry.
    public func entry(named name: String) -> YAMLEntry? {
        entries?.first { $0.key.scalar == name }
    }

    /// Whether nothing was written, as after a key without a value. `""` is something.
    public var isPlainEmpty: Bool {
        if case .scalar("", .plain) = content { true } else { false }
    }
}
