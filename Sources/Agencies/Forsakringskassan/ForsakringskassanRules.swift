import LifeEvents

/// Försäkringskassan's amounts, deadlines and handling times. `[A]` marks an assumption; the rest has its source.
enum InsuranceRules {
    /// Child benefit (barnbidrag), SEK a month for one child.
    static let childBenefit = 1_250
    /// Day of the month on which child benefit is paid.
    static let childBenefitDay = 20
    /// Calendar days within which a parent gets an answer: the agency's target.
    static let parentalAnswerDays = 30
    /// Working days that a parent's application takes (the usual value).
    static let parentalHandlingDays = 20
    /// Calendar days in which to tell the new rent after a move.
    static let rentDays = 14
    /// Calendar days without a rent after which the allowance is suspended [A].
    static let suspensionDays = 30
    /// Working days from the rent to the decision [A].
    static let housingHandlingDays = 5
    /// Months in which to ask for a review (omprövning), as social insurance law has it.
    static let reviewMonths = 2

    /// Child benefit and housing allowance begin, or change, with the month after the event.
    static func monthAfter(_ day: Day) -> Day { Month(of: day).next.firstDay }

    /// The first payment on or after both days.
    static func nextChildBenefit(from: Day, today: Day) -> Day {
        let earliest = max(from, today)
        let month = Month(of: earliest)
        let payment = month.firstDay.adding(days: childBenefitDay - 1)
        return payment < earliest ? month.next.firstDay.adding(days: childBenefitDay - 1) : payment
    }

    /// The last day of a period of calendar days (lag (1930:173) 2 §).
    static func lastDay(_ days: Int, after day: Day) -> Day {
        SwedishCalendar.lastDayMoved(day.adding(days: days))
    }

    /// 08:00 some working days later.
    static func morning(_ workingDays: Int, after day: Day) -> Instant {
        Stockholm.instant(SwedishCalendar.adding(workingDays: workingDays, to: day), hour: 8)
    }

    /// Last day to ask for a review.
    static func reviewDeadline(decided day: Day) -> Day {
        SwedishCalendar.lastDayMoved(day.adding(months: reviewMonths))
    }

    /// Payment begins at 08:00 the working day after the decision, or with the period if that is later [A].
    static func payment(decided day: Day, from first: Day) -> Instant {
        max(morning(1, after: day), Stockholm.instant(first))
    }

    /// The last day for which a benefit is paid after a death [A]: the month is whole, days of leave are not.
    static func lastDay(of benefit: Benefit, death: Day) -> Day {
        benefit == .parentalBenefit ? death : Month(of: death).lastDay
    }

    /// `1 250 kr`
    static func kronor(_ amount: Int) -> String {
        let rest = String(amount % 1_000)
        guard amount >= 1_000 else { return "\(rest) kr" }
        return "\(amount / 1_000) \(String(repeating: "0", count: 3 - rest.count))\(rest) kr"
    }
}
