public import JSON

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

    /// Reads a structured CloudEvent. Required: specversion, id, type, source and subject. A member that is `null` counts
    /// as absent, as CloudEvents' JSON format has it.
    ///
    /// No allocation for an event of our own. What only a foreign event can break is judged by `ReceivedRecord`.
    public init(_ root: JSONValue) throws(EnvelopeError) {
        guard root.kind == .object else { throw .notAnObject }
        var fields = root.fields()
        guard let version = Self.present(fields.next(EventEnvelope.specVersionKey)) else {
            throw .missing("specversion")
        }
        guard version.string == "1.0" else { throw .malformed(attribute: "specversion", wanted: "\"1.0\"") }
        let idText = fields.next(EventEnvelope.idKey)
        guard idText?.stringBytes?.count ?? 0 <= ForeignNames.longest else {
            throw .malformed(attribute: "id", wanted: EventID.textForm)
        }
        let id: EventID = try Self.required(idText, "id")
        guard let type = Self.present(fields.next(EventEnvelope.typeKey)) else { throw .missing("type") }
        guard type.stringBytes?.isEmpty == false else { throw .malformed(attribute: "type", wanted: "a string") }
        guard let source = Self.present(fields.next(EventEnvelope.sourceKey)) else { throw .missing("source") }
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
        if let change = Self.present(fields.next(EventEnvelope.changeKey)) {
            guard let text = change.string, let known = ChangeType(rawValue: text) else {
                throw .malformed(attribute: "changetype", wanted: "CORRECTED, ANNULLED or CEASED")
            }
            envelope.change = known
        }
        envelope.previousID = try Self.optional(fields.next(EventEnvelope.previousKey), "previousid")
        if let purpose = Self.present(fields.next(EventEnvelope.purposeKey)) {
            guard let text = purpose.string, let known = Purpose(text) else {
                throw .malformed(attribute: "purpose", wanted: Purpose.textForm)
            }
            envelope.purpose = known
        }
        self.envelope = envelope
        self.type = type
        self.sourceText = source
        hasTime = time != nil
        data = Self.present(fields.next(EventEnvelope.dataKey))
    }

    /// The member unless it is `null`.
    @inline(__always)
    private static func present(_ value: JSONValue?) -> JSONValue? {
        guard let value, !value.isNull else { return nil }
        return value
    }

    private static func required<T: CanonicalText>(_ value: JSONValue?, _ name: String) throws(EnvelopeError) -> T {
        guard let value = present(value) else { throw .missing(name) }
        guard let bytes = value.stringBytes else { throw .malformed(attribute: name, wanted: T.textForm) }
        if let read = T(utf8: bytes) { return read }
        guard T.self is EventID.Type || T.self is Subject.Type, 1...ForeignNames.longest ~= bytes.count,
            ForeignNames.isFull
        else { throw .malformed(attribute: name, wanted: T.textForm) }
        throw .tooManyNames(attribute: name)
    }

    private static func optional<T: CanonicalText>(_ value: JSONValue?, _ name: String) throws(EnvelopeError) -> T? {
        guard let value = present(value) else { return nil }
        return try required(value, name)
    }
}
