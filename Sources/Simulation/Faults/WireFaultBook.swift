import AgencyKit
import Hosting
import JSON
import Kafka
import LifeEvents

/// What faults do to records between an agency and its readers, and to the broker.
final class WireFaultBook {
    /// The faults of one world, and how far they have gone.
    private final class WorldFaults {
        let faults: [FaultPlan.WireFault]
        /// By fault: how many records have matched.
        var counts: [Int]
        var isChanged = false

        init(_ faults: [FaultPlan.WireFault]) {
            self.faults = faults
            counts = faults.map { _ in 0 }
        }
    }

    /// A fault of the broker, which happens once a run however many worlds have it.
    private struct BrokerState {
        var fault: FaultPlan.BrokerFault
        var hasBegun = false
        var isOver = false
        /// When it was done to the broker, and how many requests had been sent by then; nil: not yet, or one has met it.
        var unmet: (since: Instant, requests: Int)?
    }

    private var worlds: [Int32: WorldFaults] = [:]
    private var ended: [Int32] = []
    private var broker: [BrokerState] = []
    private var isBrokerChanged = false
    private var tape = JSONTape()

    // The instant's:

    /// Records that arrive damaged.
    private(set) var damaged = OutboxBucket()
    private var hasCome: [Bool] = []
    /// Records that come more often.
    private(set) var repeats: [(id: EventID, times: Int)] = []
    /// Records of a world whose order is permuted among them.
    private(set) var groups: [(world: Int32, ids: [EventID])] = []

    var isEmpty: Bool { worlds.isEmpty && broker.isEmpty }

    /// Adds the faults of a world.
    func add(_ plan: FaultPlan, world: Int32) {
        if !plan.wireFaults.isEmpty { worlds[world] = WorldFaults(plan.wireFaults) }
        for fault in plan.brokerFaults
        where !broker.contains(where: { $0.fault.window == fault.window && $0.fault.text == fault.text }) {
            broker.append(BrokerState(fault: fault))
        }
    }

    /// Forgets a world that has ended.
    func remove(_ world: Int32) { if worlds.removeValue(forKey: world) != nil { ended.append(world) } }

    // MARK: - Records

    /// Begins an instant: tells what happens to its records, and takes damaged ones out of the bucket.
    func begin(_ instant: Instant, _ bucket: inout OutboxBucket, _ record: inout GateRecord) {
        guard !worlds.isEmpty || !damaged.entries.isEmpty || !repeats.isEmpty || !groups.isEmpty else { return }
        damaged = OutboxBucket()
        hasCome = []
        repeats = []
        groups = []
        var found: [(key: UInt64, ids: [EventID], subjects: [Subject])] = []
        var lost: [Int] = []
        for (place, entry) in bucket.entries.enumerated() {
            guard let world = worlds[entry.world] else { continue }
            let type = bucket.withValue(of: entry) { (try? ReadEvent.parse($0, &tape))?.type.string }
            guard let type else { continue }
            for (index, fault) in world.faults.enumerated()
            where fault.window.contains(instant) && fault.messages.contains(type, entry.subject) {
                world.counts[index] += 1
                world.isChanged = true
                func tell(_ kind: String, _ target: String?, _ text: String) {
                    record.faults.append(
                        ObservedFault(
                            world: Int(entry.world), time: instant, kind: kind, target: target, message: entry.id,
                            text: text, name: fault.name))
                }
                switch fault.kind {
                case .duplicate(let times):
                    repeats.append((entry.id, times))
                    tell("duplicate", nil, "\(type) comes \(times + 1) times")
                case .reorder:
                    let key = UInt64(UInt32(bitPattern: entry.world)) << 32 | UInt64(index)
                    let group = found.firstIndex { $0.key == key } ?? found.count
                    if group == found.count { found.append((key, [], [])) }
                    found[group].ids.append(entry.id)
                    if !found[group].subjects.contains(entry.subject) { found[group].subjects.append(entry.subject) }
                case .corruptFirst(let count) where world.counts[index] <= count,
                    .corruptOnly(let count) where world.counts[index] == count:
                    guard lost.last != place else { continue }
                    lost.append(place)
                    addDamaged(entry, bucket.withValue(of: entry) { Array($0) })
                    tell("corrupt", type, "\(type) arrives damaged")
                case .corruptFirst, .corruptOnly: break
                }
            }
        }
        for group in found where group.subjects.count > 1 {
            let number = Int32(truncatingIfNeeded: group.key >> 32)
            groups.append((number, group.ids))
            guard let first = group.ids.first, let world = worlds[number] else { continue }
            let name = world.faults[Int(group.key & 0xFFFF_FFFF)].name
            record.faults.append(
                ObservedFault(
                    world: Int(group.key >> 32), time: instant, kind: "reordered", target: nil, message: first,
                    text: "\(group.ids.count) messages are published in another order", name: name))
        }
        for place in lost.reversed() { bucket.entries.remove(at: place) }
    }

    /// One bit is flipped in the version of the envelope, so that it is no event but still says which it was.
    private func addDamaged(_ entry: OutboxEntry, _ value: [UInt8]) {
        var value = value
        let place = #"{"specversion":""#.utf8.count
        if place < value.count { value[place] ^= 0x40 }
        value.withUnsafeBytes { _ = damaged.append(entry.id, entry.topic, entry.world, entry.subject, $0) }
        hasCome.append(false)
    }

    /// A bucket with groups of records permuted; those of one subject keep their order. Nil if nothing permutes.
    func reordered(
        _ bucket: OutboxBucket?, _ range: Range<Int>, _ settings: EffectSettings, _ instant: Instant
    ) -> OutboxBucket? {
        guard var bucket, !groups.isEmpty else { return bucket }
        for (world, ids) in groups {
            let places = range.filter { ids.contains(bucket.entries[$0].id) }
            guard places.count > 1 else { continue }
            let entries = places.map { bucket.entries[$0] }.sorted { $0.id < $1.id }
            var subjects = entries.map(\.subject)
            var stream = RandomStream(state: settings.seed(of: world) &+ UInt64(bitPattern: instant.milliseconds))
            for index in subjects.indices.reversed() where index > 0 {
                subjects.swapAt(index, stream.uniform(below: index + 1))
            }
            // A shuffle may leave all as it was, and then nothing would be tried.
            if subjects == entries.map(\.subject) { subjects.append(subjects.removeFirst()) }
            var waiting = entries
            for (place, subject) in zip(places, subjects) {
                guard let next = waiting.firstIndex(where: { $0.subject == subject }) else { continue }
                bucket.entries[place] = waiting.remove(at: next)
            }
        }
        return bucket
    }

    private func damagedPlace(_ value: UnsafeRawBufferPointer, _ topic: Int32) -> Int? {
        damaged.entries.firstIndex { entry in
            entry.topic == topic && entry.count == value.count
                && damaged.withValue(of: entry) { $0.holdsSameBytes(as: value) }
        }
    }

    /// Whether a record is one that was damaged at this instant.
    func isDamaged(_ value: UnsafeRawBufferPointer, _ topic: Int32) -> Bool {
        !damaged.entries.isEmpty && damagedPlace(value, topic) != nil
    }

    /// Notes that a damaged record has come; nil if it had before.
    func arriveDamaged(_ value: UnsafeRawBufferPointer, _ topic: Int32) -> OutboxEntry? {
        guard let place = damagedPlace(value, topic), !hasCome[place] else { return nil }
        hasCome[place] = true
        return damaged.entries[place]
    }

    /// Whether all that was damaged has come.
    var hasEveryDamagedRecord: Bool { hasCome.allSatisfy(\.self) }

    /// The damaged records that have not come.
    var missingDamaged: [EventID] { hasCome.indices.filter { !hasCome[$0] }.map { damaged.entries[$0].id } }

    /// Publishes damaged records again that were acknowledged and did not come.
    func sendMissing(_ log: any MessageLog) throws(KafkaError) {
        for place in hasCome.indices where !hasCome[place] { try log.send(damaged, place..<place + 1, times: 1) }
    }

    // MARK: - The broker

    /// Makes the broker fail, or right again, before an instant's messages are published.
    /// - Returns: whether it takes no connections until it is brought up again.
    func injectBrokerFaults(
        _ instant: Instant, _ log: any MessageLog, _ record: inout GateRecord
    ) throws(KafkaError) -> Bool {
        var isDown = false
        tellMetFaults(log, &record)
        for place in broker.indices where instant >= broker[place].fault.window.from {
            let fault = broker[place].fault
            if !broker[place].hasBegun {
                broker[place].hasBegun = true
                isBrokerChanged = true
                guard fault.window.contains(instant) else { continue }
                switch fault.kind {
                case .down:
                    try log.inject(.down(broker: nil))
                    isDown = true
                case .latency(let milliseconds):
                    try log.inject(.latency(broker: nil, milliseconds: Int32(clamping: milliseconds)))
                case .fails(let request, let code, let times):
                    try log.inject(.failNext(request, code, count: times))
                }
                if let count = log.requestCount(of: fault.kind.request) {
                    broker[place].unmet = (instant, count)
                } else {
                    record.faults.append(fault.observed(at: instant))
                }
            } else if !broker[place].isOver, !fault.window.contains(instant) {
                broker[place].isOver = true
                isBrokerChanged = true
                switch fault.kind {
                case .down: break
                case .latency: try log.inject(.latency(broker: nil, milliseconds: 0))
                case .fails(let request, _, _): try log.inject(.failNoMore(request))
                }
            }
        }
        return isDown
    }

    /// Tells the faults of the broker that a request has met: one that none meets changes nothing.
    func tellMetFaults(_ log: any MessageLog, _ record: inout GateRecord) {
        for place in broker.indices {
            let fault = broker[place].fault
            guard let unmet = broker[place].unmet, let count = log.requestCount(of: fault.kind.request),
                count > unmet.requests
            else { continue }
            broker[place].unmet = nil
            record.faults.append(fault.observed(at: unmet.since))
        }
    }

    // MARK: - Checkpoints

    /// The row of the broker's faults; worlds have the row of their number.
    private static let brokerRow = Int64(Int32.max)

    /// Rows that no checkpoint has; nil: the row goes.
    func changes() -> [(row: Int64, value: [UInt8]?)] {
        var changes: [(Int64, [UInt8]?)] = ended.map { (Int64($0), nil) }
        ended = []
        for number in worlds.keys.sorted() {
            guard let world = worlds[number], world.isChanged else { continue }
            world.isChanged = false
            var writer = StateWriter()
            for count in world.counts { writer.number(Int64(count)) }
            changes.append((Int64(number), writer.bytes))
        }
        if isBrokerChanged {
            isBrokerChanged = false
            var writer = StateWriter()
            for state in broker { writer.number((state.hasBegun ? 1 : 0) | (state.isOver ? 2 : 0)) }
            changes.append((Self.brokerRow, writer.bytes))
        }
        return changes
    }

    /// Takes a row of a checkpoint; false if it does not fit.
    func restore(row: Int64, _ value: UnsafeRawBufferPointer) -> Bool {
        var reader = StateReader(value)
        if row == Self.brokerRow {
            for place in broker.indices {
                guard let state = reader.number() else { return false }
                broker[place].hasBegun = state & 1 != 0
                broker[place].isOver = state & 2 != 0
            }
            return reader.isAtEnd
        }
        guard let world = worlds[Int32(truncatingIfNeeded: row)] else { return false }
        for place in world.counts.indices {
            guard let count = reader.number() else { return false }
            world.counts[place] = Int(clamping: count)
        }
        return reader.isAtEnd
    }
}

extension FaultPlan.BrokerFault {
    /// What is told when it is applied.
    fileprivate func observed(at instant: Instant) -> ObservedFault {
        ObservedFault(
            world: nil, time: instant, until: window.end, kind: "broker", target: "broker", message: nil, text: text,
            name: name)
    }
}

extension FaultPlan.BrokerFault.Kind {
    /// The kind of request that it meets; nil: any.
    fileprivate var request: KafkaRequest? {
        switch self {
        case .down, .latency: nil
        case .fails(let request, _, _): request
        }
    }
}
