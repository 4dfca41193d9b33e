import LifeEvents

/// Skatteverket's deadlines and handling times. `[A]` marks an assumption; the rest has its source.
enum SkatteverketRules {
    /// The age until which a child who studies may have child's pension (D20).
    static let lastPensionAge = 20
    /// The age at which a child is of age (föräldrabalken 9 kap. 1 §).
    static let ageOfMajority = 18

    /// Who is told of a child besides those who are told of all: the region and the municipality where it is registered.
    static func concerned(by municipality: String) -> [AgencyID] {
        region(of: municipality) + [Municipalities.agency(code: municipality)].compactMap(\.self)
    }

    /// The region around a municipality, told of a birth.
    static func region(of municipality: String) -> [AgencyID] {
        [Regions.agency(municipality: municipality)].compactMap(\.self)
    }

    /// Whether someone is a child on a day.
    static func isMinor(born: Day, on day: Day) -> Bool { born.adding(months: ageOfMajority * 12) > day }

    /// 08:00 local, when what was handled is published [A].
    static func morning(_ day: Day) -> Instant { Stockholm.instant(day, hour: 8) }

    /// 08:00 some working days later.
    static func morning(_ workingDays: Int, after day: Day) -> Instant {
        morning(SwedishCalendar.adding(workingDays: workingDays, to: day))
    }

    /// 00:00 local after a last day.
    static func midnight(after day: Day) -> Instant { Stockholm.instant(day.adding(days: 1)) }
}
