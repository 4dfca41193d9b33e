public import LifeEvents

/// How a payout day moves that is no working day: each payer has its own rule.
///
/// ```swift
/// PayoutDay.workingDayBefore.day(20, in: month)  // child benefit
/// ```
public enum PayoutDay: Sendable, CaseIterable {
    /// Saturday, Sunday, public holiday, Eve: the working day before. Försäkringskassan's child benefit (20th) and
    /// housing allowance (27th), by its table of 2015.
    case workingDayBefore
    /// Saturday: the Friday; Sunday: the Monday; public holiday, Eve: the next working day; 25 to 27 December: the 23rd.
    /// Försäkringskassan's other benefits, by its tables of 2018 and 2024; that Eves count with public holidays is an
    /// assumption.
    case nearest
    /// Saturday: the Friday; Sunday: the Monday; public holiday, Eve: the working day before. Pensionsmyndigheten, by its
    /// table of 2019; that Eves count with public holidays is an assumption.
    case nearestHolidayBefore

    /// The day of payment in a month.
    /// - Parameter nominal: the day of the month by rule, 1 to 31; past the month's last day, that one is meant.
    public func day(_ nominal: Int, in month: Month) -> Day {
        precondition(1...31 ~= nominal, "a day of a month is 1 to 31")
        let day = min(month.firstDay.adding(days: nominal - 1), month.lastDay)
        if self == .nearest, month.month == 12, 25...27 ~= nominal {
            return Self.orBefore(month.firstDay.adding(days: 22))
        }
        guard !SwedishCalendar.isWorkingDay(day) else { return day }
        switch (self, day.weekday) {
        case (.workingDayBefore, _), (_, .saturday): return Self.orBefore(day)
        case (_, .sunday), (.nearest, _): return SwedishCalendar.lastDayMoved(day)
        case (.nearestHolidayBefore, _): return Self.orBefore(day)
        }
    }

    /// The first day of payment on or after a day.
    public func next(_ nominal: Int, from day: Day) -> Day {
        let month = Month(of: day)
        let own = self.day(nominal, in: month)
        return own >= day ? own : self.day(nominal, in: month.next)
    }

    private static func orBefore(_ day: Day) -> Day {
        SwedishCalendar.isWorkingDay(day) ? day : SwedishCalendar.adding(workingDays: -1, to: day)
    }
}
