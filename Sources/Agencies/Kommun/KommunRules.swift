import LifeEvents

/// The municipality's parameter file: deadlines and the texts that depend on them. `[A]` marks an assumption.
enum KommunRules {
    /// Days in which the parents may answer family law's (familjerätten) invitation. [A]
    static let invitationDays = 21  // B6
    /// Years from a birth in which an inquiry into parenthood is done (FB 2:8).
    static let inquiryYears = 1  // B6
    /// Days from a decision's receipt in which it is appealed (FL 44 §).
    static let appealDays = 21  // B6
    /// Working days in which Skatteverket registers what the board has approved, as the parents are told. [A]
    static let registrationDays = 2  // B7
    /// Months from an application to a place in preschool (skollagen 8 kap. 14 §).
    static let preschoolMonths = 4  // B22
    /// Months ahead of the wished day from which an application is taken (karlstad.se).
    static let applicationMonths = 6  // B22
    /// Working days before its first day at which a place is offered. [A]
    static let offerDays = 40  // B22
    /// Days in which the guardians answer an offer. [A]
    static let answerDays = 14  // B22
    /// Working days after an unanswered offer until the next. [A]
    static let nextOfferDays = 20  // B22

    /// The last day to accept an invitation sent on a day; it moves off weekends and holidays (1930:173, 2 §).
    static func invitationEnds(sent day: Day) -> Day {
        SwedishCalendar.lastDayMoved(day.adding(days: invitationDays))
    }

    /// The last day to offer a place: four months from the application or the day wanted, the later. [A]
    static func placeBy(applied day: Day, wanted: Day) -> Day {
        max(SwedishCalendar.lastDayMoved(day.adding(months: preschoolMonths)), wanted)
    }

    /// The last day of an inquiry into parenthood.
    static func inquiryEnds(born day: Day) -> Day {
        SwedishCalendar.lastDayMoved(day.adding(months: 12 * inquiryYears))
    }

    /// The last day to appeal.
    static func appealEnds(decided day: Day) -> Day { SwedishCalendar.lastDayMoved(day.adding(days: appealDays)) }

    /// When Skatteverket has registered what the board approved.
    static func registeredAround(approved day: Day) -> Day {
        SwedishCalendar.adding(workingDays: registrationDays, to: day)
    }

    /// The first day on which an application for a place from a day is taken.
    static func earliestApplication(wanted day: Day) -> Day { day.adding(months: -applicationMonths) }

    /// The day that counts in the queue.
    static func queueDay(wanted day: Day) -> Day { day.adding(months: -preschoolMonths) }

    /// When a place from a day is offered.
    static func offerDay(from day: Day) -> Day { SwedishCalendar.adding(workingDays: -offerDays, to: day) }

    /// The last day to answer an offer.
    static func answerBy(offered day: Day) -> Day { SwedishCalendar.lastDayMoved(day.adding(days: answerDays)) }

    /// 08:00 local, when what was handled is said [A].
    static func morning(_ day: Day) -> Instant { Stockholm.instant(day, hour: 8) }

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
