import AgencyKit
import CitizenStatus
import JSON
import LifeEvents

/// A message of an instant, ready to be handled; its value stands in the flight's bytes.
struct ArrivedMessage {
    var id: EventID
    var world: Int32
    var isForeign: Bool
    var topic: Int32
    var start: Int
    var count: Int
}

extension Engine {
    /// Handles what has arrived for an instant, in canonical order, then the timers that are due.
    func handle(_ flight: Flight) throws {
        try measure(\.handling) {
            batch = projector.spare()
            batch.instant = flight.instant
            if hasFaults {
                announceFaults(flight.instant)
                try catchUp(flight.instant)
            }
            try offerAll(flight)
            TrapNote.handledAll()
            fireTimers(flight.instant)
            if hasFaults { tellDelays() }
        }
        // The batch takes over the bytes in which its entries stand, and leaves its own for another instant.
        swap(&batch.bytes, &flight.bytes)
        try measure(\.projection) { try projector.submit(batch) }
        batch = InstantBatch(instant: flight.instant)
    }

    private func offerAll(_ flight: Flight) throws {
        let instant = flight.instant
        try flight.bytes.withUnsafeBytes { whole in
            if flight.extras.isEmpty {
                for place in 0..<flight.due.entries.count {
                    try offer(try arrived(flight, place), whole, instant)
                }
                return
            }
            var messages = try flight.due.entries.indices.map { try arrived(flight, $0) }
            messages += flight.extras.map {
                ArrivedMessage(
                    id: $0.id, world: $0.world, isForeign: $0.isForeign, topic: $0.topic, start: $0.start,
                    count: $0.count)
            }
            messages.sort { $0.id == $1.id ? !$0.isForeign && $1.isForeign : $0.id < $1.id }
            var last: ArrivedMessage?
            for message in messages {
                if let last, last.id == message.id {
                    refuseSecond(message, after: last, whole, instant)
                } else {
                    last = message
                    try offer(message, whole, instant)
                }
            }
        }
    }

    private func arrived(_ flight: Flight, _ place: Int) throws -> ArrivedMessage {
        let entry = flight.due.entries[place]
        guard flight.arrivals[place] >= 0 else { throw LostMessage(id: entry.id) }
        return ArrivedMessage(
            id: entry.id, world: entry.world, isForeign: false, topic: entry.topic, start: flight.arrivals[place],
            count: entry.count)
    }

    /// One id with two contents is a mistake of somebody; with one content it is a redelivery.
    private func refuseSecond(
        _ second: ArrivedMessage, after first: ArrivedMessage, _ whole: UnsafeRawBufferPointer, _ instant: Instant
    ) {
        let text = UnsafeRawBufferPointer(rebasing: whole[second.start..<second.start + second.count])
        if UnsafeRawBufferPointer(rebasing: whole[first.start..<first.start + first.count]).holdsSameBytes(as: text) {
            result.redelivered += 1
        } else {
            bury(
                Array(text), reason: "the id \(second.id) stands on two different messages", topic: second.topic,
                owner: nil, agency: nil, world: second.world, subject: nil, instant)
        }
    }

    /// Offers one message to the agencies that hear its type.
    private func offer(
        _ message: ArrivedMessage, _ whole: UnsafeRawBufferPointer, _ instant: Instant
    ) throws {
        let text = UnsafeRawBufferPointer(rebasing: whole[message.start..<message.start + message.count])
        let event = try Self.read(text, &tape)
        var envelope = event.envelope
        if message.isForeign {
            envelope.time = instant
            if envelope.correlationID == nil { envelope.correlationID = Self.correlation(of: event) }
            if let correlation = envelope.correlationID, worldOfCorrelation[correlation] == nil {
                worldOfCorrelation[correlation] = message.world
            }
            result.outside += 1
        }
        let entry = Int32(batch.entries.count)
        batch.entries.append(
            JournalEntry(
                id: message.id, world: message.world, isOutside: message.isForeign,
                isDeadLetter: isDeadLetterTopic[Int(message.topic)], start: Int32(message.start),
                count: Int32(message.count), topic: message.topic))
        result.total += 1
        if message.world >= 0 { result.messages[Int(message.world)] += 1 }
        if let watch = observer.message {
            watch(
                ObservedMessage(
                    world: message.world >= 0 ? Int(message.world) : nil, envelope: envelope,
                    type: event.type.string ?? "", data: event.data, isOutside: message.isForeign))
        }
        guard let heard = heard(event.type, message.topic, message.isForeign) else { return }
        if settings.skipped.contains(message.id) {
            return bury(
                Array(text), reason: "left out with --skip", topic: message.topic, owner: nil, agency: nil,
                world: message.world, subject: envelope.subject, instant)
        }
        TrapNote.handling(message.id)
        incoming.load(envelope, data: event.data)
        let rivers = envelope.change == .annulled ? heard.annulments : heard.facts
        var agencies = message.world >= 0 ? worlds[Int(message.world)].agencies : allAgencies
        if hasFaults, let faults = faultBook[message.world] {
            agencies = present(faults, rivers, message, text, instant, entry: entry)
        }
        deliver(rivers, agencies, world: message.world, topic: message.topic, text, instant, entry: entry)
    }

    /// Lets agencies handle the event that ``incoming`` holds; what they cannot handle goes to their dead letters.
    /// - Parameter entry: the message's place in the batch, for the ledger; nil: it stands there already.
    func deliver(
        _ rivers: [(runner: Int, heard: Int)], _ agencies: [AgencyID], world: Int32, topic: Int32,
        _ text: UnsafeRawBufferPointer, _ instant: Instant, entry: Int32?
    ) {
        let envelope = incoming.envelope
        let report: ((RiverReport) -> Void)? = observer.river.map { river in { river(envelope.id, $0) } }
        var burials: [HandlingFailure] = []
        for (index, place) in rivers {
            do throws(HandlingFailure) {
                try schedule.runners[index].handle(
                    incoming, heard: place, world: world, agencies: agencies, now: instant, sink: sink,
                    report: report
                ) { agency, world in
                    if let entry { batch.readings.append(Reading(entry: entry, agency: agency)) }
                    keepEffects(agency, world)
                }
            } catch {
                burials.append(error)
            }
        }
        for burial in burials {
            bury(
                Array(text), reason: burial.description, topic: topic, owner: burial.agency.owner,
                agency: burial.agency, world: world, subject: envelope.subject, instant)
        }
    }

    /// Who hears a type; an outsider's may stand on a topic that is not the type's own.
    func heard(_ type: JSONValue, _ topic: Int32, _ isForeign: Bool) -> TypeDispatch? {
        guard let bytes = type.stringBytes else { return nil }
        for entry in dispatchOfTopic[Int(topic)]
        where entry.name.withUnsafeBytes({ $0.holdsSameBytes(as: bytes) }) {
            return entry
        }
        return isForeign ? dispatch[type.string ?? ""] : nil
    }

    /// Moves the sink's messages into the outbox.
    private func keepEffects(_ agency: AgencyID, _ world: Int32) {
        if hasFaults { noteDelays(agency, world) }
        sink.bytes.withUnsafeBytes { bytes in
            for message in sink.messages {
                keepEffect(
                    message.due, message.id, topic: message.topic, world: world, subject: message.subject,
                    value: UnsafeRawBufferPointer(rebasing: bytes[message.start..<message.start + message.count]))
            }
        }
    }

    private func keepEffect(
        _ due: Instant, _ id: EventID, topic: Int32, world: Int32, subject: Subject, value: UnsafeRawBufferPointer
    ) {
        let index = schedule.outbox.add(due, id, topic: topic, world: world, subject: subject, value: value)
        schedule.newEffects.append(PendingEffect(due: due, index: index))
    }

    private func fireTimers(_ instant: Instant) {
        let hold: ((AgencyID, Int32, TimerRecord) -> Instant?)? =
            hasFaults ? { self.hold($0, $1, $2, instant) } : nil
        for runner in schedule.runners {
            runner.fireTimers(through: instant, now: instant, sink: sink, hold: hold) {
                bury($0)
            } done: { agency, world in
                keepEffects(agency, world)
            }
        }
    }

    /// Sends a timer whose handler threw to the dead letters of its agency, with what there is to set it by hand.
    private func bury(_ timer: TimerReport) {
        let failure = timer.failure ?? "no reason was given"
        let lost = LostTimer(
            timer: timer.name, agency: "\(timer.agency)", subject: timer.subject, due: timer.due, setter: timer.setter)
        var writer = JSONWriter(capacity: 256)
        // A value of five strings can be written.
        try? writer.encode(lost)
        bury(
            writer.bytes, reason: "\(timer.agency) could not act when its timer \(timer.name) fell due: \(failure)",
            topic: nil, owner: timer.agency.owner, agency: timer.agency, world: timer.world, subject: timer.subject,
            timer.now)
    }

    /// Sends what could not be handled to a dead-letter topic, with the reason in our words; nothing is lost.
    func bury(
        _ original: [UInt8], reason: String, topic: Int32?, owner: Owner?, agency: AgencyID?, world: Int32,
        subject: Subject?, _ instant: Instant
    ) {
        let name = topic.map { topics[Int($0)].name }
        let owner = owner ?? name.flatMap { EventType($0).owner } ?? .livsbuss
        let type = DeadLetter.type(of: owner)
        guard name?.hasSuffix(".dead-letter.v1") != true, let index = sink.settings.topicIndex(type.topic) else {
            observer.notice?("\(name.map { "a record on \($0)" } ?? "a timer") could not be kept: \(reason)")
            return
        }
        result.deadLetters += 1
        let due = (instant + .milliseconds(settings.resolution)).roundedUp(to: settings.resolution)
        let hash = original.withUnsafeBytes { SipHash24.hash128(bytes: $0, key: .init(1, 2)) }
        let cause = EventID.custom(hash: hash)
        let source = agency ?? .livsbuss
        let id = sink.settings.effectID(due: due, handled: cause, agency: source, ordinal: 4_095)
        let key = subject ?? Subject(text: "unknown") ?? Subject(seed: 0, scenario: "", case: "", name: "")
        let correlation = world >= 0 ? worlds[Int(world)].correlations.first : nil
        let envelope = EventEnvelope(id: id, source: source, subject: key, time: due, correlationID: correlation)
        let letter = DeadLetter(reason: reason, topic: name, original: String(decoding: original, as: UTF8.self))
        ownLetters.insert(id)
        var writer = JSONWriter(capacity: original.count + 512)
        do {
            try envelope.write(type: type, into: &writer) { try $0.encode(letter) }
        } catch {
            observer.notice?("a dead letter could not be written: \(error)")
            return
        }
        writer.withUnsafeBytes {
            keepEffect(due, id, topic: index, world: world, subject: key, value: $0)
        }
    }
}
