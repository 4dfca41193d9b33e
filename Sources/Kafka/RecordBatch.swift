import CRdkafka

/// Records as they came, in the order of each partition; owns their memory and frees it at the end.
///
/// What a `Record` points at must not be kept beyond the batch.
public struct RecordBatch: ~Copyable {
    private let messages: UnsafeMutablePointer<UnsafeMutablePointer<rd_kafka_message_t>?>
    /// How many records there are.
    public let count: Int
    /// Where the offsets of this batch were not contiguous, in the order in which that was met.
    public let gaps: [OffsetGap]
    /// The partitions whose reading has stopped; each stands still until `Consumer.goOn(after:)`.
    public let interruptions: [Interruption]

    /// Takes over an array and the first `count` messages of it.
    init(
        _ messages: UnsafeMutablePointer<UnsafeMutablePointer<rd_kafka_message_t>?>, count: Int, gaps: [OffsetGap] = [],
        interruptions: [Interruption] = []
    ) {
        self.messages = messages
        self.count = count
        self.gaps = gaps
        self.interruptions = interruptions
    }

    deinit {
        for index in 0..<count { rd_kafka_message_destroy(messages[index]) }
        messages.deallocate()
    }

    /// The batch holds no record; it may tell of gaps and interruptions all the same.
    public var isEmpty: Bool { count == 0 }

    /// The record at a place from 0.
    public subscript(index: Int) -> Record {
        precondition(index >= 0 && index < count, "no record at \(index) in a batch of \(count)")
        // Only messages stand before `count`: the consumer took out what was none.
        guard let message = messages[index] else { preconditionFailure("a hole in a batch") }
        return Record(message, topic: Client.topicID(of: message.pointee.rkt))
    }

    /// Calls with each record in turn.
    public func forEach<Failure: Error>(_ body: (Record) throws(Failure) -> Void) throws(Failure) {
        for index in 0..<count { try body(self[index]) }
    }
}
