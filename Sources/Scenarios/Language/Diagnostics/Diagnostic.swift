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
    public let notes: [Note]
    /// The line of the file, with whatever may be a personal number hidden; nil if the file was not read.
    public internal(set) var sourceLine: String?

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

/// The kinds of mistakes; the raw value is shown, and never changes its meaning.
public enum DiagnosticCode: String, Sendable, CaseIterable {
    /// The file cannot be read.
    case unreadable = "E001"
    /// The file is not the YAML that is read here.
    case notYAML = "E002"
    /// A key is written twice.
    case duplicateKey = "E003"
    /// More mistakes than are shown.
    case tooMany = "E004"
    /// A list where a map is wanted, and the like.
    case wrongKind = "E010"
    /// A key that must be there is not.
    case missingKey = "E011"
    /// A key that means nothing here.
    case unknownKey = "E012"
    /// A value that the key does not take.
    case badValue = "E013"
    /// Keys that exclude each other.
    case conflictingKeys = "E014"
    /// A version of the language that is not read.
    case unknownVersion = "E015"
    /// A date that does not exist.
    case badDate = "E020"
    /// The day of the week is not the date's.
    case wrongWeekday = "E021"
    /// No time expression.
    case badTime = "E022"
    /// A step that is not in the file.
    case unknownStep = "E023"
    /// Two steps with one id.
    case duplicateStep = "E024"
    /// A step before the one above it, or before the start.
    case backInTime = "E025"
    /// A time that cannot be counted from there.
    case badAnchor = "E026"
    /// A person that is not declared.
    case unknownPerson = "E030"
    /// A personal number that cannot be one.
    case badNumber = "E031"
    /// A message type that no contract has.
    case unknownType = "E040"
    /// No agency.
    case unknownAgency = "E041"
    /// An agency that may not say this, or nobody to say it.
    case wrongSource = "E042"
}
