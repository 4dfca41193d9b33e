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
    /// Where its value begins.
    public var start: Int
    /// The length of its value.
    public var count: Int
}

/// The messages that are due at one instant.
public struct OutboxBucket: Sendable {
    /// The messages; in canonical order once ``sort()`` was called.
    public var entries: [OutboxEntry] = []
    /// Their values.
    public var bytes: [UInt8] = []

    /// A bucket without messages.
    public init() {}

    /// Adds a message, copying its value.
    /// - Returns: its place.
    @discardableResult
    public mutating func append(
        _ id: EventID, _ topic: Int32, _ world: Int32, _ subject: Subject, _ value: UnsafeRawBufferPointer
    ) -> Int {
        entries.append(
            OutboxEntry(
                id: id, topic: topic, world: world, subject: subject, start: bytes.count, count: value.count))
        bytes.append(contentsOf: value)
        return entries.count - 1
    }

    /// Gives a message another value.
    public mutating func replace(_ place: Int, with value: [UInt8]) {
        entries[place].start = bytes.count
        entries[place].count = value.count
        bytes += value
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
