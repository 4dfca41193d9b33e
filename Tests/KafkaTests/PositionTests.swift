import Testing

@testable import Kafka

@Suite struct PositionTests {
    @Test(
        arguments: [
            ([0, 1, 2], [nil, nil, nil]), ([0, 3, 4], [nil, 1, nil]), ([5], [0]), ([0, 1, 9, 11], [nil, nil, 2, 10]),
        ] as [([Int64], [Int64?])])
    func `an offset later than expected says which one was`(offsets: [Int64], expected: [Int64?]) {
        var positions = Positions()
        let topic = TopicID(rawValue: 2)
        positions.set(PartitionOffset(topic: topic, partition: 1, offset: 0))
        let told = offsets.map { positions.advance(over: PartitionOffset(topic: topic, partition: 1, offset: $0)) }
        #expect(told == expected)
        #expect(positions.next(topic, 1) == offsets.last.map { $0 + 1 })
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
}
