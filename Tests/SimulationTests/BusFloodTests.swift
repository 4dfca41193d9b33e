import Kafka
import LifeEvents
import Testing

@testable import Simulation

/// A log that lets go of records faster than they are read: what was read and what is told as lost are all there was.
@Suite struct BusFloodTests {
    @Test(arguments: 1...6)
    func `records that a log lets go of are told, and none that was read is passed over`(seed: UInt64) throws {
        let broker = try EmbeddedBroker()
        try broker.createTopics([("flood", 1)])
        let bus = try Bus(settings: broker.settings, topics: ["flood"], namespace: nil, embedded: broker)
        let stranger = try Producer(broker.settings)
        let topic = try stranger.topicHandle("flood")
        // Of letters without a pattern, so that compression does not make them small.
        var random = RandomStream(state: seed)
        let value = (0..<900_000).map { _ in UInt8(ascii: "a") + UInt8(random.uniform(below: 26)) }
        var read: Set<Int64> = []
        var lost: Set<Int64> = []
        func poll(_ timeout: Duration) throws -> Bool {
            let before = read.count + lost.count
            let losses = try bus.poll(timeout: timeout) { record in
                #expect(read.insert(record.offset).inserted, "offset \(record.offset) came twice")
            }
            for loss in losses { lost.formUnion(loss.offsets) }
            return read.count + lost.count > before
        }
        let count = 60
        for number in 0..<count {
            // Small ones between the large: they are read in one go with what comes before a loss.
            let size = number % 3 == 0 ? 900_000 : 2_000
            value[..<size].withUnsafeBytes { stranger.produce(topic: topic, key: nil, value: $0) }
            if random.uniform(below: 12) == 0 {
                _ = try stranger.awaitDeliveries()
                _ = try poll(.milliseconds(1))
            }
        }
        _ = try stranger.awaitDeliveries()
        while read.count + lost.count < count { guard try poll(.seconds(5)) else { break } }
        #expect(read.isDisjoint(with: lost))
        #expect(read.union(lost) == Set(0..<Int64(count)))
    }
}
