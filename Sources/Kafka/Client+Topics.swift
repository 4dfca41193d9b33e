import CRdkafka
import Glibc

extension Client {
    /// librdkafka's handle of a topic, which carries our number for it.
    ///
    /// Must be made before anything else names the topic to this client, or the number is not taken up.
    func topic(_ name: String, _ id: TopicID) throws(KafkaError) -> OpaquePointer {
        let configuration = rd_kafka_default_topic_conf_dup(handle)
        rd_kafka_topic_conf_set_opaque(configuration, UnsafeMutableRawPointer(bitPattern: id.rawValue + 1))
        guard let topic = rd_kafka_topic_new(handle, name, configuration) else {
            let code = KafkaErrorCode(rd_kafka_last_error())
            throw KafkaError(code: code, topic: name)
        }
        return topic
    }

    /// The number that a handle carries.
    static func topicID(of topic: OpaquePointer?) -> TopicID {
        TopicID(rawValue: Int(bitPattern: rd_kafka_topic_opaque(topic)) - 1)
    }

    /// Asks those who lead partitions, and asks again while one of them has no leader that knows of it: after a topic was
    /// made, and after a broker went. librdkafka asks such questions once.
    /// - Throws: `KafkaError` when there is no answer in time.
    func askLeaders<Answer>(
        within timeout: Duration, _ ask: (_ left: Duration) throws(KafkaError) -> Answer
    ) throws(KafkaError) -> Answer {
        let deadline = TimeLeft(after: timeout)
        while true {
            do throws(KafkaError) {
                return try ask(deadline.left)
            } catch {
                guard error.code.isTransient, error.code != .timedOut, !deadline.hasPassed else { throw error }
                usleep(50_000)
                _ = try metadata(timeout: deadline.left)
            }
        }
    }

    /// First and next offset of a partition.
    func watermarks(_ place: TopicPartition, timeout: Duration) throws(KafkaError) -> Watermarks {
        try askLeaders(within: timeout) { left throws(KafkaError) in try watermarksOnce(place, timeout: left) }
    }

    private func watermarksOnce(_ place: TopicPartition, timeout: Duration) throws(KafkaError) -> Watermarks {
        var low: Int64 = 0
        var high: Int64 = 0
        let code = rd_kafka_query_watermark_offsets(
            handle, place.topic, place.partition, &low, &high, timeout.milliseconds)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            var error = failure(KafkaErrorCode(code), waited: timeout, topic: place.topic)
            error.partition = place.partition
            throw error
        }
        return Watermarks(low: low, high: high)
    }

    /// All brokers and topics of the cluster, or one topic.
    func metadata(of topic: OpaquePointer? = nil, timeout: Duration) throws(KafkaError) -> ClusterMetadata {
        var answer: UnsafePointer<rd_kafka_metadata>?
        let code = rd_kafka_metadata(handle, topic == nil ? 1 : 0, topic, &answer, timeout.milliseconds)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let answer else {
            throw failure(KafkaErrorCode(code), waited: timeout)
        }
        defer { rd_kafka_metadata_destroy(answer) }
        return ClusterMetadata(answer.pointee)
    }
}
