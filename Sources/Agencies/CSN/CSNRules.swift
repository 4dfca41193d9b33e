import AgencyKit
import LifeEvents

/// CSN's deadlines and handling times, each with its source or as an assumption.
enum CSNRules {
    /// How long an application takes.
    static let handling = DatedRule(
        "study-aid-handling", "CSN1", "an application is decided", .workingDays, [.since(2024, 1, 1, 15)],
        source: "none found", mark: .assumption)
    /// Full time, three quarters and half time, in percent: the extents that aid is paid for (studiestödslagen
    /// (1999:1395) 3 kap.) [A: taken from the agency's practice, not from the words of the act].
    static let extents = [50, 75, 100]
    /// The law on extents.
    static let extentRule = LegalRule(
        "CSN2", "study aid is paid for half time, three quarters and full time", source: "studiestödslagen 3 kap.",
        mark: .likely)
    /// The time without aid before a loan is repaid.
    static let withoutRepayment = DatedRule(
        "loan-without-repayment", "CSN3", "no repayment of a loan after the last day of aid", .months,
        [.since(2001, 7, 1, 6)], source: "csn.se on loans after 30 June 2001")
    /// The time to appeal; counted from the decision, though the law counts from when one is told.
    static let appeal = DatedRule(
        "study-aid-appeal", "CSN4", "a decision may be appealed", .weeks, [.since(2018, 7, 1, 3)],
        source: "förvaltningslagen (2017:900) 44 §")

    /// In the order of their numbers.
    static let all = [handling.legal, extentRule, withoutRepayment.legal, appeal.legal]

    /// Aid ends at midnight after its last day.
    static func end(to day: Day) -> Instant { Stockholm.instant(day.adding(days: 1)) }

    /// Repayment begins at a turn of the year, at least six months after the last day with aid (the same page): the one
    /// after a spring, a year later after an autumn.
    static func repayment(lastDay: Day, months: Int) -> Day {
        let earliest = lastDay.adding(months: months)
        let turn = Month(of: earliest).adding(months: 1 - earliest.month).firstDay
        return turn < earliest ? Month(of: turn).adding(months: 12).firstDay : turn
    }

    /// The last day of aid for one who has died [A]: the day of the death.
    static func lastDay(of aid: StudyAid, death: Day) -> Day { min(aid.to, death) }
}
