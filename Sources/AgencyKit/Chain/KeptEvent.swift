public import LifeEvents

/// An event that a case keeps until it may act on it: what is heard of somebody who counts as dead is acted on when the
/// death is annulled.
///
/// ```swift
/// state.meanwhile.append(KeptEvent(event))           // while the death holds
/// for kept in state.meanwhile { try Self.act(&state, kept.event(effects.rules), &effects) }   // once it is annulled
/// ```
/// Without its journey and its cause: what is done then is caused by what lets it be done.
public struct KeptEvent<Data: LifeEvent>: Codable, Equatable, Sendable {
    private let id: EventID
    private let source: AgencyID?
    private let subject: Subject
    private let time: Instant
    private let occurredAt: Instant?
    private let change: ChangeType?
    private let previous: EventID?
    private let purpose: Purpose?
    private let data: Data

    /// What is kept of an event.
    public init(_ event: Event<Data>) {
        let envelope = event.envelope
        id = envelope.id
        source = envelope.source
        subject = envelope.subject
        time = envelope.time
        occurredAt = envelope.occurredAt
        change = envelope.change
        previous = envelope.previousID
        purpose = envelope.purpose
        data = event.data
    }

    /// The event anew.
    /// - Parameter rules: the values that rules have in the run; see ``Effects``.
    public func event(_ rules: RuleValues) -> Event<Data> {
        Event(
            envelope: EventEnvelope(
                id: id, source: source, subject: subject, time: time, occurredAt: occurredAt, change: change,
                previousID: previous, purpose: purpose),
            data: data, rules: rules)
    }
}
