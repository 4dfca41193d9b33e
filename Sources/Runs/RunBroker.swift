public import Kafka
public import Simulation

/// The Kafka broker that a run's messages travel on.
public enum RunBroker {
    /// An embedded broker of the run's own, with so many partitions of each topic, 1 to 100. It is made anew after so many
    /// bytes of records: nobody else knows of it.
    case started(partitions: Int, renewsAfter: Int = Bus.ordinaryRenewal)
    /// As ``started(partitions:renewsAfter:)``, begun already, with the topics of the run.
    case starting(BrokerStart, renewsAfter: Int = Bus.ordinaryRenewal)
    /// An embedded broker that runs already, and has the topics.
    case embedded(EmbeddedBroker)
    /// A cluster that has the topics.
    case cluster(KafkaSettings)

    /// Whether the broker can be made to fail, as a scenario's faults of the broker ask.
    public var canFail: Bool {
        if case .cluster = self { false } else { true }
    }

    /// How the run's clients reach it, the broker itself where it is in this process, and after how many bytes it is made
    /// anew.
    /// - Parameter topics: full names of topics, for a broker that has none yet.
    func start(_ topics: [String]) throws -> (settings: KafkaSettings, embedded: EmbeddedBroker?, renewsAfter: Int?) {
        switch self {
        case .started(let partitions, let renewsAfter):
            let broker = try EmbeddedBroker()
            try broker.createTopics(topics.map { ($0, partitions) })
            return (broker.settings, broker, renewsAfter)
        case .starting(let start, let renewsAfter):
            let broker = try start.finish()
            return (broker.settings, broker, renewsAfter)
        case .embedded(let broker): return (broker.settings, broker, nil)
        case .cluster(let settings): return (settings, nil, nil)
        }
    }
}
