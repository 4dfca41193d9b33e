import AgencyKit
import LifeEvents

/// The rules of the unemployment insurance funds at a member's own company. ALF is lag (2024:506).
enum AkassaRules {
    static let entrepreneur = LegalRule(
        "C13",
        "no benefit to who works in a business of one's own with essential influence; a board seat proves nothing",
        source: "ALF 2:5-11")
    static let openRegister = LegalRule(
        "C14", "the company register is open to a fund, tax is not", source: "ALF 9:1", mark: .likely)
    static let answer = DatedRule(
        "fund-answer", "C15", "a member answers a fund within", .days, [.since(2026, 1, 1, 14)],
        source: "domain.md 3.4", mark: .assumption)
    static let deciding = DatedRule(
        "fund-deciding", "C15", "a fund decides after an answer in", .workingDays, [.since(2026, 1, 1, 5)],
        source: "none", mark: .assumption)
    static let review = DatedRule(
        "fund-review", "C13", "review of a fund's decision is asked for within", .months, [.since(2025, 10, 1, 2)],
        source: "ALF 11:2")
    static let payment = DatedRule(
        "fund-claim-payment", "C15", "a claim back is paid after the decision within", .days,
        [.since(2026, 1, 1, 30)], source: "none", mark: .assumption)

    /// In the order of their numbers.
    static let all: [LegalRule] = [
        entrepreneur, review.legal, openRegister, answer.legal, deciding.legal, payment.legal,
    ]
}

extension Effects<Akassa.Timer> {
    /// The last day to ask for a review of what is decided today.
    var reviewBy: Day {
        SwedishCalendar.lastDayMoved(today.adding(months: value(of: AkassaRules.review)))
    }

    /// C15: the time to answer a claim and to pay it.
    var recoveryTerms: RecoveryTerms {
        RecoveryTerms(answerDays: value(of: AkassaRules.answer), payDays: value(of: AkassaRules.payment))
    }
}
