import LifeEvents

/// Försäkringskassan's amounts, deadlines and handling times. `[A]` marks an assumption; the rest has its source.
enum InsuranceRules {
    /// Child benefit (barnbidrag), SEK a month and child (SFB 15:3).
    static let childBenefit = 1_250  // B10
    /// The supplement (flerbarnstillägg), SEK a month, for two, three and four children (SFB 15:8).
    static let supplements = [150, 730, 1_740]  // B11
    /// The supplement for each child after the fourth, SEK a month.
    static let laterSupplement = 1_250  // B11
    /// Day of the month on which child benefit is paid.
    static let childBenefitDay = 20  // B13
    /// Day of the month on which days are paid: föräldrapenning and the days at birth.
    static let daysPaidDay = 25  // B13
    /// Calendar days before the expected birth from which parental benefit may be paid (SFB 12:12).
    static let daysBeforeBirth = 60  // B14
    /// Calendar days before an application for which parental benefit is paid at most (SFB 12:12 a).
    static let daysBack = 90  // B14
    /// Days by income and on the lowest level for the first child of a birth (SFB 12:12, 12:15).
    static let daysOfFirst = (income: 390, lowest: 90)  // B14
    /// Days by income and on the lowest level for each further child of the birth (SFB 12:12); their levels are an
    /// assumption [A].
    static let daysOfFurther = (income: 90, lowest: 90)  // B14
    /// Days by income that a guardian may not give away (SFB 12:17).
    static let reservedDays = 90  // B15
    /// Days that each guardian may give to somebody who is no guardian, and a sole one (SFB 12:17 a).
    static let daysToOthers = (each: 45, sole: 90)  // B16
    /// Days that both may take at the same time, and the child's age in months until which (SFB 12:4 a).
    static let doubleDays = (days: 60, months: 15)  // B16
    /// The price base amount (prisbasbelopp), SEK, by year (SFS 2025:872); a later year has the last [A].
    static let priceBaseAmounts = [(since: 2025, amount: 58_800), (since: 2026, amount: 59_200)]  // B17
    /// Basic and lowest level, SEK a day (SFB 12:18–24).
    static let dayLevels = (basic: 250, lowest: 180)  // B17
    /// Days at birth for each child (SFB 13:14).
    static let birthDays = 10  // B18
    /// Hours of a day at birth [A].
    static let hoursOfDay = 8  // B18
    /// Calendar days after the birth, taken for the homecoming [A], until which days at birth are used (SFB 13:14).
    static let birthDaysLimit = 60  // B18
    /// Working days that a parent's application takes (the usual value).
    static let parentalHandlingDays = 20  // B19
    /// Calendar days within which a parent gets an answer: the agency's target.
    static let parentalAnswerDays = 30  // B19
    /// The day after delivery until which the mother has days without the child (SFB 12:5).
    static let daysOfMother = 29  // B20
    /// Days for each parent after a child's death, and the calendar days in which (SFB 13:31 e–f).
    static let bereavement = (days: 10, within: 90)  // B20
    /// Working days in which somebody calls a mother in grief back [A].
    static let callDays = 5  // B21
    /// Calendar days in which to tell the new rent after a move.
    static let rentDays = 14
    /// Calendar days without a rent after which the allowance is suspended [A].
    static let suspensionDays = 30
    /// Working days from the rent to the decision [A].
    static let housingHandlingDays = 5
    /// Months in which to ask for a review (omprövning), as social insurance law has it.
    static let reviewMonths = 2  // B19

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
