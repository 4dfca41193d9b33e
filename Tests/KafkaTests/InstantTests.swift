import Kafka
import Testing

@Suite struct InstantTests {
    @Test(arguments: [1, 33, 200, 5_000])
    func `an instant over 34 topics comes back whole, and no more than that`(count: Int) throws {
        let harness = try Harness(topics: 34)
        try harness.assignAll()
        var next = Array(repeating: Int64(0), count: 34)
        for round in 0..<3 {
            for index in 0..<count {
                harness.produce(Array("\(round)/\(index)".utf8), key: [UInt8(index % 7)], to: index % 34, opaque: index)
                next[index % 34] += 1
            }
            let deliveries = try harness.producer.awaitDeliveries()
            #expect(deliveries.acknowledged == count)
            #expect(deliveries.failures.isEmpty)
            #expect(
                deliveries.ends
                    == (0..<min(34, count)).map {
                        PartitionOffset(topic: harness.topics[$0], partition: 0, offset: next[$0])
                    })
            let got = try harness.consume(count)
            let expected = (0..<count).map { "\(round)/\($0)" }
            #expect(got.map { String(decoding: $0.value ?? [], as: UTF8.self) }.sorted() == expected.sorted())
            for end in deliveries.ends {
                #expect(harness.consumer.position(end.topic, end.partition) == end)
            }
        }
        #expect(try harness.consumer.consume(exactly: 1, timeout: .milliseconds(1)) { _ in } == 0)
    }

    @Test func `a partition keeps the order in which records were produced`() throws {
        let harness = try Harness(partitions: 3)
        try harness.assignAll()
        for index in 0..<3_000 { harness.produce(Array("\(index)".utf8), partition: Int32(index % 3)) }
        _ = try harness.producer.awaitDeliveries()
        let got = try harness.consume(3_000)
        for partition in Int32(0)..<3 {
            let mine = got.filter { $0.partition == partition }
            #expect(mine.map(\.offset) == Array(0..<1_000))
            #expect(mine.map { Int(String(decoding: $0.value!, as: UTF8.self))! }.isSorted)
        }
    }

    @Test(arguments: [
        ("21", -973_932_308), ("foobar", -790_332_482), ("a-little-bit-long-string", -985_981_536),
        ("a-little-bit-longer-string", -1_486_304_829), ("abc", 479_470_107),
        ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971),
    ])
    func `a key chooses the partition that Java's producer would`(key: String, murmur2: Int) throws {
        let harness = try Harness(partitions: 4)
        harness.produce([1], key: Array(key.utf8))
        let end = try #require(try harness.producer.awaitDeliveries().ends.first)
        #expect(Int(end.partition) == (murmur2 & 0x7fff_ffff) % 4)
    }

    @Test func `an empty value is not a tombstone, nor an empty key no key`() throws {
        let harness = try Harness()
        try harness.assignAll()
        harness.produce([], key: [])
        harness.produce(nil, key: nil)
        harness.produce(Array("x".utf8), key: Array("k".utf8))
        _ = try harness.producer.awaitDeliveries()
        let got = try harness.consume(3)
        #expect(got.map(\.value) == [[], nil, [120]])
        #expect(got.map(\.key) == [[], nil, [107]])
    }

    @Test func `headers are there for those who ask`() throws {
        let harness = try Harness()
        try harness.assignAll()
        harness.produce([1])
        harness.produce([2], header: nil)
        harness.produce([3], header: RecordHeader(name: "other", value: ""))
        _ = try harness.producer.awaitDeliveries()
        var values: [String?] = []
        var names: [[String]] = []
        var times: [Int64?] = []
        try harness.consumer.consume(exactly: 3) { batch in
            batch.forEach { record in
                values.append(record.header(named: "content-type").map { String(decoding: $0, as: UTF8.self) })
                names.append(record.headers.map(\.name))
                times.append(record.timestamp)
            }
        }
        #expect(values == ["application/cloudevents+json; charset=UTF-8", nil, nil])
        #expect(names == [["content-type"], [], ["other"]])
        #expect(times.allSatisfy { ($0 ?? 0) > 1_600_000_000_000 })
    }

    @Test func `a record has several headers in their order, with doubles, empty and missing values`() throws {
        let harness = try Harness()
        try harness.assignAll()
        let fields: [RecordHeader.Field] = [("a", [1]), ("b", nil), ("a", [0, 255]), ("c", [])]
        harness.produce([1], header: RecordHeader(fields))
        harness.produce([2])
        harness.produce([3], header: RecordHeader([]))
        _ = try harness.producer.awaitDeliveries()
        var got: [[String]] = []
        try harness.consumer.consume(exactly: 3) { batch in
            batch.forEach { record in
                got.append(record.headers.map { "\($0.name) \($0.value.map { "\($0)" } ?? "-")" })
            }
        }
        #expect(got.first == ["a [1]", "b -", "a [0, 255]", "c []"])
        #expect(got.map(\.count) == [4, 1, 0])
    }

    @Test func `a seek replays one partition and leaves the others where they are`() throws {
        let harness = try Harness(topics: 2)
        try harness.assignAll()
        for index in 0..<10 { harness.produce([UInt8(index)], to: index % 2) }
        _ = try harness.producer.awaitDeliveries()
        _ = try harness.consume(10)
        try harness.consumer.seek(to: PartitionOffset(topic: harness.topics[1], partition: 0, offset: 3))
        let got = try harness.consume(2)
        #expect(got.map(\.value) == [[7], [9]])
        #expect(try harness.consumer.consume(exactly: 1, timeout: .milliseconds(20)) { _ in } == 0)
    }

    @Test func `a normal run writes nothing to standard error`() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            let harness = try Harness(topics: 3, partitions: 2)
            try harness.assignAll()
            for index in 0..<100 { harness.produce([UInt8(index)], to: index % 3) }
            _ = try harness.producer.awaitDeliveries()
            _ = try harness.consume(100)
        }
        #expect(String(decoding: result?.standardErrorContent ?? [], as: UTF8.self) == "")
    }
}

extension Array where Element: Comparable {
    fileprivate var isSorted: Bool { zip(self, dropFirst()).allSatisfy { $0 <= $1 } }
}
