import AgencyKit
import Contracts
import Glibc
import Hosting
import JSON
import LifeEvents
import Terminal

/// Records that are none of the messages of the instant: duplicates, what a former life wrote, outsiders'.
extension Gate {
    /// Tells what a record is, and puts it where it belongs.
    func judge(_ log: LogRecord) {
        guard !isOfFormerLife(log) else { return judgeFormer(log) }
        let value = log.value ?? UnsafeRawBufferPointer(start: nil, count: 0)
        if wireFaults.isDamaged(value, log.topic) { return takeDamaged(value, log.topic) }
        guard value.count <= topics[Int(log.topic)].limit else {
            return refuse(
                log, .tooLarge,
                "the value has \(counted(value.count, "byte")), more than the \(topics[Int(log.topic)].limit) that the topic allows",
                keepsOriginal: false)
        }
        judge(HeldRecord(log, value), mayBeOwn: true)
    }

    /// Judges a record that is none of the instant's messages.
    /// - Parameter mayBeOwn: whether it may still turn out to be the run's own of an earlier instant.
    func judge(_ held: HeldRecord, mayBeOwn: Bool, mayBeRedriven: Bool = true) {
        let refusal = held.value.withUnsafeBytes { value -> EnvelopeError? in
            do {
                let headers = held.headers.map { ($0.name, $0.value) }
                let event =
                    if let key = held.key {
                        try key.span.withUnsafeBytes { (key: UnsafeRawBufferPointer) throws(EnvelopeError) in
                            try ReceivedRecord.read(key: key, headers: headers, value: value, tape: &tape)
                        }
                    } else {
                        try ReceivedRecord.read(key: nil, headers: headers, value: value, tape: &tape)
                    }
                switch event {
                case .asItCame:
                    judge(
                        held, try ReadEvent(tape.root), value, mayBeOwn: mayBeOwn, mayBeRedriven: mayBeRedriven)
                case .rewritten(let bytes):
                    try bytes.span.withUnsafeBytes { (text: UnsafeRawBufferPointer) throws(EnvelopeError) in
                        judge(
                            held, try ReadEvent.parse(text, &tape), text, mayBeOwn: mayBeOwn,
                            mayBeRedriven: mayBeRedriven)
                    }
                }
                return nil
            } catch {
                return error as? EnvelopeError ?? .notJSON("\(error)")
            }
        }
        guard let refusal else { return }
        let id = held.value.withUnsafeBytes { value in
            ReceivedRecord.id(headers: held.headers.map { ($0.name, $0.value) }, value: value, tape: &tape)
        }
        refuse(held, refusal == .otherKey ? .wrongKey : .notAnEvent, "\(refusal)", writtenID: id)
    }

    /// Judges a record that is an event.
    private func judge(
        _ held: HeldRecord, _ event: ReadEvent, _ text: UnsafeRawBufferPointer, mayBeOwn: Bool,
        mayBeRedriven: Bool = false
    ) {
        let envelope = event.envelope
        if mayBeRedriven, let header = held.redrive,
            outside.claim(
                OutsideBook.Claim(id: envelope.id, instant: envelope.time, record: held, redrive: header))
        {
            return
        }
        if mayBeOwn, hasOwnForm(envelope) {
            if isOwn(envelope.id, held.topic, text) {
                record.redelivered += 1
                return
            }
            // A redelivery of an instant that was played, or somebody who borrows the run's form: the journal knows. The
            // instant that was played last is among them, for a paced run waits long after it.
            if envelope.time <= now,
                outside.claim(OutsideBook.Claim(id: envelope.id, instant: envelope.time, record: held))
            {
                return
            }
        }
        admit(held, event, text)
    }

    /// Whether an event looks as the run's own do: version 7, with the milliseconds of its time, on the grid of instants.
    private func hasOwnForm(_ envelope: EventEnvelope) -> Bool {
        envelope.source != nil && envelope.id.isVersion7
            && envelope.id.milliseconds == envelope.time.milliseconds
            && envelope.time.milliseconds % settings.resolution == 0
    }

    /// Admits an outsider's event at the next instant, if it may be said.
    private func admit(_ held: HeldRecord, _ event: ReadEvent, _ text: UnsafeRawBufferPointer) {
        let envelope = event.envelope
        let topic = topics[Int(held.topic)].name
        let type = event.type.string ?? ""
        // What an operator notes about a letter stands beside it, and says nothing to a run.
        if isDeadLetterTopic[Int(held.topic)], type == DeadLetter.noteType(on: topic) { return }
        guard EventType(type).topic == topic else {
            return refuse(
                held, .wrongTopic, "events of the type \(type) do not stand on \(topic)", id: envelope.id)
        }
        let world = membership.world(of: envelope.subject, at: nextInstant)
        if let source = envelope.source, let world, membership.isPlayed(source, in: world) {
            return refuse(
                held, .playedSource,
                "\(source) is played by this run, which has not said this; an agency that others play is `external`",
                id: envelope.id)
        }
        if let refusal = sayings.refusal(of: envelope.source, event, on: held.topic) {
            return refuse(held, .notAllowed, refusal, id: envelope.id)
        }
        let isAnnulled = envelope.change == .annulled
        if let exposure = exposure(tape.root, on: held.topic) {
            return refuse(held, .protected, exposure, id: envelope.id, keepsOriginal: false)
        }
        if let complaint = schemas[Int(held.topic)].complaint(
            about: event.data, type: event.type, isAnnulled: isAnnulled)
        {
            return refuse(held, .notValid, complaint, id: envelope.id)
        }
        if let lack = lack(of: tape.root, event.data, type: event.type, isAnnulled: isAnnulled, on: held.topic) {
            return refuse(held, .notValid, lack, id: envelope.id)
        }
        if let missing = missingConsent(tape.root, on: held.topic) {
            return refuse(held, .noConsent, missing, id: envelope.id)
        }
        guard let world else {
            return refuse(
                held, .unknownSubject, "nobody of this run is \(envelope.subject), or their world has ended",
                id: envelope.id)
        }
        if let fault = chainFault(envelope, in: world) {
            return refuse(held, .brokenChain, fault, id: envelope.id)
        }
        let source = event.sourceText.string ?? ""
        guard let id = EventID.outside(source: source, id: "\(envelope.id)") else {
            return refuse(held, .notAnEvent, "source and id together are longer than 599 bytes")
        }
        let admitted = OutsideRecord(
            instant: nextInstant, id: id, world: world, topic: held.topic, partition: held.partition,
            offset: held.offset, value: Array(text))
        switch outside.admit(admitted) {
        case .new:
            learnProtection(tape.root, on: held.topic, of: envelope.subject, world: world)
            if held.topic == consentTopic { learnConsent(tape.root, world: world) }
        case .again: record.redelivered += 1
        case .contradiction:
            refuse(
                held, .idTwice, "the id \(envelope.id) of \(source) stands on two different messages", id: envelope.id)
        case .tooMany:
            refuse(
                held, .tooMany,
                "more than \(OutsideBook.mostRecords) records or \(OutsideBook.mostBytes >> 20) MiB came from outside at "
                    + "one instant", id: envelope.id)
        }
    }

    /// How an outsider's event breaks the rules of fact chains; nil if it does not.
    ///
    /// Only who has told a fact may change it, and nobody outside has told what an agency of the run has. What the
    /// scenario publishes is said by citizens and by agencies that others may play, so those may take it back.
    private func chainFault(_ envelope: EventEnvelope, in world: Int32) -> String? {
        guard let previous = envelope.previousID else {
            return envelope.change.map { "it is \($0.rawValue), and no `previousid` says of what" }
        }
        guard envelope.change != nil else { return "it names a `previousid` and no `changetype`" }
        let hasOwnForm = previous.isVersion7 && previous.milliseconds % settings.resolution == 0
        guard hasOwnForm, !membership.isScripted(previous, in: world) else { return nil }
        return "it changes \(previous), which an agency of this run has told, and only that agency may change"
    }

    // MARK: - A former life

    /// A record that was on the log before the run went on: it belongs to an instant that is over, or that will come.
    private func judgeFormer(_ log: LogRecord) {
        let value = log.value ?? UnsafeRawBufferPointer(start: nil, count: 0)
        let held = HeldRecord(log, value)
        // What is damaged still says which message it was.
        guard (try? tape.parse(value)) != nil, let id = tape.root["id"]?.string.flatMap({ EventID(text: $0) }),
            id.isVersion7, id.milliseconds % settings.resolution == 0,
            tape.root["source"]?.string.flatMap({ AgencyID(source: $0) }) != nil
        else { return judgeAsOutside(held, value) }
        let instant = Instant(milliseconds: id.milliseconds)
        guard instant > now else {
            // Published at this instant by the former life, too.
            if isOwn(id, held.topic, value) || wireFaults.isDamaged(value, held.topic) { return }
            // What the run said before its checkpoint was read before it; this was written afterwards, by somebody.
            return judgeAsOutside(held, value, mayBeOwn: true)
        }
        guard instant <= lastInstant, outside.hold(held, until: instant) else { return judgeAsOutside(held, value) }
    }

    /// Judges a record of the former life when its instant has come.
    func judgeHeld(_ held: HeldRecord, _ value: UnsafeRawBufferPointer) {
        guard (try? tape.parse(value)) != nil, let id = tape.root["id"]?.string.flatMap({ EventID(text: $0) }) else {
            return judgeAsOutside(held, value)
        }
        // The run has said it again, or damages it again: the former life's copy is passed over.
        if isOwn(id, held.topic, value) || wireFaults.isDamaged(value, held.topic) { return }
        judgeAsOutside(held, value)
    }

    /// Judges what is held for an instant that the run will not play: nothing of the run's own is among it.
    /// - Returns: whether there was any.
    func judgeLeftOver() -> Bool {
        let left = outside.takeAllHeld()
        for held in left { held.value.withUnsafeBytes { judgeAsOutside(held, $0) } }
        return !left.isEmpty
    }

    private func judgeAsOutside(
        _ held: HeldRecord, _ value: UnsafeRawBufferPointer, mayBeOwn: Bool = false, mayBeRedriven: Bool = true
    ) {
        guard value.count <= topics[Int(held.topic)].limit else {
            return refuse(
                held, .tooLarge,
                "the value has \(counted(value.count, "byte")), more than the \(topics[Int(held.topic)].limit) that the topic allows",
                keepsOriginal: false)
        }
        judge(held, mayBeOwn: mayBeOwn, mayBeRedriven: mayBeRedriven)
    }

    // MARK: - Claims

    /// Settles the records that have the form of one of the run's own of an instant that is over.
    /// - Parameter isKnown: whether the journal has each of them, byte for byte, in the order of the claims.
    func settle(_ claims: [OutsideBook.Claim], isKnown: [Bool]) {
        for (claim, known) in zip(claims, isKnown) {
            if known {
                record.redelivered += 1
            } else {
                // What says that it comes from a letter was asked for that before.
                claim.record.value.withUnsafeBytes { judgeAsOutside(claim.record, $0, mayBeRedriven: false) }
            }
        }
    }

    // MARK: - Dead letters

    private func takeDamaged(_ value: UnsafeRawBufferPointer, _ topic: Int32) {
        guard let entry = wireFaults.arriveDamaged(value, topic) else {
            record.redelivered += 1
            return
        }
        var letter = DeadLetter(
            .notAnEvent, Self.reason(value, &tape), topic: topics[Int(topic)].name, original: Array(value))
        letter.id = "\(entry.id)"
        keep(letter, topic: topic, cause: entry.id, world: entry.world, subject: entry.subject, causation: nil)
    }

    private static func reason(_ value: UnsafeRawBufferPointer, _ tape: inout JSONTape) -> String {
        do throws(EnvelopeError) {
            _ = try ReadEvent.parse(value, &tape)
            return "the record was damaged on its way"
        } catch {
            return "\(error)"
        }
    }

    private func refuse(_ log: LogRecord, _ reason: DeadLetter.Reason, _ detail: String, keepsOriginal: Bool) {
        var held = HeldRecord(log, UnsafeRawBufferPointer(start: nil, count: 0))
        if keepsOriginal, let value = log.value { held.value = Array(value) }
        refuse(held, reason, detail, keepsOriginal: keepsOriginal)
    }

    /// Sends an outsider's record to the dead letters of its topic's owner, with the reason; nothing is lost.
    func refuse(
        _ held: HeldRecord, _ reason: DeadLetter.Reason, _ detail: String, id: EventID? = nil,
        writtenID: String? = nil, keepsOriginal: Bool = true
    ) {
        record.refused += 1
        let isSecret = mayQuoteProtected(held)
        let detail = isSecret ? Concealment.sentence : detail
        let topic = topics[Int(held.topic)].name
        let due = nextInstant
        // Two runs on the same topics would answer each other's letters for ever.
        guard !isDeadLetterTopic[Int(held.topic)], letters.hasRoom(due) else {
            record.notices.append(
                "a record on \(topic) (partition \(held.partition), offset \(held.offset)) was refused and stays there: "
                    + detail)
            return
        }
        var letter = DeadLetter(reason, detail, topic: topic, original: keepsOriginal && !isSecret ? held.value : nil)
        letter.place = (held.partition, held.offset)
        letter.id = id.map { "\($0)" }
        letter.key = held.key
        if !isSecret {
            letter.id = letter.id ?? writtenID
            letter.keep(held.headers)
        }
        // Where it stood: two records with equal bytes are two.
        var place = SipHash24(key: .init(0x706C_6163, 0x6500))
        place.append(field: topic)
        place.append(UInt64(bitPattern: Int64(held.partition)))
        place.append(UInt64(bitPattern: held.offset))
        let first = place.finalize()
        place.append(1 as UInt64)
        keep(
            letter, topic: held.topic, cause: .custom(hash: (first, place.finalize())), world: -1, subject: nil,
            causation: nil)
    }

    func keep(
        _ letter: DeadLetter, topic: Int32, cause: EventID, world: Int32, subject: Subject?, causation: EventID?
    ) {
        let owner = EventType(topics[Int(topic)].name).owner ?? .livsbuss
        let type = DeadLetter.type(of: owner)
        guard let index = effects.topicIndex(type.topic) else {
            record.notices.append("\(type.topic) is no topic of this run; what was refused: \(letter.detail)")
            return
        }
        record.deadLetters += 1
        let due = nextInstant
        let id = DeadLetter.id(isTaken: { letters.has($0, due) }) { section in
            effects.effectID(
                due: due, handled: cause, agency: .livsbuss, section: section, ordinal: EffectSettings.mostEffects,
                world: world)
        }
        let key = subject ?? Subject(text: "unknown") ?? Subject(seed: 0, scenario: "", case: "", name: "")
        let envelope = EventEnvelope(
            id: id, source: .livsbuss, subject: key, time: due,
            correlationID: subject == nil ? nil : EventEnvelope.journey(ofOutside: cause), causationID: causation)
        let value = letter.message(envelope, owner: owner, limit: topics[Int(index)].limit)
        letters.add(LetterBox.Letter(id: id, topic: index, world: world, subject: key, value: value), due: due)
    }
}

extension HeldRecord {
    init(_ log: LogRecord, _ value: UnsafeRawBufferPointer) {
        topic = log.topic
        partition = log.partition
        offset = log.offset
        // A key of that length is nobody's, shortened or not.
        key = log.key.map { Array($0.prefix(DeadLetter.mostHeaderBytes)) }
        // All of them, for a record is judged by what it has; a letter keeps of them what fits its topic.
        headers = log.allHeaders
        self.value = Array(value)
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
