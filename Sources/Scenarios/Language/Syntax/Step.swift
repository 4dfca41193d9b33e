public import LifeEvents

/// One entry of `steps`: a message to publish, or something to expect.
public struct Step: Sendable {
    /// What a step does.
    public enum Action: Sendable {
        /// Somebody says something on the bus.
        case publish(Publication)
        /// Something must be seen.
        case expect(Expectation)
    }

    /// Its id; a step without one is named by its place, as `step-3`.
    public let id: Located<String>
    /// When it is done; nil for an expectation, which has a window instead.
    public let at: TimeExpression?
    /// What it does.
    public let action: Action
    /// The whole entry.
    public let span: SourceSpan
}

/// A message that the scenario itself puts on the bus.
public struct Publication: Sendable {
    /// The message type.
    public let type: Located<String>
    /// Who says it; `citizen` for a filing.
    public let source: AgencyID
    /// Whom it is about.
    public let subject: Located<String>
    /// When it happened, if that is not when it is said.
    public let occurred: TimeExpression?
    /// The payload, a map.
    public let data: DataNode
}

/// Something that must be seen on the bus or by a citizen.
public struct Expectation: Sendable {
    /// What must be seen.
    public enum Kind: Sendable {
        /// A message comes.
        case message(MessagePattern)
        /// No such message comes.
        case none(MessagePattern)
        /// A tile reaches a code.
        case status(TilePattern)
        /// So many such messages come.
        case count(MessagePattern, equals: Located<Int>)
    }

    /// What must be seen.
    public let kind: Kind
    /// The publishing step from whose instant the window runs: the one named by `after`, else the nearest before this;
    /// nil: from the start.
    public let after: Located<String>?
    /// The end of the window.
    public let deadline: Deadline
    /// The value of `expect`.
    public let span: SourceSpan
}

/// Which messages are meant; what is nil matches anything.
public struct MessagePattern: Sendable {
    /// The message type.
    public let type: Located<String>
    /// Whom it is about.
    public let subject: Located<String>?
    /// Who says it.
    public let source: Located<AgencyID>?
    /// What the payload must contain; it may contain more. A map.
    public let data: DataNode?
}

/// Which row of a citizen's page is meant, and what it must say.
public struct TilePattern: Sendable {
    /// Whose tile it is.
    public let holder: Located<String>
    /// Its name, as `child-benefit`.
    public let tile: Located<String>
    /// Whose row is meant; nil: any agency's.
    public let agency: Located<AgencyID>?
    /// `U1` to `U11`.
    public let code: Located<String>
}

/// The end of an expectation's window. The instant itself belongs to the window; a time without a clock time means the
/// end of that day.
public enum Deadline: Sendable {
    /// So long after the window's start.
    case within(Located<TimeSpan>)
    /// At the latest then.
    case by(TimeExpression)
    /// Over the whole time until then.
    case until(TimeExpression)
    /// The end of the run.
    case end
}
