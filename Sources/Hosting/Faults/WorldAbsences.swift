import LifeEvents

/// The absences of one world's agencies, and how far they have gone.
final class WorldAbsences {
    /// A message that an agency was away for.
    struct Missed {
        var slot: Instant
        var arrival: Instant
        var agency: AgencyID
        var isOutside: Bool
        var topic: Int32
        var id: EventID
        var value: [UInt8]
    }

    /// How far an agency lags behind after an outage.
    private struct Lag {
        /// The instant that it missed last.
        var arrival: Instant
        /// When it lives through that.
        var slot: Instant
    }

    let faults: AgencyFaults
    let number: Int32
    private let resolution: Int64
    /// By absentee.
    private var lags: [Lag?]
    /// In the order in which they came.
    var missed: [Missed] = [] { didSet { isChanged = true } }
    /// How many announcements were made.
    private var announcedCount = 0
    /// Whether no checkpoint has the state as it is.
    var isChanged = false

    init(_ faults: AgencyFaults, number: Int32, resolution: Int64) {
        self.faults = faults
        self.number = number
        self.resolution = resolution
        lags = faults.absentees.map { _ in nil }
    }

    /// When an agency lives through an instant that it is away at; nil if it is there.
    ///
    /// Each instant it missed gets one of its own, so that what it does then keeps its order also for those who hear it.
    func slot(_ agency: AgencyID, missing instant: Instant) -> Instant? {
        guard let place = faults.absentees.firstIndex(of: agency) else { return nil }
        var slot = faults.moment(instant, of: agency, resolution: resolution)
        if let lag = lags[place] {
            if lag.arrival == instant { return lag.slot }
            if lag.slot >= instant {
                let next = lag.slot + .milliseconds(resolution)
                slot = max(slot, faults.moment(next, of: agency, resolution: resolution, isMoved: true))
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
        if !due.isEmpty { missed.removeAll { $0.slot <= instant } }
        return due
    }

    // MARK: - Announcements

    /// When there is something to announce; nil when all was.
    var nextAnnouncement: Instant? {
        announcedCount < faults.announcements.count ? faults.announcements[announcedCount].time : nil
    }

    /// What was announced so far.
    var announced: [ObservedFault] { faults.announcements.prefix(announcedCount).map(inThisWorld) }

    /// Makes the announcements that are due by an instant.
    func announce(through instant: Instant) -> [ObservedFault] {
        var news: [ObservedFault] = []
        while let next = nextAnnouncement, next <= instant {
            news.append(inThisWorld(faults.announcements[announcedCount]))
            announcedCount += 1
            isChanged = true
        }
        return news
    }

    private func inThisWorld(_ fault: ObservedFault) -> ObservedFault {
        var fault = fault
        fault.world = Int(number)
        return fault
    }

    // MARK: - Checkpoints

    /// The state as bytes.
    func bytes() -> [UInt8] {
        var writer = StateWriter()
        writer.number(Int64(announcedCount))
        writer.number(Int64(lags.count))
        for lag in lags {
            writer.number(lag?.arrival.milliseconds ?? .min)
            writer.number(lag?.slot.milliseconds ?? .min)
        }
        writer.number(Int64(missed.count))
        for one in missed {
            writer.number(one.slot.milliseconds)
            writer.number(one.arrival.milliseconds)
            writer.number(Int64(bitPattern: one.agency.words.0))
            writer.number(Int64(bitPattern: one.agency.words.1))
            writer.number(one.isOutside ? 1 : 0)
            writer.number(Int64(one.topic))
            writer.id(one.id)
            one.value.withUnsafeBytes { writer.text($0) }
        }
        return writer.bytes
    }

    /// Takes a state that was kept; false if it is not one of these faults.
    func restore(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var reader = StateReader(bytes)
        guard let told = reader.number(), reader.number() == Int64(lags.count) else { return false }
        announcedCount = Int(clamping: told)
        for place in lags.indices {
            guard let arrival = reader.number(), let slot = reader.number() else { return false }
            lags[place] =
                slot == .min
                ? nil : Lag(arrival: Instant(milliseconds: arrival), slot: Instant(milliseconds: slot))
        }
        guard let count = reader.number() else { return false }
        for _ in 0..<max(count, 0) {
            guard let slot = reader.number(), let arrival = reader.number(), let first = reader.number(),
                let second = reader.number(),
                let agency = AgencyID(words: (UInt64(bitPattern: first), UInt64(bitPattern: second))),
                let outside = reader.number(), let topic = reader.number(), let id = reader.id(),
                let value = reader.text()
            else { return false }
            missed.append(
                Missed(
                    slot: Instant(milliseconds: slot), arrival: Instant(milliseconds: arrival), agency: agency,
                    isOutside: outside == 1, topic: Int32(truncatingIfNeeded: topic), id: id, value: Array(value)))
        }
        isChanged = false
        return reader.isAtEnd && announcedCount <= faults.announcements.count
    }
}
