import Glibc
import Kafka
import Testing

@Suite struct PartitionTests {
    /// From Apache Kafka's own tests.
    static let known: [(key: String, hash: Int)] = [
        ("21", -973_932_308), ("foobar", -790_332_482), ("a-little-bit-long-string", -985_981_536),
        ("a-little-bit-longer-string", -1_486_304_829), ("abc", 479_470_107),
        ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971),
    ]

    @Test(arguments: known, [1, 4, 12, 50])
    func `a key has the partition that Java's producer gives it`(known: (key: String, hash: Int), count: Int) {
        let partition = Array(known.key.utf8).withUnsafeBytes { KeyPartition.of($0, partitions: count) }
        #expect(Int(partition) == (known.hash & 0x7fff_ffff) % count)
    }

    @Test func `a run's partitions are those that librdkafka and kcat choose`() throws {
        let (ours, theirs) = (try Harness(partitions: 12), try Harness(partitions: 12))
        try ours.assignAll()
        try theirs.assignAll()
        ours.producer.fixPartitions(of: ours.topics[0], to: 12)
        let keys = (0..<200).map { String(repeating: "é\($0)", count: $0 % 7 + 1) }
        for key in keys {
            ours.produce([1], key: Array(key.utf8))
            theirs.produce([1], key: Array(key.utf8))
        }
        #expect(try ours.producer.awaitDeliveries().ends == theirs.producer.awaitDeliveries().ends)
        #expect(places(try ours.consume(200)) == places(try theirs.consume(200)))
        if let kcat = Kcat.path {
            for key in keys.prefix(5) { try Kcat.publish("x", key: key, at: theirs.broker.bootstrapServers, kcat) }
            let got = try theirs.consume(5)
            for record in got { #expect(places(got)[record.key!] == record.partition) }
            for record in got {
                #expect(record.partition == record.key!.withUnsafeBytes { KeyPartition.of($0, partitions: 12) })
            }
        }
    }

    private func places(_ records: [Got]) -> [[UInt8]: Int32] {
        Dictionary(records.map { ($0.key ?? [], $0.partition) }) { first, _ in first }
    }

    @Test func `a topic with other partitions than at the start is told at once`() throws {
        let harness = try Harness(topics: 3, partitions: 3)
        for (topic, count) in zip(harness.topics, [3, 2, 8]) { harness.producer.fixPartitions(of: topic, to: count) }
        let changes = try harness.producer.partitionChanges()
        #expect(
            changes.map(\.description) == [
                "topic topic-1.v1 has now 3 partitions, the run began with 2",
                "topic topic-2.v1 has now 3 partitions, the run began with 8",
            ])
        // Keys stay on the partitions of the start.
        for index in 0..<50 { harness.produce([1], key: [UInt8(index)], to: 1) }
        #expect(try harness.producer.awaitDeliveries().ends.map(\.partition) == [0, 1])
    }
}

/// kcat, where it is installed.
private enum Kcat {
    static let path: String? = ["/usr/bin/kcat", "/usr/local/bin/kcat"].first { (path: String) in
        access(path, X_OK) == 0
    }

    static func publish(_ value: String, key: String, at servers: String, _ path: String) throws {
        let line =
            "echo '\(value)' | \(path) -P -b \(servers) -t topic-0.v1 -k '\(key)' -X topic.partitioner=murmur2_random"
        try #require(system(line) == 0)
    }
}
