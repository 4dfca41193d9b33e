import AgencyKit
import LifeEvents

/// The rules of a death in the population register. BegrL is begravningslagen (1990:1144).
enum DeathRules {
    static let registration = DatedRule(
        "death-handling", "D1", "a death that a listed doctor certifies is registered in", .workingDays,
        [.since(1990, 1, 1, 1)], source: "BegrL 4 kap. 2–3 §§; SKV-RV 330294; days assumed", mark: .assumption)
    static let police = LegalRule(
        "D2", "where a crime is possible the police tell of the death, and permit the burial when they are done",
        source: "BegrL 4 kap. 4, 7 §§; SKV-RV 330330")
    static let signer = LegalRule(
        "D3", "who signs a certificate stands in a staff register, else nothing is registered",
        source: "none found; after Blekinge 2023", mark: .assumption)
    static let paper = DatedRule(
        "paper-death-handling", "D3", "the signer of a certificate on paper is called back, and it is registered in",
        .workingDays, [.since(2023, 1, 1, 2)], source: "none found; after Blekinge 2023", mark: .assumption)
    static let burial = DatedRule(
        "burial-months", "D4", "the dead are buried or cremated within", .months, [.since(2012, 5, 1, 1)],
        source: "BegrL 5 kap. 10 §")
    static let burialCertificate = DatedRule(
        "burial-certificate-handling", "D4", "the certificate for burial or cremation is made out in", .workingDays,
        [.since(1991, 4, 1, 1)], source: "BegrL 5 kap. 2 §; days assumed", mark: .assumption)
    static let token = DatedRule(
        "guide-token-days", "D5", "a token by which who survives proves the death is valid for", .days,
        [.since(2026, 1, 1, 180)], source: "design of efterlevandeguiden.se", mark: .assumption)
    static let guardianMissing = LegalRule(
        "D26",
        "of joint custody the other parent has all from the death; where nobody is left, social services are told at once",
        source: "FB 6 kap. 9 §; SoF 2025:468 11 kap. 1 §; JO 4752-2005")
    static let lateChild = LegalRule(
        "D6", "a child that was on its way at the death, or whose parent is found out after it, inherits as others do",
        source: "ärvdabalken 1 kap. 1 §, 2 kap. 1 §")
    static let annulled = LegalRule(
        "D29", "a death that was registered in error is annulled at once, with all that followed from it",
        source: "JK 805-18; svt.se")

    /// In the order of their numbers.
    static let all = [
        registration.legal, police, signer, paper.legal, burial.legal, burialCertificate.legal, token.legal,
        guardianMissing, lateChild, annulled,
    ]

    /// D3: whether a signer is in the regions' staff registers. Every HSA id that begins with `SE`, Sweden's country code,
    /// is taken to be listed, and nothing else is. A scenario's forger signs with another text [A].
    static func isListed(signer: String) -> Bool { signer.hasPrefix("SE") }

    /// D4: the last day to bury or cremate.
    static func lastBurialDay(died day: Day, _ rules: RuleValues) -> Day {
        SwedishCalendar.lastDayMoved(day.adding(months: rules.value(of: burial, on: day)))
    }
}
