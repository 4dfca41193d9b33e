/// A record that the broker did not take.
public struct DeliveryFailure: Hashable, Sendable {
    /// The number that the caller gave the record.
    public let opaque: Int
    /// Why, with topic and partition; the partition is nil when none was chosen yet.
    public let error: KafkaError
}

/// What became of the records produced since the last such answer.
public struct Deliveries: Hashable, Sendable {
    /// How many records the broker acknowledged.
    public internal(set) var acknowledged = 0
    /// Each partition that took a record, with the offset after the last of them; ordered by topic and partition.
    public internal(set) var ends: [PartitionOffset] = []
    /// The records refused, in the order in which that was learnt.
    public internal(set) var failures: [DeliveryFailure] = []
}
