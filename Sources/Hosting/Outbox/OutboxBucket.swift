public import LifeEvents

/// A message waiting for its instant; its value stands in its bucket's bytes.
public struct OutboxEntry: Sendable {
    /// Its id.
    public var id: EventID
    /// Its topic, by its place in the run's topics.
    public var topic: Int32
    /// Its world; -1 for none.
    public var world: Int32
    /// The record's key.
    public var subject: Subject
    /// Where its value begins; see ``OutboxBucket/withValue(of:_:)``.
    public var start: Int
    /// The length of its value.
    public var count: Int
}

/// The messages that are due at one instant.
public struct OutboxBucket: Sendable {
    /// The messages; in canonical order once ``sort()`` was called.
    public var entries: [OutboxEntry] = []
    /// Their values.
    public private(set) var bytes: MessageBytes

    /// A bucket without messages.
    /// - Parameter room: where there is room for values that are too many for memory; nil: all stay there.
    public init(room: OverflowRoom? = nil) { bytes = MessageBytes(room) }

    /// Adds a message, copying its value.
    /// - Returns: its place.
    @discardableResult
    public mutating func append(
        _ id: EventID, _ topic: Int32, _ world: Int32, _ subject: Subject, _ value: UnsafeRawBufferPointer
    ) -> Int {
        let start = bytes.write(value.count, growsFast: true) { $0.append(contentsOf: value) }
        return add(id, topic, world, subject, start, value.count)
    }

    /// Adds a message that waits.
    /// - Parameters:
    ///   - isNext: whether the bucket is the next to be published.
    ///   - spares: memory that may be used.
    mutating func append(
        _ id: EventID, _ topic: Int32, _ world: Int32, _ subject: Subject, _ value: UnsafeRawBufferPointer,
        isNext: Bool, _ spares: inout SpareChunks
    ) -> Int {
        add(id, topic, world, subject, bytes.append(value, growsFast: isNext, &spares), value.count)
    }

    /// Adds a message whose value, of a known length, is written by somebody else.
    mutating func append(
        _ id: EventID, _ topic: Int32, _ world: Int32, _ subject: Subject, count: Int,
        writing body: (inout [UInt8]) -> Void
    ) {
        _ = add(id, topic, world, subject, bytes.write(count, growsFast: true, body), count)
    }

    private mutating func add(
        _ id: EventID, _ topic: Int32, _ world: Int32, _ subject: Subject, _ start: Int, _ count: Int
    ) -> Int {
        entries.append(
            OutboxEntry(id: id, topic: topic, world: world, subject: subject, start: start, count: count))
        return entries.count - 1
    }

    /// Gives a message another value.
    public mutating func replace(_ place: Int, with value: [UInt8]) {
        entries[place].start = bytes.write(value.count, growsFast: false) { $0 += value }
        entries[place].count = value.count
    }

    /// Lends the value of a message of the bucket. One that was put away and cannot be read is empty; then the room has the
    /// reason.
    @inlinable public func withValue<Result>(
        of entry: OutboxEntry, _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try bytes.withBytes(start: entry.start, count: entry.count, body)
    }

    /// Takes the values away, for their memory to be used again.
    mutating func takeBytes() -> MessageBytes {
        var taken = MessageBytes()
        swap(&taken, &bytes)
        return taken
    }

    /// Brings the messages into canonical order: by id.
    public mutating func sort() { entries.sort { $0.id < $1.id } }

    /// Whether the messages stand in canonical order, each id once.
    public var isSorted: Bool {
        for place in entries.indices.dropFirst() where entries[place - 1].id >= entries[place].id { return false }
        return true
    }

    /// The place of a message in a bucket in canonical order; nil if it is none of them.
    public func place(of id: EventID) -> Int? {
        let place = entries.partitioningIndex { $0.id >= id }
        return place < entries.count && entries[place].id == id ? place : nil
    }
}
