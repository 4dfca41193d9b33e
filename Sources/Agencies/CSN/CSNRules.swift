import LifeEvents

/// CSN's deadlines and handling times. `[A]` marks an assumption; the rest has its source.
enum CSNRules {
    /// Working days that an application takes [A].
    static let handlingDays = 15
    /// Full time, three quarters and half time, in percent: the extents that aid is paid for (studiestödslagen
    /// (1999:1395) 3 kap.) [A: taken from the agency's practice, not from the words of the act].
    static let extents = [50, 75, 100]
    /// Months without aid before a loan is repaid (csn.se on loans after the 30th of June 2001).
    static let monthsUntilRepayment = 6

    /// Weeks in which to appeal a decision (förvaltningslagen (2017:900) 44 §), here from its day [A].
    static let appealWeeks = 3

    /// 08:00 on the day when an application is decided.
    static func decision(appliedOn day: Day) -> Instant {
        Stockholm.instant(SwedishCalendar.adding(workingDays: handlingDays, to: day), hour: 8)
    }

    /// The last day to appeal.
    static func appealDeadline(decided day: Day) -> Day {
        SwedishCalendar.lastDayMoved(day.adding(days: 7 * appealWeeks))
    }

    /// Aid ends at midnight after its last day.
    static func end(to day: Day) -> Instant { Stockholm.instant(day.adding(days: 1)) }

    /// Repayment begins at a turn of the year, at least six months after the last day with aid (the same page): the one
    /// after a spring, a year later after an autumn.
    static func repayment(lastDay: Day) -> Day {
        let earliest = lastDay.adding(months: monthsUntilRepayment)
        let turn = Month(of: earliest).adding(months: 1 - earliest.month).firstDay
        return turn < earliest ? Month(of: turn).adding(months: 12).firstDay : turn
    }

    /// The last day of aid for one who has died [A]: the day of the death.
    static func lastDay(of aid: StudyAid, death: Day) -> Day { min(aid.to, death) }
}
