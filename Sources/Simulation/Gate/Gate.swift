import AgencyKit
import Contracts
import Hosting
import JSON
import Kafka
import LifeEvents
import Terminal

/// The only door to the bus: publishes an instant's messages, takes what comes back, tells the run's own records from
/// outsiders', and sends to the dead letters what breaks a contract.
///
/// A record is the run's own when the run has made it: when it equals one of the messages of the instant that is played.
/// Everything else is an outsider's, whatever it claims. One thread owns a gate.
final class Gate {
    let log: any MessageLog
    let topics: [(name: String, limit: Int)]
    let effects: EffectSettings
    let settings: RunSettings
    let isDeadLetterTopic: [Bool]
    /// What the data of each type must be, by topic.
    let schemas: [MessageSchemas.Topic]
    /// Who may say what.
    let sayings: SayingRights
    /// What protection says of the types of each topic.
    let protections: TopicProtections
    /// Which agencies stand for a place.
    let places: PlaceNumbers
    /// Which readers of the types of each topic are told with consent alone.
    let askedConsents: TopicConsents
    /// The topic on which people consent, if the run has it.
    let consentTopic: Int32?
    /// Who has consented to what.
    var consents = ConsentBook()
    /// Who has protected personal data.
    var protected = ProtectionBook()
    /// What was seen since it was last taken.
    var record = GateRecord()
    /// Who belongs to which world.
    var membership = Membership()
    /// What faults do to records on their way.
    let wireFaults: WireFaultBook
    /// What outsiders have said and what of it waits.
    var outside: OutsideBook
    /// Dead letters of the bus itself, which wait for their instants.
    var letters = LetterBox()

    /// The instant that is played, or was last.
    private(set) var now = Instant.earliest
    /// Virtual now while a paced run waits between two instants.
    var waitingAt: Instant?
    /// The messages of the instant, in canonical order.
    var bucket = OutboxBucket()
    /// Which of them have come.
    private var hasArrived: [Bool] = []
    /// The part of the bucket that is on its way.
    private var sent: Range<Int> = 0..<0
    private var times = 1
    private var slice = Slice(instant: .earliest)
    private var outsideSlices: [OutsideRecord] = []
    /// The ends of the log when a resumed run went on: what stands before them was written by its former life.
    private var formerEnds: [[Int64]] = []
    /// The last instant that a resumed run can play.
    private(set) var lastInstant = Instant.earliest
    var tape = JSONTape()

    /// So often the messages of a slice are published again that the log has acknowledged and does not have.
    private static let mostAttempts = 3

    init(
        log: any MessageLog, topics: [(name: String, limit: Int)], schemas: MessageSchemas, sayings: SayingRights,
        protections: TopicProtections, places: PlaceNumbers, askedConsents: TopicConsents,
        settings: RunSettings, effects: EffectSettings
    ) {
        precondition(protections.count == topics.count, "each topic is asked for its protection")
        self.protections = protections
        self.places = places
        self.askedConsents = askedConsents
        consentTopic = topics.firstIndex { $0.name == Consent.type.topic }.map { Int32($0) }
        self.sayings = sayings
        self.schemas = topics.map { schemas.topic(named: $0.name) }
        self.log = log
        self.topics = topics
        self.settings = settings
        self.effects = effects
        isDeadLetterTopic = topics.map { $0.name.hasSuffix(".dead-letter.v1") }
        wireFaults = WireFaultBook()
        outside = OutsideBook()
    }

    /// What has happened since the last call.
    func takeRecord() -> GateRecord {
        defer { record = GateRecord() }
        return record
    }

    // MARK: - Instants

    /// The earliest instant at which the gate itself has something: an admitted record or a dead letter.
    var nextDue: Instant? {
        [outside.nextDue, letters.nextDue].compactMap(\.self).min()
    }

    /// The instant after the current one: when what is met now can be played.
    var nextInstant: Instant {
        let present = max(waitingAt ?? now, now)
        return (present + .milliseconds(settings.resolution)).roundedUp(to: settings.resolution)
    }

    /// Begins an instant: puts its first messages on their way.
    /// - Parameter due: what hosts and scripts publish at it, in canonical order.
    /// - Throws: `KafkaError`.
    func publish(_ due: consuming OutboxBucket, at instant: Instant) throws {
        precondition(instant > now, "an instant is played once")
        precondition(sent.upperBound == bucket.entries.count && outsideSlices.isEmpty, "the instant before is over")
        now = instant
        waitingAt = nil
        bucket = due
        learnProtection()
        learnConsents()
        refuseBreaches()
        protect()
        wireFaults.begin(instant, &bucket, &record)
        precondition(bucket.isSorted, "messages leave in canonical order, each once")
        hasArrived.removeAll(keepingCapacity: true)
        hasArrived.append(contentsOf: repeatElement(false, count: bucket.entries.count))
        sent = 0..<0
        times = settings.perturbation % 3 == 2 ? 2 : 1
        outsideSlices = outside.take(instant)
        var isDown = try wireFaults.injectBrokerFaults(instant, log, &record)
        try sendNext()
        try log.send(wireFaults.damaged, 0..<wireFaults.damaged.entries.count, times: times)
        if isDown {
            try log.inject(.up(broker: nil))
            isDown = false
        }
        for held in outside.takeHeld(instant) { held.value.withUnsafeBytes { judgeHeld(held, $0) } }
    }

    /// The next slice of the instant, as it came from the log, those of outsiders last; nil: there is no more.
    /// - Throws: `KafkaError`; ``LostMessages`` for what was acknowledged and does not come.
    func collect() throws -> Slice? {
        let range = sent
        // Records that were all damaged on their way leave an empty slice to wait for.
        guard range.isEmpty, wireFaults.hasEveryDamagedRecord else {
            try awaitArrival(of: range)
            // While this slice is handled the next one travels.
            try sendNext()
            return range.isEmpty ? try collect() : assemble(range)
        }
        guard sent.upperBound == bucket.entries.count else {
            try sendNext()
            return try collect()
        }
        return nextOutside()
    }

    /// Takes messages out of the instant, before any has left.
    /// - Parameter refused: for each message, whether it goes.
    func remove(_ refused: [Bool]) {
        precondition(sent.isEmpty, "what has left cannot be taken back")
        precondition(refused.count == bucket.entries.count, "each message is judged")
        var place = -1
        bucket.entries.removeAll { _ in
            place += 1
            return refused[place]
        }
    }

    /// Ends an instant; takes back the bucket's memory.
    func finish() -> OutboxBucket {
        precondition(sent.upperBound == bucket.entries.count && outsideSlices.isEmpty, "every slice was collected")
        wireFaults.tellMetFaults(log, &record)
        var taken = OutboxBucket()
        swap(&taken, &bucket)
        sent = 0..<0
        return taken
    }

    /// Takes back the memory of a slice that was handled.
    func recycle(_ spare: consuming Slice) { slice = spare }

    private func sendNext() throws(KafkaError) {
        let range = portion(from: sent.upperBound)
        sent = range
        guard !range.isEmpty else { return }
        let order = wireFaults.reordered(perturbed(range), range, effects, now)
        if let order {
            try log.send(order, range, times: times)
        } else {
            try log.send(bucket, range, times: times)
        }
        for (id, more) in wireFaults.repeats {
            guard let place = bucket.place(of: id), range.contains(place) else { continue }
            try log.send(bucket, place..<place + 1, times: more)
        }
    }

    /// The next part of the bucket, within a slice's limits.
    private func portion(from start: Int) -> Range<Int> {
        var end = start
        var bytes = 0
        while end < bucket.entries.count, end - start < settings.sliceMessages, end == start || bytes < Slice.mostBytes
        {
            bytes += bucket.entries[end].count
            end += 1
        }
        return start..<end
    }

    /// The bucket with a part in another order, if the run permutes what may be: between different subjects the order is
    /// free, for each has its own handling.
    private func perturbed(_ range: Range<Int>) -> OutboxBucket? {
        guard settings.perturbation != 0 else { return wireFaults.groups.isEmpty ? nil : bucket }
        var stream = RandomStream(state: settings.perturbation &+ UInt64(bitPattern: now.milliseconds))
        var permuted = bucket
        for index in range.reversed() where index > range.lowerBound {
            permuted.entries.swapAt(index, range.lowerBound + stream.uniform(below: index - range.lowerBound + 1))
        }
        return permuted
    }

    private func awaitArrival(of range: Range<Int>) throws {
        for attempt in 0... {
            let losses = try log.receive { take($0) }
            tell(losses)
            let missing = range.filter { !hasArrived[$0] }
            guard !missing.isEmpty || !wireFaults.hasEveryDamagedRecord else { return }
            guard attempt < Self.mostAttempts else {
                throw LostMessages(ids: missing.map { bucket.entries[$0].id } + wireFaults.missingDamaged)
            }
            record.notices.append(
                "\(missing.count + wireFaults.missingDamaged.count) of the run's own records were acknowledged and are not on the log; they are published "
                    + "again")
            for place in missing { try log.send(bucket, place..<place + 1, times: 1) }
            try wireFaults.sendMissing(log)
        }
    }

    private func assemble(_ range: Range<Int>) -> Slice {
        var taken = Slice(instant: now)
        swap(&taken, &slice)
        taken.instant = now
        taken.removeAll()
        for place in range {
            let entry = bucket.entries[place]
            bucket.withValue(of: entry) {
                taken.append($0, id: entry.id, world: entry.world, topic: entry.topic, isOutside: false)
            }
        }
        return taken
    }

    private func nextOutside() -> Slice? {
        guard !outsideSlices.isEmpty else { return nil }
        var taken = Slice(instant: now)
        var count = 0
        for own in outsideSlices.prefix(settings.sliceMessages) where taken.bytes.count < Slice.mostBytes {
            if let addressee = own.redrive?.addressee {
                taken.addressees.append((place: taken.messages.count, agency: addressee))
            }
            own.value.withUnsafeBytes {
                taken.append($0, id: own.id, world: own.world, topic: own.topic, isOutside: true)
            }
            count += 1
        }
        outsideSlices.removeFirst(count)
        return taken
    }

    // MARK: - Records

    /// Takes what outsiders write while a paced run waits.
    func poll(timeout: Duration) throws(KafkaError) { tell(try log.poll(timeout: timeout) { take($0) }) }

    /// Puts a record where it belongs. One that equals a message of the instant is that message; only others are read.
    func take(_ record: LogRecord) {
        guard let value = record.value, let id = EventEnvelope.leadingID(value), let place = bucket.place(of: id),
            isSame(record, value, place)
        else { return judge(record) }
        // Its former life has written it; the run publishes it again.
        guard !isOfFormerLife(record) else { return }
        if hasArrived[place] { self.record.redelivered += 1 }
        hasArrived[place] = true
    }

    private func isSame(_ record: LogRecord, _ value: UnsafeRawBufferPointer, _ place: Int) -> Bool {
        let entry = bucket.entries[place]
        guard entry.topic == record.topic else { return false }
        return bucket.withValue(of: entry) { $0.holdsSameBytes(as: value) }
    }

    /// Whether some message of the instant has these bytes on this topic.
    func isOwn(_ id: EventID, _ topic: Int32, _ value: UnsafeRawBufferPointer) -> Bool {
        guard let place = bucket.place(of: id) else { return false }
        let record = LogRecord(topic: topic, partition: 0, offset: 0, key: nil, value: value, headers: .given([]))
        return isSame(record, value, place)
    }

    /// Whether a record was written before the run went on.
    func isOfFormerLife(_ record: LogRecord) -> Bool {
        guard !formerEnds.isEmpty else { return false }
        let ends = formerEnds[Int(record.topic)]
        return Int(record.partition) < ends.count && record.offset < ends[Int(record.partition)]
    }

    private func tell(_ losses: [LogLoss]) {
        for loss in losses where !loss.offsets.isEmpty {
            record.notices.append(
                "\(topics[Int(loss.topic)].name), partition \(loss.partition): \(counted(loss.offsets.count, "record")) from offset "
                    + "\(loss.offsets.lowerBound) \(loss.offsets.count == 1 ? "was" : "were") not read: \(loss.reason)")
        }
    }

    // MARK: - Going on

    /// Goes on on the log that a former life has written.
    /// - Parameters:
    ///   - positions: stored ones; nil: the log is a new one.
    ///   - played: the instant of the checkpoint.
    ///   - end: the last instant of the run.
    func goOn(from positions: [(Int64, Int64)]?, played: Instant, end: Instant) throws(KafkaError) {
        now = played
        lastInstant = end
        guard let positions else { return }
        formerEnds = (0..<log.topicCount).map { log.ends(of: Int32($0)) }
        try log.goOn(from: positions)
    }
}

/// What a gate has seen.
struct GateRecord {
    var redelivered = 0
    var refused = 0
    var deadLetters = 0
    var notices: [String] = []
    var faults: [ObservedFault] = []
}

/// Messages that the broker acknowledged and does not have.
struct LostMessages: Error, CustomStringConvertible {
    var ids: [EventID]
    var description: String {
        "\(ids.count == 1 ? "a message was" : "\(ids.count) messages were") acknowledged again and again and did not "
            + "come: \(ids.prefix(3).map(\.description).joined(separator: ", "))"
    }
}
