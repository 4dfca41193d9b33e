import LifeEvents

/// The regions' parameter file. `[A]` marks an assumption.
enum RegionRules {
    /// Days from a birth's registration to the first visit at child health (barnhälsovård, BVC): they call within one
    /// to two weeks. [A]
    static let firstVisitDays = 14

    /// The day of the first visit, a working day.
    static func firstVisit(registered day: Day) -> Day {
        SwedishCalendar.lastDayMoved(day.adding(days: firstVisitDays))
    }
}
