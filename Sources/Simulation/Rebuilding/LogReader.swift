import Hosting
import Kafka

/// Reads the records of topics from the first to the last that is there when it begins.
final class LogReader {
    private let consumer: Consumer
    private let topics: [TopicID]
    /// The offset after the last record of each partition that has one, by topic.
    private var ends: [TopicID: [Int32: Int64]] = [:]

    /// So long nothing may come of what the broker says it has, seconds.
    private static let longestSilence = 30

    /// Connects to a cluster that has the topics.
    /// - Parameter topics: their full names on the broker, in the run's order.
    /// - Throws: `KafkaError` when the broker cannot be reached or lacks a topic.
    init(_ settings: KafkaSettings, topics names: [String]) throws(KafkaError) {
        consumer = try Consumer(settings)
        let metadata = try consumer.fetchMetadata()
        var topics: [TopicID] = []
        var places: [TopicPartition] = []
        for name in names {
            guard let topic = metadata.topic(name) else {
                throw KafkaError(code: .unknownTopic, topic: name, reason: "the broker has no such topic")
            }
            topics.append(try consumer.topicHandle(name))
            places += topic.partitions.map { TopicPartition(name, $0.id) }
        }
        self.topics = topics
        let found = try Admin(settings).endOffsets(of: places)
        var start: [PartitionOffset] = []
        for place in places {
            guard let end = found[place], end > 0 else { continue }
            let topic = try consumer.topicHandle(place.topic)
            ends[topic, default: [:]][place.partition] = end
            start.append(PartitionOffset(topic: topic, partition: place.partition, offset: 0))
        }
        try consumer.assign(start)
    }

    /// Shows every record, of each partition in its order; a topic is told by its place in the run's topics.
    /// - Returns: what the log has let go of, or cannot be unpacked.
    /// - Throws: `KafkaError`.
    func read<Failure: Error>(
        _ body: (LogRecord) throws(Failure) -> Void
    ) throws -> [LogLoss] {
        var losses: [LogLoss] = []
        var silence = 0
        while true {
            let missing = missing
            if missing == 0 { return losses }
            let batch = try consumer.poll(upTo: missing, timeout: .seconds(1))
            for gap in batch.gaps { lose(gap.topic, gap.partition, gap.missing, "the log has let go of them", &losses) }
            for stop in batch.interruptions {
                try consumer.goOn(after: stop)
                var reason = "the log has let go of them"
                if case .unreadable = stop.cause { reason = "they cannot be unpacked within the limits" }
                lose(stop.topic, stop.partition, stop.missing, reason, &losses)
            }
            if batch.isEmpty, batch.interruptions.isEmpty {
                silence += 1
                if let error = consumer.takeErrors().last(where: { !$0.code.isTransient }) { throw error }
                if silence > Self.longestSilence { throw consumer.silence(of: .seconds(Self.longestSilence)) }
                continue
            }
            silence = 0
            for index in 0..<batch.count {
                let record = batch[index]
                guard record.offset < ends[record.topic]?[record.partition] ?? 0 else { continue }
                try body(
                    LogRecord(
                        topic: Int32(record.topic.rawValue), partition: record.partition, offset: record.offset,
                        key: record.key, value: record.value, headers: .kafka(record)))
            }
        }
    }

    private func lose(
        _ topic: TopicID, _ partition: Int32, _ offsets: Range<Int64>, _ reason: String, _ losses: inout [LogLoss]
    ) {
        guard !offsets.isEmpty else { return }
        losses.append(
            LogLoss(topic: Int32(topic.rawValue), partition: partition, offsets: offsets, reason: reason))
    }

    /// How many records are still to come.
    private var missing: Int {
        var missing = 0
        for topic in topics {
            // order-free: a sum
            for (partition, end) in ends[topic] ?? [:] {
                missing += Int(max(0, end - (consumer.position(topic, partition)?.offset ?? 0)))
            }
        }
        return missing
    }
}
