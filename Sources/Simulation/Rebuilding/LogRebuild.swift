public import CitizenStatus
import Hosting
import JSON
public import Kafka
public import LifeEvents
import Terminal

/// What a rebuilding has found on a log.
public struct LogFindings: Sendable {
    /// Messages of the run, each once.
    public var messages = 0
    /// The instant of the last of them; nil if there is none.
    public var last: Instant?
    /// Records of the run's people that the run has not made. When they were handled stands in no record, so they are not
    /// among the rows.
    public var outside = 0
    /// Records with the form of the run's own that it has refused, or damaged on their way; a dead letter tells of each.
    public var refused = 0
    /// Records that are no structured event: an outsider's, or damaged.
    public var unreadable = 0
    /// Records of other runs on the same topics.
    public var others = 0
    /// What is missing: one sentence each.
    public var losses: [String] = []

    /// Whether everything that the run has said is among the rows.
    public var isWhole: Bool { losses.isEmpty }
}

/// Makes a store's rows anew from the log of a cluster: journal, tiles, facts and dead letters, each message once, in the
/// order in which the run handled them.
///
/// A record is the run's own if it has the form of one, belongs to one of its worlds, comes from an agency that is played
/// there or from the scenario, and no dead letter tells that it was refused. Who read what stands in no message, so the
/// ledger stays empty. One thread owns it, and it is used once.
public final class LogRebuild {
    private let topics: [String]
    private let resolution: Int64
    private let isDeadLetterTopic: [Bool]
    private var membership = Membership()
    private var worldOfJourney: [EventID: Int32] = [:]
    private var scripted: Set<EventID> = []
    private var worldCount: Int32 = 0

    private var found: [Found] = []
    private var refusedPlaces: Set<Place> = []
    /// The run's own messages that were damaged on their way: what has their ids is not what they were.
    private var damaged: Set<EventID> = []
    /// What the run's dead letters tell of its own messages that were never on the log.
    private var laidAside: Set<EventID> = []
    private var findings = LogFindings()
    private var tape = JSONTape()

    private struct Place: Hashable {
        var topic: Int32
        var partition: Int32
        var offset: Int64
    }

    /// A value on a topic, by its hash.
    private struct Value: Hashable {
        var topic: Int32
        var first: UInt64
        var second: UInt64

        init(_ topic: Int32, _ bytes: UnsafeRawBufferPointer) {
            self.topic = topic
            (first, second) = SipHash24.hash128(bytes: bytes, key: .init(0x7265_6275, 0x696C_6400))
        }
    }

    /// A record that may be one of the run's.
    private struct Found {
        var id: EventID
        var cause: EventID?
        var world: Int32
        var place: Place
        var value: Value
        var start: Int
        var count: Int
    }

    /// - Parameters:
    ///   - topics: by their names in the contracts, in the run's order.
    ///   - resolution: milliseconds between two possible instants of the run.
    public init(topics: [String], resolution: Int64) {
        self.topics = topics
        self.resolution = resolution
        isDeadLetterTopic = topics.map { $0.hasSuffix(".dead-letter.v1") }
    }

    /// Adds a world of the run; they come in the run's order.
    public func add(_ world: World) {
        membership.add(world, number: worldCount)
        for journey in world.correlations { worldOfJourney[journey] = worldCount }
        scripted.formUnion(world.script.map(\.id))
        worldCount += 1
    }

    // MARK: - Rebuilding

    /// Reads the log to its end and writes what it says into a store, which must have no messages yet.
    /// - Parameters:
    ///   - namespace: what stands before every topic's name on the broker, with a dot; nil: nothing.
    ///   - folder: where the log's records may lie meanwhile.
    /// - Throws: `KafkaError`, `StoreError`.
    public func write(
        from settings: KafkaSettings, namespace: String?, into store: StatusStore, folder: String
    ) throws -> LogFindings {
        let reader = try LogReader(settings, topics: topics.map { name in namespace.map { "\($0).\(name)" } ?? name })
        let values = try ValueFile(in: folder)
        let losses = try reader.read { (record) throws(StoreError) in try take(record, values) }
        findings.losses = losses.map { loss in
            "\(topics[Int(loss.topic)]), partition \(loss.partition): \(counted(loss.offsets.count, "record")) from offset "
                + "\(loss.offsets.lowerBound) \(loss.offsets.count == 1 ? "was" : "were") not read: \(loss.reason)"
        }
        settle()
        try append(to: store, values)
        return findings
    }

    private func take(_ record: LogRecord, _ values: ValueFile) throws(StoreError) {
        guard let value = record.value, let event = try? ReadEvent.parse(value, &tape) else {
            findings.unreadable += 1
            return
        }
        let envelope = event.envelope
        let place = Place(topic: record.topic, partition: record.partition, offset: record.offset)
        let isLetter = isDeadLetterTopic[Int(record.topic)] && envelope.source == .livsbuss && hasOwnForm(envelope)
        let known = envelope.correlationID.flatMap { worldOfJourney[$0] }
        let member = membership.world(of: envelope.subject, at: envelope.time)
        guard let world = known ?? member ?? (isLetter ? -1 : nil) else {
            findings.others += 1
            return
        }
        let isPlayed = envelope.source.map { membership.isPlayed($0, in: world) || isLetter } ?? false
        guard hasOwnForm(envelope), isPlayed || scripted.contains(envelope.id) else {
            findings.outside += 1
            return
        }
        if isLetter { note(event.data, place) }
        found.append(
            Found(
                id: envelope.id, cause: envelope.causationID, world: world, place: place,
                value: Value(record.topic, value), start: try values.append(value), count: value.count))
    }

    /// Whether an event looks as the run's own do: version 7, with the milliseconds of its time, on the grid of instants.
    private func hasOwnForm(_ envelope: EventEnvelope) -> Bool {
        envelope.source != nil && envelope.id.isVersion7
            && envelope.id.milliseconds == envelope.time.milliseconds
            && envelope.time.milliseconds % resolution == 0
    }

    /// Notes which record a letter of the bus is about.
    private func note(_ data: JSONValue?, _ letter: Place) {
        guard let data, let topic = data["topic"]?.string.flatMap({ topics.firstIndex(of: $0) }) else { return }
        if let partition = data["partition"]?.int, let offset = data["offset"]?.int {
            refusedPlaces.insert(
                Place(topic: Int32(topic), partition: Int32(truncatingIfNeeded: partition), offset: offset))
        } else if data["reason"]?.string == DeadLetter.Reason.notAnEvent.rawValue,
            let id = data["id"]?.string.flatMap({ EventID(text: $0) })
        {
            damaged.insert(id)
        }
        if let id = data["id"]?.string.flatMap({ EventID(text: $0) }) { laidAside.insert(id) }
    }

    /// Leaves each message once, in the order in which the run handled them, and looks for what is missing.
    private func settle() {
        let all = found.count
        found.removeAll { refusedPlaces.contains($0.place) || damaged.contains($0.id) }
        findings.refused = all - found.count
        found.sort { ($0.id, $0.place.partition, $0.place.offset) < ($1.id, $1.place.partition, $1.place.offset) }
        var kept: [Found] = []
        for one in found {
            guard let last = kept.last, last.id == one.id else {
                kept.append(one)
                continue
            }
            if last.value != one.value {
                findings.losses.append("the id \(one.id) stands on two different records, of which the first is taken")
            }
        }
        found = kept
        findings.messages = kept.count
        findings.last = kept.last.map { Instant(milliseconds: $0.id.milliseconds) }
        tellMissing()
    }

    /// A message of the run is told by what it has caused, and by the scenario.
    private func tellMissing() {
        guard let last = findings.last else { return }
        func isThere(_ id: EventID) -> Bool {
            var (low, high) = (0, found.count)
            while low < high {
                let middle = (low + high) / 2
                if found[middle].id < id { low = middle + 1 } else { high = middle }
            }
            return low < found.count && found[low].id == id
        }
        func isMissing(_ id: EventID) -> Bool {
            id.isVersion7 && id.milliseconds <= last.milliseconds && !isThere(id) && !laidAside.contains(id)
        }
        // order-free: a count
        let steps = scripted.count { isMissing($0) }
        if steps > 0 { findings.losses.append(Self.missing(steps, "that the scenarios publish")) }
        let causes = Set(found.lazy.compactMap(\.cause).filter { $0.milliseconds % self.resolution == 0 })
        // order-free: a count
        let unknown = causes.count { !scripted.contains($0) && isMissing($0) }
        if unknown > 0, findings.outside == 0 {
            findings.losses.append(Self.missing(unknown, "that caused others"))
        }
    }

    private static func missing(_ count: Int, _ which: String) -> String {
        count == 1 ? "1 message \(which) is not on the log" : "\(count) messages \(which) are not on the log"
    }

    // MARK: - Writing

    /// A batch has at most so many messages.
    private static let batchMessages = 10_000

    private func append(to store: StatusStore, _ values: ValueFile) throws(StoreError) {
        var place = 0
        while place < found.count {
            let instant = Instant(milliseconds: found[place].id.milliseconds)
            var batch = InstantBatch(instant: instant)
            while place < found.count, found[place].id.milliseconds == instant.milliseconds,
                batch.entries.count < Self.batchMessages
            {
                let one = found[place]
                let value = try values.read(one.start, count: one.count)
                value.withUnsafeBytes {
                    batch.append(
                        $0, id: one.id, topic: one.place.topic, world: one.world,
                        isDeadLetter: isDeadLetterTopic[Int(one.place.topic)])
                }
                place += 1
            }
            try store.append(batch)
            try store.checkpoint(instant: instant)
        }
    }
}
