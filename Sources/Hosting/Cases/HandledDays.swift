import LifeEvents

/// On which day each case of a runner was last handled, and which were not for long: 2 bytes a slot, and 4 for each of the
/// last days on which it was.
///
/// Days of virtual time, so that the same cases are put away in each run of the same journeys.
struct HandledDays {
    /// Cases that were not handled for so many days may be put away. More than nine in ten are such at any time; what follows
    /// upon something within days finds most of its cases at hand.
    static let idleDays = 3

    /// So many days are told apart; what was not handled for longer is all of one day, the oldest.
    static let mostDays = 32

    /// By slot: its day, and 0 for one that was taken or never handled.
    private var last = PagedArray(repeating: UInt16(0))
    /// The slots that were handled on each of the last days, the oldest day first.
    private var days: [(day: Int, slots: [Int32])] = []

    /// The day of an instant, counted from 1970.
    static func day(of instant: Instant) -> Int { Int(instant.milliseconds / 86_400_000) }

    /// Notes that the case of a slot was handled on a day, which is not before the one noted last.
    mutating func note(_ slot: Int, on day: Int) {
        while slot >= last.count { last.appendPage() }
        if days.last?.day != day {
            precondition(days.last.map { $0.day < day } ?? true, "days do not go back")
            days.append((day, []))
            if days.count > Self.mostDays { joinOldest() }
        } else if last[slot] == Self.short(day) {
            return
        }
        last[slot] = Self.short(day)
        days[days.count - 1].slots.append(Int32(slot))
    }

    /// A day in 16 bits, never 0: that it is the same is asked of days within a few of each other.
    private static func short(_ day: Int) -> UInt16 { UInt16(1 + day % Int(UInt16.max)) }

    /// Makes the two oldest days one, so that memory is bounded by slots and not by days.
    private mutating func joinOldest() {
        let (first, second) = (days[0], days.remove(at: 1))
        days[0].slots = first.slots.filter { last[Int($0)] == Self.short(first.day) }
        for slot in second.slots where last[Int(slot)] == Self.short(second.day) {
            last[Int(slot)] = Self.short(first.day)
            days[0].slots.append(slot)
        }
    }

    /// How many slots are remembered for some day.
    var count: Int { days.reduce(0) { $0 + $1.slots.count } }

    /// Takes the slots that were last handled so long before a day, the oldest first, as long as somebody wants more.
    mutating func takeIdle(on day: Int, while wantsMore: () -> Bool, _ take: (Int) -> Void) {
        while wantsMore(), let first = days.first, first.day + Self.idleDays <= day {
            days.removeFirst()
            for slot in first.slots where last[Int(slot)] == Self.short(first.day) { give(Int(slot), take) }
        }
    }

    /// Takes some slots, those that were handled longest ago, the last day's among them.
    mutating func takeOldest(_ most: Int, _ take: (Int) -> Void) {
        var left = most
        while left > 0, let first = days.first {
            let slots = first.slots.prefix(left)
            left -= slots.count
            if slots.count == first.slots.count { days.removeFirst() } else { days[0].slots.removeFirst(slots.count) }
            for slot in slots where last[Int(slot)] == Self.short(first.day) { give(Int(slot), take) }
        }
    }

    private mutating func give(_ slot: Int, _ take: (Int) -> Void) {
        // Handled again on the same day it is noted again.
        last[slot] = 0
        take(slot)
    }
}
