import AgencyKit
import LifeEvents

/// The rules of benefits for children and parents. SFB is socialförsäkringsbalken.
enum ChildRules {
    static let childBenefit = DatedRule(
        "child-benefit", "B10", "child benefit, a child and month", .kronor, [.since(2018, 3, 1, 1_250)],
        source: "SFB 15:3; lag 2017:1308")
    static let lastAge = DatedRule(
        "child-benefit-age", "B10", "child benefit ends with the quarter in which the child reaches the age of", .years,
        [.since(2011, 1, 1, 16)], source: "SFB 15:4")
    static let byItself = LegalRule(
        "B10",
        "child benefit comes without an application, from the month after the birth; a change holds from the "
            + "month after", source: "SFB 15:3-4, 12; 110:6")
    /// The supplement for two, three and four children.
    static let supplements = [
        DatedRule(
            "large-family-2", "B11", "supplement for two children, a month", .kronor, [.since(2011, 1, 1, 150)],
            source: "SFB 15:8"),
        DatedRule(
            "large-family-3", "B11", "supplement for three children, a month", .kronor, [.since(2018, 3, 1, 730)],
            source: "SFB 15:8"),
        DatedRule(
            "large-family-4", "B11", "supplement for four children, a month", .kronor, [.since(2018, 3, 1, 1_740)],
            source: "SFB 15:8"),
    ]
    static let laterSupplement = DatedRule(
        "large-family-later", "B11", "supplement for each child after the fourth, a month", .kronor,
        [.since(2011, 1, 1, 1_250)], source: "SFB 15:8")
    static let share = LegalRule(
        "B11", "a parent's share: the supplement by the number of children, each whole or half, the sum rounded up",
        source: "SFB 16:15-20")
    static let payee = LegalRule(
        "B12", "a sole guardian is paid all; joint guardians half each, or one of them, whom both have named",
        source: "SFB 16:4-5")
    static let childBenefitDay = DatedRule(
        "child-benefit-payday", "B13", "child benefit is paid on, or the working day before", .dayOfMonth,
        [.since(2015, 1, 1, 20)], source: "FK tables 2015, 2024")
    static let daysPaidDay = DatedRule(
        "parental-benefit-payday", "B13", "parental benefit and days at birth are paid on", .dayOfMonth,
        [.since(2015, 1, 1, 25)], source: "FK tables 2018, 2024", mark: .likely)
    static let beforeBirth = DatedRule(
        "parental-benefit-before", "B14", "parental benefit may be paid before the expected birth, from", .days,
        [.since(2011, 1, 1, 60)], source: "SFB 12:12")
    static let daysBack = DatedRule(
        "parental-benefit-back", "B14", "parental benefit is paid back from the application at most", .days,
        [.since(2013, 1, 1, 90)], source: "SFB 12:12 a")
    static let incomeDays = DatedRule(
        "parental-days-income", "B14", "days by income for the first child of a birth", .count,
        [.since(2016, 1, 1, 390)], source: "SFB 12:12, 12:15")
    static let lowestDays = DatedRule(
        "parental-days-lowest", "B14", "days on the lowest level for each child of a birth", .count,
        [.since(2016, 1, 1, 90)], source: "SFB 12:12, 12:15")
    static let furtherIncomeDays = DatedRule(
        "parental-days-further", "B14", "days by income for each further child of a birth", .count,
        [.since(2016, 1, 1, 90)], source: "SFB 12:12; their levels assumed", mark: .assumption)
    static let laterDays = DatedRule(
        "parental-days-later", "B14", "days after the fourth year of the child at most", .count,
        [.since(2014, 1, 1, 96)], source: "SFB 12:12")
    static let laterAge = DatedRule(
        "parental-days-later-age", "B14", "the age from which few days are left", .years, [.since(2014, 1, 1, 4)],
        source: "SFB 12:12")
    static let halves = LegalRule(
        "B15", "a sole guardian has all days, joint guardians half each; the rest may be given to the other",
        source: "SFB 12:14-17")
    static let reserved = DatedRule(
        "parental-days-reserved", "B15", "days by income that a guardian cannot give away", .count,
        [.since(2016, 1, 1, 90)], source: "SFB 12:17")
    static let toOthers = DatedRule(
        "parental-days-given", "B16", "days that each of two guardians may give to another person", .count,
        [.since(2024, 7, 1, 45)], source: "SFB 12:17 a-b")
    static let toOthersSole = DatedRule(
        "parental-days-given-sole", "B16", "days that a sole guardian may give to another person", .count,
        [.since(2024, 7, 1, 90)], source: "SFB 12:17 a-b")
    static let doubleDays = DatedRule(
        "double-days", "B16", "days that both may take at the same time", .count,
        [.since(2012, 1, 1, 30), .since(2024, 7, 1, 60)], source: "SFB 12:4 a")
    static let doubleMonths = DatedRule(
        "double-days-age", "B16", "double days are taken before the child is", .months,
        [.since(2012, 1, 1, 12), .since(2024, 7, 1, 15)], source: "SFB 12:4 a")
    static let priceBase = DatedRule(
        "insurance-price-base-amount", "B17", "price base amount", .kronor,
        [.since(2025, 1, 1, 58_800), .since(2026, 1, 1, 59_200)], source: "SFS 2025:872")
    static let parentalCap = DatedRule(
        "parental-benefit-cap", "B17", "income counts up to", .hundredthsOfPriceBase, [.since(2011, 1, 1, 1_000)],
        source: "SFB 28:7, 10")
    static let incomeShare = DatedRule(
        "income-share", "B17", "share of the income that is given: 0.97 × 0.8", .thousandths, [.since(2011, 1, 1, 776)],
        source: "SFB 28:7")
    static let basicLevel = DatedRule(
        "parental-benefit-basic", "B17", "basic level, a day", .kronor, [.since(2016, 1, 1, 250)],
        source: "SFB 12:23-24")
    static let lowestLevel = DatedRule(
        "parental-benefit-lowest", "B17", "lowest level, a day", .kronor, [.since(2011, 1, 1, 180)],
        source: "SFB 12:24")
    static let everyDay = LegalRule(
        "B17", "all days of the period are taken, seven a week", source: "none", mark: .assumption)
    static let birthDays = DatedRule(
        "birth-days", "B18", "days at birth, for each child", .count, [.since(2011, 1, 1, 10)], source: "SFB 13:14")
    static let whoAtBirth = LegalRule(
        "B18", "the other parent has the days at birth, once registered; where there is none, who the guardian names",
        source: "SFB 13:10-14")
    static let birthDaysLimit = DatedRule(
        "birth-days-limit", "B18", "days at birth are used within, from the homecoming; here from the birth", .days,
        [.since(2011, 1, 1, 60)], source: "SFB 13:14; from the birth assumed", mark: .assumption)
    static let temporaryCap = DatedRule(
        "temporary-benefit-cap", "B18", "income counts up to", .hundredthsOfPriceBase, [.since(2018, 7, 1, 750)],
        source: "SFB 28:13")
    static let hours = DatedRule(
        "birth-day-hours", "B18", "hours of a day at birth", .count, [.since(2026, 1, 1, 8)], source: "none",
        mark: .assumption)
    static let handling = DatedRule(
        "days-handling", "B19", "an application for days is decided in", .workingDays, [.since(2026, 1, 1, 20)],
        source: "FK: about 30 days", mark: .assumption)
    static let answer = DatedRule(
        "days-answer", "B19", "an applicant has an answer within", .days, [.since(2026, 1, 1, 30)],
        source: "FK: about 30 days", mark: .assumption)
    static let review = DatedRule(
        "insurance-review", "B19", "a review is asked for within, from when the decision was received", .months,
        [.since(2011, 1, 1, 2)], source: "SFB 113:7")
    static let afterDeath = LegalRule(
        "B20", "days up to the child's death are decided and paid; child benefit ends with the month",
        source: "SFB 12:5, 13:31 e-f; FK \"När ett barn dör\"; the month likely", mark: .likely)
    static let daysOfMother = DatedRule(
        "mother-days", "B20", "the mother has days without the child until the day after delivery", .count,
        [.since(2011, 1, 1, 29)], source: "SFB 12:5")
    static let bereavementDays = DatedRule(
        "bereavement-days", "B20", "days for each parent after a child's death", .count, [.since(2024, 1, 1, 10)],
        source: "SFB 13:31 e-f")
    static let bereavementWithin = DatedRule(
        "bereavement-within", "B20", "days after a child's death are used within", .days, [.since(2024, 1, 1, 90)],
        source: "SFB 13:31 e-f")
    static let call = DatedRule(
        "grief-call", "B21", "who turns to the agency in grief is called within", .workingDays,
        [.since(2026, 1, 1, 5)], source: "FK; days assumed", mark: .assumption)
    static let goodFaith = LegalRule(
        "B25", "claimed back only from who gave wrong facts or should have seen it; may be waived",
        source: "SFB 108:2, 11")

    /// All of them, by their numbers.
    static let all: [LegalRule] =
        [childBenefit.legal, lastAge.legal, byItself] + supplements.map(\.legal) + [
            laterSupplement.legal, share, payee,
        ]
        + [
            childBenefitDay, daysPaidDay, beforeBirth, daysBack, incomeDays, lowestDays, furtherIncomeDays, laterDays,
            laterAge,
        ].map(\.legal) + [halves]
        + [
            reserved, toOthers, toOthersSole, doubleDays, doubleMonths, priceBase, parentalCap, incomeShare, basicLevel,
            lowestLevel,
        ].map(\.legal) + [everyDay, birthDays.legal, whoAtBirth]
        + [birthDaysLimit, temporaryCap, hours, handling, answer, review].map(\.legal)
        + [afterDeath] + [daysOfMother, bereavementDays, bereavementWithin, call].map(\.legal) + [goodFaith]
}
