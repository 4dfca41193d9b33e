import AgencyKit
import JSON
import LifeEvents

/// What the handlings of one host share, and where they leave what they make: one a host, used again for each event.
///
/// Everything that a handling gives stands here as values; nothing calls out of it.
final class Handling {
    let sink: EffectSink
    /// The event that is offered.
    let event: IncomingEvent
    /// The world of the event; -1 for none.
    var world: Int32 = -1
    /// The instant that is played.
    var now = Instant(milliseconds: 0)
    /// The event's place in its slice, for the ledger; nil: it is read from what was parked, and stands there already.
    var place: Int32?
    /// Whether reports of rivers and timers are wanted.
    var wantsReports = false {
        didSet { sink.wantsReports = wantsReports }
    }
    /// Messages that were left out on request: timers that they have set do not fire.
    var skippedSetters: Set<EventID> = []
    /// For reading the event that is offered.
    var tape = JSONTape()
    /// The event without the fields that a reader has no right to.
    let reduced = ReducedEvent()

    /// Messages that wait for their instants.
    var outbox = Outbox()
    /// The ids of the dead letters of the instant.
    var letters: Set<EventID> = []
    /// Effects that are in no checkpoint.
    var newEffects: [PendingEffect] = []
    /// What the handlings of a slice, or the timers of an instant, have given.
    var record = HandlingRecord()
    /// What the event could not be handled by.
    var failures: [HandlingFailure] = []
    /// Who keeps the event until its predecessor is here.
    var waiting: [ActingBranch] = []
    /// What is kept so.
    var predecessors: PredecessorBook
    /// The worlds with faults; nil while there are none.
    var absences: AbsenceBook?

    /// What the run's plane holds back; nil: the run has no plane, which costs nothing.
    var deliveries: DeliveryBook?
    /// The only readers that the event is offered to now; nil: all.
    var only: [OnlyReader]?
    /// When the event that is offered was on the bus, where that is over.
    var late: Instant?
    /// The name of the type of the event that is offered.
    var eventType = ""
    /// Whether reports of deliveries are wanted.
    var wantsDeliveries = false
    /// Who has handled what may make it ask, since that was looked at.
    var asking: [Asker] = []

    init(_ settings: EffectSettings) {
        sink = EffectSink(settings)
        predecessors = PredecessorBook(resolution: settings.resolution)
        sink.wantsReports = false
        event = IncomingEvent(
            EventEnvelope(
                id: .custom(hash: (0, 0)), source: nil, subject: Subject(seed: 0, scenario: "", case: "", name: ""),
                time: Instant(milliseconds: 0)), rules: settings.rules)
    }

    /// Notes what became of the event at a branch of an agency. A branch that two codes play, as one with a section, reads an
    /// event once: what either made of it stands.
    func note(_ agency: AgencyID, right: Int32, _ use: HandlingRecord.Use) {
        guard let place else { return }
        for index in record.readings.indices.reversed() {
            guard record.readings[index].message == place else { break }
            guard record.readings[index].agency == agency, record.readings[index].right == right else { continue }
            if use.outweighs(record.readings[index].use) { record.readings[index].use = use }
            return
        }
        record.readings.append(HandlingRecord.Reading(message: place, agency: agency, right: right, use: use))
    }

    /// An agency's branch is told the event, in a run with a plane.
    func noteDelivery(_ agency: AgencyID, _ branch: Branch) {
        guard wantsDeliveries, let only,
            let one = only.first(where: { $0.reader.agency == agency && $0.reader.branch == branch })
        else { return }
        let envelope = event.envelope
        record.deliveries.append(
            DeliveryReport(
                message: envelope.id, type: eventType, subject: envelope.subject, world: world, agency: agency,
                branch: branch, change: envelope.change, previous: envelope.previousID, occurred: envelope.validFrom,
                said: late ?? now, known: now, channel: one.channel, row: one.row, isLogged: one.isLogged,
                outcome: .heard))
    }

    /// An agency's case has taken the event, or keeps it until its predecessor is here.
    func noteChain(by reader: ActingBranch, isWaiting: Bool) {
        if isWaiting {
            waiting.append(reader)
        } else if !predecessors.isEmpty {
            predecessors.arrived(
                event.envelope.id, at: reader, subject: event.envelope.subject, world: world)
        }
    }

    /// Moves the sink's messages into the outbox.
    func keepEffects(_ agency: AgencyID, _ world: Int32) {
        guard !sink.messages.isEmpty else { return }
        if let absences { absences.noteDelays(sink, agency, world, into: &record) }
        sink.bytes.withUnsafeBytes { bytes in
            for message in sink.messages {
                keepEffect(
                    message.due, message.id, topic: message.topic, world: world, subject: message.subject,
                    value: UnsafeRawBufferPointer(rebasing: bytes[message.start..<message.start + message.count]))
            }
        }
    }

    func keepEffect(
        _ due: Instant, _ id: EventID, topic: Int32, world: Int32, subject: Subject, value: UnsafeRawBufferPointer
    ) {
        precondition(due > now, "an effect is due after the instant at which it is made")
        let index = outbox.add(due, id, topic: topic, world: world, subject: subject, value: value)
        newEffects.append(PendingEffect(due: due, index: index))
    }
}

extension Handling {
    /// Makes a dead letter of the event that is offered.
    /// - Parameters:
    ///   - reader: who could not handle it; nil: the bus itself.
    ///   - owner: whose topic it goes to.
    func deadLetter(_ letter: DeadLetter, by reader: ActingBranch?, owner: Owner) {
        let envelope = event.envelope
        keep(
            letter, by: reader, owner: owner, world: world, cause: envelope.id, causation: envelope.id,
            correlation: envelope.correlationID, subject: envelope.subject)
    }

    /// Makes a dead letter of a timer whose handler threw, with what there is to set it by hand.
    func deadLetter(_ report: TimerReport, by actor: ActingBranch) {
        let letter = DeadLetter(
            .timerFailed,
            "\(actor) could not act when its timer \(report.name) fell due: "
                + (report.failure ?? "no reason was given"),
            topic: nil, original: LostTimer(report: report).json)
        keep(
            letter, by: actor, owner: report.agency.owner, world: report.world, cause: sink.handled,
            causation: report.setter, correlation: sink.correlation, subject: report.subject)
    }

    /// What stands for a section in the id of a letter for which no agency is the reason: the gate makes letters of the bus
    /// about the same messages.
    private static let wholeBus = "handling"

    private func keep(
        _ letter: DeadLetter, by reader: ActingBranch?, owner: Owner, world: Int32, cause: EventID, causation: EventID,
        correlation: EventID?, subject: Subject
    ) {
        let type = DeadLetter.type(of: owner)
        guard let topic = sink.settings.topicIndex(type.topic) else {
            record.notices.append("\(type.topic) is no topic of this run; what failed: \(letter.detail)")
            return
        }
        let source = reader?.agency ?? .livsbuss
        let resolution = sink.settings.resolution
        let due = (now + .milliseconds(resolution)).roundedUp(to: resolution)
        let section = reader?.section ?? (reader == nil ? Self.wholeBus : nil)
        let id = DeadLetter.id(isTaken: { letters.contains($0) }) { number in
            sink.settings.effectID(
                due: due, handled: cause, agency: source, branch: reader?.branch,
                section: number.map { "\(section ?? "") \($0)" } ?? section, ordinal: EffectSettings.mostEffects,
                world: world)
        }
        letters.insert(id)
        let envelope = EventEnvelope(
            id: id, source: source, subject: subject, time: due, correlationID: correlation, causationID: causation)
        let value = letter.message(envelope, owner: owner, limit: sink.settings.topics[Int(topic)].limit)
        record.deadLetters += 1
        value.withUnsafeBytes { keepEffect(due, id, topic: topic, world: world, subject: subject, value: $0) }
    }
}

/// Who has a case: an agency, or a branch of it that has cases of its own.
struct ActingBranch: Hashable, CustomStringConvertible {
    var agency: AgencyID
    /// nil: the agency as a whole.
    var branch: Branch?
    /// nil: the branch as a whole.
    var section: String?

    /// `kommun-1780/forskola`, or the agency alone.
    var description: String { branch.map { "\(agency)/\($0)" } ?? "\(agency)" }
}

/// An effect that waits in the outbox and is in no checkpoint.
struct PendingEffect {
    var due: Instant
    var index: Int
}

/// Why a handling was undone.
struct HandlingFailure: Error, CustomStringConvertible {
    /// Who could not handle it.
    let by: ActingBranch
    /// The reason, in words.
    let reason: String

    /// One sentence.
    var description: String {
        "\(by) could not handle it: \(reason)"
    }
}
