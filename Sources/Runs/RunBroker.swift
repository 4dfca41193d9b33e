public import Kafka
public import Simulation

/// The Kafka broker that a run's messages travel on.
public enum RunBroker {
    /// An embedded broker of the run's own, with so many partitions of each topic, 1 to 100. It is made anew after so many
    /// bytes of records: nobody else knows of it.
    case started(partitions: Int, renewsAfter: Int = Bus.ordinaryRenewal)
    /// As ``started(partitions:renewsAfter:)``, begun already, for the topics and the namespace of the run.
    case starting(BrokerStart)
    /// An embedded broker that runs already, and has the topics.
    case embedded(EmbeddedBroker)
    /// A cluster that has the topics.
    case cluster(KafkaSettings)

    /// Whether the broker can be made to fail, as a scenario's faults of the broker ask.
    public var canFail: Bool {
        if case .cluster = self { false } else { true }
    }

    /// The bus of a run on it.
    /// - Parameters:
    ///   - topics: the names in the contracts.
    ///   - isQuiet: whether lost connections are part of the run and not worth a word.
    /// - Throws: `KafkaError`.
    func bus(_ topics: [String], namespace: String?, isQuiet: Bool) throws -> Bus {
        var (settings, embedded): (KafkaSettings, EmbeddedBroker?)
        switch self {
        case .started(let partitions, let renewsAfter):
            return try BrokerStart(
                topics: topics, namespace: namespace, partitions: partitions, isQuiet: isQuiet,
                renewsAfter: renewsAfter
            ).finish()
        case .starting(let start): return try start.finish()
        case .embedded(let broker): (settings, embedded) = (broker.settings, broker)
        case .cluster(let cluster): (settings, embedded) = (cluster, nil)
        }
        if isQuiet { settings.beQuiet() }
        return try Bus(settings: settings, topics: topics, namespace: namespace, embedded: embedded)
    }
}
