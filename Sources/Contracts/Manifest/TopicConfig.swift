/// The settings of a topic that Kafka carries out, with nais's default where a manifest leaves one out.
public struct TopicConfig: Hashable, Sendable {
    /// The number of partitions, 1 to 1,000,000.
    public var partitions = 1
    /// How many brokers keep a copy, at least 2.
    public var replication = 3
    /// How many copies a write waits for, 1 to 7 and at most ``replication``.
    public var minimumInSyncReplicas = 2
    /// What happens to old records.
    public var cleanupPolicy = CleanupPolicy.delete
    /// How long a record is kept, in hours; -1 for ever.
    public var retentionHours = 168
    /// How large a partition may grow, in bytes; -1 without limit.
    public var retentionBytes = -1
    /// How long a record stays on the brokers' own disks before it is kept elsewhere, in hours; -2: as long as it is kept.
    public var localRetentionHours = -2
    /// How much of a partition stays on the brokers' own disks, in bytes; -2: all that is kept.
    public var localRetentionBytes = -2
    /// How long the mark of a deleted key is kept in a compacted topic, in hours.
    public var deleteRetentionHours = 24
    /// After how many hours a new segment is begun, 1 to 8,760: only whole segments are deleted.
    public var segmentHours = 168
    /// The largest batch of records, which is also the bound of one record, in bytes; at most 5,242,880.
    public var maximumMessageBytes = Self.defaultMaximumMessageBytes
    /// How long a record is safe from compaction, in milliseconds.
    public var minimumCompactionLag = 0
    /// How long a record may escape compaction, in milliseconds; `Int.max` without limit.
    public var maximumCompactionLag = Int.max
    /// The share of a log that must be uncompacted before it is compacted, in percent, 1 to 100.
    public var minimumCleanableDirtyRatioPercent = 50

    /// What Kafka and nais take for a record's largest size when a manifest says nothing, in bytes.
    public static let defaultMaximumMessageBytes = 1_048_588

    /// All defaults.
    public init() {}
}
