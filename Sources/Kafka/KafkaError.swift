import CRdkafka

/// What Kafka, or the way to it, refused, with all that is known of where.
public struct KafkaError: Error, Hashable, Sendable {
    /// What kind of error.
    public var code: KafkaErrorCode
    /// Host and port of the broker concerned.
    public var broker: String?
    /// The topic concerned.
    public var topic: String?
    /// The partition concerned.
    public var partition: Int32?
    /// The reason in words, mostly librdkafka's.
    public var reason: String

    /// An error; without a reason the code's own meaning is it.
    public init(
        code: KafkaErrorCode, broker: String? = nil, topic: String? = nil, partition: Int32? = nil,
        reason: String? = nil
    ) {
        self.code = code
        self.broker = broker
        self.topic = topic
        self.partition = partition
        self.reason = reason ?? code.meaning
    }

    /// An error that librdkafka reports as a code and a line like `tls://host:9092/1: Connect to … failed: …`.
    init(code: KafkaErrorCode, line: String) {
        let scheme = line.firstRange(of: "://")
        let place = scheme.map { line[$0.upperBound...] } ?? line[...]
        guard let slash = place.firstIndex(of: "/"), let end = place[slash...].firstRange(of: ": "),
            !line[..<slash].contains(" ")
        else {
            self.init(code: code, reason: line)
            return
        }
        self.init(code: code, broker: String(place[..<slash]), reason: String(place[end.upperBound...]))
    }

    /// Takes over and frees librdkafka's error object.
    init(consuming error: OpaquePointer, topic: String? = nil) {
        defer { rd_kafka_error_destroy(error) }
        let reason = rd_kafka_error_string(error).map { String(cString: $0) }
        self.init(code: KafkaErrorCode(rd_kafka_error_code(error)), topic: topic, reason: reason)
    }
}

extension KafkaError: CustomStringConvertible {
    /// One sentence for a person.
    public var description: String {
        var place = ""
        if let broker { place += " at \(broker)" }
        if let topic {
            place += " on topic \(topic)"
            if let partition, partition >= 0 { place += " [\(partition)]" }
        }
        return "Kafka\(place): \(reason) (\(code))"
    }
}
