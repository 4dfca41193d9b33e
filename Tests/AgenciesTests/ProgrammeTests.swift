import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// Programmes: who may join the guarantee, the ladder there, and what a day of activity grant is.
@Suite struct ProgrammeTests {
    private let rules = RuleValues()

    private func day(_ text: String) throws -> Day { try #require(Day(text)) }

    // rules: UN60, UN61, UN62, UN11
    @Test(
        arguments: [
            // number of the day, income a month, level: SEK
            (279, 31_000, 80, 916), (300, 31_000, 80, 916), (301, 31_000, 80, 818), (100, 31_000, 80, 1_127),
            (101, 31_000, 80, 986), (200, 31_000, 80, 986), (201, 31_000, 80, 916),
            // No more than 34 000 a month counts, and from day 301 on no more than 1 364 a day.
            (1, 60_000, 80, 1_236), (301, 60_000, 80, 818), (301, 26_000, 80, 709),
            // At least 365, also for who has no right to benefit.
            (1, 8_000, 80, 365), (1, 0, 0, 365), (301, 0, 0, 365),
        ])
    func `a day of activity grant goes by income, level and number`(
        number: Int, income: Int, level: Int, sum: Int
    ) throws {
        #expect(
            GrantRules.day(number, income: income, level: level, on: try day("2027-08-31"), rules) == sum)
    }

    // rules: UN52
    @Test func `the ladder of programmes ends in forty-five days each time`() {
        #expect((1...7).map { ProgrammeRules.days(of: $0) } == [0, 1, 5, 10, 45, 45, 45])
    }

    private func registered(_ from: String, period: String?, days: Int?) throws -> ArbetsformedlingenCase {
        var state = ArbetsformedlingenCase()
        let id = EventID.custom(hash: (1, 1))
        state.registration = .init(chain: ChainHead(id), from: try day(from), extent: 100)
        if let period {
            state.benefit = FactChain(id, .init(fund: .akassa(10), from: try day(period), days: days))
        }
        return state
    }

    private func mayJoin(_ state: ArbetsformedlingenCase, _ on: String) throws -> Bool {
        let day = try day(on)
        return state.mayJoinGuarantee(
            on: day, jobless: rules.value(of: ProgrammeRules.jobless, on: day),
            left: rules.value(of: ProgrammeRules.left, on: day),
            monthDays: rules.value(of: UnemploymentRules.monthDays, on: day))
    }

    // rules: UN50, UN51
    @Test func `the guarantee begins near the end of a period of benefit, or after fourteen months`() throws {
        let paid = try registered("2026-07-01", period: "2026-07-01", days: 300)
        #expect(try !mayJoin(paid, "2027-07-20"))
        #expect(try mayJoin(paid, "2027-07-21"))
        let short = try registered("2026-07-01", period: "2026-07-01", days: 100)
        #expect(try !mayJoin(short, "2026-10-16"))
        #expect(try mayJoin(short, "2026-10-19"))
        let unpaid = try registered("2026-07-01", period: nil, days: nil)
        #expect(try !mayJoin(unpaid, "2027-08-31"))
        #expect(try mayJoin(unpaid, "2027-09-01"))
        #expect(try !mayJoin(ArbetsformedlingenCase(), "2030-01-01"))
    }
}
