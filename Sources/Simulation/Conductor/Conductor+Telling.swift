import AgencyKit
import Hosting
import JSON
import LifeEvents

/// What the conductor passes on of what its parts give.
extension Conductor {
    /// Shows the messages of a slice, each with what became of it.
    func show(_ slice: borrowing Slice, _ record: HandlingRecord, _ secrets: GateSecrets) throws {
        var tape = JSONTape()
        var next = 0
        // In a run with a plane a message brings along what was parked for its reader: that is none of the slice's.
        var own: Set<EventID>?
        func isParked(_ id: EventID) -> Bool {
            if own == nil { own = Set(slice.messages.map(\.id)) }
            return own?.contains(id) == false
        }
        try slice.bytes.withUnsafeBytes { bytes in
            for message in slice.messages {
                let value = UnsafeRawBufferPointer(rebasing: bytes[message.start..<message.start + message.count])
                let event = try ReadEvent.parse(value, &tape)
                var envelope = event.envelope
                if message.isOutside { envelope.becomeOutside(as: message.id, knownAt: slice.instant) }
                let speaker = secrets.speakers[message.id]
                func told(_ source: AgencyID?) -> ObservedMessage {
                    ObservedMessage(
                        event, envelope, from: source, world: message.world, isOutside: message.isOutside)
                }
                let source = envelope.source
                if let judge = observer.judged {
                    judge(told(speaker ?? source))
                    if let speaker, recorder.store != nil { checkNotes.note(message.id, from: speaker) }
                }
                observer.message?(told(speaker?.withoutNumber ?? source))
                while next < record.rivers.count {
                    let (id, report) = record.rivers[next]
                    guard id == message.id || isParked(id) else { break }
                    tell(report, of: id, secrets)
                    next += 1
                }
            }
        }
        assert(next == record.rivers.count, "each report is of a message of the slice, or of one that was parked")
    }

    /// Passes on what handlings gave, messages apart.
    /// - Parameter rivers: whether the reports of rivers are among it; those of a slice's messages were shown with them.
    func tell(_ record: HandlingRecord, _ secrets: GateSecrets = GateSecrets(), rivers: Bool = true) {
        var record = record
        gate.conceal(&record)
        result.deadLetters += record.deadLetters
        if rivers { for (message, report) in record.rivers { tell(report, of: message, secrets) } }
        for fault in record.faults { observer.fault?(fault) }
        for delivery in record.deliveries { observer.delivery?(delivery) }
        for timer in record.timers { observer.timer?(timer) }
        for notice in record.notices { observer.notice?(notice) }
    }

    private func tell(_ report: RiverReport, of message: EventID, _ secrets: GateSecrets) {
        if let judge = observer.judgedRiver {
            judge(message, report)
            if recorder.store != nil { checkNotes.note(message, report) }
        }
        observer.river?(message, secrets.ids.contains(message) ? gate.shown(report) : report)
    }

    /// Tells what is on its way in a world that ends, or never comes.
    func tellOpenDeliveries(_ world: Int32) {
        guard let tell = observer.delivery else { return }
        for delivery in host.openDeliveries(world: world) { tell(delivery) }
    }

    /// Passes on what the gate has seen.
    func tell(_ record: GateRecord) {
        result.redelivered += record.redelivered
        result.refused += record.refused
        result.deadLetters += record.deadLetters
        for fault in record.faults { observer.fault?(fault) }
        for notice in record.notices { observer.notice?(notice) }
    }
}

/// What lies after the end: listed, not done, for child benefit is paid for sixteen years.
extension Conductor {
    /// Lists what is left when a run has ended.
    func notePending() {
        let until = result.end ?? .earliest
        for number in worlds.playing where !worlds.hasEnded(number, before: until) { notePending(number) }
        for message in host.pendingMessages {
            notePending(message.world, message.due, message.subject, topic: message.topic)
        }
        for message in script.waiting { notePending(message.world, message.due, message.subject, topic: message.topic) }
        for (due, letter) in gate.letters.pending {
            notePending(letter.world, due, letter.subject, topic: letter.topic)
        }
        for record in gate.outside.pending { notePending(record.world, record.instant, nil, topic: record.topic) }
        result.pending.sort { ($0.world, $0.due, $0.subject) < ($1.world, $1.due, $1.subject) }
    }

    /// Lists the timers of a world.
    func notePending(_ world: Int32) {
        for timer in host.pendingTimers(world: world) {
            note(
                PendingWork(
                    world: Int(world), due: timer.due, subject: timer.subject, topic: nil,
                    timer: (gate.shown(timer.agency, about: timer.subject), timer.name)))
        }
    }

    /// Lists a message.
    func notePending(_ world: Int32, _ due: Instant, _ subject: Subject?, topic: Int32) {
        guard source == nil else { return }
        let nobody = Subject(seed: 0, scenario: "", case: "", name: "")
        note(
            PendingWork(
                world: Int(world), due: due, subject: subject ?? nobody, topic: topics[Int(topic)].name, timer: nil))
    }

    private func note(_ work: PendingWork) {
        result.pendingCount += 1
        if work.timer != nil { result.pendingTimers += 1 }
        if result.pending.count < RunResult.pendingLimit { result.pending.append(work) }
    }
}
