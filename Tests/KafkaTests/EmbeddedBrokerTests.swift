import Kafka
import Testing

@Suite struct EmbeddedBrokerTests {
    @Test func `forty topics of twelve partitions are there at once`() throws {
        let broker = try EmbeddedBroker(brokers: 3)
        try broker.createTopics((0..<40).map { (name: "t\($0)", partitions: 12) })
        let metadata = try Admin(broker.settings).metadata()
        #expect(metadata.brokers.map(\.id) == [1, 2, 3])
        #expect(metadata.topics.count == 40)
        #expect(metadata.topics.allSatisfy { $0.partitions.count == 12 })
        try broker.createTopics([(name: "t0", partitions: 3)])
        #expect(try Admin(broker.settings).metadata().topic("t0")?.partitions.count == 12)
    }

    @Test func `first and next offsets of many partitions come together`() throws {
        let harness = try Harness(topics: 5, partitions: 4)
        for index in 0..<50 { harness.produce([1], to: index % 5, partition: Int32(index % 4)) }
        let ends = try harness.producer.awaitDeliveries().ends
        let admin = try Admin(harness.broker.settings)
        let places = (0..<5).flatMap { topic in (0..<4).map { TopicPartition("topic-\(topic).v1", $0) } }
        let marks = try admin.watermarks(of: places)
        #expect(marks.count == 20)
        for end in ends {
            let place = TopicPartition(harness.producer.name(of: end.topic), end.partition)
            #expect(marks[place] == (try admin.watermarks(of: place)))
            #expect(marks[place]?.high == end.offset)
            #expect(marks[place]?.low == 0)
        }
        #expect(try admin.endOffsets(of: places).mapValues { $0 } == marks.mapValues(\.high))
    }

    @Test func `a client may begin at a port of our choice`() throws {
        // Below the ports that the kernel gives out by itself.
        let candidates = (UInt16(20_000)..<20_100).lazy.compactMap { try? EmbeddedBroker(port: $0) }
        let broker = try #require(candidates.first)
        let free = try #require(broker.bootstrapServers.split(separator: ":").last.flatMap { UInt16($0) })
        #expect(broker.bootstrapServers == "127.0.0.1:\(free)")
        try broker.createTopics([(name: "t", partitions: 1)])
        let producer = try Producer(KafkaSettings(bootstrapServers: broker.bootstrapServers))
        let topic = try producer.topicHandle("t")
        [UInt8(1)].withUnsafeBytes { producer.produce(topic: topic, key: nil, value: $0) }
        #expect(try producer.awaitDeliveries().acknowledged == 1)
        let error = #expect(throws: KafkaError.self) { try EmbeddedBroker(port: free) }
        #expect(error?.description.contains("127.0.0.1:\(free)") == true)
    }

    @Test func `port 0 is a free one, and is told`() throws {
        let brokers = [try EmbeddedBroker(port: 0), try EmbeddedBroker(port: 0)]
        let servers = brokers.map(\.bootstrapServers)
        #expect(Set(servers + ["127.0.0.1:0"]).count == 3)
        for (broker, server) in zip(brokers, servers) {
            try broker.createTopics([(name: server.replacing(":", with: "-"), partitions: 1)])
            let admin = try Admin(KafkaSettings(bootstrapServers: server))
            #expect(try admin.metadata().topics.map(\.name) == [server.replacing(":", with: "-")])
            #expect(admin.isEmbeddedCluster())
        }
    }

    @Test func `clients keep their cluster alive`() throws {
        let producer = try {
            let broker = try EmbeddedBroker()
            try broker.createTopics([(name: "t", partitions: 1)])
            return try Producer(broker.settings)
        }()
        let topic = try producer.topicHandle("t")
        [UInt8(1)].withUnsafeBytes { producer.produce(topic: topic, key: nil, value: $0) }
        #expect(try producer.awaitDeliveries().acknowledged == 1)
    }

    @Test func `a broker that comes back is found again`() throws {
        let harness = try Harness(topics: 2)
        try harness.assignAll()
        for round in 0..<2 {
            harness.produce([UInt8(round)])
            _ = try harness.producer.awaitDeliveries()
            #expect(try harness.consume(1).map(\.value) == [[UInt8(round)]])
            if round == 0 {
                try harness.broker.inject(.down(broker: 1))
                try harness.broker.inject(.up(broker: 1))
            }
        }
    }

    @Test func `there is no broker nine`() throws {
        let broker = try EmbeddedBroker()
        #expect(throws: KafkaError.self) { try broker.inject(.down(broker: 9)) }
    }
}
