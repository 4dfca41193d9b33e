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
    /// The kinds of engine state in the store; a runner's cases have the kind 10 + lane × 1,000 + the runner's place.
    enum StateKind: Int32 {
        case effect = 1
        case digest = 2
        case position = 3
        case foreign = 4
        case clock = 5
        case firstCase = 10
    }

    /// Writes what has changed since the last checkpoint in the transaction of the projection, between two instants.
    func checkpoint() throws {
        guard store != nil else { return }
        var changes: [StateChange] = []
        for lane in lanes {
            for (index, runner) in lane.runners.enumerated() {
                for page in try runner.takeChanges() {
                    changes.append(StateChange(kind: caseKind(lane, index), key: page.number, value: page.value))
                }
            }
            guard let instant = lane.played else { continue }
            changes += effectChanges(lane, instant)
            var writer = StateWriter()
            writer.number(instant.milliseconds)
            changes.append(
                StateChange(kind: StateKind.clock.rawValue, key: Int64(lane.number), value: writer.bytes))
        }
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
        // The kept instant is shown to people; each lane's own stands in the state.
        try projector.checkpoint(changes, lanes.compactMap(\.played).min() ?? Instant(milliseconds: 0))
    }

    private func caseKind(_ lane: Lane, _ runner: Int) -> Int32 {
        StateKind.firstCase.rawValue + Int32(lane.number * 1_000 + runner)
    }

    /// A page with the effects made since the last checkpoint that still wait; pages in which none waits are dropped.
    private func effectChanges(_ lane: Lane, _ instant: Instant) -> [StateChange] {
        var changes: [StateChange] = []
        lane.effectPages.removeAll { page in
            guard page.lastDue <= instant else { return false }
            changes.append(StateChange(kind: StateKind.effect.rawValue, key: key(lane, page.number), value: nil))
            return true
        }
        var writer = StateWriter()
        var lastDue = instant
        for effect in lane.newEffects where effect.due > instant {
            lane.outbox.withEntry(effect.due, effect.index) { entry, value in
                writer.number(effect.due.milliseconds)
                writer.id(entry.id)
                writer.number(Int64(entry.topic))
                writer.number(Int64(entry.world))
                writer.number(Int64(bitPattern: entry.subject.rawValue))
                writer.text(value)
                lastDue = max(lastDue, effect.due)
            }
        }
        lane.newEffects.removeAll(keepingCapacity: true)
        guard !writer.bytes.isEmpty else { return changes }
        changes.append(StateChange(kind: StateKind.effect.rawValue, key: key(lane, lane.nextEffectPage), value: writer.bytes))
        lane.effectPages.append((lane.nextEffectPage, lastDue))
        lane.nextEffectPage += 1
        return changes
    }

    /// Pages of effects are numbered in each lane; the lane stands above bit 40.
    private func key(_ lane: Lane, _ page: Int64) -> Int64 { Int64(lane.number) << 40 | page }

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
        try store.state(kind: StateKind.clock.rawValue) { lane, value in
            var reader = StateReader(value)
            guard lanes.indices.contains(Int(lane)), let played = reader.number() else { throw damaged }
            lanes[Int(lane)].played = Instant(milliseconds: played)
        }
        for lane in lanes {
            if let played = lane.played { lane.outbox.dropEntries(through: played) }
            for (index, runner) in lane.runners.enumerated() {
                try store.state(kind: caseKind(lane, index)) { page, value in
                    try runner.restore(page: page, value)
                }
                runner.restored()
            }
        }
        try store.state(kind: StateKind.digest.rawValue) { world, value in
            guard worlds.indices.contains(Int(world)), let digest = RunDigest(bytes: value) else { throw damaged }
            projector.digests.restore(digest, world: Int(world))
        }
        try store.state(kind: StateKind.effect.rawValue) { key, value in
            guard lanes.indices.contains(Int(key >> 40)) else { throw damaged }
            let lane = lanes[Int(key >> 40)]
            let page = key & (1 << 40 - 1)
            let played = lane.played ?? checkpoint
            var reader = StateReader(value)
            var lastDue = played
            while !reader.isAtEnd {
                guard let due = reader.number(), let id = reader.id(), let topic = reader.number(),
                    let world = reader.number(), let raw = reader.number(),
                    let subject = PersonKey(rawValue: UInt64(bitPattern: raw)), let text = reader.text()
                else { throw damaged }
                let instant = Instant(milliseconds: due)
                lastDue = max(lastDue, instant)
                guard instant > played else { continue }
                lane.outbox.add(instant, id, topic: Int32(topic), world: Int32(world), subject: subject, value: text)
            }
            lane.effectPages.append((page, lastDue))
            lane.nextEffectPage = max(lane.nextEffectPage, page + 1)
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
            let lane = lane(of: world(of: event.envelope))
            if instant > lane.played ?? checkpoint {
                lane.admitted.append(ForeignRecord(instant: instant, topic: Int32(topic), value: Array(text)))
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
