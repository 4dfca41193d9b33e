import Contracts
import Kafka
import Simulation
import Terminal

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
        _ brokers: String, _ catalogue: Catalogue, partitions: Int?, namespace: String?,
        properties: ClusterProperties
    ) throws -> Cluster {
        var settings = try settings(brokers, properties: properties)
        let admin = try Admin(settings)
        let metadata = try admin.metadata(timeout: .seconds(5))
        let all = catalogue.topics.map { topic in
            TopicSettings(manifest: topic, name: namespace.map { "\($0).\(topic.name)" } ?? topic.name)
        }
        let missing = all.filter { metadata.topic($0.name) == nil }.map {
            $0.newTopic(partitions: partitions, brokers: metadata.brokers.count)
        }
        if admin.isEmbeddedCluster(timeout: .seconds(5)) {
            // It would make no topic, and has no properties to look at.
            if let first = missing.first { throw lack(first, missing.count, brokers) }
            settings.adaptToEmbeddedCluster()
        } else {
            tellOfSmallCluster(all, missing, brokers: metadata.brokers.count)
            tellOfOldTopics(all.filter { metadata.topic($0.name) != nil }, admin)
            try create(missing, admin)
        }
        return Cluster(settings: settings, embedded: nil, created: missing.map(\.name))
    }

    /// How a cluster is reached whose topics are only read, and are there.
    static func existing(_ brokers: String, properties: ClusterProperties) throws -> KafkaSettings {
        var settings = try settings(brokers, properties: properties)
        if try Admin(settings).isEmbeddedCluster(timeout: .seconds(5)) { settings.adaptToEmbeddedCluster() }
        return settings
    }

    /// How clients reach a cluster.
    static func settings(_ brokers: String, properties: ClusterProperties) throws(Failure) -> KafkaSettings {
        var settings = KafkaSettings(bootstrapServers: brokers)
        settings.properties += try properties.all()
        return settings
    }

    /// Fewer brokers than a contract wants copies is usual on a machine for trials, and worth a line.
    private static func tellOfSmallCluster(_ all: [TopicSettings], _ missing: [NewTopic], brokers: Int) {
        let made = Set(missing.map(\.name))
        guard let first = all.first(where: { made.contains($0.name) && $0.manifest.replication > brokers }) else {
            return
        }
        note(
            "the cluster has \(brokers) broker\(brokers == 1 ? "" : "s"), so topics as \(first.name) have fewer copies "
                + "than the \(first.manifest.replication) of their contracts")
    }

    /// A topic that was there before keeps its properties; those under which a run would fail later are told now.
    private static func tellOfOldTopics(_ old: [TopicSettings], _ admin: Admin) {
        // Who may not look at properties runs without this.
        guard let properties = try? admin.topicConfigs(of: old.map(\.name), timeout: .seconds(5)) else { return }
        var told: [String: (first: String, count: Int)] = [:]
        var order: [String] = []
        for topic in old {
            for complaint in topic.complaints(about: properties[topic.name] ?? [:]) {
                if told[complaint] == nil { order.append(complaint) }
                told[complaint, default: (topic.name, 0)].count += 1
            }
        }
        for complaint in order {
            guard let (first, count) = told[complaint] else { continue }
            let others = count == 1 ? "" : ", as \(count - 1) other\(count == 2 ? "" : "s"),"
            note("the topic \(first)\(others) \(complaint)")
        }
    }

    private static func note(_ sentence: String) { TerminalOutput.standardError.writeLine("note: \(sentence)") }

    private static func create(_ missing: [NewTopic], _ admin: Admin) throws {
        for result in try admin.createTopics(missing, timeout: .seconds(30)) {
            if case .failed(let error) = result.outcome { throw error }
        }
    }

    private static func lack(_ first: NewTopic, _ count: Int, _ brokers: String) -> Failure {
        let topics = count == 1 ? "the topic \(first.name)" : "\(count) topics, as \(first.name),"
        return Failure(
            .environment,
            "the broker at \(brokers) lacks \(topics) and makes none\n"
                + "  help: a `livsbuss broker` makes its topics when it starts: "
                + "give it the same --namespace and --topics")
    }

    static func names(_ catalogue: Catalogue, _ namespace: String?) -> [String] {
        catalogue.topics.map { topic in namespace.map { "\($0).\(topic.name)" } ?? topic.name }
    }
}
