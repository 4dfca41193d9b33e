import CRdkafka

/// A view of one record, good for as long as its `RecordBatch` lives and not a moment longer.
public struct Record {
    private let message: UnsafeMutablePointer<rd_kafka_message_t>
    /// The topic's number in the consumer.
    public let topic: TopicID

    init(_ message: UnsafeMutablePointer<rd_kafka_message_t>, topic: TopicID) {
        self.message = message
        self.topic = topic
    }

    /// The partition, from 0.
    public var partition: Int32 { message.pointee.partition }

    /// The record's place in its partition.
    public var offset: Int64 { message.pointee.offset }

    /// The key's bytes in place; nil when the record has none.
    public var key: UnsafeRawBufferPointer? {
        guard let key = message.pointee.key else { return nil }
        return UnsafeRawBufferPointer(start: key, count: message.pointee.key_len)
    }

    /// The value's bytes in place; nil in a tombstone.
    public var value: UnsafeRawBufferPointer? {
        guard let value = message.pointee.payload else { return nil }
        return UnsafeRawBufferPointer(start: value, count: message.pointee.len)
    }

    /// Milliseconds since 1970, given by the producer or the broker; nil when the record has none.
    public var timestamp: Int64? {
        var kind = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
        let time = rd_kafka_message_timestamp(message, &kind)
        return kind == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE ? nil : time
    }

    /// The value of the last header with this name, in place; nil when there is none or it has no value.
    ///
    /// The first question about a record parses all its headers (about a microsecond).
    public func header(named name: String) -> UnsafeRawBufferPointer? {
        var headers: OpaquePointer?
        guard rd_kafka_message_headers(message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR, let headers else { return nil }
        var value: UnsafeRawPointer?
        var count = 0
        guard rd_kafka_header_get_last(headers, name, &value, &count) == RD_KAFKA_RESP_ERR_NO_ERROR, let value else {
            return nil
        }
        return UnsafeRawBufferPointer(start: value, count: count)
    }

    /// All headers in their order, copied.
    public var headers: [(name: String, value: [UInt8]?)] {
        var headers: OpaquePointer?
        guard rd_kafka_message_headers(message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR, let headers else { return [] }
        var all: [(name: String, value: [UInt8]?)] = []
        var name: UnsafePointer<CChar>?
        var value: UnsafeRawPointer?
        var count = 0
        while rd_kafka_header_get_all(headers, all.count, &name, &value, &count) == RD_KAFKA_RESP_ERR_NO_ERROR,
            let name
        {
            let bytes = value.map { Array(UnsafeRawBufferPointer(start: $0, count: count)) }
            all.append((name: String(cString: name), value: bytes))
        }
        return all
    }
}

@available(*, unavailable)
extension Record: Sendable {}
