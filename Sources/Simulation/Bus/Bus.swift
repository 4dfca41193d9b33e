public import Kafka
import LifeEvents

/// What was consumed at one instant: the records' values in one buffer.
struct Consumed {
    struct Value {
        var topic: Int32
        var start: Int
        var count: Int
        var keyStart: Int
        var keyCount: Int
    }

    var records: [Value] = []
    var bytes: [UInt8] = []

    mutating func removeAll() {
        records.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }
}

/// The topics of a run on one Kafka cluster: publishes an instant's messages and consumes up to their end offsets.
public final class Bus {
    /// Full names on the broker, prefixed by the namespace, in the order of the run's topics.
    public let topicNames: [String]
    private let producer: Producer
    private let consumer: Consumer
    private let producing: [TopicID]
    private let header = RecordHeader(name: "content-type", value: "application/cloudevents+json; charset=UTF-8")
    /// Next offset by topic and partition: what has been consumed.
    private var positions: [TopicPartitionKey: Int64]
    private var reported: [TopicPartitionKey: Int64] = [:]
    private let embedded: EmbeddedBroker?

    struct TopicPartitionKey: Hashable {
        var topic: Int
        var partition: Int32
    }

    /// Connects to a cluster that has the topics, and begins at the end offsets it finds.
    /// - Throws: `KafkaError` when the broker cannot be reached or lacks a topic.
    public init(
        settings: KafkaSettings, topics: [String], namespace: String?, embedded: EmbeddedBroker? = nil
    ) throws(KafkaError) {
        self.embedded = embedded
        topicNames = topics.map { name in namespace.map { "\($0).\(name)" } ?? name }
        producer = try Producer(settings)
        consumer = try Consumer(settings)
        let metadata = try producer.fetchMetadata()
        var producing: [TopicID] = []
        var partitions: [TopicPartition] = []
        for name in topicNames {
            producing.append(try producer.topicHandle(name))
            _ = try consumer.topicHandle(name)
            guard let topic = metadata.topic(name) else {
                throw KafkaError(code: .unknownTopic, topic: name, reason: "the broker has no such topic")
            }
            partitions += topic.partitions.map { TopicPartition(name, $0.id) }
        }
        self.producing = producing
        let admin = try Admin(settings)
        let ends = try admin.endOffsets(of: partitions)
        positions = [:]
        var start: [PartitionOffset] = []
        for (index, name) in topicNames.enumerated() {
            let handle = producing[index]
            for partition in partitions where partition.topic == name {
                let end = ends[partition] ?? 0
                positions[TopicPartitionKey(topic: handle.rawValue, partition: partition.partition)] = end
                start.append(PartitionOffset(topic: handle, partition: partition.partition, offset: end))
            }
        }
        try consumer.assign(start)
    }

    /// The positions that moved since the last call, by topic × 1,000 + partition.
    func changedPositions() -> [(Int64, Int64)] {
        var changed: [(Int64, Int64)] = []
        // order-free: each becomes a row of its own.
        for (key, offset) in positions where reported[key] != offset {
            changed.append((Int64(key.topic) * 1_000 + Int64(key.partition), offset))
        }
        reported = positions
        return changed
    }

    /// Goes on from stored positions: the log holds what a former life wrote after its last checkpoint.
    /// - Throws: `KafkaError` if an offset lies beyond the log's end, which means another log.
    func goOn(from stored: [(Int64, Int64)]) throws(KafkaError) {
        var start: [PartitionOffset] = []
        for (key, offset) in stored {
            let place = TopicPartitionKey(topic: Int(key / 1_000), partition: Int32(key % 1_000))
            guard let end = positions[place], offset <= end else {
                throw KafkaError(
                    code: .offsetOutOfRange, topic: topicNames[place.topic], partition: place.partition,
                    reason: "the store's offset \(offset) lies beyond the log's end: this is another log")
            }
            positions[place] = offset
        }
        // order-free: an assignment has no order.
        for (key, offset) in positions {
            start.append(PartitionOffset(topic: producing[key.topic], partition: key.partition, offset: offset))
        }
        try consumer.assign(start)
    }

    /// Publishes messages and waits until the broker has them all; then consumes up to their end offsets.
    /// - Throws: `KafkaError` for a message that the broker refused, or a broker that went away.
    func exchange(
        _ bucket: Outbox.Bucket, _ range: Range<Int>, into consumed: inout Consumed, times: Int = 1
    ) throws(KafkaError) {
        bucket.bytes.withUnsafeBytes { bytes in
            var key: [UInt8] = []
            for index in range {
                let entry = bucket.entries[index]
                key.removeAll(keepingCapacity: true)
                entry.subject.write(into: &key)
                key.withUnsafeBytes { key in
                    for _ in 0..<times {
                        producer.produce(
                            topic: producing[Int(entry.topic)], key: key,
                            value: UnsafeRawBufferPointer(rebasing: bytes[entry.start..<entry.start + entry.count]),
                            header: header, opaque: index)
                    }
                }
            }
        }
        let deliveries = try producer.awaitDeliveries()
        if let failure = deliveries.failures.first { throw failure.error }
        var limits: [TopicPartitionKey: Int64] = [:]
        var missing = 0
        for end in deliveries.ends {
            let key = TopicPartitionKey(topic: end.topic.rawValue, partition: end.partition)
            let position = positions[key] ?? 0
            guard end.offset > position else { continue }
            limits[key] = end.offset
            missing += Int(end.offset - position)
        }
        try consume(missing, limits: limits, into: &consumed)
    }

    private func consume(
        _ missing: Int, limits: [TopicPartitionKey: Int64], into consumed: inout Consumed
    ) throws(KafkaError) {
        var missing = missing
        var silence = 0
        while missing > 0 {
            let batch = try consumer.poll(upTo: missing, timeout: .seconds(1))
            if batch.isEmpty {
                silence += 1
                if let error = consumer.takeErrors().last(where: { !$0.code.isTransient }) { throw error }
                if silence > 30 {
                    throw KafkaError(code: .timedOut, reason: "\(missing) acknowledged records were not delivered")
                }
                continue
            }
            silence = 0
            batch.forEach { record in
                let key = TopicPartitionKey(topic: record.topic.rawValue, partition: record.partition)
                let position = positions[key] ?? 0
                guard record.offset >= position else { return }
                // Gaps of a compacted or trimmed log count as passed.
                if let end = limits[key] { missing -= Int(min(record.offset + 1, end) - min(position, end)) }
                positions[key] = record.offset + 1
                Self.take(record, into: &consumed)
            }
        }
    }

    /// Takes what outsiders have written, waiting at most `timeout` for the first record.
    func poll(timeout: Duration, into consumed: inout Consumed) throws(KafkaError) {
        let batch = try consumer.poll(upTo: 1, timeout: timeout)
        batch.forEach { record in
            positions[TopicPartitionKey(topic: record.topic.rawValue, partition: record.partition)] = record.offset + 1
            Self.take(record, into: &consumed)
        }
    }

    private static func take(_ record: Record, into consumed: inout Consumed) {
        let start = consumed.bytes.count
        if let value = record.value { consumed.bytes.append(contentsOf: value) }
        let keyStart = consumed.bytes.count
        if let key = record.key { consumed.bytes.append(contentsOf: key) }
        consumed.records.append(
            Consumed.Value(
                topic: Int32(record.topic.rawValue), start: start, count: keyStart - start, keyStart: keyStart,
                keyCount: consumed.bytes.count - keyStart))
    }
}
