/// Offsets that did not come.
public struct OffsetGap: Hashable, Sendable {
    /// The topic's number in the consumer.
    public let topic: TopicID
    /// The partition, from 0.
    public let partition: Int32
    /// The offsets that are missing: records that are gone, or a transaction's markers.
    public let missing: Range<Int64>
}

/// A partition whose reading has stopped, until the consumer is told to go on after it.
///
/// Somebody else's records can bring this about: so many that a broker has let go of others before they were read, or
/// a batch that cannot be unpacked. Whether what is passed over matters is for the caller to judge.
public struct Interruption: Hashable, Sendable {
    /// Why reading stopped.
    public enum Cause: Hashable, Sendable {
        /// The log has no such offset: `first` is its oldest record's, `end` the one that the next record will get.
        case outOfRange(first: Int64, end: Int64)
        /// The batch at the position cannot be unpacked, or unpacks to more than a consumer takes. `count` offsets from
        /// there on are given up.
        case unreadable(reason: String, count: Int64)
    }

    /// The topic's number in the consumer.
    public let topic: TopicID
    /// The topic's name.
    public let name: String
    /// The partition, from 0.
    public let partition: Int32
    /// The offset that was to be read next.
    public let position: Int64
    /// Why reading stopped.
    public let cause: Cause

    /// Where reading can go on: at the first offset still there, or after what is unreadable. How many records a batch
    /// has is known only when it is unpacked, so that the next place may be as unreadable: see
    /// `Consumer.patience`.
    public var next: Int64 {
        switch cause {
        case .outOfRange(let first, let end): position < first ? first : end
        case .unreadable(_, let count): position + count
        }
    }

    /// The offsets that are passed over by going on at `next`; empty when the log is shorter than it was.
    public var missing: Range<Int64> { min(position, next)..<next }

    /// The interruption as an error, for a caller that cannot go on.
    public var error: KafkaError {
        switch cause {
        case .outOfRange(let first, let end):
            KafkaError(
                code: .offsetReset, topic: name, partition: partition,
                reason: "offset \(position) is not in the log, which holds \(first) to \(end - 1)")
        case .unreadable(let reason, _):
            KafkaError(
                code: .badCompression, topic: name, partition: partition,
                reason: "the batch at offset \(position) cannot be unpacked: \(reason)")
        }
    }
}
