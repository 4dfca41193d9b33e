import LifeEvents

/// Pensionsmyndigheten's deadlines and handling times. `[A]` marks an assumption; the rest has its source.
enum PensionRules {
    /// Working days from the loss to the decision: "about a week" (the agency's own pages).
    static let handlingDays = 5
    /// Months in which to ask for a review [A]: as at Försäkringskassan.
    static let reviewMonths = 2

    /// Whether the law sees a survivor in the civil status.
    static func survives(_ status: CivilStatus) -> Bool {
        status == .widowed || status == .survivingPartner
    }

    /// The survivor's first month [A]: the one after the death, for which the dead was still paid.
    static func firstMonth(death: Day) -> Month { Month(of: death).next }

    /// The day of the decision.
    static func decisionDay(foundOn day: Day) -> Day {
        SwedishCalendar.adding(workingDays: handlingDays, to: day)
    }

    /// Last day to ask for a review (omprövning).
    static func reviewDeadline(decided day: Day) -> Day {
        SwedishCalendar.lastDayMoved(day.adding(months: reviewMonths))
    }

    /// Payment begins at 08:00 the working day after the decision, or with the first month if that is later [A].
    static func payment(decided day: Day, from month: Month) -> Instant {
        let next = Stockholm.instant(SwedishCalendar.adding(workingDays: 1, to: day), hour: 8)
        return max(next, Stockholm.instant(month.firstDay))
    }
}
