public import LifeEvents

/// A message of a slice, ready to be handled; its value stands in the slice's bytes.
public struct SliceMessage: Sendable {
    /// The id by which the run knows it; of a message from outside (source, id) as one.
    public var id: EventID
    /// Its world; -1 for none.
    public var world: Int32
    /// Its topic, by its place in the run's topics.
    public var topic: Int32
    /// Whether it came from outside the run.
    public var isOutside: Bool
    /// Where its value begins.
    public var start: Int
    /// The length of its value.
    public var count: Int

    /// A message by its parts.
    public init(id: EventID, world: Int32, topic: Int32, isOutside: Bool, start: Int, count: Int) {
        self.id = id
        self.world = world
        self.topic = topic
        self.isOutside = isOutside
        self.start = start
        self.count = count
    }
}

/// Some of the messages of one instant, in canonical order: what is handled at once, so that memory stays bounded
/// whatever falls due at an instant.
public struct Slice: Sendable {
    /// The most messages of a slice.
    public static let mostMessages = 4_096
    /// The most bytes of a slice's values, apart from its last message: two slices are on their way at once, and an
    /// embedded broker keeps only the newest 5 MiB of a partition.
    public static let mostBytes = 2 << 20

    /// The instant.
    public var instant: Instant
    /// The messages.
    public var messages: [SliceMessage] = []
    /// Their values.
    public var bytes: [UInt8] = []
    /// The messages that are given to one agency only, by their places, with that agency: those that it could not handle
    /// before.
    public var addressees: [(place: Int, agency: AgencyID)] = []

    /// A slice without messages.
    public init(instant: Instant) { self.instant = instant }

    /// Adds a message behind the others, copying its value.
    public mutating func append(
        _ value: UnsafeRawBufferPointer, id: EventID, world: Int32, topic: Int32, isOutside: Bool
    ) {
        messages.append(
            SliceMessage(
                id: id, world: world, topic: topic, isOutside: isOutside, start: bytes.count, count: value.count))
        bytes.append(contentsOf: value)
    }

    /// Gives a message another value.
    public mutating func replace(_ place: Int, with value: [UInt8]) {
        messages[place].start = bytes.count
        messages[place].count = value.count
        bytes += value
    }

    /// Forgets the messages, and keeps the memory.
    public mutating func removeAll() {
        messages.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        addressees.removeAll(keepingCapacity: true)
    }
}
