public import Kafka
import LifeEvents

/// The topics of a run on one Kafka cluster: publishes an instant's messages and consumes up to their end offsets.
public final class Bus {
    /// Full names on the broker, prefixed by the namespace, in the order of the run's topics.
    public let topicNames: [String]
    private let producer: Producer
    private let consumer: Consumer
    private let producing: [TopicID]
    private let header = RecordHeader(name: "content-type", value: "application/cloudevents+json; charset=UTF-8")
    /// Next offset by partition: what has been consumed. A topic's partitions stand together from `firstPlace` on.
    private var positions: [Int64] = []
    private var reported: [Int64] = []
    private let firstPlace: [Int]
    private let embedded: EmbeddedBroker?
    private var key: [UInt8] = []

    /// Connects to a cluster that has the topics, and begins at the end offsets it finds.
    /// - Throws: `KafkaError` when the broker cannot be reached or lacks a topic.
    public init(
        settings: KafkaSettings, topics: [String], namespace: String?,
        embedded: EmbeddedBroker? = nil
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
        var firstPlace: [Int] = []
        var start: [PartitionOffset] = []
        for (index, name) in topicNames.enumerated() {
            firstPlace.append(positions.count)
            let own = partitions.filter { $0.topic == name }.sorted { $0.partition < $1.partition }
            for partition in own {
                let end = ends[partition] ?? 0
                positions.append(end)
                start.append(PartitionOffset(topic: producing[index], partition: partition.partition, offset: end))
            }
        }
        self.firstPlace = firstPlace
        try consumer.assign(start)
    }

    private func place(_ topic: Int, _ partition: Int32) -> Int { firstPlace[topic] + Int(partition) }

    /// The topic and partition that stand at a place.
    private func partition(at place: Int) -> (topic: Int, partition: Int32) {
        let topic = firstPlace.partitioningIndex { $0 > place } - 1
        return (topic, Int32(place - firstPlace[topic]))
    }

    /// The positions that moved since the last call, by topic × 1,000 + partition.
    func changedPositions() -> [(Int64, Int64)] {
        var changed: [(Int64, Int64)] = []
        for (place, offset) in positions.enumerated() where place >= reported.count || reported[place] != offset {
            let (topic, partition) = partition(at: place)
            changed.append((Int64(topic) * 1_000 + Int64(partition), offset))
        }
        reported = positions
        return changed
    }

    /// Goes on from stored positions: the log holds what a former life wrote after its last checkpoint.
    /// - Throws: `KafkaError` if an offset lies beyond the log's end, which means another log.
    func goOn(from stored: [(Int64, Int64)]) throws(KafkaError) {
        for (key, offset) in stored {
            let (topic, partition) = (Int(key / 1_000), Int32(key % 1_000))
            guard topic < firstPlace.count, place(topic, partition) < positions.count,
                offset <= positions[place(topic, partition)]
            else {
                throw KafkaError(
                    code: .offsetOutOfRange, topic: topicNames.indices.contains(topic) ? topicNames[topic] : nil,
                    partition: partition,
                    reason: "the store's offset \(offset) lies beyond the log's end: this is another log")
            }
            positions[place(topic, partition)] = offset
        }
        var start: [PartitionOffset] = []
        for (place, offset) in positions.enumerated() {
            let (topic, partition) = partition(at: place)
            start.append(PartitionOffset(topic: producing[topic], partition: partition, offset: offset))
        }
        try consumer.assign(start)
    }

    /// Makes something go wrong on the embedded broker, or right again; a cluster is left alone.
    func inject(_ fault: Fault) throws(KafkaError) { try embedded?.inject(fault) }

    /// Publishes messages; `receive` waits for them.
    func send(_ bucket: Outbox.Bucket, _ range: Range<Int>, times: Int = 1) throws(KafkaError) {
        bucket.bytes.withUnsafeBytes { bytes in
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
    }

    /// Waits until the broker has everything that was sent, then consumes up to the end offsets it told; what outsiders
    /// have written meanwhile comes along.
    /// - Throws: `KafkaError` for a message that the broker refused, or a broker that went away.
    func receive(_ body: (_ topic: Int32, _ value: UnsafeRawBufferPointer, Record) -> Void) throws(KafkaError) {
        let deliveries = try producer.awaitDeliveries()
        if let failure = deliveries.failures.first { throw failure.error }
        let ends = deliveries.ends.map { (place: place($0.topic.rawValue, $0.partition), offset: $0.offset) }
        var silence = 0
        while true {
            var missing = 0
            for end in ends where end.offset > positions[end.place] {
                missing += Int(end.offset - positions[end.place])
            }
            if missing == 0 { return }
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
            hand(batch, to: body)
        }
    }

    /// Takes what outsiders have written, waiting at most `timeout` for the first record.
    func poll(
        timeout: Duration, _ body: (_ topic: Int32, _ value: UnsafeRawBufferPointer, Record) -> Void
    ) throws(KafkaError) {
        hand(try consumer.poll(upTo: 1, timeout: timeout), to: body)
    }

    private func hand(
        _ batch: borrowing RecordBatch, to body: (_ topic: Int32, _ value: UnsafeRawBufferPointer, Record) -> Void
    ) {
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        for index in 0..<batch.count {
            let record = batch[index]
            let place = place(record.topic.rawValue, record.partition)
            guard record.offset >= positions[place] else { continue }
            // Gaps of a compacted or trimmed log count as passed.
            positions[place] = record.offset + 1
            body(Int32(record.topic.rawValue), record.value ?? nothing, record)
        }
    }
}
