public import LifeEvents

/// A message of the journal.
public struct MessageRow: Hashable, Sendable {
    /// Its place in the journal, from 1.
    public var sequence: Int64
    /// The id the run knows it by.
    public var id: EventID
    /// The instant at which it was on the bus.
    public var instant: Instant
    /// The topic's full name.
    public var topic: String
    /// The case of the run; -1 for none.
    public var world: Int32
    /// Whether it came from outside the run.
    public var isOutside: Bool
    /// Whether it is a dead letter.
    public var isDeadLetter: Bool
    /// The attribute `type`; this and all that follows is nil where the value does not say it.
    public var type: String?
    /// The agency's id, or the attribute `source` if it names no agency.
    public var source: String?
    /// Whom it is about.
    public var subject: Subject?
    /// The attribute `time`.
    public var time: Instant?
    /// The attribute `occurredat`.
    public var occurredAt: Instant?
    /// `CORRECTED`, `ANNULLED` or `CEASED`.
    public var changeType: String?
    /// The predecessor in the fact chain.
    public var previous: EventID?
    /// What caused it.
    public var cause: EventID?
    /// The journey it belongs to.
    public var journey: EventID?
    /// The record's value as it was on the bus.
    public var value: [UInt8]

    /// The agency that sent it; nil if the source names none.
    public var agency: AgencyID? { source.flatMap { AgencyID($0) } }
}

/// Somebody, or something, that messages are about.
public struct PersonRow: Hashable, Sendable {
    /// The key on the bus.
    public var key: Subject
    /// The case of the run; -1 if it was not told.
    public var world: Int32
    /// The name in the scenario; empty if it was not told.
    public var name: String
    /// The scenario; empty if it was not told.
    public var scenario: String
    /// The case's name; empty if it was not told.
    public var caseName: String
}

/// A case of the run.
public struct WorldRow: Hashable, Sendable {
    /// Its number.
    public var world: Int32
    /// Its name.
    public var name: String
    /// The scenario it is a case of.
    public var scenario: String
}
