import CRdkafka
import Glibc

/// Publishes records and waits for their acknowledgements.
///
/// One thread uses a producer. `produce` copies the bytes and returns at once; `awaitDeliveries` waits until each
/// record is acknowledged or refused. Nothing is allocated per record in Swift.
///
///     let producer = try Producer(broker.settings)
///     let tiles = try producer.topicHandle("citizen.status-tile.v1")
///     producer.produce(topic: tiles, key: key, value: value, opaque: 0)
///     let deliveries = try producer.awaitDeliveries(timeout: .seconds(30))
public final class Producer {
    private let client: Client
    private let queue: OpaquePointer
    private var topics: [OpaquePointer] = []
    private var names: [String] = []
    private var ids: [String: TopicID] = [:]
    /// By topic: over how many partitions keys are spread; 0 = librdkafka asks the cluster.
    private var spread: [Int] = []
    private let arguments: ProduceArguments
    private let reports = UnsafeMutablePointer<UnsafePointer<rd_kafka_message_t>?>.allocate(
        capacity: Producer.reportsAtOnce)
    /// By topic, then partition: the highest acknowledged offset + 1 since the last answer; 0 = none.
    private var ends: [[Int64]] = []
    private var unknownEnds: Set<TopicPartition> = []
    private var collected = Deliveries()

    /// How many records are neither acknowledged nor refused.
    public private(set) var outstanding = 0

    private static let reportsAtOnce = 1024
    /// From so many records on a wait for them takes more than a nap anyway.
    private static let many = 64
    /// Microseconds.
    private static let nap: UInt32 = 150

    /// Connects in the background.
    /// - Throws: `KafkaError` when a property is refused.
    public init(_ settings: KafkaSettings) throws(KafkaError) {
        client = try Client(.producer, settings: settings) { configuration in
            rd_kafka_conf_set_events(configuration, RD_KAFKA_EVENT_DR)
        }
        queue = rd_kafka_queue_get_main(client.handle)
        arguments = ProduceArguments()
    }

    deinit {
        // What is still queued is dropped: a caller that wants it waits for it.
        rd_kafka_purge(client.handle, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
        for topic in topics { rd_kafka_topic_destroy(topic) }
        rd_kafka_queue_destroy(queue)
        reports.deallocate()
    }

    /// Asks the cluster for all its topics, so that the first record to each does not wait for that (up to a second).
    /// - Throws: `KafkaError` when no broker answers in time.
    @discardableResult
    public func fetchMetadata(timeout: Duration = .seconds(10)) throws(KafkaError) -> ClusterMetadata {
        try client.metadata(timeout: timeout)
    }

    /// The number of a topic; the first call with a name makes it.
    /// - Throws: `KafkaError` when the name is not one.
    public func topicHandle(_ name: String) throws(KafkaError) -> TopicID {
        if let id = ids[name] { return id }
        let id = TopicID(rawValue: topics.count)
        topics.append(try client.topic(name, id))
        names.append(name)
        ends.append([])
        spread.append(0)
        ids[name] = id
        return id
    }

    /// The name of a topic of this producer.
    public func name(of topic: TopicID) -> String { names[topic.rawValue] }

    /// From now on keys of this topic are spread over so many partitions, from 1, whatever the cluster adds later.
    ///
    /// So a key keeps its partition for as long as a run lasts. Without this it changes when partitions are added.
    public func fixPartitions(of topic: TopicID, to count: Int) {
        precondition(count > 0, "a topic has at least one partition")
        spread[topic.rawValue] = count
    }

    /// The topics that have another number of partitions than `fixPartitions` said, by name; one request.
    /// - Throws: `KafkaError` when no broker answers in time.
    public func partitionChanges(timeout: Duration = .seconds(10)) throws(KafkaError) -> [PartitionChange] {
        let metadata = try fetchMetadata(timeout: timeout)
        var changes: [PartitionChange] = []
        for (name, before) in zip(names, spread) where before > 0 {
            let now = metadata.topic(name)?.partitions.count ?? 0
            if now != before { changes.append(PartitionChange(topic: name, before: before, now: now)) }
        }
        return changes.sorted { $0.topic < $1.topic }
    }

    /// Queues one record; its fate is told by `awaitDeliveries`.
    ///
    /// With a full queue it first waits for reports: at most `message.timeout.ms`, after which librdkafka gives up
    /// on what stands in it. A record that is refused at once (too large, no such partition) counts as a failure
    /// of the next answer.
    ///
    /// - Parameters:
    ///   - key: Decides the partition, as Java's producer does; nil takes any partition.
    ///   - value: nil is a tombstone, which is not the same as an empty value.
    ///   - partition: −1 lets the key decide.
    ///   - opaque: The caller's number for the record, in case it fails.
    public func produce(
        topic: TopicID, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?, header: RecordHeader? = nil,
        partition: Int32 = -1, opaque: Int = 0
    ) {
        var partition = partition
        if partition < 0, let key, spread[topic.rawValue] > 0 {
            partition = KeyPartition.of(key, partitions: spread[topic.rawValue])
        }
        let count = arguments.fill(
            topic: topics[topic.rawValue], partition: partition, key: key, value: value, header: header,
            opaque: opaque)
        outstanding += 1
        while let refusal = rd_kafka_produceva(client.handle, arguments.base, count) {
            if rd_kafka_error_code(refusal) == RD_KAFKA_RESP_ERR__QUEUE_FULL {
                rd_kafka_error_destroy(refusal)
                serveReports(waiting: 100)
                continue
            }
            var error = client.events.explained(KafkaError(consuming: refusal, topic: names[topic.rawValue]))
            if partition >= 0 { error.partition = partition }
            outstanding -= 1
            collected.failures.append(DeliveryFailure(opaque: opaque, error: error))
            return
        }
        arguments.areTaken(count: count)
    }

    /// Waits until every record produced so far is acknowledged or refused.
    ///
    /// - Returns: What became of all records since the last answer.
    /// - Throws: `KafkaError` when some are still outstanding after the time-out, with the reason if it is known.
    ///   They stay outstanding: a later call goes on, and loses nothing.
    public func awaitDeliveries(timeout: Duration = .seconds(60)) throws(KafkaError) -> Deliveries {
        if outstanding > 0 {
            let deadline = TimeLeft(after: timeout)
            serveReports(waiting: 0)
            while outstanding > 0 {
                let left = deadline.left
                if left == .zero {
                    var error = client.failure(.timedOut, waited: timeout)
                    error.reason = "\(outstanding) records are not acknowledged: \(error.reason)"
                    throw error
                }
                // One event a partition: waking for each of them takes the time from those who make them.
                if outstanding >= Producer.many { usleep(Producer.nap) }
                serveReports(waiting: left.milliseconds)
            }
        }
        return try answer()
    }

    /// Errors of the client beside those of records (lost brokers, refused logins) since the last call.
    public func takeErrors() -> [KafkaError] {
        serveReports(waiting: 0)
        return client.events.take()
    }

    /// Waits for one report event and takes what else has come by then.
    private func serveReports(waiting milliseconds: Int32) {
        var wait = milliseconds
        while let event = rd_kafka_queue_poll(queue, wait) {
            wait = 0
            while true {
                let count = rd_kafka_event_message_array(event, reports, Producer.reportsAtOnce)
                if count == 0 { break }
                for index in 0..<count {
                    if let message = reports[index] { take(message) }
                }
            }
            rd_kafka_event_destroy(event)
        }
    }

    private func take(_ message: UnsafePointer<rd_kafka_message_t>) {
        outstanding -= 1
        let topic = Client.topicID(of: message.pointee.rkt)
        let partition = message.pointee.partition
        guard message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
            fail(message, topic: topic, partition: partition)
            return
        }
        collected.acknowledged += 1
        let index = Int(partition)
        if ends[topic.rawValue].count <= index {
            ends[topic.rawValue] += Array(repeating: 0, count: index + 1 - ends[topic.rawValue].count)
        }
        let offset = message.pointee.offset
        if offset < 0 {
            // A retry that the broker had written before: the offset it got then is not told.
            unknownEnds.insert(TopicPartition(names[topic.rawValue], partition))
        } else if offset >= ends[topic.rawValue][index] {
            ends[topic.rawValue][index] = offset + 1
        }
    }

    private func fail(_ message: UnsafePointer<rd_kafka_message_t>, topic: TopicID, partition: Int32) {
        let code = KafkaErrorCode(message.pointee.err)
        // How long librdkafka tried is a property of its own, so that it is not said here.
        var error = client.events.explain(code, waited: nil, topic: names[topic.rawValue])
        if error.code != code { error.reason = "\(code.meaning): \(error.reason)" }
        error.partition = partition >= 0 ? partition : nil
        collected.failures.append(
            DeliveryFailure(opaque: Int(bitPattern: message.pointee._private), error: error))
    }

    private func answer() throws(KafkaError) -> Deliveries {
        for unknown in unknownEnds {
            guard let id = ids[unknown.topic] else { continue }
            let end = try client.watermarks(unknown, timeout: .seconds(10)).high
            ends[id.rawValue][Int(unknown.partition)] = max(ends[id.rawValue][Int(unknown.partition)], end)
        }
        unknownEnds.removeAll()
        var answer = collected
        collected = Deliveries()
        for topic in ends.indices {
            for partition in ends[topic].indices where ends[topic][partition] > 0 {
                answer.ends.append(
                    PartitionOffset(
                        topic: TopicID(rawValue: topic), partition: Int32(partition), offset: ends[topic][partition]))
                ends[topic][partition] = 0
            }
        }
        return answer
    }
}
