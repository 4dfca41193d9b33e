public import LifeEvents

/// An event as a river sees it: the envelope and the typed data.
public struct Event<Data: LifeEvent>: Sendable {
    /// The CloudEvents attributes.
    public let envelope: EventEnvelope
    /// What the event says.
    public let data: Data
    /// Where a chain notes that it keeps the event; nil: nobody asks.
    @usableFromInline let chainNote: ChainNote?
    /// The values that rules have in the run.
    @usableFromInline let rules: RuleValues

    /// An event by its parts.
    @inlinable package init(
        envelope: EventEnvelope, data: Data, chainNote: ChainNote? = nil, rules: RuleValues = RuleValues()
    ) {
        self.envelope = envelope
        self.data = data
        self.chainNote = chainNote
        self.rules = rules
    }

    /// The event's id.
    @inlinable public var id: EventID { envelope.id }
    /// Whom it is about.
    @inlinable public var subject: Subject { envelope.subject }
    /// Who speaks; nil for an outsider that is no agency.
    @inlinable public var source: AgencyID? { envelope.source }
    /// The day it became known, in Stockholm.
    public var knownOn: Day { Stockholm.day(of: envelope.time) }
    /// The day it happened, in Stockholm.
    public var occurredOn: Day { Stockholm.day(of: envelope.validFrom) }
    /// How it stands to its predecessor; nil: a new fact.
    @inlinable public var change: ChangeType? { envelope.change }
    /// The predecessor in the fact chain.
    @inlinable public var previous: EventID? { envelope.previousID }
    /// What the data may be used for, where the topic allows more than one purpose.
    public var purpose: Purpose? { envelope.purpose }
}
