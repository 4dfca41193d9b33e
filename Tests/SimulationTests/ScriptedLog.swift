import Hosting
import Kafka
import LifeEvents

@testable import Simulation

/// The records of a log that several lives of a run see, one after the other.
final class ScriptedRecords {
    struct Stored {
        var key: [UInt8]?
        var headers: [DeadLetter.Header] = []
        /// Nil once it was read, where records are let go of.
        var value: [UInt8]?
    }

    let topicCount: Int
    let partitionCount: Int
    /// By topic × partitions + partition.
    fileprivate(set) var records: [[Stored]]

    init(topics: Int, partitions: Int = 1) {
        topicCount = topics
        partitionCount = partitions
        records = Array(repeating: [], count: topics * partitions)
    }

    /// Writes a record as an outsider does.
    func append(
        _ value: [UInt8], topic: Int32, key: [UInt8]? = nil, headers: [DeadLetter.Header] = [], partition: Int = 0
    ) {
        records[Int(topic) * partitionCount + partition].append(Stored(key: key, headers: headers, value: value))
    }
}

/// A log in memory: what is sent is there, unless the script of a test has it lost; what others write is read when the
/// partition is, or by a poll.
final class ScriptedLog: MessageLog {
    let store: ScriptedRecords
    /// So often what is sent with an id gets lost, although it was acknowledged.
    var losing: [EventID: Int] = [:]
    /// What it says when it is asked for partitions; nil: none were added.
    var partitionChange: KafkaError?
    /// What was made to go wrong.
    private(set) var injected: [Fault] = []
    /// How many requests it says have been sent, by kind, nil for all; nil: it counts none.
    var requests: ((KafkaRequest?) -> Int)?
    /// Told of at the next receipt.
    var losses: [LogLoss] = []
    /// Runs before each poll: a test lets outsiders write then.
    var beforePoll: (Duration) -> Void = { _ in }
    /// Whether nothing can be sent any more: for the run it is as if its process ended.
    var isDead = false
    /// Whether values are let go of when they were read, so that a long test does not keep them.
    var forgets = false
    /// Whether partitions are read from the last to the first, as a broker may answer.
    var readsBackwards = false

    /// The most messages that were sent and not yet read.
    private(set) var mostTravelling = 0
    /// The most bytes of messages that were sent and not yet read.
    private(set) var mostTravellingBytes = 0
    private(set) var sentCount = 0
    private var travelling = 0
    private var travellingBytes = 0
    private var positions: [Int]
    private var reported: [Int] = []
    private let foundEnds: [Int]
    private var touched: Set<Int> = []

    init(_ store: ScriptedRecords) {
        self.store = store
        foundEnds = store.records.map(\.count)
        positions = foundEnds
    }

    convenience init(topics: Int, partitions: Int = 1) {
        self.init(ScriptedRecords(topics: topics, partitions: partitions))
    }

    var topicCount: Int { store.topicCount }

    func ends(of topic: Int32) -> [Int64] {
        (0..<store.partitionCount).map { Int64(foundEnds[Int(topic) * store.partitionCount + $0]) }
    }

    func requestCount(of kind: KafkaRequest?) -> Int? { requests?(kind) }

    func send(_ bucket: borrowing OutboxBucket, _ range: Range<Int>, times: Int) throws(KafkaError) {
        guard !isDead else { throw KafkaError(code: .transport) }
        for index in range {
            let entry = bucket.entries[index]
            let place =
                Int(entry.topic) * store.partitionCount + Int(entry.subject.rawValue % UInt64(store.partitionCount))
            touched.insert(place)
            for _ in 0..<times {
                sentCount += 1
                if let more = losing[entry.id], more > 0 {
                    losing[entry.id] = more - 1
                    continue
                }
                let value = bucket.withValue(of: entry) { Array($0) }
                store.records[place].append(
                    ScriptedRecords.Stored(key: Array("\(entry.subject)".utf8), value: value))
                travelling += 1
                travellingBytes += value.count
            }
        }
        mostTravelling = max(mostTravelling, travelling)
        mostTravellingBytes = max(mostTravellingBytes, travellingBytes)
    }

    func receive(_ body: (LogRecord) -> Void) throws(KafkaError) -> [LogLoss] {
        let places = touched.sorted()
        touched = []
        for place in readsBackwards ? places.reversed() : places {
            while positions[place] < store.records[place].count { show(place, body) }
        }
        travelling = 0
        travellingBytes = 0
        defer { losses = [] }
        return losses
    }

    func poll(timeout: Duration, _ body: (LogRecord) -> Void) throws(KafkaError) -> [LogLoss] {
        beforePoll(timeout)
        if let place = positions.indices.first(where: { positions[$0] < store.records[$0].count }) { show(place, body) }
        return []
    }

    private func show(_ place: Int, _ body: (LogRecord) -> Void) {
        let stored = store.records[place][positions[place]]
        let record = { (key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?) in
            LogRecord(
                topic: Int32(place / self.store.partitionCount), partition: Int32(place % self.store.partitionCount),
                offset: Int64(self.positions[place]), key: key, value: value, headers: .given(stored.headers))
        }
        (stored.value ?? []).withUnsafeBytes { value in
            let value = stored.value == nil ? nil : value
            if let key = stored.key {
                key.withUnsafeBytes { body(record($0, value)) }
            } else {
                body(record(nil, value))
            }
        }
        if forgets { store.records[place][positions[place]].value = nil }
        positions[place] += 1
    }

    func checkPartitions() throws(KafkaError) { if let partitionChange { throw partitionChange } }

    func inject(_ fault: Fault) throws(KafkaError) { injected.append(fault) }

    private static let mostPartitions = 100_000

    func changedPositions() -> [(Int64, Int64)] {
        defer { reported = positions }
        return positions.indices.filter { $0 >= reported.count || reported[$0] != positions[$0] }.map { place in
            let (topic, partition) = (place / store.partitionCount, place % store.partitionCount)
            return (Int64(topic * Self.mostPartitions + partition), Int64(positions[place]))
        }
    }

    func goOn(from stored: [(Int64, Int64)]) throws(KafkaError) {
        for (key, offset) in stored {
            let place = Int(key) / Self.mostPartitions * store.partitionCount + Int(key) % Self.mostPartitions
            guard Int(offset) <= store.records[place].count else {
                throw KafkaError(code: .offsetOutOfRange, reason: "this is another log")
            }
            positions[place] = Int(offset)
        }
    }
}
