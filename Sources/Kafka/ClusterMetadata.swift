import CRdkafka

/// First and next offset of a partition.
public struct Watermarks: Hashable, Sendable {
    /// Offset of the oldest record that is still there.
    public let low: Int64
    /// The offset that the next record will get.
    public let high: Int64
}

/// The brokers and topics of a cluster.
public struct ClusterMetadata: Hashable, Sendable {
    /// One broker.
    public struct Broker: Hashable, Sendable {
        /// The broker's number.
        public let id: Int32
        /// The host it tells its clients to use.
        public let host: String
        /// Its port.
        public let port: Int32
    }

    /// One partition of a topic.
    public struct Partition: Hashable, Sendable {
        /// The partition, from 0.
        public let id: Int32
        /// The broker that leads it; −1 = nobody for now.
        public let leader: Int32
        /// The brokers that hold it.
        public let replicas: [Int32]
    }

    /// One topic.
    public struct Topic: Hashable, Sendable {
        /// The topic's name.
        public let name: String
        /// Its partitions by number.
        public let partitions: [Partition]
        /// Why there is nothing to tell, if so.
        public let error: KafkaErrorCode?

        /// Whether each of so many partitions has a leader.
        func isReady(partitions count: Int) -> Bool {
            error == nil && partitions.count == count && partitions.allSatisfy { $0.leader >= 0 }
        }
    }

    /// The brokers by number.
    public let brokers: [Broker]
    /// The topics by name, those that brokers keep for themselves (`__…`) included.
    public let topics: [Topic]

    /// The topic of this name.
    public func topic(_ name: String) -> Topic? {
        topics.first { $0.name == name }
    }

    init(_ metadata: rd_kafka_metadata) {
        brokers = (0..<Int(metadata.broker_cnt)).map { index in
            let broker = metadata.brokers[index]
            return Broker(id: broker.id, host: broker.host.map { String(cString: $0) } ?? "", port: broker.port)
        }.sorted { $0.id < $1.id }
        topics = (0..<Int(metadata.topic_cnt)).map { index in
            let topic = metadata.topics[index]
            let partitions = (0..<Int(topic.partition_cnt)).map { index in
                let partition = topic.partitions[index]
                let replicas = (0..<Int(partition.replica_cnt)).map { partition.replicas[$0] }
                return Partition(id: partition.id, leader: partition.leader, replicas: replicas)
            }.sorted { $0.id < $1.id }
            let error = topic.err == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : KafkaErrorCode(topic.err)
            return Topic(
                name: topic.topic.map { String(cString: $0) } ?? "", partitions: partitions, error: error)
        }.sorted { $0.name < $1.name }
    }
}
