import Testing

@testable import Kafka

@Suite struct PositionTests {
    @Test(
        arguments: [
            ([0, 1, 2], [nil, nil, nil]), ([0, 3, 4], [nil, 1, nil]), ([5], [0]), ([0, 1, 9, 11], [nil, nil, 2, 10]),
            // A record that is read again moves nothing.
            ([0, 1, 2, 0, 1, 3], [nil, nil, nil, nil, nil, nil]), ([5, 2, 9], [0, nil, 6]),
        ] as [([Int64], [Int64?])])
    func `an offset later than expected says which one was`(offsets: [Int64], expected: [Int64?]) {
        var positions = Positions()
        let topic = TopicID(rawValue: 2)
        positions.set(PartitionOffset(topic: topic, partition: 1, offset: 0))
        let told = offsets.map { positions.advance(over: PartitionOffset(topic: topic, partition: 1, offset: $0)) }
        #expect(told == expected)
        #expect(positions.next(topic, 1) == offsets.max().map { $0 + 1 })
    }

    @Test(
        arguments: [
            (0, 3, 9, 3, 0..<3), (4, 7, 7, 7, 4..<7), (12, 0, 9, 9, 9..<9), (0, 0, 0, 0, 0..<0),
        ] as [(Int64, Int64, Int64, Int64, Range<Int64>)])
    func `reading goes on at the first offset there, or at the end of a log that is shorter`(
        position: Int64, first: Int64, end: Int64, next: Int64, missing: Range<Int64>
    ) {
        let interruption = Interruption(
            topic: TopicID(rawValue: 0), name: "t", partition: 0, position: position,
            cause: .outOfRange(first: first, end: end))
        #expect(interruption.next == next)
        #expect(interruption.missing == missing)
    }

    @Test func `what is assigned later is read from its offset, and what was assigned before loses nothing`() throws {
        let harness = try Harness(topics: 3)
        for round in 0..<4 {
            for topic in 0..<3 { harness.produce(Array("\(round)/\(topic)".utf8), to: topic) }
        }
        _ = try harness.producer.awaitDeliveries()
        func place(_ topic: Int, _ offset: Int64) -> PartitionOffset {
            PartitionOffset(topic: harness.topics[topic], partition: 0, offset: offset)
        }
        try harness.consumer.fetchMetadata()
        try harness.consumer.add([place(0, 1)])
        var got = try harness.consume(2)
        try harness.consumer.add([place(2, 3)])
        got += try harness.consume(2)
        #expect(Set(got.map { String(decoding: $0.value ?? [], as: UTF8.self) }) == ["1/0", "2/0", "3/0", "3/2"])
        #expect(harness.consumer.position(harness.topics[0], 0) == place(0, 4))
        #expect(harness.consumer.position(harness.topics[1], 0) == nil)
        #expect(try harness.consumer.consume(exactly: 1, timeout: .milliseconds(1)) { _ in } == 0)
    }
}
