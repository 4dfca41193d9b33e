import CitizenStatus
import JSON
import Hosting
import Kafka
import LifeEvents
import Simulation

/// The bare transport with the records of a finished run: what the engine could reach if it did nothing else.
///
/// The same records (topic, key, header and value) in the same order, one producer, one consumer, no handling; as many
/// in flight at once as the engine allows itself.
struct RawLoop {
    private static let limit = 200_000
    private static let window = Slice.mostMessages

    private struct RawRecord {
        var topic: Int
        var key: [UInt8]
        var value: [UInt8]
    }

    private var records: [RawRecord] = []
    private var topics: [String] = []

    init(folder: String) throws {
        let store = try StatusStore(path: "\(folder)/status.sqlite", mode: .readOnly)
        var numbers: [String: Int] = [:]
        records.reserveCapacity(Self.limit)
        var tape = JSONTape()
        try store.eachMessage(limit: Self.limit) { message in
            try tape.parse(message.value)
            let event = try ReadEvent(tape.root)
            let topic = EventType(event.type.string ?? "").topic
            if numbers[topic] == nil {
                numbers[topic] = topics.count
                topics.append(topic)
            }
            records.append(
                RawRecord(
                    topic: numbers[topic] ?? 0, key: Array("\(event.envelope.subject)".utf8),
                    value: Array(message.value)))
        }
    }

    /// Records a second, the median of several rounds.
    func median(of rounds: Int) throws -> Double {
        try (0..<rounds).map { _ in try measure() }.sorted()[rounds / 2]
    }

    private func measure() throws -> Double {
        let broker = try EmbeddedBroker()
        try broker.createTopics(topics.map { ($0, 1) })
        let producer = try Producer(broker.settings)
        let consumer = try Consumer(broker.settings)
        let handles = try topics.map { try producer.topicHandle($0) }
        let places = try topics.map {
            PartitionOffset(topic: try consumer.topicHandle($0), partition: 0, offset: 0)
        }
        _ = try producer.fetchMetadata()
        try consumer.assign(places)
        let header = RecordHeader(name: "content-type", value: "application/cloudevents+json; charset=UTF-8")
        let start = nanoseconds()
        var seen = 0
        var first = 0
        while first < records.count {
            let end = min(first + Self.window, records.count)
            for record in records[first..<end] {
                record.key.withUnsafeBytes { key in
                    record.value.withUnsafeBytes { value in
                        producer.produce(topic: handles[record.topic], key: key, value: value, header: header)
                    }
                }
            }
            let deliveries = try producer.awaitDeliveries()
            if let failure = deliveries.failures.first { throw failure.error }
            while seen < end {
                let batch = try consumer.poll(upTo: end - seen, timeout: .seconds(10))
                guard !batch.isEmpty else { throw Failure(.environment, "the raw loop lost records") }
                seen += batch.count
            }
            first = end
        }
        return Double(records.count) / (Double(nanoseconds() - start) / 1e9)
    }
}
