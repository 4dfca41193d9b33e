import Glibc
import Kafka
import Testing

/// Against Apache Kafka, when `KAFKA_FOR_TESTS` names a script that starts and stops it.
@Suite(.enabled(if: ApacheKafka.script != nil), .serialized) struct ClusterTests {
    @Test func `topics are made, filled, measured and deleted`() throws {
        let kafka = try ApacheKafka(port: 29_092)
        defer { kafka.stop() }
        let settings = KafkaSettings(bootstrapServers: kafka.servers)
        let admin = try Admin(settings)
        let topics = (0..<34).map {
            NewTopic(name: "t\($0)", partitions: 2, config: [(name: "retention.ms", value: "-1")])
        }
        #expect(try admin.createTopics(topics).allSatisfy { $0.outcome == .created })
        #expect(try admin.createTopics([topics[3]]).map(\.outcome) == [.existed])
        let refused = try admin.createTopics([NewTopic(name: "x", config: [(name: "no.such", value: "1")])])
        guard case .failed(let error) = refused[0].outcome else {
            Issue.record("a bad property is taken")
            return
        }
        #expect(error.topic == "x")

        let producer = try Producer(settings)
        let consumer = try Consumer(settings)
        var places: [PartitionOffset] = []
        for topic in topics {
            let id = try producer.topicHandle(topic.name)
            #expect(try consumer.topicHandle(topic.name) == id)
            places += [0, 1].map { PartitionOffset(topic: id, partition: $0, offset: 0) }
        }
        try consumer.assign(places)
        for index in 0..<680 {
            [UInt8(index % 251)].withUnsafeBytes {
                producer.produce(topic: places[index % 68].topic, key: nil, value: $0, partition: Int32(index % 2))
            }
        }
        let deliveries = try producer.awaitDeliveries()
        #expect(deliveries.acknowledged == 680)
        #expect(try consumer.consume(exactly: 680) { _ in } == 680)

        let marks = try admin.watermarks(of: places.map { TopicPartition(producer.name(of: $0.topic), $0.partition) })
        #expect(marks.values.allSatisfy { $0 == marks.values.first })
        #expect(marks.values.first?.high == 10)

        let gone = try admin.deleteTopics(topics.map(\.name) + ["never"])
        #expect(gone.dropLast().allSatisfy { $0.outcome == .deleted })
        #expect(gone.last?.outcome == .missing)
    }

    @Test(arguments: [("PLAIN", 29_392), ("SCRAM-SHA-512", 29_692)])
    func `a refused login says so, and why if librdkafka is too old`(mechanism: String, port: Int) throws {
        let kafka = try ApacheKafka(port: port, arguments: ["--security", "sasl", "--users", "anna"])
        defer { kafka.stop() }
        let admin = try Admin(
            KafkaSettings(
                bootstrapServers: kafka.servers,
                properties: [
                    ("security.protocol", "SASL_PLAINTEXT"), ("sasl.mechanism", mechanism),
                    ("sasl.username", "anna"),
                    ("sasl.password", "wrong"),
                ]))
        let error = #expect(throws: KafkaError.self) { try admin.metadata(timeout: .seconds(2)) }
        #expect(error?.code == .authentication)
        #expect(error?.broker == kafka.servers)
        if mechanism == "PLAIN" { #expect(error?.reason.contains("SCRAM") == false) }
    }
}

/// One Apache Kafka of our own.
private struct ApacheKafka {
    static let script = getenv("KAFKA_FOR_TESTS").map { String(cString: $0) }

    let servers: String
    private let folder: String

    init(port: Int, arguments: [String] = []) throws {
        folder = (getenv("TMPDIR").map { String(cString: $0) } ?? P_tmpdir) + "/kafka-\(getpid())-\(port)"
        try ApacheKafka.run(["start", folder, "--port", "\(port)"] + arguments)
        servers = "127.0.0.1:\(port)"
    }

    func stop() {
        try? ApacheKafka.run(["stop", folder])
    }

    /// Foundation's `Process` would wait until the broker, which inherits a descriptor of it, has ended too.
    private static func run(_ arguments: [String]) throws {
        let words = [try #require(script)] + arguments
        var pointers = words.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var process: pid_t = 0
        try #require(posix_spawn(&process, words[0], nil, nil, &pointers, environ) == 0)
        var status: CInt = 0
        waitpid(process, &status, 0)
        #expect(status == 0)
    }
}
