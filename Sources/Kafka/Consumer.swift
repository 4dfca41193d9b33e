import CRdkafka

/// Reads partitions that the caller assigns, from offsets that the caller names; joins no group, commits nothing.
///
/// One thread uses a consumer. librdkafka fetches ahead in the background. Let go of a consumer before its topics
/// are deleted: librdkafka 2.0.2 would otherwise keep its threads and memory.
///
///     let consumer = try Consumer(broker.settings)
///     let tiles = try consumer.topicHandle("citizen.status-tile.v1")
///     try consumer.assign([PartitionOffset(topic: tiles, partition: 0, offset: 0)])
///     let got = try consumer.consume(exactly: 12, timeout: .seconds(30)) { batch in
///         batch.forEach { record in … }
///     }
public final class Consumer {
    let client: Client
    private let queue: OpaquePointer
    private var topics: [OpaquePointer] = []
    var names: [String] = []
    private var ids: [String: TopicID] = [:]
    var positions = Positions()
    private var assigned: [PartitionOffset] = []
    var pending: KafkaError?
    private var gaps: [OffsetGap] = []
    /// Where librdkafka stopped, and the log is yet to be looked at.
    var stops: [Stop] = []
    /// Where reading stands still until the caller goes on.
    var interruptions: [Interruption] = []
    /// Those that no batch has told yet.
    var untold: [Interruption] = []
    /// The newest run of unreadable offsets of each partition.
    var unreadable: [TopicID: [Int32: Range<Int64>]] = [:]
    /// How large the records of late have been, in bytes: from it follows how many are asked for at once.
    private var recentSize = Consumer.smallestSize

    /// A record's least size in the reckoning of how many may come at once.
    private static let smallestSize = FetchLimits.batchBytes / FetchLimits.batchRecords
    /// How often a wait for records looks at how much has come and whether something failed.
    private static let slice: Duration = .milliseconds(10)

    /// Connects in the background.
    /// - Throws: `KafkaError` when a property is refused.
    public init(_ settings: KafkaSettings) throws(KafkaError) {
        client = try Client(.consumer, settings: settings)
        rd_kafka_poll_set_consumer(client.handle)
        queue = rd_kafka_queue_get_consumer(client.handle)
    }

    deinit {
        rd_kafka_queue_destroy(queue)
        for topic in topics { rd_kafka_topic_destroy(topic) }
    }

    /// The number of a topic; the first call with a name makes it.
    /// - Throws: `KafkaError` when the name is not one.
    public func topicHandle(_ name: String) throws(KafkaError) -> TopicID {
        if let id = ids[name] { return id }
        let id = TopicID(rawValue: topics.count)
        topics.append(try client.topic(name, id))
        names.append(name)
        ids[name] = id
        return id
    }

    /// The name of a topic of this consumer.
    public func name(of topic: TopicID) -> String { names[topic.rawValue] }

    /// Asks the cluster for all its topics, so that the first fetch does not wait for that (up to a second).
    /// - Throws: `KafkaError` when no broker answers in time.
    @discardableResult
    public func fetchMetadata(timeout: Duration = .seconds(10)) throws(KafkaError) -> ClusterMetadata {
        try client.metadata(timeout: timeout)
    }

    /// Reads these partitions from these offsets on, and nothing else; replaces what was assigned before.
    ///
    /// What was fetched before and not yet consumed is dropped. Asks for metadata first.
    /// - Throws: `KafkaError` when no broker answers in time.
    public func assign(_ partitions: [PartitionOffset], timeout: Duration = .seconds(10)) throws(KafkaError) {
        try fetchMetadata(timeout: timeout)
        let list = rd_kafka_topic_partition_list_new(Int32(partitions.count))
        defer { rd_kafka_topic_partition_list_destroy(list) }
        for place in partitions {
            let entry = rd_kafka_topic_partition_list_add(list, names[place.topic.rawValue], place.partition)
            entry?.pointee.offset = place.offset
        }
        let code = rd_kafka_assign(client.handle, list)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw client.failure(KafkaErrorCode(code), waited: timeout)
        }
        assigned = partitions
        pending = nil
        stops = []
        interruptions = []
        untold = []
        positions = Positions()
        for place in partitions { positions.set(place) }
    }

    /// Reads these partitions too, from these offsets on; those assigned before keep what was fetched of them.
    ///
    /// A fetch names each partition that is assigned, whether it has records or not, so a reader of many topics of which few
    /// are in use assigns them as they come to be.
    /// - Precondition: none of them is assigned.
    /// - Throws: `KafkaError` where the client refuses.
    public func add(_ partitions: [PartitionOffset]) throws(KafkaError) {
        let list = rd_kafka_topic_partition_list_new(Int32(partitions.count))
        defer { rd_kafka_topic_partition_list_destroy(list) }
        for place in partitions {
            precondition(position(place.topic, place.partition) == nil, "a partition is assigned once")
            let entry = rd_kafka_topic_partition_list_add(list, names[place.topic.rawValue], place.partition)
            entry?.pointee.offset = place.offset
        }
        if let refusal = rd_kafka_incremental_assign(client.handle, list) { throw KafkaError(consuming: refusal) }
        assigned += partitions
        for place in partitions { positions.set(place) }
    }

    /// Goes on reading one assigned partition elsewhere; the others keep their positions.
    ///
    /// Costs a new assignment of all partitions.
    /// - Throws: `KafkaError` when no broker answers in time.
    public func seek(to place: PartitionOffset, timeout: Duration = .seconds(10)) throws(KafkaError) {
        let moved = assigned.map { old in
            let isMoved = old.topic == place.topic && old.partition == place.partition
            return isMoved ? place : position(old.topic, old.partition) ?? old
        }
        try assign(moved, timeout: timeout)
    }

    /// The next offset that the caller will get of an assigned partition.
    public func position(_ topic: TopicID, _ partition: Int32) -> PartitionOffset? {
        positions.next(topic, partition).map { PartitionOffset(topic: topic, partition: partition, offset: $0) }
    }

    /// Waits for up to this many records, and hands them over batch by batch.
    ///
    /// It asks librdkafka for no more than are still expected: that call waits out its time-out when it could not
    /// fill its array. So name exactly what the end offsets tell.
    ///
    /// - Returns: How many records came; less than `count` only when the time-out passed.
    /// - Throws: `KafkaError` for what waiting cannot heal, and for an interruption, as an offset that is no longer
    ///   there. Records that came before the error have been handed over.
    @discardableResult
    public func consume(
        exactly count: Int, timeout: Duration = .seconds(60),
        _ body: (borrowing RecordBatch) throws(KafkaError) -> Void
    ) throws(KafkaError) -> Int {
        let deadline = TimeLeft(after: timeout)
        var got = 0
        while got < count {
            let left = deadline.left
            let batch = try poll(upTo: count - got, timeout: left)
            if !batch.isEmpty { try body(batch) }
            got += batch.count
            if let interruption = batch.interruptions.first { throw interruption.error }
            if left == .zero { break }
        }
        return got
    }

    /// One batch of at most `count` records; waits up to the time-out for the first of them.
    ///
    /// Fewer come when the others are not there yet, when 10,000 records or 16 MiB are reached (so that large records
    /// come one at a time), or when reading a partition has stopped. For callers whose own errors must pass through;
    /// `consume(exactly:timeout:_:)` is made of it.
    /// - Throws: `KafkaError` for what waiting cannot heal, at the call after the one that gave the records before it.
    public func poll(upTo count: Int, timeout: Duration) throws(KafkaError) -> RecordBatch {
        try throwPending()
        let deadline = TimeLeft(after: timeout)
        let capacity = max(1, min(count, FetchLimits.batchRecords))
        let messages = UnsafeMutablePointer<UnsafeMutablePointer<rd_kafka_message_t>?>.allocate(capacity: capacity)
        var (kept, bytes, largest) = (0, 0, Consumer.smallestSize)
        while kept < capacity, bytes < FetchLimits.batchBytes {
            let room = min(capacity - kept, max(1, (FetchLimits.batchBytes - bytes) / max(recentSize, largest)))
            let wait = kept == 0 ? min(deadline.left, Consumer.slice) : .zero
            let got = max(0, rd_kafka_consume_batch_queue(queue, wait.milliseconds, messages + kept, room))
            let end = kept + got
            for index in kept..<end {
                guard let message = messages[index] else { continue }
                if message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR {
                    let size = message.pointee.len + message.pointee.key_len
                    bytes += size
                    largest = max(largest, size)
                    note(message)
                    messages[kept] = message
                    kept += 1
                } else {
                    take(message)
                    rd_kafka_message_destroy(message)
                }
            }
            if got < room, kept > 0 || deadline.hasPassed { break }
            if pending != nil || !stops.isEmpty { break }
        }
        if kept > 0 { recentSize = max(largest, recentSize / 2) }
        do throws(KafkaError) { try lookAtStops() } catch { pending = pending ?? error }
        let batch = RecordBatch(messages, count: kept, gaps: gaps, interruptions: untold)
        gaps = []
        untold = []
        if batch.isEmpty, batch.interruptions.isEmpty { try throwPending() }
        return batch
    }

    /// Errors that librdkafka tries to heal by itself (lost brokers, moved leaders) since the last call, and one for
    /// each partition that stands still until `goOn(after:)`.
    public func takeErrors() -> [KafkaError] { client.events.take() + interruptions.map(\.error) }

    /// What to say when records that must be there did not come for so long: the brokers, and what is known of why.
    public func silence(of duration: Duration) -> KafkaError { client.failure(.timedOut, waited: duration) }

    private func throwPending() throws(KafkaError) {
        guard let error = pending else { return }
        pending = nil
        throw error
    }

    private func note(_ message: UnsafeMutablePointer<rd_kafka_message_t>) {
        let place = PartitionOffset(
            topic: Client.topicID(of: message.pointee.rkt), partition: message.pointee.partition,
            offset: message.pointee.offset)
        if let expected = positions.advance(over: place) {
            gaps.append(
                OffsetGap(topic: place.topic, partition: place.partition, missing: expected..<place.offset))
        }
    }
}
