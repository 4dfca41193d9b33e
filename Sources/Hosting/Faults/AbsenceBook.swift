import AgencyKit
import JSON
import LifeEvents

/// The faults of the agencies of all worlds that have any: who is away, what waits for their return, what comes late.
final class AbsenceBook {
    private var worlds: [Int32: WorldAbsences] = [:]
    /// Their numbers, rising.
    private var numbers: [Int32] = []
    /// When some world has something to announce, or earlier.
    private var nextAnnouncement: Instant?
    /// The worlds in which agencies live through what they missed, by the instant.
    private var catchUps: [Instant: [Int32]] = [:]
    private var catchUpInstants = InstantHeap()
    /// Worlds that have ended, and that a checkpoint still has.
    private var ended: [Int32] = []
    private let resolution: Int64
    private let topics: [(name: String, limit: Int)]
    private var tape = JSONTape()

    init(_ settings: EffectSettings) {
        resolution = settings.resolution
        topics = settings.topics
    }

    subscript(world: Int32) -> WorldAbsences? { worlds[world] }

    /// The worlds in their order.
    var all: [WorldAbsences] { numbers.compactMap { worlds[$0] } }

    func add(_ faults: AgencyFaults, world: Int32) {
        let absences = WorldAbsences(faults, number: world, resolution: resolution)
        worlds[world] = absences
        numbers.append(world)
        if let next = absences.nextAnnouncement { nextAnnouncement = min(nextAnnouncement ?? next, next) }
    }

    /// Forgets a world that has ended; tells what somebody did not come back for.
    func remove(_ world: Int32, named name: String, into record: inout HandlingRecord) {
        guard let absences = worlds.removeValue(forKey: world) else { return }
        tellUnheard(absences, name, into: &record)
        numbers.removeAll { $0 == world }
        ended.append(world)
    }

    /// Tells of a world that has ended what somebody did not come back for.
    func tellUnheard(_ absences: WorldAbsences, _ name: String, into record: inout HandlingRecord) {
        for agency in absences.faults.absentees {
            let count = absences.missed.count { $0.agency == agency }
            guard count > 0 else { continue }
            record.notices.append(
                "\(name): \(count == 1 ? "a message waits" : "\(count) messages wait") for \(agency), which was away "
                    + "to the end")
        }
    }

    // MARK: - Outages

    /// When somebody next lives through what was missed.
    var nextCatchUp: Instant? { catchUpInstants.first }

    private func noteCatchUp(_ world: Int32, at instant: Instant) {
        if catchUps[instant]?.contains(world) == true { return }
        catchUps[instant, default: []].append(world)
        catchUpInstants.insert(instant)
    }

    /// The worlds with something to live through by an instant, rising.
    func takeCatchUps(_ limit: Instant) -> [WorldAbsences] {
        var due: [Int32] = []
        while let next = catchUpInstants.first, next <= limit {
            catchUpInstants.remove(next)
            // order-free: the value of one key, a list
            due += catchUps.removeValue(forKey: next) ?? []
        }
        return Set(due).sorted().compactMap { worlds[$0] }
    }

    /// Lays a message aside for those who are away; the agencies of the world that hear it now.
    /// - Parameter isKept: whether an agency that is away hears the message, which the ledger then notes.
    func present(
        _ heard: [AgencyID], _ message: SliceMessage, _ value: UnsafeRawBufferPointer, _ handling: Handling,
        isKeptFor isKept: (AgencyID) -> Bool
    ) -> [AgencyID] {
        guard let world = worlds[message.world] else { return heard }
        var absent: [AgencyID] = []
        for agency in world.faults.absentees where heard.contains(agency) {
            guard let slot = world.slot(agency, missing: handling.now), isKept(agency) else { continue }
            absent.append(agency)
            world.missed.append(
                WorldAbsences.Missed(
                    slot: slot, arrival: handling.now, agency: agency, isOutside: message.isOutside,
                    topic: message.topic, id: message.id, value: Array(value)))
            noteCatchUp(world.number, at: slot)
            handling.record.faults.append(Self.missed(agency, message.id, world, slot, handling.now))
        }
        return absent.isEmpty ? heard : heard.filter { !absent.contains($0) }
    }

    private static func missed(
        _ agency: AgencyID, _ id: EventID, _ world: WorldAbsences, _ slot: Instant, _ instant: Instant
    ) -> ObservedFault {
        ObservedFault(
            world: Int(world.number), time: instant, kind: "outage", target: "\(agency)", message: id,
            text: "\(agency) is away and "
                + (slot < AgencyFaults.Outage.never ? "hears it at \(Stockholm.local(slot))" : "never hears it"),
            name: world.faults.outageName(of: agency, at: instant))
    }

    /// When a timer of an agency that is away fires; nil if it is there.
    func hold(_ timer: TimerRecord, of agency: AgencyID, world: Int32, _ handling: Handling) -> Instant? {
        guard let absences = worlds[world], let slot = absences.slot(agency, missing: handling.now) else { return nil }
        handling.record.faults.append(
            ObservedFault(
                world: Int(world), time: handling.now, kind: "outage", target: "\(agency)", message: nil,
                text: "\(agency) is away: its timer \(timer.name) fires at \(Stockholm.local(slot))",
                name: absences.faults.outageName(of: agency, at: handling.now)))
        return slot
    }

    // MARK: - Telling

    /// Tells what has begun by an instant, and what is late without an agency's doing.
    func announce(through instant: Instant, into record: inout HandlingRecord) {
        guard let next = nextAnnouncement, next <= instant else { return }
        for world in all { record.faults += world.announce(through: instant) }
        nextAnnouncement = all.compactMap(\.nextAnnouncement).min()
    }

    /// Notes which of the sink's messages were delayed.
    func noteDelays(_ sink: EffectSink, _ agency: AgencyID, _ world: Int32, into record: inout HandlingRecord) {
        guard let faults = worlds[world]?.faults else { return }
        for message in sink.messages {
            guard let nominal = message.delayedFrom else { continue }
            let type = sink.bytes.withUnsafeBytes { bytes in
                let value = UnsafeRawBufferPointer(rebasing: bytes[message.start..<message.start + message.count])
                return (try? ReadEvent.parse(value, &tape))?.type.string ?? topics[Int(message.topic)].name
            }
            for move in faults.moves(
                nominal, type: type, from: agency, about: message.subject, made: sink.now, resolution: resolution)
            {
                record.faults.append(
                    ObservedFault(
                        world: Int(world), time: move.from, until: move.to, kind: move.kind, target: nil,
                        message: message.id, text: move.text, name: move.name))
            }
        }
    }

    // MARK: - Checkpoints

    /// The state that no checkpoint has, by world; nil for a world that has ended.
    func changes() -> [(world: Int32, value: [UInt8]?)] {
        var changes: [(Int32, [UInt8]?)] = ended.map { ($0, nil) }
        ended.removeAll()
        for world in all where world.isChanged {
            world.isChanged = false
            changes.append((world.number, world.bytes()))
        }
        return changes
    }

    /// Takes the state of a world from a checkpoint; false if it does not fit.
    func restore(_ number: Int32, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let world = worlds[number], world.restore(bytes) else { return false }
        for missed in world.missed { noteCatchUp(number, at: missed.slot) }
        return true
    }

    /// What still goes on, for somebody who has not lived through it.
    func retell() -> [ObservedFault] {
        var told: [ObservedFault] = []
        for world in all {
            told += world.announced
            told += world.missed.map { Self.missed($0.agency, $0.id, world, $0.slot, $0.arrival) }
        }
        return told
    }
}

extension AbsenceBook: DueRule {
    func due(_ draft: EffectDraft) -> Instant {
        guard let faults = worlds[draft.world]?.faults else { return draft.due }
        return faults.due(
            draft.due, type: draft.type.name, from: draft.agency, about: draft.subject, made: draft.now,
            resolution: resolution)
    }
}
