import AgencyKit
import LifeEvents

/// The faults of one case of a run, and how far they have gone.
final class WorldFaults {
    /// A message that an agency was away for.
    struct Missed {
        var slot: Instant
        var arrival: Instant
        var agency: AgencyID
        var isForeign: Bool
        var topic: Int32
        var value: [UInt8]
    }

    /// How far an agency lags behind after an outage.
    struct Lag {
        /// The instant that it missed last.
        var arrival: Instant
        /// When it lives through that.
        var slot: Instant
    }

    let plan: FaultPlan
    let number: Int32
    /// By strike of the plan: how many records have matched.
    var counts: [Int]
    /// By absentee of the plan.
    var lags: [Lag?]
    /// In the order in which they came.
    var missed: [Missed] = []
    /// Records that were damaged.
    var damaged: [EventID] = []
    /// How many announcements were made.
    var announced = 0
    /// By fault of the broker: whether it has begun, and whether it is over.
    var brokerStates: [(begun: Bool, over: Bool)]
    /// Whether no checkpoint has the state as it is.
    var isChanged = false

    init(_ plan: FaultPlan, number: Int32) {
        self.plan = plan
        self.number = number
        counts = plan.strikes.map { _ in 0 }
        lags = plan.absentees.map { _ in nil }
        brokerStates = plan.brokerFaults.map { _ in (false, false) }
    }

    /// When an agency lives through an instant that it is away at; nil if it is there.
    ///
    /// Each instant it missed gets one of its own, so that what it does then keeps its order also for those who hear it.
    func slot(_ agency: AgencyID, missing instant: Instant, resolution: Int64) -> Instant? {
        guard let place = plan.absentees.firstIndex(of: agency) else { return nil }
        var slot = plan.moment(instant, of: agency, resolution: resolution)
        if let lag = lags[place] {
            if lag.arrival == instant { return lag.slot }
            if lag.slot >= instant {
                let next = lag.slot + .milliseconds(resolution)
                slot = max(slot, plan.moment(next, of: agency, resolution: resolution, isMoved: true))
            }
        }
        guard slot > instant else { return nil }
        lags[place] = Lag(arrival: instant, slot: slot)
        isChanged = true
        return slot
    }

    /// Takes what is lived through by an instant, in the order in which it came.
    func takeMissed(through instant: Instant) -> [Missed] {
        let due = missed.filter { $0.slot <= instant }
        if !due.isEmpty {
            missed.removeAll { $0.slot <= instant }
            isChanged = true
        }
        return due
    }

    /// When there is something to announce; nil when all was.
    var nextAnnouncement: Instant? {
        announced < plan.announcements.count ? plan.announcements[announced].time : nil
    }

    /// The announcements that were made last.
    private(set) var news: [ObservedFault] = []

    /// Makes the announcements that are due by an instant.
    func announce(through instant: Instant) {
        news.removeAll()
        while let next = nextAnnouncement, next <= instant {
            news.append(plan.announcements[announced])
            announced += 1
            isChanged = true
        }
    }

    // MARK: - Checkpoints

    /// The state as bytes.
    func bytes() -> [UInt8] {
        var writer = StateWriter()
        writer.number(Int64(announced))
        writer.number(Int64(counts.count))
        for count in counts { writer.number(Int64(count)) }
        writer.number(Int64(lags.count))
        for lag in lags {
            writer.number(lag?.arrival.milliseconds ?? .min)
            writer.number(lag?.slot.milliseconds ?? .min)
        }
        writer.number(Int64(damaged.count))
        for id in damaged { writer.id(id) }
        writer.number(Int64(missed.count))
        for one in missed {
            writer.number(one.slot.milliseconds)
            writer.number(one.arrival.milliseconds)
            let words = one.agency.words
            writer.number(Int64(bitPattern: UInt64(words.0)))
            writer.number(Int64(bitPattern: UInt64(words.1)))
            writer.number(one.isForeign ? 1 : 0)
            writer.number(Int64(one.topic))
            one.value.withUnsafeBytes { writer.text($0) }
        }
        return writer.bytes
    }

    /// Takes a state that was kept; false if it is not one of this plan.
    func restore(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var reader = StateReader(bytes)
        guard let told = reader.number(), reader.number() == Int64(counts.count) else { return false }
        announced = Int(told)
        for place in counts.indices {
            guard let count = reader.number() else { return false }
            counts[place] = Int(count)
        }
        guard reader.number() == Int64(lags.count) else { return false }
        for place in lags.indices {
            guard let arrival = reader.number(), let slot = reader.number() else { return false }
            lags[place] =
                slot == .min
                ? nil : Lag(arrival: Instant(milliseconds: arrival), slot: Instant(milliseconds: slot))
        }
        guard let damages = reader.number() else { return false }
        for _ in 0..<max(damages, 0) {
            guard let id = reader.id() else { return false }
            damaged.append(id)
        }
        guard let count = reader.number() else { return false }
        for _ in 0..<max(count, 0) {
            guard let slot = reader.number(), let arrival = reader.number(), let first = reader.number(),
                let second = reader.number(),
                let agency = AgencyID(words: (UInt64(bitPattern: first), UInt64(bitPattern: second))),
                let foreign = reader.number(), let topic = reader.number(), let value = reader.text()
            else { return false }
            missed.append(
                Missed(
                    slot: Instant(milliseconds: slot), arrival: Instant(milliseconds: arrival), agency: agency,
                    isForeign: foreign == 1, topic: Int32(topic), value: Array(value)))
        }
        return reader.isAtEnd
    }
}

/// The cases of a run that have faults.
final class FaultBook {
    private var worlds: [Int32: WorldFaults] = [:]
    /// Their numbers, rising.
    private(set) var numbers: [Int32] = []
    private var brokerNumbers: [Int32] = []
    /// When some case has something to announce, or earlier.
    private var nextAnnouncement: Instant?

    subscript(world: Int32) -> WorldFaults? { worlds[world] }

    func add(_ faults: WorldFaults) {
        worlds[faults.number] = faults
        numbers.append(faults.number)
        if !faults.plan.brokerFaults.isEmpty { brokerNumbers.append(faults.number) }
        if let next = faults.nextAnnouncement { nextAnnouncement = min(nextAnnouncement ?? next, next) }
    }

    func remove(_ world: Int32) {
        guard worlds.removeValue(forKey: world) != nil else { return }
        numbers.removeAll { $0 == world }
        brokerNumbers.removeAll { $0 == world }
    }

    /// The faults in the order of their cases.
    var all: [WorldFaults] { numbers.compactMap { worlds[$0] } }

    /// Those whose broker may fail.
    func withBrokerFaults() -> [WorldFaults] {
        brokerNumbers.isEmpty ? [] : brokerNumbers.compactMap { worlds[$0] }
    }

    /// Those with something to announce by an instant.
    func announcing(_ instant: Instant) -> [WorldFaults] {
        guard let next = nextAnnouncement, next <= instant else { return [] }
        let due = all.filter { $0.nextAnnouncement.map { $0 <= instant } ?? false }
        for faults in due { faults.announce(through: instant) }
        nextAnnouncement = all.compactMap(\.nextAnnouncement).min()
        return due
    }
}
