import Contracts
import Kafka
import Simulation

/// The Kafka cluster of a run: the embedded broker, or one that is reached at `--brokers`.
struct Cluster {
    var settings: KafkaSettings
    var embedded: EmbeddedBroker?
    var created: [String] = []

    /// Starts the embedded broker with all topics.
    static func embedded(_ catalogue: Catalogue, partitions: Int, namespace: String?, port: UInt16? = nil)
        throws -> Cluster
    {
        let broker = try EmbeddedBroker(port: port)
        try broker.createTopics(names(catalogue, namespace).map { ($0, partitions) })
        return Cluster(settings: broker.settings, embedded: broker)
    }

    /// Connects to a cluster and creates the topics that are missing there.
    static func connect(
        _ brokers: String, _ catalogue: Catalogue, partitions: Int?, namespace: String?, properties: [String]
    ) throws -> Cluster {
        var settings = KafkaSettings(bootstrapServers: brokers)
        for property in properties {
            let parts = property.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else {
                throw Failure(.environment, "\(property): a property is written name=value")
            }
            settings.properties.append((String(parts[0]), String(parts[1])))
        }
        let admin = try Admin(settings)
        let metadata = try admin.metadata(timeout: .seconds(5))
        var missing: [NewTopic] = []
        for topic in catalogue.topics {
            let name = namespace.map { "\($0).\(topic.name)" } ?? topic.name
            guard metadata.topic(name) == nil else { continue }
            missing.append(
                NewTopic(
                    name: name, partitions: partitions ?? topic.partitions,
                    replication: min(topic.replication, max(metadata.brokers.count, 1)),
                    config: [
                        ("cleanup.policy", "delete"), ("retention.ms", "-1"), ("retention.bytes", "-1"),
                        ("max.message.bytes", "1048588"),
                    ]))
        }
        try create(missing, admin, brokers)
        return Cluster(settings: settings, embedded: nil, created: missing.map(\.name))
    }

    private static func create(_ missing: [NewTopic], _ admin: Admin, _ brokers: String) throws {
        guard let first = missing.first else { return }
        do {
            for result in try admin.createTopics(missing, timeout: .seconds(10)) {
                if case .failed(let error) = result.outcome { throw error }
            }
        } catch let error as KafkaError where error.code == .timedOut {
            let count = missing.count == 1 ? "the topic \(first.name)" : "\(missing.count) topics, as \(first.name),"
            throw Failure(
                .environment,
                "the broker at \(brokers) lacks \(count) and did not make them within 10 s\n"
                    + "  help: a `livsbuss broker` makes its topics when it starts: "
                    + "give it the same --namespace and --topics")
        }
    }

    static func names(_ catalogue: Catalogue, _ namespace: String?) -> [String] {
        catalogue.topics.map { topic in namespace.map { "\($0).\(topic.name)" } ?? topic.name }
    }
}
