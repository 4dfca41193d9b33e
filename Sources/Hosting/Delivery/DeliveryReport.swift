public import LifeEvents

/// One message and one reader: when it learns it, and how. Told in runs with a plane, to who wants it.
public struct DeliveryReport: Sendable {
    /// What became of it.
    public enum Outcome: String, Sendable {
        /// The reader was told.
        case heard
        /// Created and annulled within one window: the extract never showed it.
        case collapsed
        /// On its way when the world ended.
        case open
        /// No channel brings it.
        case never
    }

    /// The message.
    public var message: EventID
    /// Its type's name.
    public var type: String
    /// Whom it is about.
    public var subject: Subject
    /// The world.
    public var world: Int32
    /// Who reads.
    public var agency: AgencyID
    /// The branch that reads.
    public var branch: Branch
    /// What the message does to a fact; nil: a new one.
    public var change: ChangeType?
    /// The message that it changes.
    public var previous: EventID?
    /// When it happened in the world.
    public var occurred: Instant
    /// When the message was on the bus.
    public var said: Instant
    /// When the reader knows; nil: not before the world's end.
    public var known: Instant?
    /// The channel.
    public var channel: String
    /// The plane's row: `silo.yaml:13`.
    public var row: String
    /// Whether the reading leaves purpose and case in a log.
    public var isLogged: Bool
    /// What became of it.
    public var outcome: Outcome
}
