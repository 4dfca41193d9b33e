import AgencyKit
import LifeEvents

/// The rules of housing allowance (bostadsbidrag till barnfamiljer). Housing allowance of those between 18 and 28 without
/// children has no amounts here.
enum HousingRules {
    static let whoMayGet = LegalRule(
        "M12", "families with a child who lives there, or 18-28 without children, for the dwelling of the registration",
        source: "SFB 96:2, 4-5, 10-11")
    static let youngFrom = DatedRule(
        "housing-young-from", "M12", "without children housing allowance is given from the age of", .years,
        [.since(2011, 1, 1, 18)], source: "SFB 96:4-5")
    static let youngTo = DatedRule(
        "housing-young-to", "M12", "without children housing allowance is given to the age of", .years,
        [.since(2011, 1, 1, 28)], source: "SFB 96:4-5")
    /// Custody, and with it the right, lasts until then (FB 6:2). What is added for a pupil until 20 is not played.
    static let adult = DatedRule(
        "housing-child", "M12", "a child counts until the age of", .years, [.since(2011, 1, 1, 18)],
        source: "SFB 96:4-5; FB 6:2")
    /// The cost of a dwelling that counts at most, for one, two, and three or more children.
    static let ceilings = [
        DatedRule(
            "housing-ceiling-1", "M13", "cost that counts at most, one child, a month", .kronor,
            [.since(2012, 1, 1, 5_300), .since(2026, 1, 1, 6_800)],
            source: "SFB 97:18; 2026: fastighetstidningen.se"),
        DatedRule(
            "housing-ceiling-2", "M13", "cost that counts at most, two children, a month", .kronor,
            [.since(2012, 1, 1, 5_900), .since(2026, 1, 1, 7_900)],
            source: "SFB 97:18; 2026: fastighetstidningen.se"),
        DatedRule(
            "housing-ceiling-3", "M13", "cost that counts at most, three children or more, a month", .kronor,
            [.since(2012, 1, 1, 6_600), .since(2026, 1, 1, 8_600)],
            source: "SFB 97:18; 2026: fastighetstidningen.se"),
    ]
    /// The part for the children (särskilt bidrag), for one, two, and three or more.
    static let specials = [
        DatedRule(
            "housing-special-1", "M13", "part for one child, a month", .kronor, [.since(2026, 1, 1, 1_500)],
            source: "SFB 97:22"),
        DatedRule(
            "housing-special-2", "M13", "part for two children, a month", .kronor, [.since(2026, 1, 1, 2_000)],
            source: "SFB 97:22"),
        DatedRule(
            "housing-special-3", "M13", "part for three children or more, a month", .kronor,
            [.since(2026, 1, 1, 2_650)], source: "SFB 97:22"),
    ]
    static let freeCost = DatedRule(
        "housing-free-cost", "M13", "cost that gives nothing, a month", .kronor, [.since(2012, 1, 1, 1_400)],
        source: "SFB 97:18")
    static let costShare = DatedRule(
        "housing-cost-share", "M13", "share of the cost above it that is given", .percent, [.since(2012, 1, 1, 50)],
        source: "SFB 97:18")
    static let freeIncome = DatedRule(
        "housing-free-income", "M13", "income that takes nothing away, a year", .kronor, [.since(2012, 1, 1, 150_000)],
        source: "SFB 97:15")
    static let incomeShare = DatedRule(
        "housing-income-share", "M13", "share of the income above it that is taken away", .percent,
        [.since(2012, 1, 1, 20)], source: "SFB 97:15")
    static let rounding = DatedRule(
        "housing-rounding", "M13", "amounts are rounded down to whole", .kronor, [.since(2012, 1, 1, 100)],
        source: "SFB 98:4")
    static let mostMonths = DatedRule(
        "housing-months", "M14", "a decision holds for at most", .months, [.since(2011, 1, 1, 12)], source: "SFB 96:14")
    static let payday = DatedRule(
        "housing-payday", "M14", "housing allowance is paid on", .dayOfMonth, [.since(2011, 1, 1, 27)],
        source: "FK table 2015")
    static let handling = DatedRule(
        "housing-handling", "M14", "from application to decision", .workingDays, [.since(2026, 1, 1, 15)],
        source: "none", mark: .assumption)
    static let told = LegalRule(
        "M14", "what changes is told within 14 days; what was paid meanwhile without right is claimed back",
        source: "SFB 110:47, 108:2")
    static let reminder = DatedRule(
        "housing-reminder", "M14", "before a decision ends the family is asked to apply anew", .months,
        [.since(2026, 1, 1, 1)], source: "none", mark: .assumption)
    static let answer = DatedRule(
        "recovery-answer", "M15", "to answer a claim back before it is decided", .days, [.since(2026, 1, 1, 14)],
        source: "FL 25; days assumed", mark: .assumption)
    static let payment = DatedRule(
        "recovery-payment", "M15", "to pay a claim back", .days, [.since(2026, 1, 1, 30)], source: "none",
        mark: .assumption)
    static let wholeMonth = LegalRule(
        "D24",
        "benefits by the month are paid for the whole month of a death, benefits by the day to the day before it",
        source: "forsakringskassan.se; SFB 96 kap.", mark: .likely)
    static let afterChildsDeath = DatedRule(
        "housing-after-childs-death", "D24",
        "after a child's death housing allowance is as before for so long, unless the family moves", .months,
        [.since(2011, 1, 1, 6)], source: "SFB 96:15")
    static let afterDeath = LegalRule(
        "D25", "housing allowance that was paid after the month of the death is claimed from the estate, always",
        source: "SFB 108 kap. 2, 9 and 11 §§")
    static let reckoning = LegalRule(
        "M15", "reckoned with the taxed income; what was paid without right is claimed, fault or no fault",
        source: "SFB 98:5-6, 108:9, 11")

    /// All of them.
    static let all: [LegalRule] =
        [whoMayGet, youngFrom.legal, youngTo.legal, adult.legal] + (ceilings + specials).map(\.legal)
        + [
            freeCost, costShare, freeIncome, incomeShare, rounding, mostMonths, payday, handling, reminder, answer,
            payment,
        ].map(\.legal) + [told, reckoning, review, wholeMonth, afterChildsDeath.legal, afterDeath]

    /// The days are ``ChildRules/review``.
    static let review = LegalRule(
        "M17", "a decision is reviewed on request within two months from when it was received",
        source: "SFB 113:7, 19")

    /// M14: the last day with a right to the allowance for a dwelling that is left on a day: one left on the 1st gives
    /// nothing for that month (SFB 96:12).
    static func lastDay(left day: Day) -> Day {
        day.dayOfMonth == 1 ? day.adding(days: -1) : Month(of: day).lastDay
    }

    /// M14: the first month of a right that arises on a day: the next, or the same where it is the 1st (SFB 96:12).
    static func firstMonth(arose day: Day) -> Month {
        day.dayOfMonth == 1 ? Month(of: day) : Month(of: day).next
    }
}

extension Effects<Forsakringskassan.Timer> {
    /// M12: whether somebody born on a day, as far as it is known, may have the allowance of the young for a month.
    func isYoung(_ born: Day?, in month: Month) -> Bool {
        guard let born else { return false }
        let day = month.firstDay
        return born.adding(months: 12 * value(of: HousingRules.youngFrom, on: day)) <= day
            && day < born.adding(months: 12 * (value(of: HousingRules.youngTo, on: day) + 1))
    }

    /// M13: the allowance of a family for a month, SEK; without children what was decided before, if that is known.
    func housingAllowance(_ basis: ForsakringskassanCase.HousingAllowance.Basis, in month: Month) -> Int? {
        let place = min(basis.children, HousingRules.specials.count) - 1
        guard place >= 0 else { return basis.amount }
        let day = month.firstDay
        let cost = min(basis.rent, value(of: HousingRules.ceilings[place], on: day))
        let counted = max(0, cost - value(of: HousingRules.freeCost, on: day))
        let forCost = counted * value(of: HousingRules.costShare, on: day) / 100
        let income = max(0, basis.income - value(of: HousingRules.freeIncome, on: day))
        let reduction = income * value(of: HousingRules.incomeShare, on: day) / 100 / 12
        let special = value(of: HousingRules.specials[place], on: day)
        let step = max(1, value(of: HousingRules.rounding, on: day))
        return max(0, forCost + special - reduction) / step * step
    }

    /// M14: the day on which a month is paid.
    func housingPayday(of month: Month) -> Day {
        PayoutDay.workingDayBefore.day(value(of: HousingRules.payday, on: month.firstDay), in: month)
    }

    /// M15: the time to answer a claim and to pay it.
    var recoveryTerms: RecoveryTerms {
        RecoveryTerms(answerDays: value(of: HousingRules.answer), payDays: value(of: HousingRules.payment))
    }
}
