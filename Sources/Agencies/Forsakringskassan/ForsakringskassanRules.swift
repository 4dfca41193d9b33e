import LifeEvents

/// Days and texts that all benefits share. `[A]` marks an assumption. Amounts and deadlines are ``ChildRules`` and
/// ``HousingRules``.
enum InsuranceRules {
    /// Child benefit and housing allowance begin, or change, with the month after the event.
    static func monthAfter(_ day: Day) -> Day { Month(of: day).next.firstDay }

    /// The last day of a period of calendar days (lag (1930:173) 2 §).
    static func lastDay(_ days: Int, after day: Day) -> Day {
        SwedishCalendar.lastDayMoved(day.adding(days: days))
    }

    /// 08:00 some working days later.
    static func morning(_ workingDays: Int, after day: Day) -> Instant {
        Stockholm.instant(SwedishCalendar.adding(workingDays: workingDays, to: day), hour: 8)
    }

    /// The last day for which a benefit is paid after a death [A]: the month is whole, days of leave are not.
    static func lastDay(of benefit: Benefit, death: Day) -> Day {
        switch benefit {
        case .parentalBenefit, .birthDays, .bereavementDays, .sicknessBenefit, .rehabilitationBenefit, .activityGrant,
            .introductionBenefit, .insurance:
            death
        case .childBenefit, .housingAllowance, .sicknessCompensation: Month(of: death).lastDay
        }
    }

    /// `1 250 kr`
    static func kronor(_ amount: Int) -> String {
        let rest = String(amount % 1_000)
        guard amount >= 1_000 else { return "\(rest) kr" }
        return "\(amount / 1_000) \(String(repeating: "0", count: 3 - rest.count))\(rest) kr"
    }
}
