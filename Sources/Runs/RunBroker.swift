public import Kafka

/// The Kafka broker that a run's messages travel on.
public enum RunBroker {
    /// An embedded broker that is started with the run and has so many partitions of each topic, 1 to 100.
    case started(partitions: Int)
    /// An embedded broker that runs already, and has the topics.
    case embedded(EmbeddedBroker)
    /// A cluster that has the topics.
    case cluster(KafkaSettings)

    /// Whether the broker can be made to fail, as a scenario's faults of the broker ask.
    public var canFail: Bool {
        if case .cluster = self { false } else { true }
    }

    /// How the run's clients reach it, and the broker itself where it is in this process.
    /// - Parameter topics: full names of topics, for a broker that has none yet.
    func start(_ topics: [String]) throws -> (settings: KafkaSettings, embedded: EmbeddedBroker?) {
        switch self {
        case .started(let partitions):
            let broker = try EmbeddedBroker()
            try broker.createTopics(topics.map { ($0, partitions) })
            return (broker.settings, broker)
        case .embedded(let broker): return (broker.settings, broker)
        case .cluster(let settings): return (settings, nil)
        }
    }
}
