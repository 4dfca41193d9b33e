import CRdkafka

/// A Kafka cluster inside this process, on loopback ports: real protocol, no Java, nothing on disk.
///
/// It is librdkafka's own test cluster. Each partition keeps only its newest 5 MiB (as sent, so compressed), the
/// log dies with the process, `createTopics` by protocol is not answered, and transactions are hollow.
///
///     let broker = try EmbeddedBroker()
///     try broker.createTopics([(name: "citizen.status-tile.v1", partitions: 1)])
///     let producer = try Producer(broker.settings)
///
/// Clients made with `settings` keep the cluster alive.
public final class EmbeddedBroker: @unchecked Sendable {
    // Proof of `@unchecked Sendable`: all stored properties are constants; the handles are passed to nothing but
    // rd_kafka_mock_… functions, each of which takes the cluster's lock or hands its work to the cluster's own thread
    // and waits for it. Only the end of the last reference destroys them.
    private let host: OpaquePointer
    private let cluster: OpaquePointer
    private let front: FixedPort?
    private let directServers: String
    /// What clients made with ``settings`` have asked.
    let requests = RequestCounts()

    /// The most bytes that one request may have, which is all that a partition keeps: a larger record would push out
    /// all others of its partition and then itself. Whoever sends one is cut off.
    public static let largestRequestBytes = 5 << 20

    /// Where clients are told to begin: `127.0.0.1:port`, with commas when there are several brokers.
    public let bootstrapServers: String
    /// The brokers' own ports, broker 1 first.
    public let ports: [UInt16]

    /// Starts a cluster.
    ///
    /// - Parameters:
    ///   - brokers: How many brokers, from 1.
    ///   - port: Where clients can begin, beside the brokers' own ports, which are any free ones; 0 = a free one.
    /// - Throws: `KafkaError` when the port is taken.
    public init(brokers: Int = 1, port: UInt16? = nil) throws(KafkaError) {
        precondition(brokers > 0, "a cluster has at least one broker")
        // The host client only carries the cluster; it would warn of having no servers.
        let host = try Client.make(
            RD_KAFKA_PRODUCER,
            [
                ("client.id", "embedded"), ("log_level", "3"),
                // The cluster takes its bound of a request from here; the other two must not be above it.
                ("receive.message.max.bytes", "\(EmbeddedBroker.largestRequestBytes)"),
                ("fetch.max.bytes", "\(FetchLimits.fetchBytes)"), ("message.max.bytes", "\(FetchLimits.fetchBytes)"),
            ])
        guard let cluster = rd_kafka_mock_cluster_new(host, Int32(clamping: brokers)) else {
            rd_kafka_destroy(host)
            throw KafkaError(code: .transport, reason: "the embedded cluster could not open a port on 127.0.0.1")
        }
        let servers = rd_kafka_mock_cluster_bootstraps(cluster).map { String(cString: $0) } ?? ""
        let ports = servers.split(separator: ",").compactMap { $0.split(separator: ":").last.flatMap { UInt16($0) } }
        do throws(KafkaError) {
            if let port, let first = ports.first {
                front = try FixedPort(port: port, target: first)
            } else {
                front = nil
            }
        } catch {
            rd_kafka_mock_cluster_destroy(cluster)
            rd_kafka_destroy(host)
            throw error
        }
        self.host = host
        self.cluster = cluster
        self.ports = ports
        directServers = servers
        bootstrapServers = front.map { "127.0.0.1:\($0.port)" } ?? servers
        Sockets.disableDelay(onLocalPorts: ports)
    }

    deinit {
        front?.stop()
        // Its inner threads notice the end within a second, for which nobody should wait.
        Disposal.run(waitingAtMost: .zero) { [cluster, host] in
            rd_kafka_mock_cluster_destroy(cluster)
            rd_kafka_destroy(host)
        }
    }

    /// Settings for clients of this cluster; they keep it alive. See `KafkaSettings.keepsOrderOverRetries`.
    public var settings: KafkaSettings {
        var settings = KafkaSettings(bootstrapServers: directServers)
        settings.host = self
        settings.adaptToEmbeddedCluster()
        return settings
    }

    /// Makes topics; milliseconds for hundreds of partitions. A topic that exists keeps its partitions.
    /// - Throws: `KafkaError` with the topic's name when one is refused.
    public func createTopics(_ topics: [(name: String, partitions: Int)]) throws(KafkaError) {
        let refused: KafkaError? = awake {
            for topic in topics {
                let code = rd_kafka_mock_topic_create(cluster, topic.name, Int32(clamping: topic.partitions), 1)
                let error = KafkaErrorCode(code)
                if error != .none && error != .topicExists { return KafkaError(code: error, topic: topic.name) }
            }
            return nil
        }
        if let refused { throw refused }
    }

    /// Makes something go wrong, or right again, from now on. `up` may take a second when all brokers are down.
    /// - Throws: `KafkaError` when there is no such broker.
    public func inject(_ fault: Fault) throws(KafkaError) {
        let code =
            switch fault {
            case .down(let broker): awake { rd_kafka_mock_broker_set_down(cluster, broker ?? -1) }
            case .up(let broker): awake { rd_kafka_mock_broker_set_up(cluster, broker ?? -1) }
            case .latency(let broker, let milliseconds):
                awake { rd_kafka_mock_broker_set_rtt(cluster, broker ?? -1, milliseconds) }
            case .failNext(let request, let code, let count): push(request, code, count)
            case .failNoMore(let request): clear(request)
            }
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaError(code: KafkaErrorCode(code)) }
        if case .up = fault {
            // The listener is a new one, and a client may have come in already.
            Sockets.disableDelay(onLocalPorts: ports)
        }
    }

    /// How many requests of a kind clients made with ``settings`` have sent; nil: of all kinds.
    public func requestCount(of kind: KafkaRequest?) -> Int { requests.count(of: kind) }

    private func push(_ request: KafkaRequest, _ code: KafkaErrorCode, _ count: Int) -> rd_kafka_resp_err_t {
        let errors = Array(repeating: code.native, count: count)
        rd_kafka_mock_push_request_errors_array(cluster, request.rawValue, errors.count, errors)
        return RD_KAFKA_RESP_ERR_NO_ERROR
    }

    private func clear(_ request: KafkaRequest) -> rd_kafka_resp_err_t {
        rd_kafka_mock_clear_request_errors(cluster, request.rawValue)
        return RD_KAFKA_RESP_ERR_NO_ERROR
    }

    private func awake<Result>(_ work: () -> Result) -> Result {
        Waker.whileAsking(ports, work)
    }
}
