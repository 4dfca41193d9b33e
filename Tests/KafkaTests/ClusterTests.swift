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

    @Test func `partitions added in mid-run are told, and keys stay where they were`() throws {
        let kafka = try ApacheKafka(port: 28_792)
        defer { kafka.stop() }
        let settings = KafkaSettings(bootstrapServers: kafka.servers)
        #expect(try Admin(settings).createTopics([NewTopic(name: "t", partitions: 3)]).map(\.outcome) == [.created])
        let producer = try Producer(settings)
        let topic = try producer.topicHandle("t")
        producer.fixPartitions(of: topic, to: 3)
        func ends() throws -> [Int32: Int64] {
            for index in 0..<60 {
                Array("key \(index)".utf8).withUnsafeBytes { producer.produce(topic: topic, key: $0, value: $0) }
            }
            let ends = try producer.awaitDeliveries().ends
            return Dictionary(uniqueKeysWithValues: ends.map { ($0.partition, $0.offset) })
        }
        let before = try ends()
        #expect(try producer.partitionChanges().isEmpty)
        try kafka.administer("topics", "--alter --topic t --partitions 7")
        // Brokers learn of a change one after the other, and the client asks one.
        var told: [PartitionChange] = []
        for _ in 0..<1_000 where told.isEmpty { told = try producer.partitionChanges() }
        #expect(told.map(\.description) == ["topic t has now 7 partitions, the run began with 3"])
        #expect(try ends() == before.mapValues { $0 * 2 })
    }

    @Test func `a right that is missing is named with the line that gives it, and with these a user can work`() throws {
        let kafka = try ApacheKafka(port: 28_492, arguments: ["--security", "sasl", "--users", "anna"])
        defer { kafka.stop() }
        let settings = KafkaSettings(
            bootstrapServers: kafka.servers,
            properties: [
                ("security.protocol", "SASL_PLAINTEXT"), ("sasl.mechanism", "PLAIN"), ("sasl.username", "anna"),
                ("sasl.password", "anna-secret"),
            ])
        let admin = try Admin(settings)
        var lines: [String] = []
        // Each refusal says the next line, until nothing is refused; no more often than there are kinds of rights.
        for _ in 0..<6 {
            do throws(KafkaError) {
                try useAll(admin, settings)
                break
            } catch {
                let line = try #require(error.reason.firstMatch(of: /`kafka-acls --bootstrap-server \S+ (.*)`/))
                lines.append(String(line.output.1))
                try kafka.administer("acls", String(line.output.1))
            }
        }
        #expect(
            lines == [
                "--add --allow-principal User:anna --operation Create --operation Describe --operation Read "
                    + "--operation Write --topic t",
                "--add --allow-principal User:anna --operation Read --group livsbuss",
                "--add --allow-principal User:anna --operation Describe --operation Delete --topic t",
            ])
    }

    /// What a run does on a cluster.
    private func useAll(_ admin: Admin, _ settings: KafkaSettings) throws(KafkaError) {
        func check(_ results: [TopicResult]) throws(KafkaError) {
            for case .failed(let error) in results.map(\.outcome) { throw error }
        }
        try check(try admin.createTopics([NewTopic(name: "t")]))
        let (producer, consumer) = (try Producer(settings), try Consumer(settings))
        let topic = try producer.topicHandle("t")
        _ = try consumer.topicHandle("t")
        producer.produce(topic: topic, key: nil, value: nil)
        let deliveries = try producer.awaitDeliveries()
        if let failure = deliveries.failures.first { throw failure.error }
        guard let end = deliveries.ends.first else { return }
        try consumer.assign([PartitionOffset(topic: topic, partition: 0, offset: end.offset - 1)])
        // A refusal is an error of its own, so that one record is enough to wait for.
        try consumer.consume(exactly: 1, timeout: .seconds(30)) { _ in }
        // The coordinator's answer may come after the record.
        for _ in 0..<200 { _ = try consumer.poll(upTo: 1, timeout: .milliseconds(10)) }
        try check(try admin.deleteTopics(["t"]))
    }

    @Test func `a topic's properties are those that it was made with, and the broker's beside them`() throws {
        let kafka = try ApacheKafka(port: 28_192)
        defer { kafka.stop() }
        let admin = try Admin(KafkaSettings(bootstrapServers: kafka.servers))
        _ = try admin.createTopics([
            NewTopic(name: "a", config: [("max.message.bytes", "77777")]), NewTopic(name: "b"),
        ])
        let found = try admin.topicConfigs(of: ["a", "b", "none"])
        #expect(found["a"]?["max.message.bytes"] == "77777")
        #expect(found["b"]?["cleanup.policy"] == "delete")
        #expect(found["none"] == nil)
        #expect(!admin.isEmbeddedCluster())
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
struct ApacheKafka {
    static let script = getenv("KAFKA_FOR_TESTS").map { String(cString: $0) }

    let servers: String
    private let folder: String

    init(port: Int, arguments: [String] = []) throws {
        folder = (getenv("TMPDIR").map { String(cString: $0) } ?? P_tmpdir) + "/kafka-\(getpid())-\(port)"
        servers = "127.0.0.1:\(port)"
        // The script draws a cluster id, and Kafka's own tool takes one that begins with a hyphen for an option. What
        // the failed start left must go, or the next is refused because of it.
        for attempt in 1... {
            let status = try ApacheKafka.status(of: ["start", folder, "--port", "\(port)"] + arguments)
            if status == 0 { return }
            stop()
            try #require(attempt < 3, "no cluster: the script ended with \(status)")
        }
    }

    func stop() {
        _ = try? ApacheKafka.status(of: ["stop", folder])
    }

    /// One of Kafka's own tools, as the super user.
    func administer(_ tool: String, _ arguments: String) throws {
        let status = try ApacheKafka.status(of: [tool, folder] + arguments.split(separator: " ").map(String.init))
        try #require(status == 0)
    }

    /// Foundation's `Process` would wait until the broker, which inherits a descriptor of it, has ended too.
    private static func status(of arguments: [String]) throws -> CInt {
        let words = [try #require(script)] + arguments
        var pointers = words.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var status: CInt = 0
        var process: pid_t = 0
        try #require(posix_spawn(&process, words[0], nil, nil, &pointers, environ) == 0)
        waitpid(process, &status, 0)
        return status
    }
}
