import CRdkafka

/// What went wrong, as a number of librdkafka's: a broker's own codes are positive, the client's negative.
///
/// An open set: a newer broker may answer with a code that has no name here.
public struct KafkaErrorCode: RawRepresentable, Hashable, Sendable {
    /// librdkafka's number.
    public let rawValue: Int32

    /// Any code, named here or not.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    init(_ error: rd_kafka_resp_err_t) {
        rawValue = error.rawValue
    }

    var native: rd_kafka_resp_err_t { rd_kafka_resp_err_t(rawValue: rawValue) }

    /// No error.
    public static let none = Self(RD_KAFKA_RESP_ERR_NO_ERROR)

    // MARK: - The client's own

    /// A broker could not be reached or the connection broke.
    public static let transport = Self(RD_KAFKA_RESP_ERR__TRANSPORT)
    /// No broker could be reached.
    public static let allBrokersDown = Self(RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN)
    /// A broker's name could not be resolved.
    public static let unknownHost = Self(RD_KAFKA_RESP_ERR__RESOLVE)
    /// Nobody answered within the given time.
    public static let timedOut = Self(RD_KAFKA_RESP_ERR__TIMED_OUT)
    /// A record was not acknowledged within `message.timeout.ms`.
    public static let messageTimedOut = Self(RD_KAFKA_RESP_ERR__MSG_TIMED_OUT)
    /// The producer's queue is full.
    public static let queueFull = Self(RD_KAFKA_RESP_ERR__QUEUE_FULL)
    /// A property or an argument that librdkafka refuses.
    public static let invalidArgument = Self(RD_KAFKA_RESP_ERR__INVALID_ARG)
    /// Login failed (SASL).
    public static let authentication = Self(RD_KAFKA_RESP_ERR__AUTHENTICATION)
    /// The TLS handshake failed.
    public static let tls = Self(RD_KAFKA_RESP_ERR__SSL)
    /// The client knows of no such topic on the cluster.
    public static let unknownTopicLocally = Self(RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC)
    /// The client knows of no such partition on the cluster.
    public static let unknownPartitionLocally = Self(RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION)
    /// The position is outside the partition's log, and no reset is allowed: records are gone.
    public static let offsetReset = Self(RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET)
    /// A batch that cannot be unpacked, or unpacks to more than the client takes.
    public static let badCompression = Self(RD_KAFKA_RESP_ERR__BAD_COMPRESSION)
    /// The client cannot go on; make a new one.
    public static let fatal = Self(RD_KAFKA_RESP_ERR__FATAL)
    /// The client was closed before the record was sent.
    public static let purged = Self(RD_KAFKA_RESP_ERR__PURGE_QUEUE)
    /// The end of a partition; not an error.
    static let endOfPartition = Self(RD_KAFKA_RESP_ERR__PARTITION_EOF)

    // MARK: - The broker's

    /// No such topic or partition.
    public static let unknownTopic = Self(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
    /// The topic exists already.
    public static let topicExists = Self(RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
    /// The topic's name is not allowed.
    public static let invalidTopic = Self(RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION)
    /// The record is larger than the client or the topic allows.
    public static let messageTooLarge = Self(RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE)
    /// The position is outside the partition's log.
    public static let offsetOutOfRange = Self(RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE)
    /// The broker does not lead the partition (any more).
    public static let notLeader = Self(RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION)
    /// The partition has no leader for now.
    public static let leaderNotAvailable = Self(RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE)
    /// The broker gave up waiting.
    public static let requestTimedOut = Self(RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT)
    /// Too few replicas are in step.
    public static let notEnoughReplicas = Self(RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS)
    /// This user may not do this to the topic.
    public static let topicAuthorization = Self(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED)
    /// This user may not use the group.
    public static let groupAuthorization = Self(RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED)
    /// This user may not do this to the cluster.
    public static let clusterAuthorization = Self(RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED)
    /// The cluster has no authorizer, so there are no rights to ask for or to give.
    public static let securityDisabled = Self(RD_KAFKA_RESP_ERR_SECURITY_DISABLED)
    /// More replicas were asked for than there are brokers.
    public static let invalidReplication = Self(RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR)
    /// A record's checksum is wrong.
    public static let corruptMessage = Self(RD_KAFKA_RESP_ERR_INVALID_MSG)

    /// Whether librdkafka goes on trying by itself, so that nothing is lost by waiting.
    public var isTransient: Bool { Self.transients.contains(self) }

    private static let transients: Set<Self> = [
        .transport, .allBrokersDown, .unknownHost, .timedOut, .notLeader, .leaderNotAvailable, .requestTimedOut,
        .notEnoughReplicas, .corruptMessage, Self(RD_KAFKA_RESP_ERR__WAIT_COORD),
        Self(RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE), Self(RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS),
        Self(RD_KAFKA_RESP_ERR_NOT_COORDINATOR), Self(RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION),
        Self(RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE), Self(RD_KAFKA_RESP_ERR_FENCED_LEADER_EPOCH),
        Self(RD_KAFKA_RESP_ERR_UNKNOWN_LEADER_EPOCH), Self(RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR),
    ]
}

extension KafkaErrorCode: CustomStringConvertible {
    /// librdkafka's name of the code, as `_TRANSPORT` or `UNKNOWN_TOPIC_OR_PART`.
    public var description: String {
        rd_kafka_err2name(native).map { String(cString: $0) } ?? "ERR_\(rawValue)"
    }

    /// One clause in librdkafka's words.
    var meaning: String {
        rd_kafka_err2str(native).map { String(cString: $0) } ?? "error \(rawValue)"
    }
}
