/// How to reach a cluster, and with which of librdkafka's properties.
///
/// The defaults are for a caller that works in instants: publish, wait for every acknowledgement, consume exactly
/// that much, and again, thousands of times. Whatever stands in `properties` wins over them.
public struct KafkaSettings: Sendable {
    /// `host:port`, several with commas.
    public var bootstrapServers: String
    /// The name that brokers see and log.
    public var clientID: String
    /// librdkafka's properties by name, SASL and TLS for example; a later one wins over an earlier. A client refuses
    /// those that `PropertyRules` keeps for itself.
    public var properties: [(name: String, value: String)]
    /// The largest record in bytes, key and headers included; 1,000 to 1,000,000,000. The topic has its own limit.
    /// A consumer takes fetches, and what it unpacks of one batch, up to this or 16 MiB, whichever is more.
    public var maximumMessageBytes: Int

    /// Whether a partition keeps the order in which records were produced, and has each once, even when the broker
    /// fails and a batch is sent again.
    ///
    /// On a cluster it costs nothing: the producer is idempotent. The embedded cluster does not check an idempotent
    /// producer's sequence numbers, so that a failed batch with another under way would be lost; there it takes one
    /// request at a time besides, and 200 records over 34 topics 5 ms instead of 3. So `EmbeddedBroker.settings`
    /// have it off: then an injected fault may write a batch twice or after a later one, but loses nothing.
    public var keepsOrderOverRetries = true

    /// Keeps an embedded cluster alive for as long as any client has these settings.
    var host: EmbeddedBroker?

    /// The group's name unless a property says another.
    static let defaultGroup = "livsbuss"

    /// Settings for a cluster.
    public init(
        bootstrapServers: String, clientID: String = "livsbuss", properties: [(String, String)] = [],
        maximumMessageBytes: Int = 16 << 20
    ) {
        self.bootstrapServers = bootstrapServers
        self.clientID = clientID
        self.properties = properties.map { (name: $0.0, value: $0.1) }
        self.maximumMessageBytes = maximumMessageBytes
    }

    /// Takes account of what an embedded cluster, of this process or another, cannot do: see `keepsOrderOverRetries` and
    /// `EmbeddedBroker.largestRequestBytes`.
    public mutating func adaptToEmbeddedCluster() {
        keepsOrderOverRetries = false
        maximumMessageBytes = EmbeddedBroker.largestRequestBytes - FetchLimits.slackBytes
    }

    /// The value that `properties` gives to a name, if any.
    public func property(_ name: String) -> String? {
        properties.last { $0.name == name }?.value
    }

    /// What a client of this role is configured with, in order of application.
    func properties(for role: Role) -> [(name: String, value: String)] {
        var all: [(name: String, value: String)] = [
            ("bootstrap.servers", bootstrapServers),
            ("client.id", clientID),
            // Nagle's algorithm against delayed acknowledgements costs 44 ms an exchange.
            ("socket.nagle.disable", "true"),
            // A broker that restarts is found again at once.
            ("reconnect.backoff.ms", "20"),
            ("reconnect.backoff.max.ms", "1000"),
            ("log_level", "4"),
        ]
        all += role.defaults
        if role == .producer {
            all.append(("enable.idempotence", keepsOrderOverRetries ? "true" : "false"))
            all.append(("max.in.flight", keepsOrderOverRetries && host != nil ? "1" : "5"))
        }
        return all + sizes(for: role) + properties
    }

    /// What bounds the memory that a client takes, and what others can make it take.
    private func sizes(for role: Role) -> [(name: String, value: String)] {
        let unpacked = max(FetchLimits.unpackedBatchBytes, maximumMessageBytes + FetchLimits.slackBytes)
        guard role == .consumer else {
            return [
                ("message.max.bytes", "\(maximumMessageBytes)"),
                // librdkafka wants the bounds of fetches to fit the others even where nothing is fetched.
                ("fetch.max.bytes", "\(maximumMessageBytes)"), ("receive.message.max.bytes", "\(unpacked)"),
            ]
        }
        return [
            // librdkafka raises `fetch.max.bytes` to it, and a consumer sends no records.
            ("message.max.bytes", "\(FetchLimits.fetchBytes)"),
            ("fetch.message.max.bytes", "\(FetchLimits.fetchBytes)"),
            ("fetch.max.bytes", "\(FetchLimits.fetchBytes)"),
            ("receive.message.max.bytes", "\(unpacked)"),
            ("queued.max.messages.kbytes", "\(FetchLimits.queuedBytes >> 10)"),
        ]
    }

    /// What a client is for.
    enum Role {
        case producer, consumer, admin

        fileprivate var defaults: [(name: String, value: String)] {
            switch self {
            case .producer:
                [
                    ("linger.ms", "0"),
                    ("acks", "all"),
                    ("retry.backoff.ms", "20"),
                    ("compression.codec", "lz4"),
                    // The same partition for a key as Java's producer.
                    ("partitioner", "murmur2_random"),
                    ("batch.num.messages", "10000"),
                    ("batch.size", "1000000"),
                    ("queue.buffering.max.messages", "1000000"),
                    ("queue.buffering.max.kbytes", "1048576"),
                ]
            case .consumer:
                [
                    // Required by librdkafka's `assign`; no group is ever joined and no offset committed.
                    ("group.id", KafkaSettings.defaultGroup),
                    ("enable.auto.commit", "false"),
                    ("enable.auto.offset.store", "false"),
                    // An offset that is gone is an error, never a silent gap.
                    ("auto.offset.reset", "error"),
                    ("isolation.level", "read_uncommitted"),
                    // The embedded cluster answers an empty fetch only after this time, even if data arrives.
                    ("fetch.wait.max.ms", "1"),
                    ("fetch.error.backoff.ms", "10"),
                    ("queued.min.messages", "1000000"),
                    ("enable.partition.eof", "false"),
                ]
            case .admin:
                []
            }
        }
    }
}
