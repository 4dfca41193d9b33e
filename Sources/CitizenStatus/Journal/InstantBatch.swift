public import LifeEvents

/// One message of the bus, in canonical order.
public struct JournalEntry: Sendable {
    /// The id the run knows the message by.
    public var id: EventID
    /// Which case of the run the message belongs to; -1 for none.
    public var world: Int32
    /// Whether the message came from outside the run.
    public var isOutside: Bool
    /// Whether the message is a dead letter.
    public var isDeadLetter: Bool
    /// Where in ``InstantBatch/bytes`` the record's value starts.
    public var start: Int32
    /// The value's length in bytes.
    public var count: Int32
    /// The topic, as an index into the names given when the store was opened.
    public var topic: Int32

    /// An entry whose value stands at `start` ..< `start` + `count` of the batch's bytes.
    public init(
        id: EventID, world: Int32 = -1, isOutside: Bool = false, isDeadLetter: Bool = false, start: Int32,
        count: Int32, topic: Int32
    ) {
        self.id = id
        self.world = world
        self.isOutside = isOutside
        self.isDeadLetter = isDeadLetter
        self.start = start
        self.count = count
        self.topic = topic
    }
}

/// What became of a message at a branch of an agency.
public struct Reading: Sendable {
    /// The message, as an index into ``InstantBatch/entries``.
    public var entry: Int32
    /// Which agency.
    public var agency: AgencyID
    /// By which right, or for want of which, as an index into the rights given when the run began.
    public var right: Int32
    /// What became of it.
    public var use: ReadingUse

    /// What became of the entry at this index.
    public init(entry: Int32, agency: AgencyID, right: Int32 = 0, use: ReadingUse = .used) {
        self.entry = entry
        self.agency = agency
        self.right = right
        self.use = use
    }
}

/// All messages of one instant and who read them.
public struct InstantBatch: Sendable {
    /// The instant at which the messages were on the bus.
    public var instant: Instant
    /// The messages in canonical order.
    public var entries: [JournalEntry]
    /// The values of all entries, one after the other.
    public var bytes: [UInt8]
    /// Who read what.
    public var readings: [Reading]

    /// A batch; an empty one is filled with ``append(_:id:topic:world:isOutside:isDeadLetter:)``.
    public init(instant: Instant, entries: [JournalEntry] = [], bytes: [UInt8] = [], readings: [Reading] = []) {
        self.instant = instant
        self.entries = entries
        self.bytes = bytes
        self.readings = readings
    }

    /// Adds a message behind the others, copying its value.
    public mutating func append(
        _ value: UnsafeRawBufferPointer, id: EventID, topic: Int32, world: Int32 = -1, isOutside: Bool = false,
        isDeadLetter: Bool = false
    ) {
        entries.append(
            JournalEntry(
                id: id, world: world, isOutside: isOutside, isDeadLetter: isDeadLetter, start: Int32(bytes.count),
                count: Int32(value.count), topic: topic))
        bytes.append(contentsOf: value)
    }
}

/// A change of the engine's own state, to be kept with the checkpoint.
public struct StateChange: Sendable {
    /// Which table of the engine the row belongs to, 0 to 32,767; the store gives it no meaning.
    public var kind: Int32
    /// The row, unique within its kind, 0 to 2^48 - 1.
    public var key: Int64
    /// The row's new content; nil deletes it.
    public var value: [UInt8]?

    /// A row to write, or with nil to delete.
    public init(kind: Int32, key: Int64, value: [UInt8]?) {
        self.kind = kind
        self.key = key
        self.value = value
    }

    static func id(kind: Int32, key: Int64) -> Int64 { Int64(kind) << 48 | key }
}
