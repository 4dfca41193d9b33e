public import LifeEvents

/// When a register's extracts (*aviseringar*) leave, and when their readers have them.
///
/// A run of day D holds what was registered before 00:00 of D. Navet runs on D, Saturdays and red days too, where D−1 is a
/// working day; a weekly reader's run is on its weekday or else the next day with a run.
public struct BatchCalendar: Hashable, Sendable {
    /// How often there is a run.
    public enum Rhythm: Hashable, Sendable {
        /// On each day with a run.
        case day
        /// Once a week.
        case week(Weekday)
    }

    /// How often.
    public let rhythm: Rhythm
    /// When readers have the run.
    public let at: TimeOfDay
    /// Whether a run shows what is so, not what has happened: what was created and annulled within one window is not in it.
    public let isSnapshot: Bool

    /// A calendar by its parts.
    public init(_ rhythm: Rhythm, at: TimeOfDay, isSnapshot: Bool) {
        self.rhythm = rhythm
        self.at = at
        self.isSnapshot = isSnapshot
    }

    /// Whether the register runs on a day.
    public static func hasRun(on day: Day) -> Bool { SwedishCalendar.isWorkingDay(day.adding(days: -1)) }

    /// The first run whose window holds an instant.
    /// - Returns: the end of its window, and when the reader has it.
    public func run(holding instant: Instant) -> (windowEnd: Instant, known: Instant) {
        var day = Stockholm.day(of: instant).adding(days: 1)
        while !isRun(day) { day = day.adding(days: 1) }
        return (Stockholm.instant(day), at.on(day))
    }

    /// The next working night's file after an instant.
    static func night(after instant: Instant, at: TimeOfDay = TimeOfDay(2)) -> Instant {
        var night = Stockholm.day(of: instant).adding(days: 1)
        while !hasRun(on: night) { night = night.adding(days: 1) }
        return at.on(night)
    }

    /// Whether this reader's run is on a day.
    public func isRun(_ day: Day) -> Bool {
        guard Self.hasRun(on: day) else { return false }
        guard case .week(let weekday) = rhythm else { return true }
        // The week's run is the first on or after its weekday, so no other day since then had one.
        var earlier = day
        while earlier.weekday != weekday {
            earlier = earlier.adding(days: -1)
            if Self.hasRun(on: earlier) { return false }
        }
        return true
    }
}
