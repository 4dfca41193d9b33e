import Kafka
import Testing

@Suite struct FailureTests {
    @Test func `a full queue makes produce wait, and loses nothing`() throws {
        let harness = try Harness(properties: [("queue.buffering.max.messages", "10")])
        for index in 0..<2_000 { harness.produce([1, 2, 3], opaque: index) }
        let deliveries = try harness.producer.awaitDeliveries()
        #expect(deliveries.acknowledged == 2_000)
        #expect(deliveries.failures.isEmpty)
        #expect(harness.producer.outstanding == 0)
    }

    @Test func `a record that is too large fails alone`() throws {
        let broker = try EmbeddedBroker()
        try broker.createTopics([(name: "small.v1", partitions: 1)])
        var settings = broker.settings
        settings.maximumMessageBytes = 10_000
        let producer = try Producer(settings)
        let topic = try producer.topicHandle("small.v1")
        for (opaque, size) in [10, 20_000, 10].enumerated() {
            let value = Array(repeating: UInt8(7), count: size)
            value.withUnsafeBytes { producer.produce(topic: topic, key: nil, value: $0, opaque: opaque) }
        }
        let deliveries = try producer.awaitDeliveries()
        #expect(deliveries.acknowledged == 2)
        #expect(deliveries.failures.map(\.opaque) == [1])
        #expect(deliveries.failures.first?.error.code == .messageTooLarge)
        #expect(deliveries.failures.first?.error.topic == "small.v1")
    }

    @Test(arguments: [KafkaErrorCode.notLeader, .requestTimedOut, .notEnoughReplicas, .transport], [true, false])
    func `a passing failure of the broker is masked`(code: KafkaErrorCode, keepingOrder: Bool) throws {
        let harness = try Harness(
            topics: 2, properties: [("batch.num.messages", "10")], keepsOrderOverRetries: keepingOrder)
        try harness.assignAll()
        try harness.broker.inject(.failNext(.produce, code, count: 3))
        for index in 0..<100 { harness.produce([UInt8(index)], to: index % 2, opaque: index) }
        let deliveries = try harness.producer.awaitDeliveries()
        #expect(deliveries.failures.isEmpty)
        #expect(deliveries.acknowledged == 100)
        let written = deliveries.ends.reduce(0) { $0 + Int($1.offset) }
        let got = try harness.consume(written)
        #expect(got.count == written)
        for topic in harness.topics {
            let values = got.filter { $0.topic == topic }.compactMap { $0.value?.first }
            #expect(Set(values).count == 50)
            if keepingOrder { #expect(values == Set(values).sorted()) }
        }
    }

    @Test func `the requests that clients of an embedded cluster send are counted by kind`() throws {
        let harness = try Harness()
        let before = harness.broker.requestCount(of: .produce)
        try harness.broker.inject(.failNext(.produce, .notLeader, count: 2))
        harness.produce([1], opaque: 1)
        #expect(try harness.producer.awaitDeliveries().acknowledged == 1)
        // The two that failed, and the one that was taken.
        #expect(harness.broker.requestCount(of: .produce) == before + 3)
        #expect(harness.broker.requestCount(of: nil) > harness.broker.requestCount(of: .produce))
        #expect(harness.broker.requestCount(of: KafkaRequest(rawValue: 50)) >= 0)
    }

    @Test(arguments: [KafkaErrorCode.notLeader, .leaderNotAvailable])
    func `who asks how long a log is asks again while nobody leads it`(code: KafkaErrorCode) throws {
        let harness = try Harness()
        harness.produce([1])
        #expect(try harness.producer.awaitDeliveries().acknowledged == 1)
        let (admin, place) = (try Admin(harness.broker.settings), TopicPartition("topic-0.v1", 0))
        let listOffsets = KafkaRequest(rawValue: 2)
        try harness.broker.inject(.failNext(listOffsets, code, count: 3))
        #expect(try admin.watermarks(of: place).high == 1)
        try harness.broker.inject(.failNext(listOffsets, code, count: 3))
        #expect(try admin.endOffsets(of: [place]) == [place: 1])
    }

    @Test func `a failure that does not pass names its record`() throws {
        let harness = try Harness()
        try harness.broker.inject(.failNext(.produce, .topicAuthorization, count: 1))
        harness.produce([1], opaque: 42)
        let failure = try #require(try harness.producer.awaitDeliveries().failures.first)
        #expect(failure.opaque == 42)
        #expect(failure.error.code == .topicAuthorization)
        #expect(failure.error.topic == "topic-0.v1")
    }

    @Test func `a partition that does not exist is a failure of its record`() throws {
        let harness = try Harness()
        harness.produce([1], partition: 9, opaque: 3)
        let failure = try #require(try harness.producer.awaitDeliveries().failures.first)
        #expect(failure.opaque == 3)
        #expect(failure.error.code == .unknownPartitionLocally)
        #expect(failure.error.partition == 9)
    }

    @Test func `an unreachable broker is named, with the reason`() throws {
        let admin = try Admin(KafkaSettings(bootstrapServers: "127.0.0.1:1"))
        let error = #expect(throws: KafkaError.self) { try admin.metadata(timeout: .milliseconds(300)) }
        #expect(error?.code == .transport)
        #expect(error?.broker == "127.0.0.1:1")
        #expect(error?.reason.contains("Connection refused") == true)
        #expect(throws: KafkaError.self) { try admin.createTopics([NewTopic(name: "a")], timeout: .milliseconds(300)) }
        let place = TopicPartition("a", 0)
        #expect(throws: KafkaError.self) { try admin.watermarks(of: place, timeout: .milliseconds(100)) }
    }

    @Test func `records that nobody acknowledges stay outstanding`() throws {
        let harness = try Harness()
        try harness.broker.inject(.down(broker: nil))
        harness.produce([1])
        #expect(throws: KafkaError.self) { try harness.producer.awaitDeliveries(timeout: .milliseconds(50)) }
        #expect(harness.producer.outstanding == 1)
        try harness.broker.inject(.up(broker: nil))
        #expect(try harness.producer.awaitDeliveries().acknowledged == 1)
    }

    @Test(arguments: [("no.such.property", "1"), ("acks", "perhaps"), ("linger.ms", "-5")])
    func `a bad property is refused in librdkafka's words`(name: String, value: String) {
        let settings = KafkaSettings(bootstrapServers: "127.0.0.1:1", properties: [(name, value)])
        let error = #expect(throws: KafkaError.self) { try Producer(settings) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.reason.contains(name) == true)
        #expect((error?.reason.count ?? 0) > "property \(name)=\(value): ".count)
    }

    @Test func `what was trimmed away is an error, not a gap`() throws {
        let harness = try Harness(properties: [("compression.codec", "none")])
        let value = Array(repeating: UInt8(1), count: 100_000)
        for _ in 0..<80 {
            harness.produce(value)
            _ = try harness.producer.awaitDeliveries()
        }
        try harness.assignAll()
        let error = #expect(throws: KafkaError.self) { try harness.consume(80) }
        #expect(error?.code == .offsetReset)
        #expect(error?.topic == "topic-0.v1")
        #expect(error?.partition == 0)
    }

    @Test func `an offset beyond the end is an error`() throws {
        let harness = try Harness()
        harness.produce([1])
        _ = try harness.producer.awaitDeliveries()
        try harness.assignAll(from: 100)
        let error = #expect(throws: KafkaError.self) { try harness.consume(1) }
        #expect(error?.code == .offsetReset)
    }
}
