import LifeEvents

/// The municipality's parameter file: deadlines and the texts that depend on them. `[A]` marks an assumption.
enum KommunRules {
    /// Days in which the parents may answer family law's (familjerätten) invitation. [A]
    static let invitationDays = 21
    /// Months from an application to a place in preschool (skollagen 8 kap. 14 §).
    static let preschoolMonths = 4

    /// The last day to accept an invitation sent on a day; it moves off weekends and holidays (1930:173, 2 §).
    static func invitationEnds(sent day: Day) -> Day {
        SwedishCalendar.lastDayMoved(day.adding(days: invitationDays))
    }

    /// The last day to offer a place: four months from the application or the day wanted, the later. [A]
    static func placeBy(applied day: Day, wanted: Day) -> Day {
        max(SwedishCalendar.lastDayMoved(day.adding(months: preschoolMonths)), wanted)
    }

    /// When a period whose last day is known is over: midnight after it.
    static func instant(after lastDay: Day) -> Instant {
        Stockholm.instant(lastDay.adding(days: 1))
    }

    /// A date in a tile: with its year only where that is not the reader's own.
    static func date(_ day: Day, seen today: Day) -> String {
        day.year == today.year ? SwedishText.shortDay(day) : SwedishText.day(day)
    }
}

extension ElderCareService {
    /// What the citizen reads when the service ends.
    var endedText: String {
        switch self {
        case .homeHelp: "Hemtjänsten är avslutad"
        case .residentialCare: "Platsen på boendet är avslutad"
        case .alarm: "Trygghetslarmet är avslutat"
        }
    }

    /// What the citizen reads when the end was wrong.
    var restoredText: String {
        switch self {
        case .homeHelp: "Hemtjänsten fortsätter"
        case .residentialCare: "Platsen på boendet finns kvar"
        case .alarm: "Trygghetslarmet finns kvar"
        }
    }
}
