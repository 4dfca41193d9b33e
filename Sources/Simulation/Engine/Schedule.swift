import AgencyKit
import LifeEvents

/// The clock of a run, the agencies that play in it, and what waits for later instants.
final class Schedule {
    let runners: [AgencyRunner]
    var outbox = Outbox()
    /// What is on its way; nil between two instants.
    var flight: Flight?
    /// The last instant that was played.
    var played: Instant?
    /// The last instant that any case plays.
    var end: Instant?
    /// The cases that are played, by their end.
    var endings: [Instant: [Int32]] = [:]
    var endInstants = InstantHeap()
    /// Outsiders' records that wait for their instant.
    var admitted: [ForeignRecord] = []
    /// Messages of the run met before their instant: a resumed run finds its former life's on the log.
    var parked: [Instant: [ForeignRecord]] = [:]
    /// Effects that are in no checkpoint.
    var newEffects: [PendingEffect] = []
    /// The pages of effects in the store, with the last due time in each.
    var effectPages: [(number: Int64, lastDue: Instant)] = []
    var nextEffectPage: Int64 = 0

    /// The cases in which agencies live through what they missed, by the instant.
    private var catchUps: [Instant: [Int32]] = [:]
    private var catchUpInstants = InstantHeap()
    private var spare: Flight?

    init(_ runners: [AgencyRunner]) {
        self.runners = runners
    }

    /// The instant that is played, or was last.
    var now: Instant? { flight?.instant ?? played }

    /// Puts messages on their way.
    func depart(_ instant: Instant, _ due: consuming Outbox.Bucket) {
        let next = spare ?? Flight()
        spare = nil
        next.reset(instant, due)
        flight = next
    }

    /// When somebody next lives through what was missed.
    var nextCatchUp: Instant? { catchUpInstants.first }

    func noteCatchUp(_ world: Int32, at instant: Instant) {
        if catchUps[instant]?.contains(world) == true { return }
        catchUps[instant, default: []].append(world)
        catchUpInstants.insert(instant)
    }

    /// The cases with something to live through by an instant, rising.
    func takeCatchUps(_ limit: Instant) -> [Int32] {
        var worlds: [Int32] = []
        while let next = catchUpInstants.first, next <= limit {
            catchUpInstants.remove(next)
            worlds += catchUps.removeValue(forKey: next) ?? []
        }
        return Set(worlds).sorted()
    }

    /// Takes back the memory of a flight that was handled.
    func recycle(_ flight: Flight) {
        outbox.recycle(flight.takeDue())
        spare = flight
    }
}

/// An effect that waits in the outbox and is in no checkpoint.
struct PendingEffect {
    var due: Instant
    var index: Int
}
