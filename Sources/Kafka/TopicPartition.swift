/// A topic's small number within one client: 0, 1, 2 … in the order in which the client was told their names.
///
/// A producer and a consumer that are told the same names in the same order give them the same numbers.
public struct TopicID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The number.
    public let rawValue: Int

    /// A number that a client has given.
    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// Order of registration.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A partition of a topic, by name.
public struct TopicPartition: Hashable, Sendable {
    /// The topic's name.
    public var topic: String
    /// The partition, from 0.
    public var partition: Int32

    /// A partition of a topic.
    public init(_ topic: String, _ partition: Int32) {
        self.topic = topic
        self.partition = partition
    }
}

/// A place in a partition: the offset of the next record.
public struct PartitionOffset: Hashable, Sendable {
    /// The topic's number in the client that reports it.
    public let topic: TopicID
    /// The partition, from 0.
    public let partition: Int32
    /// The next offset: one more than that of the last record. In an assignment also `beginning` or `end`.
    public let offset: Int64

    /// Stands for the oldest record that there is.
    public static let beginning: Int64 = -2
    /// Stands for the record after the newest.
    public static let end: Int64 = -1

    /// A place in a partition.
    public init(topic: TopicID, partition: Int32, offset: Int64) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
    }
}
