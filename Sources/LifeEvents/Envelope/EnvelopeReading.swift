public import JSON

/// Why bytes on a topic are no event of this bus, in words for the dead letter's reader.
public enum EnvelopeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The value is not JSON.
    case notJSON(String)
    /// The value is JSON, but no object.
    case notAnObject
    /// A required attribute is absent.
    case missing(String)
    /// An attribute has another form than it must.
    case malformed(attribute: String, wanted: String)

    /// An attribute is a text made elsewhere, for which ``ForeignNames`` has no room left.
    case tooManyNames(attribute: String)

    /// One sentence.
    public var description: String {
        switch self {
        case .notJSON(let reason): "the value is not JSON: \(reason)"
        case .notAnObject: "the value is JSON but not an object"
        case .missing(let name): "the attribute `\(name)` is missing"
        case .malformed(let name, let wanted): "the attribute `\(name)` is not \(wanted)"
        case .tooManyNames(let name):
            "the attribute `\(name)` is a text made elsewhere, and \(ForeignNames.limit) of those are remembered already"
        }
    }
}

/// A structured event as it was read: the envelope, and views of the type and the data, valid as long as the tape.
public struct ReadEvent {
    /// The attributes.
    public var envelope: EventEnvelope
    /// The `type`.
    public var type: JSONValue
    /// The `source` as written.
    public var sourceText: JSONValue
    /// Whether `time` was there; an outsider's event may lack it.
    public var hasTime: Bool
    /// The `data`; nil where absent.
    public var data: JSONValue?

    /// Reads a structured CloudEvent. Required: specversion, id, type, source and subject.
    ///
    /// No allocation for an event of our own.
    public init(_ root: JSONValue) throws(EnvelopeError) {
        guard root.kind == .object else { throw .notAnObject }
        var fields = root.fields()
        guard let version = fields.next(EventEnvelope.specVersionKey) else { throw .missing("specversion") }
        guard version.string == "1.0" else { throw .malformed(attribute: "specversion", wanted: "\"1.0\"") }
        let id: EventID = try Self.required(fields.next(EventEnvelope.idKey), "id")
        guard let type = fields.next(EventEnvelope.typeKey) else { throw .missing("type") }
        guard type.stringBytes?.isEmpty == false else { throw .malformed(attribute: "type", wanted: "a string") }
        guard let source = fields.next(EventEnvelope.sourceKey) else { throw .missing("source") }
        guard let sourceBytes = source.stringBytes, !sourceBytes.isEmpty else {
            throw .malformed(attribute: "source", wanted: "a string")
        }
        let subject: Subject = try Self.required(fields.next(EventEnvelope.subjectKey), "subject")
        let time: Instant? = try Self.optional(fields.next(EventEnvelope.timeKey), "time")
        var envelope = EventEnvelope(
            id: id, source: AgencyID(sourceUTF8: sourceBytes), subject: subject, time: time ?? .earliest)
        envelope.correlationID = try Self.optional(fields.next(EventEnvelope.correlationKey), "correlationid")
        envelope.causationID = try Self.optional(fields.next(EventEnvelope.causationKey), "causationid")
        envelope.occurredAt = try Self.optional(fields.next(EventEnvelope.occurredKey), "occurredat")
        if let change = fields.next(EventEnvelope.changeKey) {
            guard let text = change.string, let known = ChangeType(rawValue: text) else {
                throw .malformed(attribute: "changetype", wanted: "CORRECTED, ANNULLED or CEASED")
            }
            envelope.change = known
        }
        envelope.previousID = try Self.optional(fields.next(EventEnvelope.previousKey), "previousid")
        self.envelope = envelope
        self.type = type
        self.sourceText = source
        hasTime = time != nil
        data = fields.next(EventEnvelope.dataKey)
    }

    private static func required<T: CanonicalText>(_ value: JSONValue?, _ name: String) throws(EnvelopeError) -> T {
        guard let value else { throw .missing(name) }
        guard let bytes = value.stringBytes else { throw .malformed(attribute: name, wanted: T.textForm) }
        if let read = T(utf8: bytes) { return read }
        guard T.self is EventID.Type || T.self is Subject.Type, 1...ForeignNames.longest ~= bytes.count,
            ForeignNames.isFull
        else { throw .malformed(attribute: name, wanted: T.textForm) }
        throw .tooManyNames(attribute: name)
    }

    private static func optional<T: CanonicalText>(_ value: JSONValue?, _ name: String) throws(EnvelopeError) -> T? {
        guard let value else { return nil }
        return try required(value, name)
    }
}
