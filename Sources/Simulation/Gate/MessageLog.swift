import Hosting
import Kafka
import LifeEvents

/// A record as it stands on the log; its views are valid during the call that shows it.
struct LogRecord {
    /// Its topic, by its place in the run's topics.
    var topic: Int32
    var partition: Int32
    var offset: Int64
    var key: UnsafeRawBufferPointer?
    var value: UnsafeRawBufferPointer?
    /// Its headers: read only where the value is not one of the run's own.
    var headers: Headers

    enum Headers {
        /// Of a record of librdkafka, which parses headers when it is asked.
        case kafka(Record)
        /// As they are.
        case given([DeadLetter.Header])
    }

    /// All headers in their order, copied.
    var allHeaders: [DeadLetter.Header] {
        switch headers {
        case .kafka(let record): record.headers.map { DeadLetter.Header(name: $0.name, value: $0.value) }
        case .given(let headers): headers
        }
    }
}

/// Records that a log no longer has, and that were not read before.
struct LogLoss: Equatable, Sendable {
    var topic: Int32
    var partition: Int32
    /// The offsets that are missing.
    var offsets: Range<Int64>
    /// Why, in words.
    var reason: String
}

/// The log under the gate: Kafka in a run, a scripted one in tests.
protocol MessageLog: AnyObject {
    /// How many topics it has.
    var topicCount: Int { get }
    /// The offset after the last record of each partition of a topic, when the run began or went on.
    func ends(of topic: Int32) -> [Int64]
    /// Publishes messages of a bucket; ``receive(_:)`` waits for them.
    func send(_ bucket: borrowing OutboxBucket, _ range: Range<Int>, times: Int) throws(KafkaError)
    /// Waits until the log has everything that was sent, then shows all records up to there.
    /// - Returns: what was passed over.
    func receive(_ body: (LogRecord) -> Void) throws(KafkaError) -> [LogLoss]
    /// Shows what others have written, waiting at most `timeout` for the first record.
    /// - Returns: what was passed over.
    func poll(timeout: Duration, _ body: (LogRecord) -> Void) throws(KafkaError) -> [LogLoss]
    /// Makes something go wrong on an embedded broker, or right again; a cluster is left alone.
    func inject(_ fault: Fault) throws(KafkaError)
    /// How many requests of a kind have been sent; nil as kind: of all. Nil: nobody counts them.
    func requestCount(of kind: KafkaRequest?) -> Int?
    /// Asks whether topics have other partitions than when the run began: nobody reads what is written to new ones.
    /// - Throws: `KafkaError` if one has; not where no broker answers, which others notice.
    func checkPartitions() throws(KafkaError)
    /// The positions that moved since the last call, by topic × 100,000 + partition.
    func changedPositions() -> [(Int64, Int64)]
    /// Goes on from stored positions: the log holds what a former life wrote after its last checkpoint.
    /// - Throws: `KafkaError` if an offset lies beyond the log's end, which means another log.
    func goOn(from stored: [(Int64, Int64)]) throws(KafkaError)
}
