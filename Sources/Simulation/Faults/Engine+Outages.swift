import AgencyKit
import CitizenStatus
import JSON
import LifeEvents

/// What agencies hear that were away, and when.
extension Engine {
    /// Lays a message aside for those who are away; the agencies of the case that hear it now.
    func present(
        _ faults: WorldFaults, _ heard: [(runner: Int, heard: Int)], _ message: ArrivedMessage,
        _ text: UnsafeRawBufferPointer, _ instant: Instant, entry: Int32
    ) -> [AgencyID] {
        let agencies = worlds[Int(message.world)].agencies
        var absent: [AgencyID] = []
        for agency in faults.plan.absentees where agencies.contains(agency) {
            guard heard.contains(where: { schedule.runners[$0.runner].owner == agency.owner }),
                let slot = faults.slot(agency, missing: instant, resolution: settings.resolution)
            else { continue }
            absent.append(agency)
            faults.missed.append(
                WorldFaults.Missed(
                    slot: slot, arrival: instant, agency: agency, isForeign: message.isForeign, topic: message.topic,
                    value: Array(text)))
            schedule.noteCatchUp(faults.number, at: slot)
            // The ledger says who has the message in its keeping, also of one that waits to be read.
            batch.readings.append(Reading(entry: entry, agency: agency))
            tellMissed(agency, message.id, faults, slot, instant)
        }
        return absent.isEmpty ? agencies : agencies.filter { !absent.contains($0) }
    }

    private func tellMissed(
        _ agency: AgencyID, _ id: EventID, _ faults: WorldFaults, _ slot: Instant, _ instant: Instant
    ) {
        observer.fault?(
            ObservedFault(
                world: Int(faults.number), time: instant, kind: "outage", target: "\(agency)", message: id,
                text: "\(agency) is away and "
                    + (slot < FaultPlan.Outage.never ? "hears it at \(Stockholm.local(slot))" : "never hears it")))
    }

    /// Lets agencies live through what they missed.
    func catchUp(_ instant: Instant) throws {
        for world in schedule.takeCatchUps(instant) {
            guard let faults = faultBook[world] else { continue }
            for missed in faults.takeMissed(through: instant) {
                try missed.value.withUnsafeBytes { try offer(missed, $0, faults, instant) }
            }
        }
    }

    private func offer(
        _ missed: WorldFaults.Missed, _ text: UnsafeRawBufferPointer, _ faults: WorldFaults, _ instant: Instant
    ) throws {
        let event = try Self.read(text, &tape)
        var envelope = event.envelope
        if missed.isForeign {
            envelope.time = missed.arrival
            if envelope.correlationID == nil { envelope.correlationID = Self.correlation(of: event) }
        }
        guard let heard = heard(event.type, missed.topic, missed.isForeign) else { return }
        incoming.load(envelope, data: event.data)
        deliver(
            envelope.change == .annulled ? heard.annulments : heard.facts, [missed.agency], world: faults.number,
            topic: missed.topic, text, instant, entry: nil)
    }

    /// When a timer of an agency that is away fires; nil if it is there.
    func hold(_ agency: AgencyID, _ world: Int32, _ timer: TimerRecord, _ instant: Instant) -> Instant? {
        guard let faults = faultBook[world],
            let slot = faults.slot(agency, missing: instant, resolution: settings.resolution)
        else { return nil }
        observer.fault?(
            ObservedFault(
                world: Int(world), time: instant, kind: "outage", target: "\(agency)", message: nil,
                text: "\(agency) is away: its timer \(timer.name) fires at \(Stockholm.local(slot))"))
        return slot
    }

    /// Tells what has begun by an instant, and what is late without an agency's doing.
    func announceFaults(_ instant: Instant) {
        for faults in faultBook.announcing(instant) {
            for fault in faults.news { announce(fault, faults) }
        }
    }

    private func announce(_ fault: ObservedFault, _ faults: WorldFaults) {
        var fault = fault
        fault.world = Int(faults.number)
        observer.fault?(fault)
    }

    /// Tells of a case that has ended what somebody did not come back for.
    func tellUnheard(_ faults: WorldFaults) {
        for agency in faults.plan.absentees {
            let count = faults.missed.count { $0.agency == agency }
            guard count > 0 else { continue }
            observer.notice?(
                "\(worlds[Int(faults.number)].name): \(count == 1 ? "a message waits" : "\(count) messages wait") for "
                    + "\(agency), which was away to the end")
        }
    }

    /// Tells, after an instant, what in it was delayed.
    func tellDelays() {
        for note in delayNotes { observer.fault?(note) }
        delayNotes.removeAll(keepingCapacity: true)
    }

    /// Notes which of the sink's messages were delayed.
    func noteDelays(_ agency: AgencyID, _ world: Int32) {
        guard observer.fault != nil, let faults = faultBook[world] else { return }
        for message in sink.messages {
            guard let nominal = message.delayedFrom else { continue }
            let type = sink.bytes.withUnsafeBytes { bytes in
                let value = UnsafeRawBufferPointer(rebasing: bytes[message.start..<message.start + message.count])
                return (try? Self.read(value, &effectTape))?.type.string ?? topics[Int(message.topic)].name
            }
            _ = faults.plan.due(
                nominal, type: type, from: agency, about: message.subject, made: schedule.now,
                resolution: settings.resolution
            ) { kind, from, to, text in
                self.delayNotes.append(
                    ObservedFault(
                        world: Int(world), time: from, until: to, kind: kind, target: nil, message: message.id,
                        text: text))
            }
        }
    }

    // MARK: - Checkpoints

    /// The state of faults that no checkpoint has.
    func faultChanges() -> [StateChange] {
        var changes = endedFaults.map { StateChange(kind: StateKind.fault.rawValue, key: Int64($0), value: nil) }
        endedFaults.removeAll()
        for faults in faultBook.all where faults.isChanged {
            faults.isChanged = false
            changes.append(
                StateChange(kind: StateKind.fault.rawValue, key: Int64(faults.number), value: faults.bytes()))
        }
        return changes
    }

    /// Takes the state of a case's faults from a checkpoint; false if it does not fit.
    func restoreFaults(_ world: Int32, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let faults = faultBook[world], faults.restore(bytes) else { return false }
        for missed in faults.missed { schedule.noteCatchUp(world, at: missed.slot) }
        return true
    }

    /// Tells again what still goes on, to an observer that has not lived through it.
    func retellFaults() {
        for faults in faultBook.all {
            for fault in faults.plan.announcements.prefix(faults.announced) { announce(fault, faults) }
            for missed in faults.missed {
                guard let event = missed.value.withUnsafeBytes({ try? Self.read($0, &effectTape) }) else { continue }
                tellMissed(missed.agency, event.envelope.id, faults, missed.slot, missed.arrival)
            }
        }
    }
}
