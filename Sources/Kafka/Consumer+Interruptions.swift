import CRdkafka

extension Consumer {
    /// A partition that librdkafka reads no further.
    struct Stop {
        let place: PartitionOffset
        /// Why the batch there could not be unpacked; nil: there is no such offset.
        let unreadable: String?
    }

    /// Goes on reading a partition whose reading had stopped, at `Interruption.next`.
    ///
    /// Nothing happens if the partition was assigned anew or gone on with since.
    /// - Throws: `KafkaError` when librdkafka refuses.
    public func goOn(after interruption: Interruption) throws(KafkaError) {
        guard let index = interruptions.firstIndex(of: interruption) else { return }
        let place = PartitionOffset(
            topic: interruption.topic, partition: interruption.partition, offset: interruption.next)
        try reassign(place, rd_kafka_incremental_assign)
        interruptions.remove(at: index)
        positions.set(place)
    }

    func take(_ message: UnsafeMutablePointer<rd_kafka_message_t>) {
        let code = KafkaErrorCode(message.pointee.err)
        guard code != .endOfPartition else { return }
        let topic = message.pointee.rkt.flatMap { rd_kafka_topic_name($0) }.map { String(cString: $0) }
        let reason = rd_kafka_message_errstr(message).map { String(cString: $0) } ?? code.meaning
        if topic != nil, code == .offsetReset || code == .badCompression {
            return stop(message, unreadable: code == .badCompression ? reason : nil)
        }
        let error = KafkaError(
            code: code, topic: topic, partition: topic == nil ? nil : message.pointee.partition, reason: reason)
        if code.isTransient {
            client.events.note(error)
        } else if pending == nil {
            pending = client.events.explained(error)
        }
    }

    /// Notes that a partition is read no further; once, though librdkafka fetches an unreadable batch again and again.
    private func stop(_ message: UnsafeMutablePointer<rd_kafka_message_t>, unreadable: String?) {
        let (topic, partition) = (Client.topicID(of: message.pointee.rkt), message.pointee.partition)
        let isKnown =
            stops.contains { $0.place.topic == topic && $0.place.partition == partition }
            || interruptions.contains { $0.topic == topic && $0.partition == partition }
        if isKnown { return }
        let position = positions.next(topic, partition) ?? max(0, message.pointee.offset)
        let place = PartitionOffset(topic: topic, partition: partition, offset: position)
        stops.append(Stop(place: place, unreadable: unreadable))
    }

    /// So many offsets one after the other are given up one by one, so that nothing readable is passed over; from then on
    /// each time as many as before altogether, or one batch of somebody's with a million records would hold up its
    /// partition for hours.
    static let patience: Int64 = 64

    /// How many offsets to give up from an unreadable place on, at most to the end of the log.
    private func giveUp(_ place: PartitionOffset, _ end: Int64) -> Int64 {
        let last = unreadable[place.topic]?[place.partition]
        let start = last.flatMap { $0.upperBound == place.offset ? $0.lowerBound : nil } ?? place.offset
        let before = place.offset - start
        let count = max(1, min(before < Consumer.patience ? 1 : before, end - place.offset))
        unreadable[place.topic, default: [:]][place.partition] = start..<place.offset + count
        return count
    }

    /// Asks what is still there of the logs of stopped partitions, and stops asking the broker for them.
    /// - Throws: `KafkaError` when a broker does not answer; the partitions not looked at are kept for the next call.
    func lookAtStops() throws(KafkaError) {
        while let stop = stops.first {
            let (topic, partition) = (stop.place.topic, stop.place.partition)
            let name = names[topic.rawValue]
            let marks = try client.watermarks(TopicPartition(name, partition), timeout: .seconds(10))
            let cause: Interruption.Cause
            if let reason = stop.unreadable {
                cause = .unreadable(reason: reason, count: giveUp(stop.place, marks.high))
            } else {
                cause = .outOfRange(first: marks.low, end: marks.high)
            }
            try reassign(stop.place, rd_kafka_incremental_unassign)
            stops.removeFirst()
            let interruption = Interruption(
                topic: topic, name: name, partition: partition, position: stop.place.offset, cause: cause)
            interruptions.append(interruption)
            untold.append(interruption)
        }
    }

    private func reassign(
        _ place: PartitionOffset,
        _ change: (OpaquePointer?, UnsafePointer<rd_kafka_topic_partition_list_t>?) -> OpaquePointer?
    ) throws(KafkaError) {
        let list = rd_kafka_topic_partition_list_new(1)
        defer { rd_kafka_topic_partition_list_destroy(list) }
        let name = names[place.topic.rawValue]
        rd_kafka_topic_partition_list_add(list, name, place.partition)?.pointee.offset = place.offset
        if let refusal = change(client.handle, list) { throw KafkaError(consuming: refusal, topic: name) }
    }
}
