import AgencyKit
import CitizenStatus
import Glibc
import JSON
import Kafka
import LifeEvents

/// A published message that the broker acknowledged and did not deliver.
struct LostMessage: Error, CustomStringConvertible {
    var id: EventID
    var description: String { "the message \(id) was acknowledged and did not come" }
}

extension Engine {
    /// Publishes what is due at the next instant, and leaves it on its way; nothing at the end of the run.
    func depart() throws {
        var next = nextInstant()
        measure(\.worlds) { addWorlds(&next) }
        if let pacer { try pace(pacer, &next) }
        guard let instant = next, let end = schedule.end, instant <= end else { return }
        measure(\.worlds) { endWorlds(before: instant) }
        var due = schedule.outbox.take(instant) ?? Outbox.Bucket()
        due.entries.removeAll { entry in
            guard entry.world >= 0, worlds[Int(entry.world)].until < instant else { return false }
            notePending(entry, instant)
            return true
        }
        let strikes = hasFaults ? self.strikes(&due, instant) : nil
        schedule.depart(instant, due)
        schedule.flight?.strikes = strikes
        let times = settings.perturbation % 3 == 2 ? 2 : 1
        try measure(\.transport) {
            guard let flight = schedule.flight else { return }
            var isBrokerDown = try hasFaults && strikeBroker(instant)
            var bucket = settings.perturbation == 0 ? flight.due : perturbed(flight.due, instant)
            if let strikes { bucket = reordered(bucket, strikes.groups, instant) }
            var start = 0
            while true {
                let end = portion(of: bucket, from: start)
                try bus.send(bucket, start..<end, times: times)
                start = end
                if isBrokerDown {
                    try bringBrokerUp()
                    isBrokerDown = false
                }
                if start == bucket.entries.count { break }
                try receive()
            }
            if strikes != nil { try sendStrikes(flight, times: times) }
        }
    }

    /// The end of what may be on its way at once: an embedded broker's partition keeps 5 MiB.
    private func portion(of bucket: Outbox.Bucket, from start: Int) -> Int {
        var end = start
        var bytes = 0
        while end < bucket.entries.count, end - start < settings.window, end == start || bytes < settings.windowBytes {
            bytes += bucket.entries[end].count
            end += 1
        }
        return end
    }

    /// Publishes in another order: between different subjects that is legal, for each has its own handling.
    private func perturbed(_ bucket: Outbox.Bucket, _ instant: Instant) -> Outbox.Bucket {
        var stream = RandomStream(state: settings.perturbation &+ UInt64(bitPattern: instant.milliseconds))
        var bucket = bucket
        for index in bucket.entries.indices.reversed() where index > 0 {
            bucket.entries.swapAt(index, stream.uniform(below: index + 1))
        }
        return bucket
    }

    /// Waits for what was published, and handles it.
    func land(_ flight: Flight) throws {
        try measure(\.transport) { try receive() }
        let instant = flight.instant
        let held = schedule.parked.removeValue(forKey: instant) ?? []
        for record in held { record.value.withUnsafeBytes { judge($0, record.topic) } }
        let admitted = schedule.admitted.filter { $0.instant == instant }
        schedule.admitted.removeAll { $0.instant == instant }
        for record in admitted {
            record.value.withUnsafeBytes { text in
                guard let event = try? Self.read(text, &tape) else { return }
                flight.add(
                    text, id: event.envelope.id, world: world(of: event.envelope), isForeign: true,
                    topic: record.topic)
            }
        }
        try handle(flight)
        schedule.flight = nil
        schedule.played = instant
        schedule.recycle(flight)
        result.instants += 1
        result.end = max(result.end ?? instant, instant)
        observer.instant?(instant)
    }

    /// Consumes until everything that was published is there.
    private func receive() throws {
        try bus.receive { topic, value, record in take(value, topic, record) }
    }

    /// Puts a consumed record where it belongs. One that equals a message on its way is that message; only others are
    /// read to be judged.
    func take(_ value: UnsafeRawBufferPointer, _ topic: Int32, _ record: Record) {
        guard let flight = schedule.flight, let id = EventEnvelope.leadingID(value), let place = flight.place(of: id),
            flight.isSame(value, as: place)
        else { return judge(value, topic, record) }
        if !flight.arrive(value, at: place) { result.redelivered += 1 }
    }

    /// Tells the run's own messages from redeliveries, outsiders and what is no event.
    private func judge(_ text: UnsafeRawBufferPointer, _ topic: Int32, _ record: Record? = nil) {
        do throws(EnvelopeError) {
            if let record {
                let event = try ReceivedRecord.read(
                    key: record.key, headers: record.headers, value: text, tape: &tape)
                if case .rewritten(let bytes) = event { return bytes.withUnsafeBytes { judge($0, topic) } }
            }
            let event = try Self.read(text, &tape)
            let envelope = event.envelope
            let world = world(of: envelope)
            let now = schedule.now ?? envelope.time
            guard isOwn(envelope) else {
                return admit(envelope, Array(text), topic, source: event.sourceText.string ?? "")
            }
            if envelope.time > now {
                schedule.parked[envelope.time, default: []].append(
                    ForeignRecord(instant: envelope.time, topic: topic, value: Array(text)))
                return
            }
            guard envelope.time == now, let flight = schedule.flight else {
                result.redelivered += 1
                return
            }
            if let place = flight.place(of: envelope.id) {
                if flight.isSame(text, as: place) {
                    result.redelivered += 1
                } else {
                    bury(
                        Array(text), reason: "the id \(envelope.id) stands on two different messages", topic: topic,
                        owner: nil, agency: nil, world: world, subject: nil, now)
                }
            } else {
                flight.add(text, id: envelope.id, world: world, isForeign: false, topic: topic)
            }
        } catch {
            if takeDamaged(text, topic, "\(error)") { return }
            bury(
                Array(text), reason: "\(error)", topic: topic, owner: nil, agency: nil, world: -1, subject: nil,
                schedule.now ?? Instant(milliseconds: 0))
        }
    }

    static func read(_ text: UnsafeRawBufferPointer, _ tape: inout JSONTape) throws(EnvelopeError) -> ReadEvent {
        do throws(JSONError) {
            try tape.parse(text)
        } catch {
            throw .notJSON("\(error)")
        }
        return try ReadEvent(tape.root)
    }

    /// A record is the run's own when its source is played by the run, and its id is version 7 with the milliseconds of
    /// `time`, on the run's grid of instants.
    private func isOwn(_ envelope: EventEnvelope) -> Bool {
        guard let source = envelope.source, playedOwners.contains(source.owner) else { return false }
        // A resumed run meets its former life's letters before it has written them itself.
        if source == .livsbuss, ownLetters.contains(envelope.id) { return true }
        return envelope.id.isVersion7 && envelope.id.milliseconds == envelope.time.milliseconds
            && envelope.time.milliseconds % settings.resolution == 0
            && envelope.correlationID.map { worldOfCorrelation[$0] != nil } ?? false
    }

    func world(of envelope: EventEnvelope) -> Int32 {
        if let correlation = envelope.correlationID, let world = worldOfCorrelation[correlation] { return world }
        return worldOfPerson[envelope.subject] ?? -1
    }
}

extension UnsafeRawBufferPointer {
    /// Whether both hold the same bytes.
    @inline(__always)
    func holdsSameBytes(as other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count else { return false }
        guard let left = baseAddress, let right = other.baseAddress else { return true }
        return memcmp(left, right, count) == 0
    }
}
