/// Why the messages that a scenario publishes itself cannot have ids.
public struct ScriptError: Error, Sendable, CustomStringConvertible {
    /// The opening fact or step.
    public let span: SourceSpan
    /// The limit that it passes, one sentence.
    public let reason: String

    init(span: SourceSpan, reason: String) {
        self.span = span
        self.reason = reason
    }

    /// `file:line:column: ` and the sentence.
    public var description: String { "\(span): \(reason)" }
}
