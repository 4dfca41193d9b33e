import AgencyKit
import LifeEvents

/// The rules of food premises.
enum FoodRules {
    static let notice = DatedRule(
        "food-notice", "C17", "a food business is notified before it begins, and may begin after the notice in", .days,
        [.since(2006, 1, 1, 14)], source: "boras.se, soderhamn.se, kungsbacka.se")
    static let deciding = DatedRule(
        "food-deciding", "C17", "a food business is registered in", .workingDays, [.since(2026, 1, 1, 5)],
        source: "none", mark: .assumption)
    static let control = DatedRule(
        "food-control", "C17", "the first control is made after the start within", .days, [.since(2026, 1, 1, 30)],
        source: "ostersund.se; here assumed", mark: .assumption)
    static let leastFee = DatedRule(
        "food-least-fee", "C17", "sanction fee for a business that began too early, at least", .kronor,
        [.since(2019, 1, 1, 2_500)], source: "boras.se, kungsbacka.se")
    static let mostFee = DatedRule(
        "food-most-fee", "C17", "the same, at most", .kronor, [.since(2019, 1, 1, 75_000)],
        source: "boras.se, kungsbacka.se")
    static let fee = LegalRule(
        "C17", "who begins before the registration pays a sanction fee", source: "boras.se, kungsbacka.se")
    static let hearing = DatedRule(
        "food-hearing", "C21", "a firm is heard before a fee within", .days, [.since(2018, 7, 1, 14)],
        source: "FL 25; days assumed", mark: .assumption)
    static let appeal = DatedRule(
        "food-appeal", "C21", "a decision is appealed within", .weeks, [.since(2018, 7, 1, 3)], source: "FL 44")
    static let trustee = DatedRule(
        "food-trustee", "C18", "the trustee says whether a food business goes on within", .days,
        [.since(2026, 1, 1, 7)], source: "serving-permit.md 1.17", mark: .assumption)

    /// In the order of their numbers.
    static let all: [LegalRule] = [
        notice.legal, deciding.legal, control.legal, leastFee.legal, mostFee.legal, fee, trustee.legal, hearing.legal,
        appeal.legal,
    ]

    /// SNI 56: food and beverage service activities.
    static func servesFood(_ sni: [String]) -> Bool { sni.contains { $0.hasPrefix("56") } }
}
