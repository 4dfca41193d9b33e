import LifeEvents

/// Instants and dates in texts that all branches share. `[A]` marks an assumption.
enum KommunRules {
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
