import LifeEvents

/// Skatteverket's deadlines and handling times. `[A]` marks an assumption; the rest has its source.
///
/// What a hospital corrects or withdraws of what is registered has no handling time: the register follows at once [A].
enum SkatteverketRules {
    /// Working days from a birth notice to the registration: the usual value of 1 to 3 (FOL 24 §) [A].
    static let birthHandlingDays = 2  // B1
    /// Calendar days after a husband's death in which a child is taken to be conceived in the marriage (FB 1:2) [A].
    static let conceptionDays = 300  // B3
    /// Calendar days after a birth in which both parents may confirm parenthood in the e-service (FB 1:4 a).
    static let confirmationDays = 14  // B4
    /// How long before its birth a child may have been expected for a confirmation to be about it, calendar days [A].
    static let expectedWithinDays = 90  // B5
    /// Working days from an act, or a municipality's report, to the registration of parenthood and custody [A].
    static let parenthoodHandlingDays = 2  // B7
    /// Months after a birth in which the guardians notify a name (lag om personnamn 26 and 28 §§).
    static let nameMonths = 3  // B9
    /// Working days in which a notified name is tested [A].
    static let nameTestDays = 2  // B9
    /// Calendar days from the reminder to a surname by law [A].
    static let nameReminderDays = 14  // B9
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

    /// The last day of the e-service; it does not move to a weekday [A].
    static func lastConfirmationDay(born day: Day) -> Day { day.adding(days: confirmationDays) }

    /// The last day to notify a first name.
    static func lastNameDay(born day: Day) -> Day {
        SwedishCalendar.lastDayMoved(day.adding(months: nameMonths))
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
