public import JSON

/// How an event stands to its predecessor in the fact chain; an event without one creates a fact.
public enum ChangeType: String, Codable, Sendable, CaseIterable {
    /// The same fact with other values.
    case corrected = "CORRECTED"
    /// The fact never held.
    case annulled = "ANNULLED"
    /// The fact held until `occurredat`.
    case ceased = "CEASED"
}

/// The attributes of an event but its type and data, in CloudEvents' words.
public struct EventEnvelope: Hashable, Sendable {
    /// CloudEvents `id`; unique within the source.
    public var id: EventID
    /// The agency that speaks; nil for an outsider that is none.
    public var source: AgencyID?
    /// Whom the event is about; the record's key.
    public var subject: Subject
    /// When the fact became known, in virtual time.
    public var time: Instant
    /// The journey.
    public var correlationID: EventID?
    /// The direct cause.
    public var causationID: EventID?
    /// When it happened in the world, where that differs from `time`.
    public var occurredAt: Instant?
    /// How it stands to `previousID`; nil: a new fact.
    public var change: ChangeType?
    /// The predecessor in the fact chain.
    public var previousID: EventID?
    /// What the data may be used for, where the topic's manifest allows more than one purpose: kebab-case.
    public var purpose: Purpose?

    /// An envelope by its attributes.
    public init(
        id: EventID, source: AgencyID?, subject: Subject, time: Instant, correlationID: EventID? = nil,
        causationID: EventID? = nil, occurredAt: Instant? = nil, change: ChangeType? = nil, previousID: EventID? = nil,
        purpose: Purpose? = nil
    ) {
        self.id = id
        self.source = source
        self.subject = subject
        self.time = time
        self.correlationID = correlationID
        self.causationID = causationID
        self.occurredAt = occurredAt
        self.change = change
        self.previousID = previousID
        self.purpose = purpose
    }

    /// When it happened: `occurredAt`, else `time`.
    public var validFrom: Instant { occurredAt ?? time }
}

extension EventEnvelope {
    static let specVersionKey = JSONKey("specversion")
    static let idKey = JSONKey("id")
    static let typeKey = JSONKey("type")
    static let sourceKey = JSONKey("source")
    static let subjectKey = JSONKey("subject")
    static let timeKey = JSONKey("time")
    static let correlationKey = JSONKey("correlationid")
    static let causationKey = JSONKey("causationid")
    static let occurredKey = JSONKey("occurredat")
    static let changeKey = JSONKey("changetype")
    static let previousKey = JSONKey("previousid")
    static let purposeKey = JSONKey("purpose")
    static let dataKey = JSONKey("data")

    /// Writes the structured event with its attributes in the one fixed order; the body writes the `data` value.
    /// - Throws: what the body throws; the writer then holds half an event.
    public func write(
        type: EventType, into writer: inout JSONWriter, data: (inout JSONWriter) throws -> Void
    ) rethrows {
        writer.beginObject()
        writer.key(Self.specVersionKey)
        writer.string("1.0")
        writer.key(Self.idKey)
        id.write(jsonString: &writer)
        writer.key(Self.typeKey)
        writer.string(type.name)
        writer.key(Self.sourceKey)
        if let source { writer.plainString { source.writeSource(into: &$0) } } else { writer.string("/outside") }
        writer.key(Self.subjectKey)
        subject.write(jsonString: &writer)
        writer.key(Self.timeKey)
        time.write(jsonString: &writer)
        if let correlationID {
            writer.key(Self.correlationKey)
            correlationID.write(jsonString: &writer)
        }
        if let causationID {
            writer.key(Self.causationKey)
            causationID.write(jsonString: &writer)
        }
        if let occurredAt {
            writer.key(Self.occurredKey)
            occurredAt.write(jsonString: &writer)
        }
        if let change {
            writer.key(Self.changeKey)
            writer.string(change.rawValue)
        }
        if let previousID {
            writer.key(Self.previousKey)
            previousID.write(jsonString: &writer)
        }
        if let purpose {
            writer.key(Self.purposeKey)
            writer.string(purpose.name)
        }
        writer.key(Self.dataKey)
        try data(&writer)
        writer.endObject()
    }

    /// The id of a value that begins as this bus writes its events, without reading the rest; nil if it does not.
    public static func leadingID(_ value: UnsafeRawBufferPointer) -> EventID? {
        let prefix: StaticString = #"{"specversion":"1.0","id":""#
        let start = prefix.utf8CodeUnitCount
        guard value.count > start + 36, value[start + 36] == UInt8(ascii: "\""),
            value[..<start].elementsEqual(UnsafeRawBufferPointer(start: prefix.utf8Start, count: start))
        else { return nil }
        return EventID(utf8: UnsafeRawBufferPointer(rebasing: value[start..<start + 36]))
    }
}
