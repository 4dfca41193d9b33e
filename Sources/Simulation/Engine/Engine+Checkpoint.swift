import AgencyKit
import CitizenStatus
import JSON
public import LifeEvents

/// Why a run could not go on from its store.
public struct ResumeError: Error, Sendable, CustomStringConvertible {
    /// One sentence.
    public let description: String
}

extension Engine {
    /// The kinds of engine state in the store; a runner's cases have the kind 10 + the runner's place.
    enum StateKind: Int32 {
        case effect = 1
        case digest = 2
        case position = 3
        case foreign = 4
        case fault = 5
        case firstCase = 10
    }

    /// What a checkpoint must say of an instant before the next one's messages are taken from the outbox.
    func draftCheckpoint() -> CheckpointDraft? {
        guard store != nil, let instant = schedule.played else { return nil }
        var changes = effectChanges(instant)
        for (key, offset) in bus.changedPositions() {
            var writer = StateWriter()
            writer.number(offset)
            changes.append(StateChange(kind: StateKind.position.rawValue, key: key, value: writer.bytes))
        }
        for record in newForeign {
            var writer = StateWriter()
            writer.number(record.instant.milliseconds)
            writer.number(Int64(record.topic))
            record.value.withUnsafeBytes { writer.text($0) }
            changes.append(StateChange(kind: StateKind.foreign.rawValue, key: foreignRow, value: writer.bytes))
            foreignRow += 1
        }
        newForeign.removeAll()
        if hasFaults { changes += faultChanges() }
        return CheckpointDraft(instant: instant, changes: changes)
    }

    /// Completes a checkpoint with the cases, which are as they were until the next messages are handled, and has it
    /// written in the transaction of the projection.
    func keep(_ draft: CheckpointDraft?) throws {
        guard let draft else { return }
        var pages: [(kind: Int32, page: CasePage)] = []
        for (index, runner) in schedule.runners.enumerated() {
            for page in runner.takeChanges() { pages.append((StateKind.firstCase.rawValue + Int32(index), page)) }
        }
        try projector.checkpoint(draft.changes, pages, draft.instant)
    }

    /// A page with the effects made since the last checkpoint that still wait; pages in which none waits are dropped.
    private func effectChanges(_ instant: Instant) -> [StateChange] {
        var changes: [StateChange] = []
        schedule.effectPages.removeAll { page in
            guard page.lastDue <= instant else { return false }
            changes.append(StateChange(kind: StateKind.effect.rawValue, key: page.number, value: nil))
            return true
        }
        var writer = StateWriter()
        var lastDue = instant
        for effect in schedule.newEffects where effect.due > instant {
            schedule.outbox.withEntry(effect.due, effect.index) { entry, value in
                writer.number(effect.due.milliseconds)
                writer.id(entry.id)
                writer.number(Int64(entry.topic))
                writer.number(Int64(entry.world))
                writer.number(Int64(bitPattern: entry.subject.rawValue))
                writer.text(value)
                lastDue = max(lastDue, effect.due)
            }
        }
        schedule.newEffects.removeAll(keepingCapacity: true)
        guard !writer.bytes.isEmpty else { return changes }
        changes.append(StateChange(kind: StateKind.effect.rawValue, key: schedule.nextEffectPage, value: writer.bytes))
        schedule.effectPages.append((schedule.nextEffectPage, lastDue))
        schedule.nextEffectPage += 1
        return changes
    }

    /// Goes on from the store's last checkpoint: cases, timers, effects, digests, positions and what outsiders said.
    ///
    /// The worlds must have been added, the same ones in the same order. Messages in the journal are shown to the
    /// observer again, so that expectations know them.
    /// - Parameter sameLog: whether the bus is the log that the former life wrote; positions then go on.
    /// - Returns: the instant of the checkpoint; nil if there is none.
    /// - Throws: `ResumeError` where the store does not fit, `StoreError`, `KafkaError`.
    public func resume(sameLog: Bool) throws -> Instant? {
        guard let store, let checkpoint = store.lastCheckpoint, store.messageCount > 0 else { return nil }
        let damaged = ResumeError(description: "\(store.path): the engine's state in the store cannot be read")
        schedule.played = checkpoint
        schedule.outbox.dropEntries(through: checkpoint)
        for (index, runner) in schedule.runners.enumerated() {
            try store.state(kind: StateKind.firstCase.rawValue + Int32(index)) { page, value in
                try runner.restore(page: page, value)
            }
            runner.restored()
        }
        try store.state(kind: StateKind.digest.rawValue) { world, value in
            guard worlds.indices.contains(Int(world)), let digest = RunDigest(bytes: value) else { throw damaged }
            projector.digests.restore(digest, world: Int(world))
        }
        try store.state(kind: StateKind.effect.rawValue) { page, value in
            var reader = StateReader(value)
            var lastDue = checkpoint
            while !reader.isAtEnd {
                guard let due = reader.number(), let id = reader.id(), let topic = reader.number(),
                    let world = reader.number(), let raw = reader.number(),
                    let subject = Subject(rawValue: UInt64(bitPattern: raw)), let text = reader.text()
                else { throw damaged }
                let instant = Instant(milliseconds: due)
                lastDue = max(lastDue, instant)
                guard instant > checkpoint else { continue }
                if isDeadLetterTopic[Int(topic)] {
                    ownLetters.insert(id)
                    result.deadLetters += 1
                }
                schedule.outbox.add(
                    instant, id, topic: Int32(topic), world: Int32(world), subject: subject, value: text)
            }
            schedule.effectPages.append((page, lastDue))
            schedule.nextEffectPage = max(schedule.nextEffectPage, page + 1)
        }
        try store.state(kind: StateKind.foreign.rawValue) { row, value in
            var reader = StateReader(value)
            guard let time = reader.number(), let topic = reader.number(), let text = reader.text() else {
                throw damaged
            }
            foreignRow = max(foreignRow, row + 1)
            var tape = JSONTape()
            let event = try Self.read(text, &tape)
            foreignSeen[ForeignKey(source: event.sourceText.string ?? "", id: event.envelope.id)] = Array(text)
            let instant = Instant(milliseconds: time)
            if instant > checkpoint {
                schedule.admitted.append(ForeignRecord(instant: instant, topic: Int32(topic), value: Array(text)))
            }
        }
        try store.state(kind: StateKind.fault.rawValue) { world, value in
            guard worlds.indices.contains(Int(world)), restoreFaults(Int32(world), value) else { throw damaged }
        }
        if sameLog {
            var positions: [(Int64, Int64)] = []
            try store.state(kind: StateKind.position.rawValue) { key, value in
                var reader = StateReader(value)
                guard let offset = reader.number() else { throw damaged }
                positions.append((key, offset))
            }
            try bus.goOn(from: positions)
        }
        try replayJournal(store)
        if hasFaults { retellFaults() }
        return checkpoint
    }

    private func replayJournal(_ store: StatusStore) throws {
        var tape = JSONTape()
        try store.eachMessage { message in
            result.total += 1
            if message.isOutside { result.outside += 1 }
            if message.isDeadLetter { result.deadLetters += 1 }
            if message.world >= 0 { result.messages[Int(message.world)] += 1 }
            guard observer.message != nil, let event = try? Self.read(message.value, &tape) else { return }
            var envelope = event.envelope
            if message.isOutside {
                envelope.time = message.instant
                if envelope.correlationID == nil { envelope.correlationID = Self.correlation(of: event) }
                if let correlation = envelope.correlationID { worldOfCorrelation[correlation] = message.world }
            }
            observer.message?(
                ObservedMessage(
                    world: message.world >= 0 ? Int(message.world) : nil, envelope: envelope,
                    type: event.type.string ?? "", data: event.data, isOutside: message.isOutside))
        }
    }
}

/// A checkpoint without the cases.
struct CheckpointDraft {
    var instant: Instant
    var changes: [StateChange]
}
