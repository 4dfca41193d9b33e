package import AgencyKit
public import JSON
public import LifeEvents

/// A timer of a case that fell due.
public struct TimerReport: Sendable {
    /// Whose case it is.
    public var agency: AgencyID
    /// The branch, where it has cases of its own.
    public let branch: Branch?
    /// Whom the case is about.
    public let subject: Subject
    /// The world; -1 for none.
    public let world: Int32
    /// The timer's name.
    public let name: String
    /// When it was set to fall due.
    public let due: Instant
    /// The instant at which it did.
    public let now: Instant
    /// The message that set it.
    public let setter: EventID
    /// Why its handler failed; nil: it ran.
    public let failure: String?
}

/// A timer that has not fired.
public struct PendingTimer: Sendable {
    /// Whose it is.
    public let agency: AgencyID
    /// Whom its case is about.
    public let subject: Subject
    /// The timer's name.
    public let name: String
    /// When it falls due.
    public let due: Instant
}

/// What a rule is, for those who list rules: coverage, explanations.
public struct RiverDescription: Sendable {
    /// Whose rule it is.
    public let owner: Owner
    /// The rule's name.
    public let name: String
    /// The branch that reads.
    public let branch: Branch
    /// The type it hears.
    public let type: EventType
    /// Whether it hears annulments of the type.
    public let hearsAnnulment: Bool
    /// The sentences of its preconditions: is it mine?
    public let mine: [String]
    /// The sentences of its validations: is it whole?
    public let whole: [String]
    /// Where the rule stands.
    public let file: StaticString
    /// Where the rule stands.
    public let line: Int
    private let concerns: (@Sendable (IncomingEvent) throws -> [AgencyID])?

    /// The agencies of the owner that an event concerns; nil: all. None, if what it says cannot be read.
    public func concerned(_ envelope: EventEnvelope, _ data: JSONValue?) -> [AgencyID]? {
        guard let concerns else { return nil }
        // A rule that cannot say whom an event concerns makes it a dead letter.
        return (try? concerns(IncomingEvent(envelope, data: data))) ?? []
    }

    /// A description by its parts.
    /// - Parameters:
    ///   - branch: the branch that reads; nil: the owner as a whole.
    ///   - concerns: which agencies of the owner an event concerns; nil: all.
    package init(
        owner: Owner, name: String, branch: Branch? = nil, type: EventType, hearsAnnulment: Bool, mine: [String],
        whole: [String],
        file: StaticString, line: Int, concerns: (@Sendable (IncomingEvent) throws -> [AgencyID])? = nil
    ) {
        self.concerns = concerns
        self.owner = owner
        self.name = name
        self.branch = branch ?? Branch(whole: owner)
        self.type = type
        self.hearsAnnulment = hearsAnnulment
        self.mine = mine
        self.whole = whole
        self.file = file
        self.line = line
    }
}
