import AgencyKit
import LifeEvents

/// The rules of old-age pension, guarantee and what other states pay. `[A]` marks an assumption; the rest has its source.
enum RetirementRules {
    /// The earliest age (uttagsålder); an older one that was reached while it held is kept.
    static let earliest = DatedRule(
        "earliest-old-age-pension", "R1", "income and premium pension are drawn at the earliest from the age of",
        .years,
        [.since(1999, 1, 1, 61), .since(2020, 1, 1, 62), .since(2023, 1, 1, 63), .since(2026, 1, 1, 64)],
        source: "SFB 56 kap. 3 §, 2 kap. 10 a–c §§; SFS 2022:879")
    static let fromFiling = LegalRule(
        "R2", "a pension is paid from the month asked for, never from before the month in which it was applied for",
        source: "SFB 56 kap. 4 §")
    static let ahead = DatedRule(
        "old-age-months-ahead", "R3", "a pension is applied for at most so long ahead", .months,
        [.since(2026, 1, 1, 12)], source: "pensionsmyndigheten.se")
    static let shares = LegalRule(
        "R4", "the pension is drawn whole, to three quarters, half or a quarter; less, or none, from the month after",
        source: "SFB 56 kap. 2 and 9–10 §§")
    static let guaranteeFrom = LegalRule(
        "R5", "guarantee pension is paid from the guide age, as far as income pension is drawn",
        source: "SFB 67 kap. 2–4 §§")
    static let fullYears = DatedRule(
        "guarantee-full-years", "R6", "guarantee pension is whole with so many years in Sweden from the age of 16",
        .years,
        [.since(2003, 1, 1, 40)], source: "SFB 67 kap. 11–14 and 25 §§")
    static let leastYears = DatedRule(
        "guarantee-least-years", "R6", "and none with less than", .years, [.since(2003, 1, 1, 3)],
        source: "SFB 67 kap. 4 §")
    static let residenceAge = DatedRule(
        "guarantee-residence-age", "R6", "years in Sweden count from the age of", .years, [.since(2003, 1, 1, 16)],
        source: "SFB 67 kap. 11 §")
    static let limit = DatedRule(
        "guarantee-limit", "R7", "the guarantee fills up a base of at most, for who lives alone",
        .hundredthsOfPriceBase,
        [.since(2022, 8, 1, 126)], source: "SFB 67 kap. 21 and 23 §§")
    static let filled = DatedRule(
        "guarantee-filled", "R7", "to so much", .hundredthsOfPriceBase, [.since(2022, 8, 1, 243)],
        source: "SFB 67 kap. 21 §")
    static let lessened = DatedRule(
        "guarantee-lessened", "R7", "and above it is so much", .hundredthsOfPriceBase, [.since(2022, 8, 1, 117)],
        source: "SFB 67 kap. 23 §")
    static let marriedLimit = DatedRule(
        "guarantee-limit-married", "R7", "for who is married the base is at most", .hundredthsOfPriceBase,
        [.since(2022, 8, 1, 114)], source: "SFB 67 kap. 22 and 24 §§")
    static let marriedFilled = DatedRule(
        "guarantee-filled-married", "R7", "filled up to", .hundredthsOfPriceBase, [.since(2022, 8, 1, 220)],
        source: "SFB 67 kap. 22 §")
    static let marriedLessened = DatedRule(
        "guarantee-lessened-married", "R7", "and above it is", .hundredthsOfPriceBase, [.since(2022, 8, 1, 106)],
        source: "SFB 67 kap. 24 §")
    static let less = DatedRule(
        "guarantee-less", "R7", "less so much of the base above it", .percent, [.since(2003, 1, 1, 48)],
        source: "SFB 67 kap. 23–24 §§")
    static let foreignBase = LegalRule(
        "R8", "a statutory pension of another state is in the base of the guarantee, its guarantee is not",
        source: "SFB 67 kap. 16 §")
    static let handling = DatedRule(
        "old-age-handling", "R9", "an application for an old-age pension is decided in", .workingDays,
        [.since(2026, 1, 1, 25)], source: "none", mark: .assumption)
    static let foreignDay = DatedRule(
        "foreign-pension-day", "R10",
        "the guarantee is decided provisionally where another state has not answered by this day of the month before",
        .dayOfMonth, [.since(2026, 1, 1, 10)], source: "reg. 987/2009 art. 50; the day assumed", mark: .assumption)
    static let foreignReminder = DatedRule(
        "foreign-pension-reminder", "R11", "who waits for another state is told, and the state asked again, every",
        .days,
        [.since(2018, 7, 1, 90)], source: "FL 11 §; days assumed", mark: .assumption)
    static let recount = DatedRule(
        "pension-recount", "R12", "a pension is counted anew in", .workingDays, [.since(2026, 1, 1, 10)],
        source: "none", mark: .assumption)
    static let offset = LegalRule(
        "R13", "what was paid too much because another state pays is taken from that state's arrears",
        source: "reg. 987/2009 art. 72; riksrevisionen.se 2024", mark: .likely)
    static let completion = DatedRule(
        "pension-completion", "R14", "what an application lacks is told within", .days, [.since(2026, 1, 1, 14)],
        source: "none", mark: .assumption)
    static let letter = DatedRule(
        "old-age-letter", "R15", "a letter comes so long before the earliest age", .months, [.since(2026, 1, 1, 12)],
        source: "none", mark: .assumption)

    static let companies = LegalRule(
        "R16", "a company that has not answered is not waited for; its answer counts from the month after it comes",
        source: "SFB 110 kap. 31 §, 101 kap. 10 §", mark: .likely)

    static let deputies = LegalRule(
        "R35",
        "a pension is applied for by who guards the rights or manages the property of the pensioner, or has a power of "
            + "attorney; one for the future counts once its holder has said that it is in force",
        source: "föräldrabalken 12 kap. 2 §; lag (2017:310) om framtidsfullmakter 9 §")
    /// What a god man must be given to file for a pensioner (R35).
    static let scopes: [GuardianshipScope] = [.guardRights, .manageProperty]

    /// In the order of their numbers.
    static let all: [LegalRule] = [
        earliest.legal, fromFiling, ahead.legal, shares, guaranteeFrom, fullYears.legal, leastYears.legal,
        residenceAge.legal, limit.legal, filled.legal, lessened.legal, marriedLimit.legal, marriedFilled.legal,
        marriedLessened.legal, less.legal, foreignBase, handling.legal, foreignDay.legal, foreignReminder.legal,
        recount.legal, offset, completion.legal, letter.legal, companies, unasked,
        invited.legal, survivorCover.legal, toFunds, reviewing.legal, appeal.legal, yearlyCount, right.legal,
        annuity.legal, couples, abroad, deputies, tells.legal, silent, newHome.legal, consentMoves,
    ]

    /// The one purpose for which facts for an old-age pension flow.
    static let purpose = Purpose(known: "old-age-pension")

    /// The month in which an age is reached for which a limit, or an older one, holds.
    static func month(of limit: DatedRule, born: Day, _ rules: RuleValues) -> Month {
        let rows = limit.value.rows
        for (place, row) in rows.enumerated() {
            let ends = place + 1 < rows.count ? rows[place + 1].since : .latest
            let reached = max(born.adding(months: rules.value(of: limit, on: row.since) * 12), row.since)
            if reached < ends { return Month(of: reached) }
        }
        return Month(of: .latest)
    }

    /// The day in the month before by which other states are waited for (R10).
    static func foreignDay(before first: Month, _ rules: RuleValues) -> Day {
        let month = first.adding(months: -1)
        let day = month.firstDay.adding(days: rules.value(of: foreignDay, on: month.firstDay) - 1)
        return SwedishCalendar.isWorkingDay(day) ? day : SwedishCalendar.adding(workingDays: 1, to: day)
    }

    /// Guarantee pension, kronor a month (R6, R7); none with too few years.
    /// - Parameters:
    ///   - base: kronor a year.
    ///   - years: whole years in Sweden.
    static func guarantee(base: Int, isMarried: Bool, years: Int, on day: Day, _ rules: RuleValues) -> Int {
        func value(_ rule: DatedRule) -> Int { rules.value(of: rule, on: day) }
        let price = value(PensionRules.priceBase)
        let most = price * value(isMarried ? marriedLimit : limit)
        let full = value(fullYears)
        guard years >= value(leastYears) else { return 0 }
        // In hundredths of a krona a year, then in ten thousandths.
        let yearly =
            base * 100 <= most
            ? (price * value(isMarried ? marriedFilled : filled) - base * 100) * 100
            : price * value(isMarried ? marriedLessened : lessened) * 100 - (base * 100 - most) * value(less)
        return max((yearly * min(years, full) / full + 60_000) / 120_000, 0)
    }

    /// Whole years of the periods that count: from an age until the year before the guide age (R6).
    static func years(_ periods: [ResidencePeriod], born: Day, on day: Day, _ rules: RuleValues) -> Int {
        let first = born.adding(months: rules.value(of: residenceAge, on: day) * 12)
        let guide = month(of: PensionRules.guideAge, born: born, rules)
        let last = Month(year: guide.year - 1, month: 12)?.lastDay ?? .latest
        var days = 0
        for period in periods {
            let (from, to) = (max(period.from, first), min(period.to ?? .latest, last))
            if from <= to { days += from.distance(to: to) + 1 }
        }
        return days * 100 / 36_525
    }
}
