/// A topic to make.
public struct NewTopic: Sendable {
    /// Its name.
    public var name: String
    /// How many partitions; from 1.
    public var partitions: Int
    /// How many brokers hold each; −1 leaves it to the broker.
    public var replication: Int
    /// Kafka's topic properties, as `retention.ms`.
    public var config: [(name: String, value: String)]

    /// A topic to make.
    public init(
        name: String, partitions: Int = 1, replication: Int = 1, config: [(name: String, value: String)] = []
    ) {
        self.name = name
        self.partitions = partitions
        self.replication = replication
        self.config = config
    }
}

/// What became of one topic.
public struct TopicResult: Hashable, Sendable {
    /// What became of it.
    public enum Outcome: Hashable, Sendable {
        /// It was made, and the cluster's metadata shows it with leaders.
        case created
        /// It was there before, perhaps with another number of partitions.
        case existed
        /// It was deleted, and the cluster's metadata no longer shows it.
        case deleted
        /// There was none to delete.
        case missing
        /// The broker refused.
        case failed(KafkaError)
    }

    /// The topic's name.
    public let name: String
    /// What became of it.
    public let outcome: Outcome
}
