/// A value of a payload as the file writes it, with its place.
public struct DataNode: Sendable {
    /// What a value can be.
    public enum Content: Sendable {
        /// Text: quoted, or plain and nothing else. `0180`, `NO` and `1e3` are text.
        case text(String)
        /// A plain whole number.
        case int(Int64)
        /// Plain `true` or `false`.
        case bool(Bool)
        /// `$name`: the key of a declared person.
        case person(String)
        /// A time counted from the start or a step, as `birth +3d`: a day, or with a clock time an instant.
        case time(TimeExpression)
        /// A value of a message that an expectation above names with `as`: `$decision.from`.
        case capture(CapturedValue)
        /// A list.
        case list([DataNode])
        /// Keys with values, in the file's order.
        case map([DataEntry])
        /// Conditions that must all hold. Only in what is expected.
        case match([ValueMatcher])
    }

    /// The value itself.
    public let content: Content
    /// Where it stands.
    public let span: SourceSpan

    /// A value at a place.
    public init(content: Content, span: SourceSpan) {
        self.content = content
        self.span = span
    }
}

/// A key of a payload and its value.
public struct DataEntry: Sendable {
    /// The key.
    public let key: Located<String>
    /// The value.
    public let value: DataNode

    /// A key and its value.
    public init(key: Located<String>, value: DataNode) {
        self.key = key
        self.value = value
    }
}
