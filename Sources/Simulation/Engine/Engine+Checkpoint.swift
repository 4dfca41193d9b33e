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
        case firstCase = 10
    }

    /// Writes what has changed since the last checkpoint in the transaction of the projection, between two instants.
    func checkpoint(_ instant: Instant) throws {
        guard let store else { return }
        var changes: [StateChange] = []
        for (index, runner) in runners.enumerated() {
            for change in try runner.takeChangedCases() {
                changes.append(
                    StateChange(
                        kind: StateKind.firstCase.rawValue + Int32(index), key: Int64(change.slot),
                        value: change.value))
            }
        }
        for world in changedWorlds {
            isWorldChanged[Int(world)] = false
            changes.append(
                StateChange(kind: StateKind.digest.rawValue, key: Int64(world), value: digests[Int(world)].bytes))
        }
        changedWorlds.removeAll(keepingCapacity: true)
        storedEffects.removeAll { effect in
            guard effect.due <= instant else { return false }
            changes.append(StateChange(kind: StateKind.effect.rawValue, key: effect.row, value: nil))
            return true
        }
        for effect in newEffects where effect.due > instant {
            guard let value = encoded(effect) else { continue }
            changes.append(StateChange(kind: StateKind.effect.rawValue, key: effect.row, value: value))
            storedEffects.append(effect)
        }
        newEffects.removeAll(keepingCapacity: true)
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
        try store.checkpoint(changes, instant: instant)
    }

    private func encoded(_ effect: PendingEffect) -> [UInt8]? {
        outbox.withEntry(effect.due, effect.index) { entry, value in
            var writer = StateWriter()
            writer.number(effect.due.milliseconds)
            writer.id(entry.id)
            writer.number(Int64(entry.topic))
            writer.number(Int64(entry.world))
            writer.number(Int64(bitPattern: entry.subject.rawValue))
            writer.text(value)
            return writer.bytes
        }
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
        outbox.dropEntries(through: checkpoint)
        for (index, runner) in runners.enumerated() {
            try store.state(kind: StateKind.firstCase.rawValue + Int32(index)) { slot, value in
                try runner.restoreCase(slot: Int(slot), value: value)
            }
        }
        try store.state(kind: StateKind.digest.rawValue) { world, value in
            guard digests.indices.contains(Int(world)), let digest = RunDigest(bytes: Array(value)) else {
                throw damaged
            }
            digests[Int(world)] = digest
        }
        try store.state(kind: StateKind.effect.rawValue) { row, value in
            var reader = StateReader(value)
            guard let due = reader.number(), let id = reader.id(), let topic = reader.number(),
                let world = reader.number(), let raw = reader.number(),
                let subject = PersonKey(rawValue: UInt64(bitPattern: raw)), let text = reader.text()
            else { throw damaged }
            let instant = Instant(milliseconds: due)
            let index = outbox.add(
                instant, id, topic: Int32(topic), world: Int32(world), subject: subject, value: text)
            storedEffects.append(PendingEffect(due: instant, index: index, row: row))
            effectRow = max(effectRow, row + 1)
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
                admitted.append(ForeignRecord(instant: instant, topic: Int32(topic), value: Array(text)))
            }
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

/// An effect that waits in the outbox, with its row in the store.
struct PendingEffect {
    var due: Instant
    var index: Int
    var row: Int64
}
