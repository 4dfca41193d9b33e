/// What can be made to go wrong on an embedded cluster.
public enum Fault: Hashable, Sendable {
    /// The broker drops its connections and takes no new ones; brokers count from 1, nil = all.
    case down(broker: Int32?)
    /// The broker takes connections again.
    case up(broker: Int32?)
    /// Every answer of the broker takes this much longer.
    case latency(broker: Int32?, milliseconds: Int32)
    /// The next requests of this kind fail with this code, on whichever broker; `.transport` cuts the connection.
    case failNext(KafkaRequest, KafkaErrorCode, count: Int)
    /// Takes back what is left of `failNext` for this kind.
    case failNoMore(KafkaRequest)
}

/// A kind of request, by Kafka's number for it.
public struct KafkaRequest: RawRepresentable, Hashable, Sendable {
    /// Kafka's API key.
    public let rawValue: Int16

    /// Any kind, named here or not.
    public init(rawValue: Int16) {
        self.rawValue = rawValue
    }

    /// A producer's records.
    public static let produce = Self(rawValue: 0)
    /// A consumer's question for records.
    public static let fetch = Self(rawValue: 1)
    /// A question for offsets.
    public static let listOffsets = Self(rawValue: 2)
    /// A question for brokers and topics.
    public static let metadata = Self(rawValue: 3)
    /// An idempotent producer's first question.
    public static let initProducerID = Self(rawValue: 22)
}
