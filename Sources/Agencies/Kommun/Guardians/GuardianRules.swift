import AgencyKit
import LifeEvents

/// The rules of god man and administrator, with their numbers on the page.
enum GuardianRules {
    static let applicant = LegalRule(
        "G1",
        "the principal, spouse, cohabitant, nearest kin, the holder of a future power of attorney and the chief guardian "
            + "may apply", source: "föräldrabalken 11 kap. 15 §")
    static let consent = LegalRule(
        "G2", "the principal's consent is needed; without it, and for an administrator, a doctor's certificate",
        source: "föräldrabalken 11 kap. 4 and 17 §§")
    static let opinions = LegalRule(
        "G3", "the chief guardian and social services give their opinions",
        source: "föräldrabalken 11 kap. 16 and 17 a §§")
    /// The first day on which the chief guardian decides what nobody disputes.
    static let reform = LegalRule(
        "G4", "until the 30th of June 2026 the court decides; from then the chief guardian where nobody disputes it",
        source: "föräldrabalken 11 kap. 4 and 25 §§; prop. 2025/26:92", mark: .likely)
    static let reformDay = Day(year: 2026, month: 7, dayOfMonth: 1) ?? .latest
    static let candidate = LegalRule(
        "G5", "a candidate is fit, and checked: police record and debts",
        source: "föräldrabalken 11 kap. 12 §; förordningen (1999:1134) 11 § 14", mark: .likely)
    static let appeal = DatedRule(
        "guardian-appeal", "G6", "an order holds at once, and is appealed within", .weeks, [.since(1996, 7, 1, 3)],
        source: "föräldrabalken 20 kap. 8 §; lag (1996:242)", mark: .likely)
    static let inventory = DatedRule(
        "guardian-inventory", "G7", "an inventory is handed in after the order within", .months,
        [.since(1995, 7, 1, 2)], source: "föräldrabalken 14 kap. 1 §")
    static let grown = DatedRule(
        "guardian-inventory-grown", "G7", "and where the scope grows within", .months, [.since(1995, 7, 1, 1)],
        source: "föräldrabalken 14 kap. 2 §")
    static let yearly = LegalRule(
        "G8", "the account of a year is handed in before the 1st of March", source: "föräldrabalken 14 kap. 15 §")
    static let reminder = DatedRule(
        "guardian-reminder", "G9", "who is late is reminded, with a time of", .days, [.since(1995, 7, 1, 30)],
        source: "föräldrabalken 16 kap. 13 §; days assumed", mark: .assumption)
    static let fine = DatedRule(
        "guardian-fine", "G9", "and may then have to pay a fine of", .kronor, [.since(2026, 1, 1, 5_000)],
        source: "none", mark: .assumption)
    static let incomeLimit = DatedRule(
        "guardian-fee-income", "G11", "a principal pays the fee as far as the income is over", .hundredthsOfPriceBase,
        [.since(1995, 7, 1, 265)], source: "föräldrabalken 12 kap. 16 §")
    static let assetLimit = DatedRule(
        "guardian-fee-assets", "G11", "or the assets are over", .hundredthsOfPriceBase, [.since(1995, 7, 1, 200)],
        source: "föräldrabalken 12 kap. 16 §")
    static let property = DatedRule(
        "guardian-fee-property", "G12", "for property the fee of a year is", .percent, [.since(2026, 1, 1, 10)],
        source: "gavle.se")
    static let rights = DatedRule(
        "guardian-fee-rights", "G12", "for rights and person", .percent, [.since(2026, 1, 1, 20)], source: "gavle.se")
    static let costs = DatedRule(
        "guardian-fee-costs", "G12", "and for costs", .percent, [.since(2026, 1, 1, 2)], source: "gavle.se")
    static let leaving = LegalRule(
        "G14", "a chief guardian dismisses for misuse, neglect or insolvency",
        source: "föräldrabalken 11 kap. 19 and 20 §§")
    static let administrator = LegalRule(
        "G16", "an administrator acts alone in the scope, which is made public at once",
        source: "föräldrabalken 11 kap. 7-10 and 27 §§")
    static let disclosure = LegalRule(
        "G18", "agencies and banks tell the chief guardian on request", source: "föräldrabalken 16 kap. 10 and 10 a §§")
    static let view = DatedRule(
        "guardian-view-court", "G20", "the principal tells the court a view within", .weeks, [.since(2026, 1, 1, 3)],
        source: "none", mark: .assumption)
    static let viewHere = DatedRule(
        "guardian-view", "G20", "and the chief guardian within", .days, [.since(2026, 1, 1, 7)], source: "none",
        mark: .assumption)
    static let court = DatedRule(
        "guardian-court", "G20", "the court decides in", .days, [.since(2026, 1, 1, 110)], source: "none",
        mark: .assumption)
    static let missing = DatedRule(
        "guardian-missing-paper", "G20", "a missing certificate is waited for", .days, [.since(2026, 1, 1, 60)],
        source: "none", mark: .assumption)
    static let socialOpinion = DatedRule(
        "guardian-opinion-social", "G20", "social services give an opinion in", .workingDays, [.since(2026, 1, 1, 10)],
        source: "none", mark: .assumption)
    static let ownOpinion = DatedRule(
        "guardian-opinion", "G20", "the chief guardian gives one in", .workingDays, [.since(2026, 1, 1, 20)],
        source: "none", mark: .assumption)
    static let reviewInventory = DatedRule(
        "guardian-review-inventory", "G20", "an inventory is looked through in", .workingDays, [.since(2026, 1, 1, 20)],
        source: "none", mark: .assumption)
    static let reviewAccount = DatedRule(
        "guardian-review-account", "G20", "an account is looked through in", .workingDays, [.since(2026, 1, 1, 40)],
        source: "none", mark: .assumption)

    static let guardianship = Purpose(known: "guardianship")
    static let suitability = Purpose(known: "suitability")
    static let supervision = Purpose(known: "supervision")

    /// Of the court.
    static let ofCourt: [LegalRule] = [
        applicant, consent, opinions, reform, appeal.legal, administrator, view.legal, court.legal, missing.legal,
    ]
    /// Of the chief guardian.
    static let ofChiefGuardian: [LegalRule] = [
        candidate, inventory.legal, grown.legal, yearly, reminder.legal, fine.legal, incomeLimit.legal,
        assetLimit.legal,
        property.legal, rights.legal, costs.legal, leaving, disclosure, viewHere.legal, ownOpinion.legal,
        reviewInventory.legal, reviewAccount.legal,
    ]

    /// The last day of weeks that begin today.
    static func last(_ weeks: Int, from day: Day) -> Day { SwedishCalendar.lastDayMoved(day.adding(days: 7 * weeks)) }

    /// The last day for the account of a year: before the 1st of March, which a weekend moves.
    static func accountDay(of year: Int) -> Day {
        let last = (Month(year: year + 1, month: 2) ?? Month(of: .latest)).lastDay
        return SwedishCalendar.lastDayMoved(last)
    }

    /// The fee of the months that have begun.
    static func fee(_ scope: [GuardianshipScope], months: Int, on day: Day, _ rules: RuleValues) -> Int {
        var percent = rules.value(of: costs, on: day)
        if scope.contains(.manageProperty) { percent += rules.value(of: property, on: day) }
        if scope.contains(.guardRights) || scope.contains(.careForPerson) {
            percent += rules.value(of: rights, on: day)
        }
        return percent * rules.value(of: PensionRules.priceBase, on: day) * months / 1_200
    }

    /// What of a fee the principal pays.
    static func principalShare(of fee: Int, income: Int, assets: Int, on day: Day, _ rules: RuleValues) -> Int {
        let base = rules.value(of: PensionRules.priceBase, on: day)
        let overIncome = max(income - base * rules.value(of: incomeLimit, on: day) / 100, 0)
        let overAssets = max(assets - base * rules.value(of: assetLimit, on: day) / 100, 0)
        return min(fee, max(overIncome, overAssets))
    }
}
