import AgencyKit
import CitizenStatus
import JSON
import LifeEvents

/// A consumed message in an instant, before it is handled.
struct ReadMessage {
    var id: EventID
    var value: Int
    var world: Int32
    var foreign: Int
}

extension Engine {
    /// Handles what was consumed at an instant, in canonical order, then the timers that are due.
    func handle(_ instant: Instant) throws {
        batch.instant = instant
        try measure(\.handling) { try offerAll(instant) }
        measure(\.digest) { absorbDigests() }
        try measure(\.projection) { try store?.append(batch) }
    }

    private func offerAll(_ instant: Instant) throws {
        batch.entries.removeAll(keepingCapacity: true)
        batch.bytes.removeAll(keepingCapacity: true)
        batch.readings.removeAll(keepingCapacity: true)
        var tape = JSONTape()
        var messages = sortOut(instant, &tape)
        messages.sort { ($0.id, $0.foreign) < ($1.id, $1.foreign) }
        let bytes = consumed.bytes
        var last: ReadMessage?
        for message in messages {
            if let last, last.id == message.id {
                if isSameValue(last, message) {
                    result.redelivered += 1
                } else {
                    let value = consumed.records[message.value]
                    bury(
                        Array(bytes[value.start..<value.start + value.count]),
                        reason: "the id \(message.id) stands on two different messages", topic: value.topic,
                        owner: nil, agency: nil, world: message.world, subject: nil, instant)
                }
                continue
            }
            last = message
            try offer(message, instant, &tape)
        }
        fireTimers(instant)
    }

    /// Tells the run's own messages of this instant from redeliveries, outsiders and what is no event.
    private func sortOut(_ instant: Instant, _ tape: inout JSONTape) -> [ReadMessage] {
        var messages: [ReadMessage] = []
        messages.reserveCapacity(consumed.records.count)
        for held in parked.removeValue(forKey: instant) ?? [] {
            consumed.records.append(
                Consumed.Value(
                    topic: held.topic, start: consumed.bytes.count, count: held.value.count, keyStart: 0, keyCount: 0))
            consumed.bytes += held.value
        }
        let fromBus = consumed.records.count
        for record in admitted where record.instant == instant {
            let start = consumed.bytes.count
            consumed.bytes += record.value
            consumed.records.append(
                Consumed.Value(topic: record.topic, start: start, count: record.value.count, keyStart: 0, keyCount: 0))
        }
        admitted.removeAll { $0.instant == instant }
        let bytes = consumed.bytes
        for (index, value) in consumed.records.enumerated() {
            bytes.withUnsafeBytes { whole in
                let text = UnsafeRawBufferPointer(rebasing: whole[value.start..<value.start + value.count])
                do {
                    let event = try Self.read(text, &tape)
                    let envelope = event.envelope
                    if index >= fromBus {
                        let id = envelope.id
                        messages.append(ReadMessage(id: id, value: index, world: world(of: envelope), foreign: 1))
                    } else if isOwn(envelope) {
                        if envelope.time == instant {
                            messages.append(
                                ReadMessage(id: envelope.id, value: index, world: world(of: envelope), foreign: 0))
                        } else if envelope.time > instant {
                            parked[envelope.time, default: []].append(
                                ForeignRecord(instant: envelope.time, topic: value.topic, value: Array(text)))
                        } else {
                            result.redelivered += 1
                        }
                    } else {
                        admit(envelope, Array(text), topic: value.topic, instant, source: event.sourceText.string ?? "")
                    }
                } catch {
                    bury(
                        Array(text), reason: "\(error)", topic: value.topic, owner: nil, agency: nil, world: -1,
                        subject: nil, instant)
                }
            }
        }
        return messages
    }

    /// Takes in records that came between two instants.
    func takeOutside(_ now: Instant) {
        var tape = JSONTape()
        let bytes = consumed.bytes
        for value in consumed.records {
            bytes.withUnsafeBytes { whole in
                let text = UnsafeRawBufferPointer(rebasing: whole[value.start..<value.start + value.count])
                do throws(EnvelopeError) {
                    let event = try Self.read(text, &tape)
                    let source = event.sourceText.string ?? ""
                    admit(event.envelope, Array(text), topic: value.topic, now, source: source)
                } catch {
                    bury(
                        Array(text), reason: "\(error)", topic: value.topic, owner: nil, agency: nil, world: -1,
                        subject: nil, now)
                }
            }
        }
        consumed.removeAll()
    }

    static func read(_ text: UnsafeRawBufferPointer, _ tape: inout JSONTape) throws(EnvelopeError) -> ReadEvent {
        do throws(JSONError) {
            try tape.parse(text)
        } catch {
            throw .notJSON("\(error)")
        }
        return try ReadEvent(tape.root)
    }

    private func isSameValue(_ left: ReadMessage, _ right: ReadMessage) -> Bool {
        let (a, b) = (consumed.records[left.value], consumed.records[right.value])
        return consumed.bytes[a.start..<a.start + a.count] == consumed.bytes[b.start..<b.start + b.count]
    }

    /// A record is the run's own when its source is played by the run, and its id is version 7 with the milliseconds of
    /// `time`, on the run's grid of instants.
    private func isOwn(_ envelope: EventEnvelope) -> Bool {
        guard let source = envelope.source, playedOwners.contains(source.owner) else { return false }
        if source == .livsbuss { return ownLetters.contains(envelope.id) }
        return envelope.id.isVersion7 && envelope.id.milliseconds == envelope.time.milliseconds
            && envelope.time.milliseconds % settings.resolution == 0
            && envelope.correlationID.map { worldOfCorrelation[$0] != nil } ?? false
    }

    private func world(of envelope: EventEnvelope) -> Int32 {
        if let correlation = envelope.correlationID, let world = worldOfCorrelation[correlation] { return world }
        return worldOfPerson[envelope.subject] ?? -1
    }

    /// Offers one message to the agencies that hear its type.
    private func offer(_ message: ReadMessage, _ instant: Instant, _ tape: inout JSONTape) throws {
        let value = consumed.records[message.value]
        let bytes = consumed.bytes
        let owner: Owner? = nil
        var burials: [HandlingFailure] = []
        var subject: PersonKey?
        try bytes.withUnsafeBytes { whole in
            let text = UnsafeRawBufferPointer(rebasing: whole[value.start..<value.start + value.count])
            let event = try Self.read(text, &tape)
            var envelope = event.envelope
            subject = envelope.subject
            let isOutside = message.foreign == 1
            if isOutside {
                envelope.time = instant
                if envelope.correlationID == nil { envelope.correlationID = Self.correlation(of: event) }
                if let correlation = envelope.correlationID, worldOfCorrelation[correlation] == nil {
                    worldOfCorrelation[correlation] = message.world
                }
            }
            let entry = Int32(batch.entries.count)
            let start = Int32(batch.bytes.count)
            batch.bytes.append(contentsOf: text)
            let type = event.type.string ?? ""
            batch.entries.append(
                JournalEntry(
                    id: message.id, world: message.world, isOutside: isOutside,
                    isDeadLetter: type.hasSuffix(".dead-letter.v1"), start: start, count: Int32(value.count),
                    topic: value.topic))
            result.total += 1
            if isOutside { result.outside += 1 }
            if message.world >= 0 { result.messages[Int(message.world)] += 1 }
            observer.message?(
                ObservedMessage(
                    world: message.world >= 0 ? Int(message.world) : nil, envelope: envelope, type: type,
                    data: event.data, isOutside: isOutside))
            guard let heard = dispatch[type] else { return }
            incoming.load(envelope, data: event.data)
            let agencies = message.world >= 0 ? worlds[Int(message.world)].agencies : allAgencies
            let isAnnulment = envelope.change == .annulled
            let report: ((RiverReport) -> Void)? = observer.river.map { river in { river(message.id, $0) } }
            for index in isAnnulment ? heard.annulments : heard.facts {
                do throws(HandlingFailure) {
                    try runners[index].handle(
                        incoming, type: heard.type, isAnnulment: isAnnulment, world: message.world,
                        agencies: agencies, now: instant, sink: sink, report: report
                    ) { agency, world in
                        batch.readings.append(Reading(entry: entry, agency: agency))
                        keepEffects(world)
                    }
                } catch {
                    burials.append(error)
                }
            }
        }
        for burial in burials {
            bury(
                Array(bytes[value.start..<value.start + value.count]), reason: burial.description, topic: value.topic,
                owner: owner ?? burial.agency.owner, agency: burial.agency, world: message.world, subject: subject,
                instant)
        }
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
        let index = outbox.add(due, id, topic: topic, world: world, subject: subject, value: value)
        newEffects.append(PendingEffect(due: due, index: index, row: effectRow))
        effectRow += 1
    }

    private func fireTimers(_ instant: Instant) {
        for runner in runners {
            do throws(HandlingFailure) {
                try runner.fireTimers(through: instant, now: instant, sink: sink) { _, world in keepEffects(world) }
            } catch {
                observer.notice?("a timer failed: \(error)")
            }
        }
    }

    private func absorbDigests() {
        var contributions: [Int32: [UInt8]] = [:]
        batch.bytes.withUnsafeBytes { bytes in
            for entry in batch.entries where entry.world >= 0 {
                let value = UnsafeRawBufferPointer(rebasing: bytes[Int(entry.start)..<Int(entry.start + entry.count)])
                RunDigest.contribution(entry.id, value, into: &contributions[entry.world, default: []])
            }
        }
        // order-free: each world has a digest of its own.
        for (world, bytes) in contributions {
            digests[Int(world)].absorb(bytes)
            if !isWorldChanged[Int(world)] {
                isWorldChanged[Int(world)] = true
                changedWorlds.append(world)
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
