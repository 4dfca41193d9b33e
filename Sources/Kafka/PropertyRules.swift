import CRdkafka

/// librdkafka's properties that nobody may set from outside, because the callers of this room rely on them.
public enum PropertyRules {
    /// Names with the reason, a sentence's end after "… is not for you to set: ".
    static let kept: [(name: String, reason: String)] = [
        ("bootstrap.servers", "the cluster is named where the run is asked for"),
        ("metadata.broker.list", "the cluster is named where the run is asked for"),
        ("test.mock.num.brokers", "it would start a cluster of librdkafka's own instead of reaching the one named"),
        ("enable.idempotence", "without it a broker's failure doubles or reorders records"),
        ("acks", "a record counts as published when all replicas in sync have it"),
        ("request.required.acks", "a record counts as published when all replicas in sync have it"),
        ("transactional.id", "no transaction is ever begun, so every record would be refused"),
        ("queuing.strategy", "the last record would go first"),
        ("delivery.report.only.error", "each record's acknowledgement is waited for"),
        ("enabled_events", "each record's acknowledgement is waited for"),
        ("partitioner", "a key's partition is the one that Java's producer chooses"),
        ("topic.blacklist", "a topic that is not seen cannot be read to its end"),
        ("group.protocol.type", "no group is joined"),
        ("enable.auto.commit", "no offsets are committed: they are kept in the run's store"),
        ("auto.commit.enable", "no offsets are committed: they are kept in the run's store"),
        ("enable.auto.offset.store", "no offsets are committed: they are kept in the run's store"),
        ("auto.offset.reset", "a lost record has to be noticed, and every other value goes on without it"),
        ("enable.partition.eof", "ends are known from acknowledgements, and each report would count as a record"),
        ("isolation.level", "somebody's open transaction would hold the run up"),
        ("log.queue", "the log would go where nobody reads it"),
        ("api.version.request", "without the broker's own word records would lose their headers"),
        ("broker.version.fallback", "without the broker's own word records would lose their headers"),
    ]

    /// The sizes of what is sent and fetched, which follow from each other.
    static let sizes = [
        "message.max.bytes", "fetch.max.bytes", "fetch.message.max.bytes", "max.partition.fetch.bytes",
        "receive.message.max.bytes", "queued.max.messages.kbytes",
    ]

    /// Numbers that a person may choose within bounds, with what breaks outside of them, the end of a sentence after
    /// "… must be from 1 to 2: ". The same property has several names.
    static let bounded: [(names: [String], range: ClosedRange<Int>, reason: String)] = [
        (["linger.ms", "queue.buffering.max.ms"], 0...10_000, "each instant waits so long for its records"),
        (
            ["message.timeout.ms", "delivery.timeout.ms"], 500...3_600_000,
            "sooner a broker that restarts is taken for lost, and later one that is gone for good is not told"
        ),
        (["request.timeout.ms", "socket.timeout.ms"], 500...300_000, "so long a broker may take for an answer"),
        (
            ["message.send.max.retries", "retries"], 3...Int(Int32.max),
            "a broker that restarts refuses some requests before it takes them"
        ),
        (
            ["retry.backoff.ms", "retry.backoff.max.ms", "reconnect.backoff.ms", "reconnect.backoff.max.ms"],
            0...60_000, "so long an instant waits after a broker's failure"
        ),
        (["fetch.wait.max.ms", "fetch.error.backoff.ms"], 0...10_000, "each instant waits so long for its records"),
        (["fetch.min.bytes"], 1...1, "the last records of an instant would be waited for until the next ones come"),
    ]

    /// What is wrong with a property given by a person as `name=value`, as a sentence; nil if it can be used.
    ///
    /// Names and values are judged by the librdkafka that is installed.
    public static func complaint(about text: String) -> String? {
        guard let property = parse(text) else { return "\(text): a property is written name=value" }
        return complaint(about: property.name, property.value)
    }

    /// The parts of `name=value`; nil where there is no name or no sign of equality.
    public static func parse(_ text: String) -> (name: String, value: String)? {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return nil }
        return (String(parts[0]), String(parts[1]))
    }

    static func complaint(about name: String, _ value: String) -> String? {
        if let kept = kept.first(where: { $0.name == name }) {
            return "property \(name) is not for you to set: \(kept.reason)"
        }
        if sizes.contains(name) {
            return "property \(name) is not for you to set: how large a record may be is said by its topic, and "
                + "what is fetched at once is bounded by that"
        }
        if let bounds = bounded.first(where: { $0.names.contains(name) }), let number = Int(value),
            !(bounds.range ~= number)
        {
            let range =
                bounds.range.count == 1
                ? "\(bounds.range.lowerBound)" : "from \(bounds.range.lowerBound) to \(bounds.range.upperBound)"
            return "property \(name)=\(value): it must be \(range): \(bounds.reason)"
        }
        guard let configuration = rd_kafka_conf_new() else { return nil }
        defer { rd_kafka_conf_destroy(configuration) }
        let words = UnsafeMutablePointer<CChar>.allocate(capacity: 512)
        defer { words.deallocate() }
        let result = rd_kafka_conf_set(configuration, name, value, words, 512)
        guard result != RD_KAFKA_CONF_OK else { return nil }
        // Its value may be the secret of a property that is misspelt.
        guard result != RD_KAFKA_CONF_UNKNOWN else { return "property \(name): librdkafka has no such property" }
        let isSecret = ["password", "secret"].contains { name.contains($0) }
        // librdkafka repeats the value in some of its sentences.
        return isSecret
            ? "property \(name): its value is refused"
            : "property \(name)=\(value): \(String(cString: words))"
    }
}
