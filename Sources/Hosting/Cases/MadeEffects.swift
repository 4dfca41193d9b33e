import AgencyKit
import LifeEvents

/// How many effects each case has made at the instant that is played: 2 bytes a slot, for nobody asks about an instant that
/// is over.
struct MadeEffects {
    private var counts = PagedArray(repeating: UInt16(0))
    private var instant = Instant.earliest
    /// The slots whose counts are of ``instant``; all others have made nothing.
    private var slots: [Int32] = []

    mutating func appendPage() { counts.appendPage() }

    /// How many effects a slot has made at an instant.
    func count(of slot: Int, at now: Instant) -> Int { instant == now ? Int(counts[slot]) : 0 }

    /// Notes how many effects a slot has made at an instant: at most ``EffectSettings/mostEffects``.
    mutating func note(_ count: Int, of slot: Int, at now: Instant) {
        if instant != now { begin(now) }
        guard count > 0 else { return }
        if counts[slot] == 0 { slots.append(Int32(slot)) }
        counts[slot] = UInt16(count)
    }

    /// A slot is another case's now.
    mutating func forget(_ slot: Int) { counts[slot] = 0 }

    /// So many slots are remembered in memory that stays; those of an instant out of the ordinary are given back.
    private static let mostKeptSlots = 65_536

    private mutating func begin(_ now: Instant) {
        for slot in slots { counts[Int(slot)] = 0 }
        slots.removeAll(keepingCapacity: slots.count <= Self.mostKeptSlots)
        instant = now
    }
}
