package import JSON
public import LifeEvents

/// One consumed event while it is offered to rivers: its envelope, and its data decoded at most once.
///
/// Reused from event to event by the thread that handles; never kept by a river.
///
/// Proof of `@exclusivity(unchecked)`: one thread owns the event, that of the host which made it, and it is not `Sendable`;
/// a field is only replaced whole by ``load(_:data:)`` and after decoding, and no code of a rule runs within either.
@usableFromInline package final class IncomingEvent {
    /// The attributes.
    @exclusivity(unchecked) @usableFromInline package private(set) var envelope: EventEnvelope
    /// Where the chains of a case note that they keep the event.
    @usableFromInline package let chainNote = ChainNote()
    /// The values that rules have in the world.
    @exclusivity(unchecked) @usableFromInline private(set) var rules: RuleValues
    /// The data as it travelled; nil where it is at hand decoded.
    @exclusivity(unchecked) package private(set) var data: JSONValue?
    /// The data as it was decoded last: a ``DecodedData`` of ``decodedType``.
    @exclusivity(unchecked) @usableFromInline var decoded: AnyObject?
    /// As what the data was decoded last.
    @exclusivity(unchecked) @usableFromInline var decodedType: ObjectIdentifier?

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
        keep(decoded)
    }

    /// Takes the next event.
    /// - Parameter rules: the values that rules have in its world; nil: those of the event before it.
    package func load(_ envelope: EventEnvelope, data: JSONValue?, rules: RuleValues? = nil) {
        if let rules { self.rules = rules }
        self.envelope = envelope
        self.data = data
        decodedType = nil
    }

    @inlinable func event<Data: LifeEvent>(of type: Data.Type) throws -> Event<Data> {
        if decodedType != ObjectIdentifier(type) { try decode(type) }
        guard let decoded else { preconditionFailure("what was decoded is kept") }
        // Its type was just compared.
        let data = unsafeDowncast(decoded, to: DecodedData<Data>.self).data
        return Event(envelope: envelope, data: data, chainNote: chainNote, rules: rules)
    }

    @usableFromInline func decode<Data: LifeEvent>(_ type: Data.Type) throws {
        guard let data else { throw EnvelopeError.missing("data") }
        keep(try Data(json: JSONSource(data)))
    }

    private func keep<Data: LifeEvent>(_ data: Data) {
        decoded = DecodedData(data)
        decodedType = ObjectIdentifier(Data.self)
    }
}

/// An event's data of a type.
@usableFromInline final class DecodedData<Data: LifeEvent> {
    @usableFromInline let data: Data

    init(_ data: Data) { self.data = data }
}
