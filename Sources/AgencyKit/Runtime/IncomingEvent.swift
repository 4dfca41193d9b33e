package import JSON
package import LifeEvents

/// One consumed event while it is offered to rivers: its envelope, and its data decoded at most once.
///
/// Reused from event to event by the thread that handles; never kept by a river.
package final class IncomingEvent {
    /// The attributes.
    package private(set) var envelope: EventEnvelope
    /// Where the chains of a case note that they keep the event.
    package let chainNote = ChainNote()
    /// The values that rules have in the run.
    private let rules: RuleValues
    /// The data as it travelled; nil where it is at hand decoded.
    package private(set) var data: JSONValue?
    /// The data as it was decoded last: a `Box` of the type.
    private var decoded: AnyObject?

    private final class Box<Data: LifeEvent> {
        let data: Data
        init(_ data: Data) { self.data = data }
    }

    /// An incoming event about nothing yet; see ``load(_:data:)``.
    package init(_ envelope: EventEnvelope, data: JSONValue? = nil, rules: RuleValues = RuleValues()) {
        self.envelope = envelope
        self.rules = rules
        self.data = data
    }

    /// An event whose data is at hand, for tests without a broker.
    package init<Data: LifeEvent>(_ envelope: EventEnvelope, decoded: Data, rules: RuleValues = RuleValues()) {
        self.envelope = envelope
        self.rules = rules
        self.decoded = Box(decoded)
    }

    /// Takes the next event.
    package func load(_ envelope: EventEnvelope, data: JSONValue?) {
        self.envelope = envelope
        self.data = data
        decoded = nil
    }

    func event<Data: LifeEvent>(of type: Data.Type) throws -> Event<Data> {
        if let known = decoded as? Box<Data> { return event(known.data) }
        guard let data else { throw EnvelopeError.missing("data") }
        let value = try Data(json: JSONSource(data))
        decoded = Box(value)
        return event(value)
    }

    private func event<Data: LifeEvent>(_ data: Data) -> Event<Data> {
        Event(envelope: envelope, data: data, chainNote: chainNote, rules: rules)
    }
}
