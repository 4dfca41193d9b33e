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
            try offerAll(flight)
            TrapNote.handledAll()
            fireTimers(flight.instant)
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
        let agencies = message.world >= 0 ? worlds[Int(message.world)].agencies : allAgencies
        let report: ((RiverReport) -> Void)? = observer.river.map { river in { river(message.id, $0) } }
        var burials: [HandlingFailure] = []
        for (index, place) in envelope.change == .annulled ? heard.annulments : heard.facts {
            do throws(HandlingFailure) {
                try schedule.runners[index].handle(
                    incoming, heard: place, world: message.world, agencies: agencies, now: instant, sink: sink,
                    report: report
                ) { agency, world in
                    batch.readings.append(Reading(entry: entry, agency: agency))
                    keepEffects(world)
                }
            } catch {
                burials.append(error)
            }
        }
        for burial in burials {
            bury(
                Array(text), reason: burial.description, topic: message.topic, owner: burial.agency.owner,
                agency: burial.agency, world: message.world, subject: envelope.subject, instant)
        }
    }

    /// Who hears a type; an outsider's may stand on a topic that is not the type's own.
    private func heard(_ type: JSONValue, _ topic: Int32, _ isForeign: Bool) -> TypeDispatch? {
        guard let bytes = type.stringBytes else { return nil }
        for entry in dispatchOfTopic[Int(topic)]
        where entry.name.withUnsafeBytes({ $0.holdsSameBytes(as: bytes) }) {
            return entry
        }
        return isForeign ? dispatch[type.string ?? ""] : nil
    }

    /// Moves the sink's messages into the outbox.
    private func keepEffects(_ world: Int32) {
        sink.bytes.withUnsafeBytes { bytes in
            for message in sink.messages {
                keepEffect(
                    message.due, message.id, topic: message.topic, world: world, subject: message.subject,
                    value: UnsafeRawBufferPointer(rebasing: bytes[message.start..<message.start + message.count]))
            }
        }
    }

    private func keepEffect(
        _ due: Instant, _ id: EventID, topic: Int32, world: Int32, subject: PersonKey, value: UnsafeRawBufferPointer
    ) {
        let index = schedule.outbox.add(due, id, topic: topic, world: world, subject: subject, value: value)
        schedule.newEffects.append(PendingEffect(due: due, index: index))
    }

    private func fireTimers(_ instant: Instant) {
        for runner in schedule.runners {
            do throws(HandlingFailure) {
                try runner.fireTimers(through: instant, now: instant, sink: sink) { _, world in keepEffects(world) }
            } catch {
                observer.notice?("a timer failed: \(error)")
            }
        }
    }

    /// Sends what could not be handled to a dead-letter topic, with the reason in our words; nothing is lost.
    func bury(
        _ original: [UInt8], reason: String, topic: Int32, owner: Owner?, agency: AgencyID?, world: Int32,
        subject: PersonKey?, _ instant: Instant
    ) {
        let name = topics[Int(topic)].name
        let owner = owner ?? EventType(name).owner ?? .livsbuss
        let type = DeadLetter.type(of: owner)
        guard !name.hasSuffix(".dead-letter.v1"), let index = sink.settings.topicIndex(type.topic) else {
            observer.notice?("a record on \(name) could not be kept: \(reason)")
            return
        }
        result.deadLetters += 1
        let due = (instant + .milliseconds(settings.resolution)).roundedUp(to: settings.resolution)
        let hash = original.withUnsafeBytes { SipHash24.hash128(bytes: $0, key: .init(1, 2)) }
        let cause = EventID.custom(hash: hash)
        let source = agency ?? .livsbuss
        let id = sink.settings.effectID(due: due, handled: cause, agency: source, ordinal: 4_095)
        let key = subject ?? PersonKey(text: "unknown") ?? PersonKey(seed: 0, scenario: "", case: "", name: "")
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
