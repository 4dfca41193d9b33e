import Kafka

/// One embedded cluster with a producer and a consumer that number its topics alike.
struct Harness {
    let broker: EmbeddedBroker
    let producer: Producer
    let consumer: Consumer
    let topics: [TopicID]
    let partitions: Int

    static let header = RecordHeader(name: "content-type", value: "application/cloudevents+json; charset=UTF-8")

    init(
        topics count: Int = 1, partitions: Int = 1, properties: [(String, String)] = [],
        keepsOrderOverRetries: Bool = false
    ) throws {
        broker = try EmbeddedBroker()
        let names = (0..<count).map { "topic-\($0).v1" }
        try broker.createTopics(names.map { (name: $0, partitions: partitions) })
        var settings = broker.settings
        settings.properties += properties.map { (name: $0.0, value: $0.1) }
        settings.keepsOrderOverRetries = keepsOrderOverRetries
        producer = try Producer(settings)
        // A property of the producer may be wrong for a consumer.
        consumer = try Consumer(broker.settings)
        topics = try names.map { [producer, consumer] in
            try Harness.same(try producer.topicHandle($0), try consumer.topicHandle($0))
        }
        self.partitions = partitions
        try producer.fetchMetadata()
    }

    private static func same(_ left: TopicID, _ right: TopicID) throws -> TopicID {
        if left == right { return left }
        throw KafkaError(code: .invalidArgument, reason: "the clients number their topics differently")
    }

    func assignAll(from offset: Int64 = 0) throws {
        try consumer.assign(
            topics.flatMap { topic in
                (0..<partitions).map { PartitionOffset(topic: topic, partition: Int32($0), offset: offset) }
            })
    }

    func produce(
        _ value: [UInt8]?, key: [UInt8]? = nil, to topic: Int = 0, partition: Int32 = -1,
        header: RecordHeader? = Harness.header, opaque: Int = 0
    ) {
        with(key) { key in
            with(value) { value in
                producer.produce(
                    topic: topics[topic], key: key, value: value, header: header, partition: partition, opaque: opaque)
            }
        }
    }

    private func with(_ bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) -> Void) {
        guard let bytes else { return body(nil) }
        bytes.withUnsafeBytes { body($0) }
    }

    /// A copy of what comes.
    func consume(_ count: Int) throws -> [Got] {
        var all: [Got] = []
        try consumer.consume(exactly: count, timeout: .seconds(30)) { batch in
            batch.forEach { all.append(Got($0)) }
        }
        return all
    }
}

/// A record that outlives its batch.
struct Got: Equatable {
    let topic: TopicID
    let partition: Int32
    let offset: Int64
    let key: [UInt8]?
    let value: [UInt8]?

    init(_ record: Record) {
        topic = record.topic
        partition = record.partition
        offset = record.offset
        key = record.key.map { Array($0) }
        value = record.value.map { Array($0) }
    }
}
