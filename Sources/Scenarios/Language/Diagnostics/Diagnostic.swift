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
            self.message = message
            self.span = span
        }
    }

    /// The kind of mistake.
    public let code: DiagnosticCode
    /// How bad it is.
    public let severity: Severity
    /// What is wrong, a sentence without a full stop. It never shows the last digits of a personal number.
    public let message: String
    /// Where.
    public let span: SourceSpan
    /// What to write instead, shown behind the carets; nil if that is not clear.
    public let hint: String?
    /// Further places.
    public internal(set) var notes: [Note]
    /// How the place came into the scenario: uses of groups and includes, the innermost first.
    public internal(set) var trail: [Trace] = []
    /// The line of the file, with whatever may be a personal number hidden; nil if the file was not read.
    public internal(set) var sourceLine: String?

    /// One step of the way from the scenario's file to a place in another.
    public struct Trace: Hashable, Sendable {
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

    /// A diagnostic with every part given.
    public init(
        _ code: DiagnosticCode, _ message: String, at span: SourceSpan, hint: String? = nil, notes: [Note] = [],
        severity: Severity = .error
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.span = span
        self.hint = hint
        self.notes = notes
    }
}
