import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// What a fund reckons: the right by the incomes of a frame, the level, a month's pay, days of payment.
@Suite struct UnemploymentTests {
    private let rules = RuleValues()

    private func day(_ text: String) throws -> Day { try #require(Day(text)) }

    private func terms() -> Akassa.Terms { Akassa.Terms(year: 120_000, month: 11_000, months: 4, days: 300, inRow: 66) }

    // rules: UN1, UN2, UN3, UN5, UN6
    @Test(
        arguments: [
            (Array(repeating: 31_000, count: 12), 300), (Array(repeating: 31_000, count: 11) + [0], 300),
            (Array(repeating: 31_000, count: 10) + [0, 0], 200), (Array(repeating: 31_000, count: 8), 200),
            (Array(repeating: 31_000, count: 7), 100), (Array(repeating: 31_000, count: 4), 100),
            // Too little in the year: four months in a row are enough for 66 days.
            ([11_000, 11_000, 11_000, 11_000], 66), ([11_000, 11_000, 0, 11_000, 11_000, 11_000, 11_000, 0], 66),
            ([11_000, 11_000, 0, 11_000, 11_000, 0, 11_000, 11_000], 0), (Array(repeating: 10_999, count: 12), 0),
            ([60_000, 60_000, 11_000], 0),
        ])
    func `days of a period follow the months that count`(totals: [Int], days: Int) {
        #expect((Akassa.right(totals, terms())?.days ?? 0) == days)
    }

    // rules: UN9
    @Test(arguments: [(12, 12, 80), (40, 12, 80), (11, 11, 60), (6, 4, 60), (6, 3, 50), (5, 5, 50), (0, 0, 50)])
    func `the level follows the time of membership`(member: Int, good: Int, level: Int) {
        #expect(Akassa.level(80, memberMonths: member, goodMonths: good, frame: 12) == level)
    }

    private func member(base: Int, level: Int = 80, days: Int = 300) throws -> AkassaCase {
        var state = AkassaCase()
        state.claim.stage = .paying
        state.claim.from = try day("2026-07-01")
        state.claim.start = try day("2026-07-01")
        state.claim.base = base
        state.claim.level = level
        state.claim.days = days
        return state
    }

    private func filed(_ month: String, income: Int = 0, _ hindrances: [Hindrance] = []) throws
        -> AkassaCase.Claim.FiledMonth
    {
        .init(month: try #require(Month(month)), income: income, hindrances: hindrances)
    }

    // rules: UN8, UN10, UN11, UN12
    @Test(
        arguments: [
            // base, level, used, waiting, withheld, income: amount, days
            (372_000, 80, 0, 2, 0, 0, 22_545, 20), (372_000, 80, 20, 0, 0, 0, 24_800, 22),
            (372_000, 80, 64, 0, 0, 15_500, 12_400, 11), (372_000, 80, 20, 0, 10, 0, 13_527, 12),
            // No more than 34 000 a month counts.
            (600_000, 80, 20, 0, 0, 0, 27_200, 22),
            // From day 101 on 70 %, from day 201 on 65 %.
            (372_000, 80, 110, 0, 0, 0, 21_700, 22), (372_000, 80, 210, 0, 0, 0, 20_150, 22),
            (372_000, 80, 89, 0, 0, 0, 23_250, 22),
            // The last days of the period.
            (372_000, 80, 290, 0, 0, 0, 9_159, 10), (372_000, 80, 300, 0, 0, 0, 0, 0),
            // Who earns as much as before gets nothing.
            (372_000, 80, 20, 0, 0, 31_000, 0, 0), (372_000, 80, 20, 0, 0, 40_000, 0, 0),
        ])
    func `a month is paid by days, earnings and level`(
        base: Int, level: Int, used: Int, waiting: Int, withheld: Int, income: Int, amount: Int, days: Int
    ) throws {
        let state = try member(base: base, level: level)
        let paid = Akassa.reckon(
            try filed("2026-09", income: income), state, used: used, waiting: waiting, withheld: withheld, owed: 0,
            rules
        )
        #expect(paid.amount == amount)
        #expect(paid.days == days)
    }

    // rules: UN24
    @Test func `days before the registration, of illness and away are not paid`() throws {
        var state = try member(base: 372_000)
        state.claim.start = try day("2026-07-13")
        let july = Akassa.reckon(
            try filed("2026-07"), state, used: 0, waiting: 2, withheld: 0, owed: 0, rules)
        #expect(july.days == 12 && july.amount == 13_527)
        let away = [
            Hindrance(date: try day("2026-08-03"), kind: .away, part: 100),
            Hindrance(date: try day("2026-08-04"), kind: .childcare, part: 50),
            // A Saturday takes nothing.
            Hindrance(date: try day("2026-08-08"), kind: .away, part: 100),
        ]
        state.claim.sick = [
            .init(
                chain: ChainHead(EventID.custom(hash: (1, 1))), from: try day("2026-08-10"),
                to: try day("2026-08-16"))
        ]
        let august = Akassa.reckon(
            try filed("2026-08", away), state, used: 12, waiting: 0, withheld: 0, owed: 0, rules)
        // 22 less 1.5 less 5 weekdays of illness.
        #expect(august.days == 16 && august.amount == 17_473)
    }

    // rules: UN14
    @Test(
        arguments: [
            ("2026-08-01", "2026-08-27"), ("2026-08-24", "2026-08-27"), ("2026-08-25", "2026-09-03"),
            ("2026-09-01", "2026-09-24"), ("2026-10-01", "2026-10-22"), ("2026-11-23", "2026-11-26"),
            ("2026-11-24", "2026-12-03"),
        ])
    func `a month is paid on the Thursday of the week of the 25th`(filed: String, paid: String) throws {
        #expect(UnemploymentRules.payday(filedOn: try day(filed), 25) == (try day(paid)))
    }

    // rules: UN17, UN18
    @Test func `each ladder has its steps, and then the rest is lost`() {
        #expect((1...5).map { UnemploymentRules.days(of: $0, .neglect) } == [0, 1, 5, 10, nil])
        #expect((1...4).map { UnemploymentRules.days(of: $0, .prolonging) } == [5, 10, 45, nil])
    }

    // rules: UN30, UN31
    @Test(arguments: [
        ("2026-06", "2026-07-13"), ("2026-07", "2026-08-17"), ("2026-08", "2026-09-14"), ("2026-12", "2027-01-18"),
    ])
    func `employers declare by the 12th, or the 17th, or the next weekday`(month: String, last: String) throws {
        let month = try #require(Month(month))
        #expect(TaxationRules.declarationDay(for: month, rules) == (try day(last)))
    }

    @Test(
        arguments: [
            (AkassaCase.Claim.Stage.none, AkassaCase.Claim.Trigger.applied, AkassaCase.Claim.Stage.collecting),
            (.collecting, .complete, .complete), (.collecting, .applicantAsked, .asking),
            (.asking, .complete, .complete),
            (.complete, .granted, .decided), (.complete, .rejected, .rejected), (.decided, .paid, .paying),
            (.paying, .registrationEnded, .ending), (.ending, .registrationRestored, .paying),
            (.ending, .lastPaid, .ended), (.paying, .exhausted, .exhausted), (.exhausted, .applied, .collecting),
            (.collecting, .granted, nil), (.none, .paid, nil), (.ended, .registrationEnded, nil), (.none, .died, nil),
        ] as [(AkassaCase.Claim.Stage, AkassaCase.Claim.Trigger, AkassaCase.Claim.Stage?)])
    func `a claim moves by its triggers alone`(
        stage: AkassaCase.Claim.Stage, trigger: AkassaCase.Claim.Trigger, next: AkassaCase.Claim.Stage?
    ) {
        #expect(stage.after(trigger) == next)
    }
}
