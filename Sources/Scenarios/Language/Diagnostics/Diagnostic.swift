import Terminal

/// Something that is wrong in a scenario file, with what a person needs to find and mend it.
public struct Diagnostic: Sendable {
    /// How bad it is.
    public enum Severity: String, Sendable {
        /// The scenario cannot be run.
        case error
        /// It can be run, but probably does not say what was meant.
        case warning
    }

    /// A further place that explains the first.
    public struct Note: Sendable {
        /// The place; nil for a note about the whole.
        public let span: SourceSpan?
        /// A sentence without a full stop.
        public let message: String

        /// A note about a place.
        public init(_ message: String, at span: SourceSpan? = nil) {
            self.message = message.escapedLine
            self.span = span
        }
    }

    /// The kind of mistake.
    public let code: DiagnosticCode
    /// How bad it is.
    public let severity: Severity
    /// What is wrong, a sentence without a full stop. It never shows the last digits of a personal number.
    public private(set) var message: String
    /// Where.
    public let span: SourceSpan
    /// What to write instead, shown behind the carets; nil if that is not clear.
    public private(set) var hint: String?
    /// Further places.
    public internal(set) var notes: [Note]
    /// How the place came into the scenario: uses of groups and includes, the innermost first.
    public internal(set) var trail: [Passage] = []
    /// The line of the file, of a long one the part around the place, with whatever may be a personal number hidden; nil
    /// if the file was not read.
    public internal(set) var sourceLine: String?
    /// How many columns of the line are left out before ``sourceLine``.
    public internal(set) var droppedColumns = 0

    /// One step of the way from the scenario's file to a place in another.
    public struct Passage: Hashable, Sendable {
        /// How the way goes on.
        public enum Kind: String, Sendable {
            case included = "included from"
            case used = "used at"
        }

        /// Include or use.
        public let kind: Kind
        /// The entry of `include`, or the step with `use`.
        public let span: SourceSpan
    }

    /// Without what a person would not read: a name in the file may be a megabyte long.
    func shortened() -> Diagnostic {
        var result = self
        if message.utf8.count > 500 { result.message = message.prefix(400) + "…" }
        if let hint, hint.utf8.count > 500 { result.hint = hint.prefix(400) + "…" }
        return result
    }

    /// A diagnostic with every part given. What the message and the hint quote of the file is escaped here, so that it is
    /// harmless wherever the diagnostic is shown.
    public init(
        _ code: DiagnosticCode, _ message: String, at span: SourceSpan, hint: String? = nil, notes: [Note] = [],
        severity: Severity = .error
    ) {
        self.code = code
        self.severity = severity
        self.message = message.escapedLine
        self.span = span
        self.hint = hint?.escapedLine
        self.notes = notes
    }
}
