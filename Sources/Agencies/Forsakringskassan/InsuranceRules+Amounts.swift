import AgencyKit
import LifeEvents

/// What the rules give: SEK, days, payout days.
extension RuleValues {
    /// B10, B11: child benefit with the supplement, SEK for a month.
    /// - Parameter shares: percent of each child that goes to the parent.
    func childBenefit(shares: [Int], in month: Month) -> Int {
        guard !shares.isEmpty else { return 0 }
        let whole = value(of: ChildRules.childBenefit, on: month.firstDay)
        let base = shares.reduce(0) { $0 + whole * $1 / 100 }
        let percent = shares.reduce(0, +)
        // The supplement divided by the number of children, for each a whole or a half, the sum rounded up.
        let supplement = supplement(children: shares.count, on: month.firstDay)
        return base + (supplement * percent + 100 * shares.count - 1) / (100 * shares.count)
    }

    private func supplement(children: Int, on day: Day) -> Int {
        guard children > 1 else { return 0 }
        let listed = ChildRules.supplements
        let later = max(0, children - 1 - listed.count) * value(of: ChildRules.laterSupplement, on: day)
        return value(of: listed[min(children - 2, listed.count - 1)], on: day) + later
    }

    /// B13: the payout day of child benefit: the working day before where it is none.
    func childBenefitPayout(in month: Month) -> Day {
        PayoutDay.workingDayBefore.day(value(of: ChildRules.childBenefitDay, on: month.firstDay), in: month)
    }

    /// B13: the payout day of days: Saturday → Friday, Sunday → Monday, a red day → the next weekday.
    func daysPayout(in month: Month) -> Day {
        PayoutDay.nearest.day(value(of: ChildRules.daysPaidDay, on: month.firstDay), in: month)
    }

    /// B13: the first payout of days after a day.
    func nextDaysPayout(after day: Day) -> Day {
        let month = Month(of: day)
        let payout = daysPayout(in: month)
        return payout > day ? payout : daysPayout(in: month.next)
    }

    /// B13: the first payout at which days of a month before it are due.
    func payout(ofDaysFrom first: Day, after day: Day) -> Day {
        max(nextDaysPayout(after: day), daysPayout(in: Month(of: first).next))
    }

    /// B17: parental benefit by income, SEK for a day: income × 0.97 × 0.8 ÷ 365, capped.
    func parentalDay(yearlyIncome: Int, on day: Day) -> Int {
        let income = min(yearlyIncome, cap(ChildRules.parentalCap, on: day))
        let amount = Self.rounded(income * value(of: ChildRules.incomeShare, on: day), by: 365_000)
        return max(value(of: ChildRules.basicLevel, on: day), amount)
    }

    /// B18: a day at birth or after a child's death, SEK: (income × 0.776 ÷ 2 080) an hour, capped.
    func temporaryDay(yearlyIncome: Int, on day: Day) -> Int {
        let income = min(yearlyIncome, cap(ChildRules.temporaryCap, on: day))
        let hour = Self.rounded(income * value(of: ChildRules.incomeShare, on: day), by: 2_080_000)
        return hour * value(of: ChildRules.hours, on: day)
    }

    /// What of the income counts at most, SEK a year.
    private func cap(_ rule: DatedRule, on day: Day) -> Int {
        value(of: ChildRules.priceBase, on: day) * value(of: rule, on: day) / 100
    }

    private static func rounded(_ number: Int, by divisor: Int) -> Int { (2 * number + divisor) / (2 * divisor) }

    /// B19: the last day to ask for a review.
    func reviewDeadline(decided day: Day) -> Day {
        SwedishCalendar.lastDayMoved(day.adding(months: value(of: ChildRules.review, on: day)))
    }
}

extension InsuranceRules {
    /// `2 mars–30 april 2026`, `2–13 mars 2026`
    static func period(_ from: Day, _ to: Day) -> String {
        let last = SwedishText.day(to)
        if from == to { return last }
        if from.year != to.year { return "\(SwedishText.day(from))–\(last)" }
        if Month(of: from) == Month(of: to) { return "\(from.dayOfMonth)–\(last)" }
        return "\(SwedishText.shortDay(from))–\(last)"
    }

    /// `april 2026`
    static func monthName(_ month: Month) -> String { "\(SwedishText.month(month)) \(month.year)" }
}

extension Effects<Forsakringskassan.Timer> {
    /// 08:00 when an application that came today is decided, with its day (B19).
    var daysDecided: (day: Day, instant: Instant) {
        let days = value(of: ChildRules.handling)
        return (SwedishCalendar.adding(workingDays: days, to: today), InsuranceRules.morning(days, after: today))
    }
}
