import AgencyKit
import LifeEvents

/// The rules of unemployment insurance. ALF is lag (2024:506), ALFF förordning (2024:1350), both since 1 October 2025.
enum UnemploymentRules {
    static let income = DatedRule(
        "unemployment-year-income", "UN1", "the income condition: in the frame of 12 months, at least", .kronor,
        [.since(2025, 10, 1, 120_000)], source: "ALF 3:2; ALFF 3 §")
    static let monthIncome = DatedRule(
        "unemployment-month-income", "UN2", "a month counts for the income condition with at least", .kronor,
        [.since(2025, 10, 1, 11_000)], source: "ALF 3:2-3; ALFF 4 §")
    static let months = DatedRule(
        "unemployment-months", "UN3", "so many months must count, or so many in a row", .months,
        [.since(2025, 10, 1, 4)], source: "ALF 3:2-3")
    static let frame = DatedRule(
        "unemployment-frame", "UN4", "the frame is the months before the month applied for", .months,
        [.since(2025, 10, 1, 12)], source: "ALF 3:6-7")
    static let days = DatedRule(
        "unemployment-days", "UN5", "days of a period where at least 11 months count; 8 to 10: 200, 4 to 7: 100", .days,
        [.since(2025, 10, 1, 300)], source: "ALF 4:2-4")
    static let daysInRow = DatedRule(
        "unemployment-days-in-row", "UN6", "days of a period by four months in a row alone", .days,
        [.since(2025, 10, 1, 66)], source: "ALF 4:5")
    static let waiting = DatedRule(
        "unemployment-waiting-days", "UN7", "waiting days of a period", .days, [.since(2025, 10, 1, 2)],
        source: "ALF 4:6")
    static let monthDays = DatedRule(
        "unemployment-month-days", "UN8", "a month is so many days of benefit", .days, [.since(2025, 10, 1, 22)],
        source: "ALF 4:2")
    static let level = DatedRule(
        "unemployment-level", "UN9",
        "percent of the income for a member of 12 months and the whole frame; 6 to 11 months: 60, else 50", .percent,
        [.since(2025, 10, 1, 80)], source: "ALF 5:4-10; lag (1997:239) 34 b §")
    static let reduction = LegalRule(
        "UN10", "10 percentage points less after day 100, 5 more after day 200", source: "ALF 5:9-10")
    static let cap = DatedRule(
        "unemployment-income-cap", "UN11", "income counts up to, a month", .kronor, [.since(2025, 10, 1, 34_000)],
        source: "ALF 5:2; ALFF 7 §")
    static let pay = LegalRule(
        "UN12",
        "a month's pay: less 1/22 for each day without right, less the share of earnings in the income; nearest krona [A]",
        source: "ALF 6:1-2")
    static let month = DatedRule(
        "unemployment-month-application", "UN13", "a month is applied for after it, within", .months,
        [.since(2025, 10, 1, 3)], source: "ALF 10:3; hrak.se")
    static let payout = DatedRule(
        "unemployment-payout", "UN14", "paid on the Thursday of the week of this day, if filed by its Monday",
        .dayOfMonth, [.since(2025, 10, 1, 25)], source: "alfakassan.se")
    static let need = DatedRule(
        "unemployment-need", "UN15", "a fund waits for answers", .workingDays, [.since(2025, 10, 1, 15)],
        source: "none", mark: .assumption)
    static let deciding = DatedRule(
        "unemployment-deciding", "UN16", "a claim is decided, from when it is complete, in", .workingDays,
        [.since(2025, 10, 1, 10)], source: "none", mark: .assumption)
    static let neglect = LegalRule(
        "UN17", "neglect in one period: warning, 1, 5, 10 days, then the rest is lost", source: "ALF 7:2")
    static let prolonging = LegalRule(
        "UN18", "prolonging unemployment in one period: 5, 10, 45 days, then the rest is lost", source: "ALF 7:3")
    static let ownExit = DatedRule(
        "unemployment-own-exit", "UN19", "days without benefit for who left the work without a valid reason", .days,
        [.since(2025, 10, 1, 45)], source: "ALF 7:4-5, 7:10-11")
    static let joined = LegalRule(
        "UN20", "causes before the person was told of the first are one sanction", source: "ALF 7:9")
    static let reviewing = DatedRule(
        "unemployment-reviewing", "UN21", "a review is decided in", .workingDays, [.since(2025, 10, 1, 15)],
        source: "none", mark: .assumption)
    static let appeal = DatedRule(
        "unemployment-appeal", "UN22", "a reviewed decision is appealed within", .months, [.since(2025, 10, 1, 2)],
        source: "ALF 11:11")
    static let alfa = LegalRule(
        "UN23", "who is no member of another fund turns to Alfa-kassan, and gets the lowest level",
        source: "lag (1997:239) 85, 87 a §§")
    static let sick = LegalRule(
        "UN24", "no benefit for a day of sickness benefit, whatever the member has written", source: "ALF 2:1, 6:1")
    static let signer = LegalRule(
        "UN25", "what an employer answers counts where who signs may act for the firm", source: "ALFF 24 §",
        mark: .likely)
    static let asked = LegalRule(
        "UN26", "a fund asks for what the claim needs and tells nobody its income", source: "ALFF 15-24 §§")
    static let rest = DatedRule(
        "unemployment-rest", "UN27", "what is left of a period lives on, if paid in the months before", .months,
        [.since(2025, 10, 1, 12)], source: "ALF 4:2-6")

    static let beside = DatedRule(
        "unemployment-beside-work", "UN74", "benefit beside work is paid for at most so many months of a period",
        .months,
        [.since(2025, 10, 1, 14)], source: "ALF 6:6-7")
    static let age = DatedRule(
        "unemployment-age", "UN28", "benefit to the month before the one in which the member is, years", .years,
        [.since(2023, 1, 1, 66), .since(2026, 1, 1, 67)], source: "iaf.se, akassan.handels.se; ALF 2:2 not seen")
    static let ageTold = DatedRule(
        "unemployment-age-told", "UN29", "the age limit is told ahead, by", .months, [.since(2026, 1, 1, 3)],
        source: "none", mark: .assumption)

    /// In the order of their numbers.
    static let all: [LegalRule] = [
        income.legal, monthIncome.legal, months.legal, frame.legal, days.legal, daysInRow.legal, waiting.legal,
        monthDays.legal, level.legal, reduction, cap.legal, pay, month.legal, payout.legal, need.legal, deciding.legal,
        neglect, prolonging, ownExit.legal, joined, reviewing.legal, appeal.legal, alfa, sick, signer, asked,
        rest.legal,
        age.legal, ageTold.legal, beside.legal,
    ]

    /// What the needs and answers of a claim may be used for.
    static let purpose = Purpose(known: "unemployment-benefit")
    /// The fund for those who are members of no other (Alfa-kassan).
    static let alfaFund = AgencyID.akassa(2)

    /// When a month is paid that is filed on a day: by the Monday of the week of the 25th on its Thursday, later on the
    /// Thursday of the week after [A].
    static func payday(filedOn day: Day, _ nominal: Int) -> Day {
        let monday = monday(of: Month(of: day).firstDay.adding(days: nominal - 1))
        return day <= monday ? monday.adding(days: 3) : Self.monday(of: day).adding(days: 10)
    }

    private static func monday(of day: Day) -> Day { day.adding(days: 1 - day.weekday.rawValue) }

    /// Days of benefit that a step of a ladder takes; nil: the rest of the period.
    static func days(of step: Int, _ ladder: AkassaCase.Ladder.Kind) -> Int? {
        let steps = ladder == .neglect ? [0, 1, 5, 10] : [5, 10, 45]
        return step <= steps.count ? steps[step - 1] : nil
    }
}
