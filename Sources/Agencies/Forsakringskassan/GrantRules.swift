import AgencyKit
import LifeEvents

/// The rules of activity grant (aktivitetsstöd). AFF is förordning (2017:819).
enum GrantRules {
    static let least = DatedRule(
        "grant-least", "UN60", "activity grant a day, at least, and for who has no right to unemployment benefit",
        .kronor, [.since(2025, 10, 1, 365)], source: "AFF 2:3-7")
    static let level = LegalRule(
        "UN61", "a 22nd of the month's income (at most as in UN11) times the level of the benefit, five days a week",
        source: "AFF 2:3-7")
    static let late = DatedRule(
        "grant-late-day", "UN62", "from this day of benefit and grant the income of a day counts up to less", .count,
        [.since(2025, 10, 1, 301)], source: "AFF 2:3-7")
    static let lateCap = DatedRule(
        "grant-late-cap", "UN62", "namely up to, a day, at a level 5 percentage points lower", .kronor,
        [.since(2025, 10, 1, 1_364)], source: "AFF 2:3-7")
    static let appliedBy = DatedRule(
        "grant-applied-by", "UN63", "a month is applied for by this day of the next", .dayOfMonth,
        [.since(2018, 1, 1, 7)], source: "AFF 10:6; forsakringskassan.se")
    static let payday = DatedRule(
        "grant-payday", "UN64", "and paid on", .dayOfMonth, [.since(2018, 1, 1, 26)],
        source: "AFF 4:7; forsakringskassan.se")
    static let deciding = DatedRule(
        "grant-deciding", "UN65", "decided, from when the fund has answered, in", .workingDays,
        [.since(2026, 1, 1, 10)], source: "domain.md 4", mark: .assumption)
    static let answer = DatedRule(
        "grant-need", "UN65", "a fund's answer is waited for", .workingDays, [.since(2026, 1, 1, 15)],
        source: "domain.md 4", mark: .assumption)
    static let asked = LegalRule(
        "UN66", "Försäkringskassan asks a fund of days, level and income where there is a programme",
        source: "ALFF 21 §")

    /// In the order of their numbers.
    static let all: [LegalRule] = [
        least.legal, level, late.legal, lateCap.legal, appliedBy.legal, payday.legal, deciding.legal, answer.legal,
        asked,
    ]
    /// What the need and its answer may be used for.
    static let purpose = Purpose(known: "activity-grant")

    /// SEK of one day.
    /// - Parameter number: which day of the period of benefit it is, the first is 1.
    static func day(_ number: Int, income: Int, level: Int, on day: Day, _ rules: RuleValues) -> Int {
        let least = rules.value(of: Self.least, on: day)
        guard income > 0 else { return least }
        let monthDays = rules.value(of: UnemploymentRules.monthDays, on: day)
        let isLate = number >= rules.value(of: late, on: day)
        let lower = (number > 100 ? 10 : 0) + (number > 200 ? 5 : 0) + (isLate ? 5 : 0)
        // Hundredths of a krona, a 22nd each: nearest krona.
        let capped = min(income, rules.value(of: UnemploymentRules.cap, on: day))
        let whole = isLate ? min(capped, rules.value(of: lateCap, on: day) * monthDays) : capped
        return max(least, (whole * (level - lower) + 50 * monthDays) / (100 * monthDays))
    }
}
