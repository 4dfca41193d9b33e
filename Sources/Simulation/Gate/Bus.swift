import Hosting
public import Kafka
import LifeEvents

/// The topics of a run on one Kafka cluster: publishes an instant's messages and consumes up to their end offsets.
public final class Bus {
    /// Full names on the broker, prefixed by the namespace, in the order of the run's topics.
    public let topicNames: [String]
    private let settings: KafkaSettings
    private var producer: Producer
    private var consumer: Consumer
    private let producing: [TopicID]
    private let header = RecordHeader(name: "content-type", value: "application/cloudevents+json; charset=UTF-8")
    /// Next offset by partition: what has been consumed. A topic's partitions stand together from `firstPlace` on.
    private var positions: [Int64] = []
    /// The end offsets found when the run began.
    private let foundEnds: [Int64]
    private var reported: [Int64] = []
    private let firstPlace: [Int]
    private var embedded: EmbeddedBroker?
    /// After so many bytes of records the run's own broker is made anew; nil: the broker stays.
    private var renewsAfter: Int?
    /// Whether nobody else knows of the broker: then only topics are read that the run has written.
    private let isAlone: Bool
    /// Of each topic whether its partitions are read.
    private var isRead: [Bool]
    /// How many bytes of records were sent since the broker is there.
    private var sentBytes = 0
    private var key: [UInt8] = []
    /// What is sent at once, topic ‖ place.
    private var order: [UInt64] = []

    /// So long nothing may come of what the broker has acknowledged, seconds.
    private static let longestSilence = 30
    /// After a wait of this length without a record there is time to ask for partitions.
    private static let idleTime = Duration.milliseconds(200)
    /// The most records of others that are taken between two looks at the clock.
    private static let mostAtOnce = 1_000
    /// A key of a stored position is topic × this + partition.
    private static let mostPartitions: Int64 = 100_000

    /// After how many bytes of records, before they are packed, a run makes the broker anew that is its own alone.
    ///
    /// The embedded cluster keeps 5 MiB of each partition and walks over all batches of each at every fetch: with a log that
    /// begins anew the walks stay short, and memory does not grow with topics.
    public static let ordinaryRenewal = 32 << 20

    /// Connects to a cluster that has the topics, and begins at the end offsets it finds.
    /// - Parameters:
    ///   - embedded: the cluster itself, where it is in this process.
    ///   - renewsAfter: after how many bytes of records the embedded cluster is replaced by another, between two slices and
    ///     with nothing under way: only for one that nobody else knows of. nil: never.
    /// - Throws: `KafkaError` when the broker cannot be reached or lacks a topic.
    public init(
        settings: KafkaSettings, topics: [String], namespace: String?,
        embedded: EmbeddedBroker? = nil, renewsAfter: Int? = nil
    ) throws(KafkaError) {
        self.settings = settings
        self.embedded = embedded
        self.renewsAfter = embedded == nil ? nil : renewsAfter
        isAlone = self.renewsAfter != nil
        isRead = Array(repeating: !isAlone, count: topics.count)
        topicNames = topics.map { name in namespace.map { "\($0).\(name)" } ?? name }
        producer = try Producer(settings)
        consumer = try Consumer(settings)
        let metadata = try producer.fetchMetadata()
        var producing: [TopicID] = []
        var partitions: [TopicPartition] = []
        for name in topicNames {
            let topicID = try producer.topicHandle(name)
            producing.append(topicID)
            _ = try consumer.topicHandle(name)
            guard let topic = metadata.topic(name) else {
                throw KafkaError(code: .unknownTopic, topic: name, reason: "the broker has no such topic")
            }
            // A key keeps its partition for as long as the run lasts, whatever is added to the topic meanwhile.
            producer.fixPartitions(of: topicID, to: topic.partitions.count)
            partitions += topic.partitions.map { TopicPartition(name, $0.id) }
        }
        self.producing = producing
        // A cluster that nobody else knows of has nothing yet.
        let ends = isAlone ? [:] : try Admin(settings).endOffsets(of: partitions)
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
        foundEnds = positions
        if !isAlone { try consumer.assign(start) } else { try consumer.fetchMetadata() }
    }

    /// Replaces the embedded cluster, its log with it: all that it had was read.
    private func renew() throws(KafkaError) {
        let broker = try EmbeddedBroker()
        let counts = topicNames.indices.map { places(of: $0).count }
        // The embedded cluster looks at its topics one after the other for each that a request names: those that the run
        // has written come first.
        let order = topicNames.indices.filter { isRead[$0] } + topicNames.indices.filter { !isRead[$0] }
        try broker.createTopics(order.map { (topicNames[$0], counts[$0]) })
        var settings = broker.settings
        settings.properties = self.settings.properties
        let (producer, consumer) = (try Producer(settings), try Consumer(settings))
        try producer.fetchMetadata()
        // Made in the same order, the topics have the same numbers.
        for (name, count) in zip(topicNames, counts) {
            producer.fixPartitions(of: try producer.topicHandle(name), to: count)
            _ = try consumer.topicHandle(name)
        }
        positions = [Int64](repeating: 0, count: positions.count)
        isRead = Array(repeating: false, count: topicNames.count)
        try consumer.fetchMetadata()
        (self.producer, self.consumer, embedded, sentBytes) = (producer, consumer, broker, 0)
    }

    /// Reads a topic from now on, where it is not read yet.
    private func read(topic: Int) throws(KafkaError) {
        guard !isRead[topic] else { return }
        isRead[topic] = true
        try consumer.add(
            places(of: topic).map { place in
                PartitionOffset(
                    topic: producing[topic], partition: Int32(place - firstPlace[topic]), offset: positions[place])
            })
    }

    /// Where each partition is to be read from.
    private var starts: [PartitionOffset] {
        positions.enumerated().map { place, offset in
            let (topic, partition) = partition(at: place)
            return PartitionOffset(topic: producing[topic], partition: partition, offset: offset)
        }
    }

    private func place(_ topic: Int, _ partition: Int32) -> Int { firstPlace[topic] + Int(partition) }

    /// The topic and partition that stand at a place.
    private func partition(at place: Int) -> (topic: Int, partition: Int32) {
        let topic = firstPlace.partitioningIndex { $0 > place } - 1
        return (topic, Int32(place - firstPlace[topic]))
    }

    private func places(of topic: Int) -> Range<Int> {
        firstPlace[topic]..<(topic + 1 < firstPlace.count ? firstPlace[topic + 1] : positions.count)
    }
}

extension Bus: MessageLog {
    var topicCount: Int { topicNames.count }

    func ends(of topic: Int32) -> [Int64] { Array(foundEnds[places(of: Int(topic))]) }

    func changedPositions() -> [(Int64, Int64)] {
        var changed: [(Int64, Int64)] = []
        for (place, offset) in positions.enumerated() where place >= reported.count || reported[place] != offset {
            let (topic, partition) = partition(at: place)
            changed.append((Int64(topic) * Self.mostPartitions + Int64(partition), offset))
        }
        reported = positions
        return changed
    }

    func goOn(from stored: [(Int64, Int64)]) throws(KafkaError) {
        var partitionsBefore: [Int: Int] = [:]
        for (key, _) in stored { partitionsBefore[Int(key / Self.mostPartitions), default: 0] += 1 }
        for (topic, name) in topicNames.enumerated() {
            guard let before = partitionsBefore[topic], before != places(of: topic).count else { continue }
            throw Self.changed(PartitionChange(topic: name, before: before, now: places(of: topic).count))
        }
        for (key, offset) in stored {
            let (topic, partition) = (Int(key / Self.mostPartitions), Int32(key % Self.mostPartitions))
            guard topic < firstPlace.count, places(of: topic).contains(place(topic, partition)),
                offset <= positions[place(topic, partition)]
            else {
                throw KafkaError(
                    code: .offsetOutOfRange, topic: topicNames.indices.contains(topic) ? topicNames[topic] : nil,
                    partition: partition,
                    reason: "the store's offset \(offset) lies beyond the log's end: this is another log")
            }
            positions[place(topic, partition)] = offset
        }
        precondition(!isAlone, "a run goes on from a log that outlives it")
        try consumer.assign(starts)
    }

    func inject(_ fault: Fault) throws(KafkaError) {
        // What was done to a broker may last longer than the instant: another one would be whole again.
        renewsAfter = nil
        try embedded?.inject(fault)
    }

    func requestCount(of kind: KafkaRequest?) -> Int? { embedded?.requestCount(of: kind) }

    func send(_ bucket: borrowing OutboxBucket, _ range: Range<Int>, times: Int) throws(KafkaError) {
        // Records of a topic that are handed over one after the other travel in one batch; handed over in turns with others,
        // in several. Each partition gets its records in the bucket's order.
        order.removeAll(keepingCapacity: true)
        for index in range { order.append(UInt64(bucket.entries[index].topic) << 32 | UInt64(index)) }
        order.sort()
        for topicAndPlace in order {
            let index = Int(topicAndPlace & 0xFFFF_FFFF)
            let entry = bucket.entries[index]
            sentBytes += entry.count * times
            key.removeAll(keepingCapacity: true)
            entry.subject.write(into: &key)
            let isWhole = bucket.withValue(of: entry) { value in
                guard value.count == entry.count else { return false }
                key.withUnsafeBytes { key in
                    for _ in 0..<times {
                        producer.produce(
                            topic: producing[Int(entry.topic)], key: key, value: value, header: header, opaque: index)
                    }
                }
                return true
            }
            guard isWhole else {
                throw KafkaError(code: .invalidArgument, reason: "a message that was put away cannot be read back")
            }
        }
    }

    func receive(_ body: (LogRecord) -> Void) throws(KafkaError) -> [LogLoss] {
        let deliveries = try producer.awaitDeliveries()
        if let failure = deliveries.failures.first { throw failure.error }
        for end in deliveries.ends { try read(topic: end.topic.rawValue) }
        let ends = deliveries.ends.map { (place: place($0.topic.rawValue, $0.partition), offset: $0.offset) }
        var losses: [LogLoss] = []
        var silence = 0
        while true {
            var missing = 0
            for end in ends where end.offset > positions[end.place] {
                missing += Int(end.offset - positions[end.place])
            }
            if missing == 0 {
                if let renewsAfter, sentBytes >= renewsAfter { try renew() }
                return losses
            }
            let before = losses.count
            let batch = try consumer.poll(upTo: missing, timeout: .seconds(1))
            try take(batch, &losses, body)
            if batch.isEmpty, losses.count == before {
                silence += 1
                if let error = consumer.takeErrors().last(where: { !$0.code.isTransient }) { throw error }
                if silence == 3 { try checkPartitions() }
                if silence > Self.longestSilence { throw consumer.silence(of: .seconds(Self.longestSilence)) }
                continue
            }
            silence = 0
        }
    }

    func poll(timeout: Duration, _ body: (LogRecord) -> Void) throws(KafkaError) -> [LogLoss] {
        var losses: [LogLoss] = []
        let first = try consumer.poll(upTo: 1, timeout: timeout)
        try take(first, &losses, body)
        guard !first.isEmpty else {
            if timeout >= Self.idleTime { try checkPartitions() }
            return losses
        }
        // What came with it is taken at once: each poll of a paced run is a checkpoint.
        let more = try consumer.poll(upTo: Self.mostAtOnce, timeout: .zero)
        try take(more, &losses, body)
        return losses
    }

    func checkPartitions() throws(KafkaError) {
        // Nobody else knows of a cluster in this process.
        guard embedded == nil, let change = (try? producer.partitionChanges(timeout: .seconds(2)))?.first else {
            return
        }
        throw Self.changed(change)
    }

    private static func changed(_ change: PartitionChange) -> KafkaError {
        KafkaError(
            code: .unknownTopic, topic: change.topic,
            reason:
                "\(change): a run's partitions are fixed at its start, and nothing reads what stands on new ones; begin "
                + "it anew, with --restart where it has a store")
    }

    /// Hands over what was read, and then goes on after what the log no longer has: what stands before a loss may come
    /// together with it.
    private func take(
        _ batch: borrowing RecordBatch, _ losses: inout [LogLoss], _ body: (LogRecord) -> Void
    ) throws(KafkaError) {
        hand(batch, to: body)
        try passOver(batch, &losses)
    }

    /// Goes on after what the log no longer has; the gate says what it means.
    private func passOver(_ batch: borrowing RecordBatch, _ losses: inout [LogLoss]) throws(KafkaError) {
        for gap in batch.gaps {
            losses.append(
                LogLoss(
                    topic: Int32(gap.topic.rawValue), partition: gap.partition, offsets: gap.missing,
                    reason: "the log has let go of them"))
        }
        for interruption in batch.interruptions {
            try consumer.goOn(after: interruption)
            let place = place(interruption.topic.rawValue, interruption.partition)
            positions[place] = max(positions[place], interruption.next)
            losses.append(
                LogLoss(
                    topic: Int32(interruption.topic.rawValue), partition: interruption.partition,
                    offsets: interruption.missing,
                    reason: interruption.isUnreadable
                        ? "they cannot be unpacked within the limits" : "the log has let go of them"))
        }
    }

    private func hand(_ batch: borrowing RecordBatch, to body: (LogRecord) -> Void) {
        for index in 0..<batch.count {
            let record = batch[index]
            let place = place(record.topic.rawValue, record.partition)
            guard record.offset >= positions[place] else { continue }
            positions[place] = record.offset + 1
            body(
                LogRecord(
                    topic: Int32(record.topic.rawValue), partition: record.partition, offset: record.offset,
                    key: record.key, value: record.value, headers: .kafka(record)))
        }
    }
}

extension Interruption {
    fileprivate var isUnreadable: Bool {
        if case .unreadable = cause { true } else { false }
    }
}
