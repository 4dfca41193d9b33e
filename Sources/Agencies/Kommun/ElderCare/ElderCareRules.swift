import AgencyKit
import LifeEvents

/// The rules of elder care from hospital to home, with their numbers on the page.
enum ElderCareRules {
    static let notice = LegalRule(
        "E1", "the hospital tells the municipality of an admission within 24 hours, and of a changed day at once",
        source: "lag (2017:612) 2 kap. 1-4 §§")
    static let plan = LegalRule(
        "E2", "region and municipality plan together only if the patient consents",
        source: "lag (2017:612) 4 kap. 1-3 §§")
    /// The same two numbers stand at the region, which counts the days.
    static let payFrom = DatedRule(
        "care-pay-from", "E3", "the municipality pays for a ready patient from the so many day after the notice", .days,
        [.since(2018, 1, 1, 3)], source: "lag (2017:612) 5 kap. 4 §")
    static let payFromLate = DatedRule(
        "care-pay-from-after-noon", "E3", "and from the so many day where the notice was sent after 12:00", .days,
        [.since(2018, 1, 1, 4)], source: "vardgivarguiden.se")
    static let right = LegalRule(
        "E6", "care, special housing and services without a needs test are granted by the socialtjänstlag",
        source: "socialtjänstlagen (2025:400) 8 kap. 4 §, 11 kap. 1 and 5 §§")
    static let atDischarge = DatedRule(
        "care-investigation-at-discharge", "E7", "an application of one who comes home from hospital is decided in",
        .workingDays, [.since(2025, 7, 1, 1)], source: "none; the law says promptly", mark: .assumption)
    static let residential = DatedRule(
        "care-investigation-residential", "E7", "an application for special housing is decided in", .workingDays,
        [.since(2025, 7, 1, 25)], source: "none; the law says promptly", mark: .assumption)
    static let appeal = DatedRule(
        "care-decision-appeal", "E8", "a decision on care is appealed within, from receipt", .weeks,
        [.since(2018, 7, 1, 3)], source: "förvaltningslagen 44-46 §§")
    static let overdue = DatedRule(
        "care-overdue", "E9", "what has not begun within so long after the decision is reported to IVO each quarter",
        .months, [.since(2006, 7, 1, 3)], source: "socialtjänstlagen (2025:400) 34 kap. 1-4 §§; ivo.se")
    static let queue = DatedRule(
        "care-home-queue", "E10", "a place in special housing is expected in", .days, [.since(2026, 1, 1, 60)],
        source: "none", mark: .assumption)
    static let answer = DatedRule(
        "care-home-answer", "E10", "an offered place is answered within", .days, [.since(2026, 1, 1, 7)],
        source: "none", mark: .assumption)
    static let followUp = DatedRule(
        "care-home-follow-up", "E10", "special housing is followed up after", .months, [.since(2026, 1, 1, 6)],
        source: "none", mark: .assumption)
    static let tellMove = DatedRule(
        "care-home-tell-move", "E10",
        "a move into special housing is told to the register and the Pensions Agency within",
        .days, [.since(2026, 1, 1, 7)], source: "folkbokföringslagen 25 §")
    static let maximum = DatedRule(
        "care-fee-maximum", "E11", "the fee is at most, a month", .kronor, [.since(2026, 1, 1, 2_660)],
        source: "53.92 % of the price base amount / 12; monsteras.se, bollebygd.se")
    static let minimum = DatedRule(
        "care-fee-reserve", "E11", "who lives alone keeps at least, a month, when the rent is paid", .kronor,
        [.since(2026, 1, 1, 7_296)], source: "147.89 % of the price base amount / 12; alvdalen.se 2024, scaled",
        mark: .likely)
    static let feeDecision = DatedRule(
        "care-fee-handling", "E14", "a fee is decided after the income is known in", .workingDays,
        [.since(2026, 1, 1, 5)], source: "none", mark: .assumption)
    static let kin = LegalRule(
        "E16", "kin without power of attorney sees nothing and files nothing for another",
        source: "föräldrabalken 17 kap. 1-4 §§; lag (2017:310)")
    static let report = LegalRule(
        "E17", "the municipality tells the chief guardian that a representative is needed",
        source: "SFS 2025:468, 11 kap. 2 §")
    static let move = LegalRule(
        "E18", "who cannot move without care may apply in the new municipality first",
        source: "socialtjänstlagen (2025:400) 29 kap.; HFD 2014 ref. 5", mark: .likely)
    static let technology = LegalRule(
        "E19", "an alarm that tells the position needs the person's consent", source: "lag (2001:454) 9 §")
    static let lease = DatedRule(
        "lease-notice", "E20", "a tenant gives notice of", .months, [.since(1971, 1, 1, 3)],
        source: "jordabalken 12 kap. 5 §")
    static let alarm = DatedRule(
        "alarm-installed", "E21", "an alarm works after the decision in", .workingDays, [.since(2026, 1, 1, 2)],
        source: "none", mark: .assumption)
    /// What the home visit tells and no message holds.
    static let rent = DatedRule(
        "care-fee-rent", "E22", "the rent that the person has told at the home visit, a month", .kronor,
        [.since(2026, 1, 1, 6_400)], source: "none: no message holds it", mark: .assumption)
    static let taxed = DatedRule(
        "care-fee-after-tax", "E22", "of an income pension so much is left after tax", .hundredthsOfPercent,
        [.since(2026, 1, 1, 8_645)], source: "none: 13 400 of 15 500", mark: .assumption)
    /// The hour from which somebody who comes home can be received.
    static let received = 14

    /// In the order of their numbers.
    static let all: [LegalRule] = [
        notice, plan, payFrom.legal, payFromLate.legal, right, atDischarge.legal, residential.legal, appeal.legal,
        overdue.legal, queue.legal, answer.legal, followUp.legal, tellMove.legal, maximum.legal, minimum.legal,
        feeDecision.legal, kin, report, move, technology, lease.legal, alarm.legal, rent.legal, taxed.legal,
        statement.legal,
    ]

    /// The day from which a municipality pays for a patient who is ready at an instant (E3).
    static func firstPaidDay(readyAt instant: Instant, _ rules: RuleValues) -> Day {
        let day = Stockholm.day(of: instant)
        let isLate = instant > Stockholm.instant(day, hour: 12)
        return day.adding(days: rules.value(of: isLate ? payFromLate : payFrom, on: day))
    }

    /// What is left of a month's income when rent and what is to be kept are paid, and so the fee (E11).
    static func fee(oldAge: Int, supplement: Int, on day: Day, _ rules: RuleValues) -> Int {
        let afterTax = (oldAge * rules.value(of: taxed, on: day) + 5_000) / 10_000
        let space = afterTax + supplement - rules.value(of: rent, on: day) - rules.value(of: minimum, on: day)
        return min(max(space, 0), rules.value(of: maximum, on: day))
    }

    /// The last day to appeal what is decided on a day.
    static func lastAppeal(decided day: Day, _ rules: RuleValues) -> Day {
        SwedishCalendar.lastDayMoved(day.adding(days: 7 * rules.value(of: appeal, on: day)))
    }

    /// The last day of a quarter.
    static func quarterEnd(of day: Day) -> Day {
        let month = (day.month - 1) / 3 * 3 + 3
        return (Month(year: day.year, month: month) ?? Month(of: day)).lastDay
    }

    /// `2026-Q3`.
    static func quarter(of day: Day) -> String { "\(day.year)-Q\((day.month - 1) / 3 + 1)" }
}

extension ElderCareService {
    /// The name as the first word of a sentence, and whether it is a neuter.
    var title: (text: String, isNeuter: Bool) {
        switch self {
        case .homeHelp: ("Hemtjänst", false)
        case .alarm: ("Trygghetslarm", true)
        case .residentialCare: ("Särskilt boende", true)
        }
    }

    /// The name within a sentence.
    var word: String { KommunElderCare.lowered(title.text) }

    /// The line of the page that tells of it.
    var tile: TileName {
        switch self {
        case .homeHelp: .homeHelp
        case .alarm: .alarm
        case .residentialCare: .careHome
        }
    }
}
