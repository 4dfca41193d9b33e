import LifeEvents

/// Skatteverket's deadlines and handling times. `[A]` marks an assumption; the rest has its source.
enum SkatteverketRules {
    /// Working days from a death certificate to the registration: the usual value of 0 to 3 days ("utan dröjsmål",
    /// begravningslagen 4 kap. 3 §) (D1).
    static let deathHandlingDays = 1
    /// Working days from a certificate on paper, whose signer is called back first, to the registration (D3) [A].
    static let paperHandlingDays = 2
    /// Days for which a guide token is valid (D5) [A].
    static let tokenDays = 180
    /// Months after a death in which to bury or cremate (D4, begravningslagen 5 kap. 10 §).
    static let burialMonths = 1
    /// Working days from an ordered funeral to the certificate (D4) [A].
    static let burialCertificateDays = 1
    /// The age until which a child who studies may have child's pension (D20).
    static let lastPensionAge = 20
    /// The age at which a child is of age (föräldrabalken 9 kap. 1 §).
    static let ageOfMajority = 18

    /// What the HSA id of a listed signer begins with [A].
    static let signerPrefix = "SE"

    /// Whether a signer is in the regions' staff registers [A]: every HSA id that begins with `SE`, Sweden's country
    /// code, is taken to be listed, and nothing else is. A scenario's forger signs with another text.
    static func isListed(signer: String) -> Bool { signer.hasPrefix(signerPrefix) }

    /// Who is told of a child besides those who are told of all: the region and the municipality where it is registered.
    static func concerned(by municipality: String) -> [AgencyID] {
        region(of: municipality) + [Municipalities.agency(code: municipality)].compactMap(\.self)
    }

    /// The region around a municipality, told of a birth.
    static func region(of municipality: String) -> [AgencyID] {
        [Regions.agency(municipality: municipality)].compactMap(\.self)
    }

    /// The last day to bury or cremate.
    static func lastBurialDay(died day: Day) -> Day { SwedishCalendar.lastDayMoved(day.adding(months: burialMonths)) }

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
