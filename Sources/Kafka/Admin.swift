import CRdkafka

/// Asks a cluster what there is, and makes and deletes topics.
///
/// One thread uses an admin. The embedded cluster answers questions only: its topics are made by
/// `EmbeddedBroker.createTopics`.
public final class Admin {
    let client: Client

    /// Connects in the background.
    /// - Throws: `KafkaError` when a property is refused.
    public init(_ settings: KafkaSettings) throws(KafkaError) {
        client = try Client(.admin, settings: settings)
    }

    /// The brokers and topics of the cluster; one request.
    /// - Throws: `KafkaError` when no broker answers in time, with the broker's name and the reason.
    public func metadata(timeout: Duration = .seconds(10)) throws(KafkaError) -> ClusterMetadata {
        try client.metadata(timeout: timeout)
    }

    /// Whether the cluster is an embedded one, of this process or another: those leave many questions unanswered.
    public func isEmbeddedCluster(timeout: Duration = .seconds(10)) -> Bool {
        guard let name = rd_kafka_clusterid(client.handle, timeout.milliseconds) else { return false }
        defer { rd_kafka_mem_free(client.handle, name) }
        // librdkafka names its test clusters so; Kafka's own names are 22 letters of base64.
        return String(cString: name).hasPrefix("mockCluster")
    }

    /// First and next offset of one partition; one request each way.
    /// - Throws: `KafkaError` when its leader does not answer in time.
    public func watermarks(
        of place: TopicPartition, timeout: Duration = .seconds(10)
    ) throws(KafkaError) -> Watermarks {
        try client.watermarks(place, timeout: timeout)
    }

    /// First and next offsets of many partitions: two requests a broker, whatever their number.
    /// - Throws: `KafkaError` when a leader does not answer in time or a partition does not exist.
    public func watermarks(
        of places: [TopicPartition], timeout: Duration = .seconds(10)
    ) throws(KafkaError) -> [TopicPartition: Watermarks] {
        let deadline = TimeLeft(after: timeout)
        let lows = try offsets(of: places, at: Int64(RD_KAFKA_OFFSET_BEGINNING), timeout: deadline.left)
        let highs = try offsets(of: places, at: Int64(RD_KAFKA_OFFSET_END), timeout: deadline.left)
        var all: [TopicPartition: Watermarks] = [:]
        for (place, high) in highs { all[place] = Watermarks(low: lows[place] ?? 0, high: high) }
        return all
    }

    /// The next offsets of many partitions: one request a broker.
    /// - Parameter timeout: A topic just made has a leader in the metadata before the leader knows of it: mostly some
    ///   milliseconds, but with hundreds of partitions on a busy machine thirty seconds were not enough once.
    /// - Throws: `KafkaError` when a leader does not answer in time or a partition does not exist.
    public func endOffsets(
        of places: [TopicPartition], timeout: Duration = .seconds(120)
    ) throws(KafkaError) -> [TopicPartition: Int64] {
        try offsets(of: places, at: Int64(RD_KAFKA_OFFSET_END), timeout: timeout)
    }

    private func offsets(
        of places: [TopicPartition], at time: Int64, timeout: Duration
    ) throws(KafkaError) -> [TopicPartition: Int64] {
        try client.askLeaders(within: timeout) { left throws(KafkaError) in
            try offsetsOnce(of: places, at: time, timeout: left)
        }
    }

    /// The first offsets at or after a time. Kafka takes −1 for the end of the log and −2 for its beginning.
    private func offsetsOnce(
        of places: [TopicPartition], at time: Int64, timeout: Duration
    ) throws(KafkaError) -> [TopicPartition: Int64] {
        guard !places.isEmpty, let list = rd_kafka_topic_partition_list_new(Int32(places.count)) else { return [:] }
        defer { rd_kafka_topic_partition_list_destroy(list) }
        for place in places {
            rd_kafka_topic_partition_list_add(list, place.topic, place.partition)?.pointee.offset = time
        }
        let code = rd_kafka_offsets_for_times(client.handle, list, timeout.milliseconds)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            let refused = (0..<Int(list.pointee.cnt)).first { list.pointee.elems[$0].err == code }
            let entry = refused.map { list.pointee.elems[$0] }
            let topic = entry?.topic.map { String(cString: $0) }
            var error = client.failure(KafkaErrorCode(code), waited: timeout, topic: topic)
            error.partition = entry?.partition
            throw error
        }
        var all: [TopicPartition: Int64] = [:]
        for index in 0..<Int(list.pointee.cnt) {
            let entry = list.pointee.elems[index]
            let topic = entry.topic.map { String(cString: $0) } ?? ""
            guard entry.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
                throw client.events.explained(
                    KafkaError(code: KafkaErrorCode(entry.err), topic: topic, partition: entry.partition))
            }
            all[TopicPartition(topic, entry.partition)] = entry.offset
        }
        return all
    }
}
