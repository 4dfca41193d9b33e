import AgencyKit
import LifeEvents

/// The rules of sickness benefit. SFB is socialförsäkringsbalken; S1 to S19 are what is applied for, decided and paid.
enum SicknessRules {
    static let sickPay = DatedRule(
        "sick-pay-days", "S1", "the employer pays sick pay on days 1 to", .days, [.since(1992, 1, 1, 14)],
        source: "lag (1991:1047) 7 §; verksamt.se")
    static let report = LegalRule(
        "S2", "the employer reports who is still ill after the time with sick pay; others report themselves",
        source: "lag (1991:1047) 12 §; SFB 27:17-18; forsakringskassan.se")
    static let application = DatedRule(
        "sickness-application", "S3", "a report without an application is closed after", .days,
        [.since(2026, 1, 1, 30)], source: "SFB 110:4; days assumed", mark: .assumption)
    static let certificate = DatedRule(
        "sickness-certificate", "S4", "a certificate that is missing is waited for, from the application, in", .days,
        [.since(2013, 1, 1, 14)], source: "SFB 27:25, 110:55; days assumed", mark: .assumption)
    static let deciding = DatedRule(
        "sickness-deciding", "S5", "a first application is decided in", .workingDays, [.since(2026, 1, 1, 15)],
        source: "none", mark: .assumption)
    static let extending = DatedRule(
        "sickness-extending", "S6", "an application to go on is decided in", .workingDays, [.since(2026, 1, 1, 10)],
        source: "none", mark: .assumption)
    static let needDays = DatedRule(
        "sickness-need", "S7", "what is asked is of use so many days before the decision", .workingDays,
        [.since(2026, 1, 1, 2)], source: "none", mark: .assumption)
    static let incomeMonths = DatedRule(
        "sickness-income-months", "S8", "the income of a year is reckoned by the last months before the first sick day",
        .months, [.since(2026, 1, 1, 6)], source: "SFB 25:2-3; months assumed", mark: .assumption)
    static let incomeFrame = DatedRule(
        "sickness-income-frame", "S9", "of incomes at most the months before the first sick day are told", .months,
        [.since(2026, 1, 1, 12)], source: "lag (2001:588) 7 §; SFB 110:31; months assumed", mark: .assumption)
    static let daily = DatedRule(
        "sickness-daily", "S10", "a day is the year's income × 0.97 × 80 % ÷ 365, to the nearest krona", .thousandths,
        [.since(2022, 1, 1, 776)], source: "SFB 28:7, 28:10")
    static let cap = DatedRule(
        "sickness-cap", "S11", "income counts up to 10 price base amounts, a year", .kronor,
        [.since(2025, 1, 1, 588_000), .since(2026, 1, 1, 592_000)], source: "SFB 25:5; SFS 2025:872")
    static let floor = DatedRule(
        "sickness-floor", "S12", "there is a right from 24 % of a price base amount, a year", .kronor,
        [.since(2025, 1, 1, 14_112), .since(2026, 1, 1, 14_208)], source: "SFB 25:3; SFS 2025:872")
    static let degrees = LegalRule(
        "S13", "a quarter, half, three quarters or the whole; a part is that part of the krona amount",
        source: "SFB 27:45")
    static let payday = DatedRule(
        "sickness-payday", "S14", "sickness benefit is paid on", .dayOfMonth, [.since(2018, 1, 1, 27)],
        source: "forsakringskassan.se", mark: .likely)
    static let cutDay = DatedRule(
        "sickness-cut-day", "S15", "and for days that are granted up to", .dayOfMonth, [.since(2018, 1, 1, 20)],
        source: "none", mark: .assumption)
    static let relapse = DatedRule(
        "sickness-relapse", "S16", "who is ill again within so many days goes on with the same period", .days,
        [.since(2011, 1, 1, 5)], source: "SFB 27:32")
    static let adding = DatedRule(
        "sickness-adding", "S17", "periods with less between them are added up in the chain", .days,
        [.since(2008, 7, 1, 90)], source: "SFB 27:51")
    static let provisional = LegalRule(
        "S18",
        "while an application to go on is looked at it is paid provisionally, where 15 days have been paid before",
        source: "SFB 112:2 a, 108:10")
    static let silence = DatedRule(
        "sickness-silence", "S19", "a period ends where nothing is heard after its last day in", .days,
        [.since(2026, 1, 1, 14)], source: "none", mark: .assumption)
    static let signer = LegalRule(
        "S20", "what an employer files or signs counts where the person has the firm's mandate", source: "SFB 110:14",
        mark: .likely)
    static let hearing = DatedRule(
        "sickness-hearing", "S21", "nothing is decided against the insured before a hearing, of", .days,
        [.since(2018, 1, 1, 14)], source: "SFB 110:13 a; days assumed", mark: .assumption)
    static let release = LegalRule(
        "S22", "a certificate is sent where the patient wants it, if its signer is on the region's staff",
        source: "12 kap. 2 § offentlighets- och sekretesslagen; SFB 27:25")
    static let afterDeath = LegalRule(
        "S23", "benefit ends with the day of death; what was not paid goes to the estate", source: "SFB 27:2, 110:4",
        mark: .likely)

    static let goodFaith = LegalRule(
        "S35", "claimed back only from who gave wrong facts, was silent, or ought to have seen it", source: "SFB 108:2")

    /// In the order of their numbers.
    static let all: [LegalRule] =
        [sickPay.legal, report]
        + [application, certificate, deciding, extending, needDays, incomeMonths, incomeFrame, daily, cap, floor]
        .map(\.legal) + [degrees] + [payday, cutDay, relapse, adding].map(\.legal)
        + [provisional, silence.legal, signer, hearing.legal, release, afterDeath, goodFaith]

    /// What the needs and answers of a sick case may be used for.
    static let purpose = Purpose(known: "sickness-benefit")
    /// What employers are asked of the way back for.
    static let rehabilitation = Purpose(known: "rehabilitation")
}

/// The rules of the rehabilitation chain and of the way back to work.
enum ChainRules {
    static let ownWork = DatedRule(
        "chain-own-work", "S24",
        "to this day the ability is judged against the own work, then against other work there",
        .days, [.since(2008, 7, 1, 90)], source: "SFB 27:46-47")
    static let market = DatedRule(
        "chain-market", "S25", "and past this day against the normal labour market, unless a return is near", .days,
        [.since(2008, 7, 1, 180)], source: "SFB 27:48")
    static let returning = DatedRule(
        "chain-return", "S26", "a return before this day puts the market test off", .days, [.since(2021, 3, 15, 365)],
        source: "SFB 27:48-49")
    static let special = LegalRule(
        "S27", "past day 365 only special reasons, or that it were unreasonable, put it off, and past day 550 the last",
        source: "SFB 27:49")
    static let plan = DatedRule(
        "return-plan-days", "S29", "an employer makes a plan by day 30 where the illness is expected to last", .days,
        [.since(2018, 7, 1, 60)], source: "SFB 30:6-6 a")
    static let meeting = LegalRule(
        "S30", "others than the insured join a meeting only if the insured agrees", source: "SFB 110:14, 30:10")
    static let answer = DatedRule(
        "meeting-answer", "S31", "the insured says who may join within", .days, [.since(2026, 1, 1, 6)], source: "none",
        mark: .assumption)
    static let meetingDays = DatedRule(
        "meeting-days", "S32", "and the meeting is so many days later", .days, [.since(2026, 1, 1, 7)], source: "none",
        mark: .assumption)
    static let consent = LegalRule(
        "S33", "what is told of the way back is told to those alone whom a living consent names",
        source: "10 kap. 1 § offentlighets- och sekretesslagen")
    static let extent = DatedRule(
        "return-extent", "S34", "a gradual return begins with so much of full time", .percent, [.since(2026, 1, 1, 50)],
        source: "none", mark: .assumption)

    /// In the order of their numbers.
    static let all: [LegalRule] = [
        ownWork.legal, market.legal, returning.legal, special, plan.legal, meeting, answer.legal,
        meetingDays.legal, consent, extent.legal,
    ]
}

extension RuleValues {
    /// S10-S12: sickness benefit of a whole day, SEK; 0 where the income gives no right.
    func sicknessDay(yearlyIncome: Int, on day: Day) -> Int {
        guard yearlyIncome >= value(of: SicknessRules.floor, on: day) else { return 0 }
        let income = min(yearlyIncome, value(of: SicknessRules.cap, on: day))
        return (2 * income * value(of: SicknessRules.daily, on: day) + 365_000) / (2 * 365_000)
    }

    /// S14: the day of payment of a month.
    func sicknessPayout(in month: Month) -> Day {
        PayoutDay.nearest.day(value(of: SicknessRules.payday, on: month.firstDay), in: month)
    }

    /// S14: the first day of payment after a day.
    func nextSicknessPayout(after day: Day) -> Day {
        let payout = sicknessPayout(in: Month(of: day))
        return payout > day ? payout : sicknessPayout(in: Month(of: day).next)
    }
}
