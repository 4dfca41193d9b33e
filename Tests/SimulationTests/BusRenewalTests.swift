import Hosting
import Kafka
import LifeEvents
import Testing

@testable import Simulation

/// A run's own embedded broker is made anew now and then: nothing is lost by it, and what its log took is given back.
@Suite struct BusRenewalTests {
    private static let topics = ["a", "b", "c"]

    private static func bus(renewsAfter: Int?) throws -> Bus {
        let broker = try EmbeddedBroker()
        try broker.createTopics(topics.map { ($0, 2) })
        return try Bus(
            settings: broker.settings, topics: topics, namespace: nil, embedded: broker, renewsAfter: renewsAfter)
    }

    /// Messages of one instant, over all topics in turns.
    private static func bucket(_ round: Int) -> OutboxBucket {
        var bucket = OutboxBucket()
        for number in 0..<30 {
            let value = Array("\(round) \(number)".utf8)
            let subject = Subject(seed: 1, scenario: "renewal", case: "", name: "\(number % 7)")
            _ = value.withUnsafeBytes {
                bucket.append(
                    .custom(hash: (UInt64(round), UInt64(number))), Int32(number % topics.count), 0, subject, $0)
            }
        }
        return bucket
    }

    /// What came in a round, by partition in the order of the log; and the offset of the first record that came.
    private static func play(_ round: Int, _ bus: Bus) throws -> (texts: [String: [String]], first: Int64) {
        let bucket = bucket(round)
        try bus.send(bucket, 0..<bucket.entries.count, times: 1)
        var texts: [String: [String]] = [:]
        var first = Int64.max
        let losses = try bus.receive { record in
            let text = record.value.map { String(decoding: $0, as: UTF8.self) } ?? "none"
            texts["\(record.topic)/\(record.partition)", default: []].append(text)
            first = min(first, record.offset)
        }
        #expect(losses.isEmpty)
        return (texts, first)
    }

    @Test func `nothing is lost or comes twice when the log begins anew, and each partition keeps its order`() throws {
        let (renewed, lasting) = (try Self.bus(renewsAfter: 250), try Self.bus(renewsAfter: nil))
        var restarts = 0
        for round in 1...8 {
            let (own, other) = (try Self.play(round, renewed), try Self.play(round, lasting))
            #expect(own.texts == other.texts)
            #expect(own.texts.values.reduce(0) { $0 + $1.count } == 30)
            #expect((other.first == 0) == (round == 1))
            if round > 1, own.first == 0 { restarts += 1 }
        }
        // A round has some 120 bytes, so that every third begins on another log.
        #expect(restarts == 2)
        // A checkpoint keeps the positions of the log that is there.
        let positions = renewed.changedPositions().map(\.1)
        #expect(positions.max().map { $0 < 30 } == true)
    }

    @Test
    func `a topic is read from its first record on, whenever the run comes to write it, and anew after a renewal`()
        throws
    {
        let bus = try Self.bus(renewsAfter: 60)
        for (round, topics) in [[0], [0, 1], [1], [2, 0], [2], [1]].enumerated() {
            var bucket = OutboxBucket()
            for (number, topic) in topics.enumerated() {
                let subject = Subject(seed: 1, scenario: "renewal", case: "", name: "\(number)")
                _ = Array("round \(round) \(topic)".utf8).withUnsafeBytes {
                    bucket.append(.custom(hash: (UInt64(round), UInt64(number))), Int32(topic), 0, subject, $0)
                }
            }
            try bus.send(bucket, 0..<bucket.entries.count, times: 1)
            var came: [Int] = []
            #expect(try bus.receive { came.append(Int($0.topic)) }.isEmpty)
            #expect(came.sorted() == topics.sorted(), "round \(round)")
        }
    }

    @Test func `a broker to which something was done is not made anew`() throws {
        let bus = try Self.bus(renewsAfter: 1)
        try bus.inject(.latency(broker: nil, milliseconds: 1))
        _ = try Self.play(1, bus)
        #expect(try Self.play(2, bus).first > 0)
    }

    @Test func `a run that goes on finds the partitions that it began with, or says which topic has others`() throws {
        let bus = try Self.bus(renewsAfter: nil)
        // Topic × 100,000 + partition; what had one partition has two now.
        #expect(throws: Never.self) { try bus.goOn(from: [(0, 0), (1, 0), (100_000, 0), (100_001, 0)]) }
        let error = #expect(throws: KafkaError.self) { try bus.goOn(from: [(0, 0), (1, 0), (100_000, 0)]) }
        let sentence = error.map { "\($0)" } ?? ""
        #expect(sentence.contains("topic b has now 2 partitions, the run began with 1"), "\(sentence)")
        #expect(sentence.contains("--restart"))
    }
}
