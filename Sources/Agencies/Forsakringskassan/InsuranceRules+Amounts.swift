import LifeEvents

/// What the rules give: SEK, days, payout days.
extension InsuranceRules {
    /// Child benefit with the supplement, SEK a month.
    /// - Parameter shares: percent of each child that goes to the parent.
    static func childBenefit(shares: [Int]) -> Int {
        let base = shares.reduce(0) { $0 + childBenefit * $1 / 100 }
        let percent = shares.reduce(0, +)
        guard !shares.isEmpty else { return 0 }
        // The supplement divided by the number of children, for each a whole or a half, the sum rounded up.
        return base + (supplement(children: shares.count) * percent + 100 * shares.count - 1) / (100 * shares.count)
    }

    private static func supplement(children: Int) -> Int {
        guard children > 1 else { return 0 }
        let listed = supplements[min(children - 2, supplements.count - 1)]
        return listed + max(0, children - 1 - supplements.count) * laterSupplement
    }

    /// The payout day of child benefit: the working day before where it is none (B13).
    static func childBenefitPayout(in month: Month) -> Day {
        var day = month.firstDay.adding(days: childBenefitDay - 1)
        while !SwedishCalendar.isWorkingDay(day) { day = day.adding(days: -1) }
        return day
    }

    /// The payout day of days: Saturday → Friday, Sunday → Monday, a red day → the next weekday (B13).
    static func daysPayout(in month: Month) -> Day {
        let day = month.firstDay.adding(days: daysPaidDay - 1)
        // Christmas: the days from the 25th to the 27th are paid on the 23rd.
        if month.month == 12 { return month.firstDay.adding(days: 22) }
        if day.weekday == .saturday { return day.adding(days: -1) }
        return SwedishCalendar.lastDayMoved(day)
    }

    /// The first payout of days after a day.
    static func nextDaysPayout(after day: Day) -> Day {
        let month = Month(of: day)
        let payout = daysPayout(in: month)
        return payout > day ? payout : daysPayout(in: month.next)
    }

    /// The first payout at which days of a month before it are due.
    static func payout(ofDaysFrom first: Day, after day: Day) -> Day {
        max(nextDaysPayout(after: day), daysPayout(in: Month(of: first).next))
    }

    /// The price base amount of a year, SEK.
    static func priceBaseAmount(in year: Int) -> Int {
        (priceBaseAmounts.last { $0.since <= year } ?? priceBaseAmounts[0]).amount
    }

    /// Parental benefit by income, SEK a day (SFB 28:7): income × 0.97 × 0.8 ÷ 365, capped at ten price base amounts.
    static func parentalDay(yearlyIncome: Int, year: Int) -> Int {
        let income = min(yearlyIncome, 10 * priceBaseAmount(in: year))
        return max(dayLevels.basic, rounded(income * 776, by: 365_000))
    }

    /// A day at birth or after a child's death, SEK (SFB 28:13): (income × 0.776 ÷ 2 080) a hour, capped at 7.5 price base
    /// amounts.
    static func temporaryDay(yearlyIncome: Int, year: Int) -> Int {
        let income = min(yearlyIncome, priceBaseAmount(in: year) * 15 / 2)
        return rounded(income * 776, by: 2_080_000) * hoursOfDay
    }

    private static func rounded(_ number: Int, by divisor: Int) -> Int { (2 * number + divisor) / (2 * divisor) }

    /// Days a guardian has of a child.
    static func days(birthOrder: Int, isSole: Bool) -> (income: Int, lowest: Int) {
        let all = birthOrder == 1 ? daysOfFirst : daysOfFurther
        return isSole ? all : (all.income / 2, all.lowest / 2)
    }

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
