import AgencyKit
import CitizenStatus
import Hosting
import JSON
import Kafka
public import LifeEvents

/// Why a run could not go on from its store.
public struct ResumeError: Error, Sendable, CustomStringConvertible {
    /// One sentence.
    public let description: String
}

extension Conductor {
    // MARK: - Checkpoints

    /// What a checkpoint must say of an instant before the next one's messages are taken from the outboxes.
    func draftCheckpoint() -> CheckpointDraft? {
        guard recorder.store != nil, let instant = played else { return nil }
        var rows = host.changes().map { StateRow($0) }
        func add(_ kind: StateKind, _ key: Int64, _ value: [UInt8]?) { rows.append(StateRow(kind, key, value)) }
        for (key, offset) in gate.log.changedPositions() {
            var writer = StateWriter()
            writer.number(offset)
            add(.position, key, writer.bytes)
        }
        for (row, value) in gate.outside.changes() { add(.outside, row, value) }
        for (row, value) in gate.letters.changes(played: instant) { add(.letters, row, value) }
        for (row, value) in gate.wireFaults.changes() { add(.wireFaults, row, value) }
        for (row, value) in gate.protected.changes() { add(.protection, row, value) }
        for (row, value) in gate.consents.changes() { add(.consents, row, value) }
        for (row, value) in checkNotes.changes() { add(.checkNotes, row, value) }
        while pendingRows < result.pending.count {
            add(.pending, pendingRows, result.pending[Int(pendingRows)].bytes)
            pendingRows += 1
        }
        add(.counters, 0, counters)
        return CheckpointDraft(instant: instant, rows: rows)
    }

    /// What a run reports and no journal has.
    private var counters: [UInt8] {
        var writer = StateWriter()
        for count in [
            result.redelivered, result.refused, result.deadLetters, result.pendingCount, result.instants,
            result.pendingTimers, worlds.count,
        ] { writer.number(Int64(count)) }
        return writer.bytes
    }

    private static func counters(in value: UnsafeRawBufferPointer) -> [Int]? {
        var reader = StateReader(value)
        var counts: [Int] = []
        while let count = reader.number() { counts.append(Int(clamping: count)) }
        return counts.count == 7 ? counts : nil
    }

    private func restoreCounters(_ value: UnsafeRawBufferPointer) -> Bool {
        guard let counts = Self.counters(in: value) else { return false }
        result.redelivered = counts[0]
        result.refused = counts[1]
        result.deadLetters = counts[2]
        result.pendingCount = counts[3]
        result.instants = counts[4]
        result.pendingTimers = counts[5]
        return true
    }

    // MARK: - The end

    /// Ends the run: lists what is left, keeps everything, and completes the digests.
    func finish() throws {
        if result.isCut {
            if let draft = draftCheckpoint() { try keep(draft) }
            try recorder.drain()
            return
        }
        try gate.log.checkPartitions()
        // What is left is counted after the last checkpoint: who goes on from it comes to the end and counts again.
        if let draft = draftCheckpoint() { try keep(draft) }
        if source == nil { notePending() }
        for number in worlds.playing { tellOpenDeliveries(number) }
        for notice in host.unheard { observer.notice?(notice) }
        result.digests = try recorder.finish(worlds: worlds.count, tells: source == nil)
    }

    // MARK: - Going on

    /// Goes on from the store's last checkpoint: cases, timers, effects, digests, positions and what outsiders said.
    ///
    /// The worlds must have been added, the same ones in the same order. Messages in the journal are shown to the
    /// observer again, so that expectations know them.
    /// - Parameter sameLog: whether the bus is the log that the former life wrote; positions then go on.
    /// - Returns: the instant of the checkpoint; nil if there is none.
    /// - Throws: `ResumeError` where the store does not fit, `StoreError`, `KafkaError`.
    public func resume(sameLog: Bool) throws -> Instant? {
        guard let store = recorder.store, let checkpoint = store.lastCheckpoint else { return nil }
        try addWorldsAgain(store, checkpoint)
        played = checkpoint
        result.end = checkpoint
        script.drop(through: checkpoint)
        for index in host.runnerIndices {
            try store.state(kind: StateKind.firstCase.rawValue + Int32(index)) { page, value in
                try host.restore(runner: index, page: page, value)
            }
        }
        try restore(.digest, of: store) { world, value in
            guard worlds.has(world), let digest = RunDigest(bytes: value) else { return false }
            // What has ended stays in the store.
            if !worlds.hasEnded(Int32(world), before: checkpoint) { recorder.restore(digest, world: Int32(world)) }
            return true
        }
        try restore(.effects, of: store) { host.restore(.effects, key: $0, $1, played: checkpoint) }
        try restore(.predecessors, of: store) { host.restore(.predecessors, key: $0, $1, played: checkpoint) }
        try restore(.absences, of: store) { host.restore(.absences, key: $0, $1, played: checkpoint) }
        try restore(.deliveries, of: store) { host.restore(.deliveries, key: $0, $1, played: checkpoint) }
        try restore(.outside, of: store) { gate.outside.restore(row: $0, $1, played: checkpoint) }
        try restore(.letters, of: store) { gate.letters.restore(row: $0, $1, played: checkpoint) }
        try restore(.wireFaults, of: store) { gate.wireFaults.restore(row: $0, $1) }
        try restore(.protection, of: store) { gate.protected.restore(row: $0, $1) }
        try restore(.consents, of: store) { gate.consents.restore(row: $0, $1) }
        try restore(.checkNotes, of: store) { checkNotes.restore(row: $0, $1) }
        try restore(.counters, of: store) { restoreCounters($1) }
        try restore(.pending, of: store) { row, value in
            guard let work = PendingWork(bytes: value) else { return false }
            result.pending.append(work)
            pendingRows = row + 1
            return true
        }
        var positions: [(Int64, Int64)] = []
        try restore(.position, of: store) { key, value in
            var reader = StateReader(value)
            guard let offset = reader.number() else { return false }
            positions.append((key, offset))
            return true
        }
        // Worlds that have not joined may end whenever they like.
        let end = source == nil ? worlds.end ?? checkpoint : .latest
        try gate.goOn(from: sameLog ? positions : nil, played: checkpoint, end: end)
        try replayJournal(store)
        for fault in host.restored() { observer.fault?(fault) }
        return checkpoint
    }

    /// The worlds of a source that had joined join again, with the same numbers; of those that have ended nothing is left.
    private func addWorldsAgain(_ store: StatusStore, _ checkpoint: Instant) throws {
        guard let source else { return }
        var joined: Int?
        try restore(.counters, of: store) {
            joined = Self.counters(in: $1)?.last
            return joined != nil
        }
        for _ in 0..<(joined ?? 0) {
            guard source.nextStart != nil else {
                throw ResumeError(
                    description: "\(store.path): \(joined ?? 0) worlds had joined the run, and the source has fewer")
            }
            let world = try source.next()
            if world.until < checkpoint { worlds.addEnded() } else { try add(world) }
        }
    }

    private func restore(
        _ kind: StateKind, of store: StatusStore, _ take: (Int64, UnsafeRawBufferPointer) -> Bool
    ) throws {
        try store.state(kind: kind.rawValue) { key, value in
            guard take(key, value) else {
                throw ResumeError(description: "\(store.path): the run's state in the store cannot be read")
            }
        }
    }

    private func replayJournal(_ store: StatusStore) throws {
        var tape = JSONTape()
        try store.eachMessage { message in
            result.total += 1
            if message.isOutside { result.outside += 1 }
            if source == nil, message.world >= 0 { result.messages[Int(message.world)] += 1 }
            let isShown = observer.message != nil || observer.judged != nil
            guard isShown, let event = try? ReadEvent.parse(message.value, &tape) else { return }
            var envelope = event.envelope
            if message.isOutside {
                guard let id = message.id else { return }
                envelope.becomeOutside(as: id, knownAt: message.instant)
            }
            func told(_ source: AgencyID?) -> ObservedMessage {
                ObservedMessage(event, envelope, from: source, world: message.world, isOutside: message.isOutside)
            }
            let source = envelope.source
            let notes = checkNotes.take(envelope.id)
            observer.judged?(told(notes.speaker ?? source))
            observer.message?(told(source))
            for refusal in notes.refusals { tell(refusal, of: envelope.id) }
        }
        checkNotes.forget()
    }

    /// Tells the checks again that a rule has refused a message. Where the rule stands is known by its name; one that is gone
    /// has no place.
    private func tell(_ refusal: CheckNotes.Refusal, of message: EventID) {
        let rule = host.river(refusal.river, of: refusal.agency.owner)
        observer.judgedRiver?(
            message,
            RiverReport(
                agency: refusal.agency, river: refusal.river, file: rule?.file ?? "", line: rule?.line ?? 0,
                outcome: .notWhole(refusal.sentences), world: refusal.world))
    }
}

extension PendingWork {
    /// The work as bytes, for a checkpoint.
    fileprivate var bytes: [UInt8] {
        var writer = StateWriter()
        writer.number(Int64(world))
        writer.number(due.milliseconds)
        writer.subject(subject)
        func text(_ text: String) { Array(text.utf8).withUnsafeBytes { writer.text($0) } }
        text(topic ?? "")
        text(timer.map { "\($0.agency)" } ?? "")
        text(timer?.name ?? "")
        return writer.bytes
    }

    fileprivate init?(bytes: UnsafeRawBufferPointer) {
        var reader = StateReader(bytes)
        guard let world = reader.number(), let due = reader.number(), let subject = reader.subject(),
            let topic = reader.text(),
            let agency = reader.text(), let name = reader.text()
        else { return nil }
        self.init(
            world: Int(world), due: Instant(milliseconds: due), subject: subject,
            topic: topic.isEmpty ? nil : String(decoding: topic, as: UTF8.self),
            timer: AgencyID(String(decoding: agency, as: UTF8.self)).map {
                (agency: $0, name: String(decoding: name, as: UTF8.self))
            })
    }
}
