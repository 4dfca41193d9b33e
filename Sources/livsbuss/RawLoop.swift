import CitizenStatus
import Kafka

/// The bare transport with the records of a finished run: what the engine could reach if it did nothing else.
struct RawLoop {
    private static let limit = 200_000
    private static let window = 10_000

    private var values: [[UInt8]] = []

    init(folder: String) throws {
        let store = try StatusStore(path: "\(folder)/status.sqlite", mode: .readOnly)
        var values: [[UInt8]] = []
        values.reserveCapacity(Self.limit)
        try store.eachMessage { message in
            if values.count < Self.limit { values.append(Array(message.value)) }
        }
        self.values = values
    }

    /// Records a second, the median of several rounds.
    func median(of rounds: Int) throws -> Double {
        try (0..<rounds).map { _ in try measure() }.sorted()[rounds / 2]
    }

    private func measure() throws -> Double {
        let broker = try EmbeddedBroker()
        try broker.createTopics([("raw", 1)])
        let producer = try Producer(broker.settings)
        let consumer = try Consumer(broker.settings)
        let topic = try producer.topicHandle("raw")
        let place = PartitionOffset(topic: try consumer.topicHandle("raw"), partition: 0, offset: 0)
        _ = try producer.fetchMetadata()
        try consumer.assign([place])
        let header = RecordHeader(name: "content-type", value: "application/cloudevents+json; charset=UTF-8")
        let start = nanoseconds()
        var seen = 0
        var first = 0
        while first < values.count {
            let end = min(first + Self.window, values.count)
            for value in values[first..<end] {
                value.withUnsafeBytes { bytes in
                    // The subject stands in the value; 16 of its bytes do for a key of that length.
                    producer.produce(
                        topic: topic, key: UnsafeRawBufferPointer(rebasing: bytes[0..<16]), value: bytes,
                        header: header)
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
        return Double(values.count) / (Double(nanoseconds() - start) / 1e9)
    }
}
