import AgencyKit
import LifeEvents

/// The rules of a serving permit (serveringstillstånd) by their numbers on the page.
enum ServingRules {
    static let permit = LegalRule(
        "P1", "the municipality of the place permits serving, until further notice; it takes a fee for the trial",
        source: "alkohollagen (2010:1622) 8:1-2, 8:10")
    static let fitness = LegalRule(
        "P2", "the applicant shows fitness: who leads, signs for or owns a quarter of the firm is tried",
        source: "alkohollagen 8:12; FoHMFS 2014:7")
    static let police = LegalRule(
        "P3", "a permanent permit is granted only with the opinion of the police; no other opinion is compulsory",
        source: "alkohollagen 8:11")
    static let telling = LegalRule(
        "P4", "who collects taxes gives what the trial needs, and Kronofogden tells of a holder that fails them",
        source: "alkohollagen 9:8")
    static let deciding = DatedRule(
        "serving-deciding", "P5", "a complete application is decided within", .months, [.since(2011, 1, 1, 4)],
        source: "alkoholförordningen (2010:1636) 5 §")
    static let prolonging = DatedRule(
        "serving-prolonging", "P5", "the time is prolonged once, by", .months, [.since(2011, 1, 1, 4)],
        source: "alkoholförordningen (2010:1636) 5 §", mark: .likely)
    static let delay = DatedRule(
        "serving-prolonging-told", "P20", "that the time is prolonged is told before it is over, by", .days,
        [.since(2011, 1, 1, 7)], source: "FL 11; days assumed", mark: .assumption)
    static let attempts = DatedRule(
        "serving-test-attempts", "P6", "the test of knowledge may be taken for one application, times", .count,
        [.since(2011, 1, 1, 3)], source: "folkhalsomyndigheten.se, kunskapsprov; hudiksvall.se")
    static let testYears = DatedRule(
        "serving-test-years", "P6", "the result of a test is usable", .years, [.since(2011, 1, 1, 5)],
        source: "folkhalsomyndigheten.se, kunskapsprov (an older page says 3)")
    static let referral = DatedRule(
        "serving-referral", "P7", "a referral is answered within", .weeks, [.since(2026, 1, 1, 3)],
        source: "umea.se (about 3 weeks)")
    static let reminding = DatedRule(
        "serving-reminder", "P7", "who has not answered is reminded, and may answer for another", .weeks,
        [.since(2026, 1, 1, 2)], source: "none", mark: .assumption)
    static let check = DatedRule(
        "serving-check", "P9", "whether an application is complete is checked in", .workingDays,
        [.since(2026, 1, 1, 3)], source: "none", mark: .assumption)
    static let recheck = DatedRule(
        "serving-recheck", "P9", "the same after a completion, in", .workingDays, [.since(2026, 1, 1, 1)],
        source: "none", mark: .assumption)
    static let completing = DatedRule(
        "serving-completing", "P9", "an application is completed within", .days, [.since(2026, 1, 1, 14)],
        source: "none", mark: .assumption)
    static let delegated = DatedRule(
        "serving-delegated", "P10", "a delegate, or the chair in an urgent matter, decides in", .workingDays,
        [.since(2018, 1, 1, 3)], source: "KL 6:37-39; days assumed", mark: .assumption)
    static let papers = DatedRule(
        "serving-papers", "P11", "papers for a meeting close before it by", .days, [.since(2026, 1, 1, 10)],
        source: "none", mark: .assumption)
    static let appeal = DatedRule(
        "serving-appeal", "P12", "a decision holds at once, and is appealed within", .weeks, [.since(2018, 7, 1, 3)],
        source: "alkohollagen 10:1; FL 43-48 §§")
    static let copies = LegalRule(
        "P13", "the police, the Public Health Agency and the county board get a copy of the decision",
        source: "alkohollagen 9:7")
    static let food = DatedRule(
        "serving-food", "P14", "a kitchen of one's own and varied food are required (1: required)", .count,
        [.since(2011, 1, 1, 1), .since(2026, 6, 1, 0)], source: "alkohollagen 8:15; SFS 2026:511")
    static let latest = DatedRule(
        "serving-latest", "P15", "serving ends by this hour, unless special leave is given", .count,
        [.since(2011, 1, 1, 1)], source: "karlstad.se; alkohollagen 8:19", mark: .likely)
    static let ladder = LegalRule(
        "P16", "reminder, warning, revocation; what the holder mends during the case counts",
        source: "alkohollagen 9:17-18; HFD 2019:26")
    static let mending = DatedRule(
        "serving-mending", "P20", "before it acts the municipality hears the holder, who may mend, for", .days,
        [.since(2018, 7, 1, 14)], source: "FL 25 §; days assumed", mark: .assumption)
    static let trustee = DatedRule(
        "serving-trustee", "P17", "the trustee says whether the serving goes on within", .days,
        [.since(2026, 1, 1, 7)], source: "none found", mark: .assumption)
    static let estate = LegalRule(
        "P17", "the estate of a sole trader is asked as a trustee is", source: "none found: as in a bankruptcy",
        mark: .assumption)
    static let unused = DatedRule(
        "serving-unused", "P17", "a permit that is not used is revoked in", .workingDays, [.since(2026, 1, 1, 5)],
        source: "alkohollagen 9:18 p 1; days assumed", mark: .assumption)
    static let changes = LegalRule(
        "P18", "a change of owners, board, signatories or premises is told beforehand",
        source: "karlstad.se, bastad.se, malmo.se")
    static let told = DatedRule(
        "serving-change-told", "P18", "what is told beforehand covers what the registers say of it for", .days,
        [.since(2026, 1, 1, 90)], source: "none", mark: .assumption)
    static let secrecy = LegalRule(
        "P19", "the case is secret, and the secrecy of taxes is broken for it", source: "OSL 30:20; alkohollagen 9:8")

    /// In the order of their numbers.
    static let all: [LegalRule] = [
        permit, fitness, police, telling, deciding.legal, prolonging.legal, attempts.legal, testYears.legal,
        referral.legal, reminding.legal, check.legal, recheck.legal, completing.legal, delegated.legal, papers.legal,
        diary, appeal.legal, copies, food.legal, latest.legal, ladder, trustee.legal, estate, unused.legal, changes,
        told.legal,
        secrecy,
        mending.legal, delay.legal,
    ]
    static let diary = LegalRule(
        "P11", "the committee meets on the days of its diary, and not in July", source: "none", mark: .assumption)

    /// How long each of those who are asked takes (P8).
    static let policeAnswers = DatedRule(
        "serving-answer-police", "P8", "the police answer a referral in", .workingDays, [.since(2026, 1, 1, 12)],
        source: "none", mark: .assumption)
    static let taxAnswers = DatedRule(
        "serving-answer-tax", "P8", "the Tax Agency answers a referral in", .workingDays, [.since(2026, 1, 1, 5)],
        source: "none", mark: .assumption)
    static let enforcementAnswers = DatedRule(
        "serving-answer-enforcement", "P8", "Kronofogden answers a referral in", .workingDays,
        [.since(2026, 1, 1, 4)], source: "none", mark: .assumption)
    static let rescueAnswers = DatedRule(
        "serving-answer-rescue", "P8", "the rescue service answers a referral in", .workingDays,
        [.since(2026, 1, 1, 10)], source: "none", mark: .assumption)
    static let foodAnswers = DatedRule(
        "serving-answer-food", "P8", "environment and health answer a referral in", .workingDays,
        [.since(2026, 1, 1, 10)], source: "none", mark: .assumption)

    /// What needs and answers are for.
    static let purpose = Purpose(known: "serving-permit")
}
