import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// Ages and sums of old-age pension, by the law's own numbers.
@Suite struct GuaranteeTests {
    private static let rules = RuleValues()
    private static func day(_ text: String) -> Day { Day(text) ?? .earliest }

    // rules: R1
    @Test(arguments: [
        ("1958-05-20", "2019-05"), ("1962-04-10", "2025-04"), ("1963-03-05", "2027-03"), ("1962-12-31", "2025-12"),
        ("1963-01-01", "2027-01"),
    ])
    func `who has reached an older limit keeps it`(born: String, month: String) {
        let earliest = RetirementRules.month(of: RetirementRules.earliest, born: Self.day(born), Self.rules)
        #expect("\(earliest)" == month)
    }

    // rules: R5
    @Test(arguments: [
        ("1957-12-31", "2022-12"), ("1959-08-14", "2025-08"), ("1959-12-31", "2025-12"), ("1960-01-01", "2027-01"),
    ])
    func `the guide age is 66 for who was born in 1959, and 67 from 1960`(born: String, month: String) {
        let guide = RetirementRules.month(of: PensionRules.guideAge, born: Self.day(born), Self.rules)
        #expect("\(guide)" == month)
    }

    // rules: R7
    @Test(arguments: [
        (0, false, 11_988), (0, true, 10_853), (120_000, false, 3_956), (137_400, false, 3_260), (74_592, false, 5_772),
        (67_488, true, 5_229), (220_000, false, 0), (300_000, true, 0),
    ])
    func `the guarantee by its base, a month`(base: Int, married: Bool, monthly: Int) {
        let day = Self.day("2026-09-01")
        #expect(RetirementRules.guarantee(base: base, isMarried: married, years: 40, on: day, Self.rules) == monthly)
    }

    // rules: R6
    @Test(arguments: [(2, 0), (3, 899), (20, 5_994), (39, 11_688), (40, 11_988), (51, 11_988)])
    func `the guarantee by years in Sweden, a month`(years: Int, monthly: Int) {
        let day = Self.day("2026-09-01")
        #expect(RetirementRules.guarantee(base: 0, isMarried: false, years: years, on: day, Self.rules) == monthly)
    }

    // rules: R6
    @Test func `years count from sixteen until the year before the guide age`() {
        let born = Self.day("1959-08-14")
        let all = [ResidencePeriod(from: Self.day("1959-08-14"), to: nil)]
        let main = [
            ResidencePeriod(from: Self.day("1975-01-01"), to: Self.day("1982-02-28")),
            ResidencePeriod(from: Self.day("1990-01-01"), to: nil),
        ]
        let day = Self.day("2026-07-01")
        #expect(RetirementRules.years(all, born: born, on: day, Self.rules) == 49)
        #expect(RetirementRules.years(main, born: born, on: day, Self.rules) == 41)
        #expect(RetirementRules.years([], born: born, on: day, Self.rules) == 0)
    }

    // rules: E12
    @Test(arguments: [
        (4_682, 3_956, 2_500, 0), (4_277, 3_260, 3_950, 0), (4_682, 3_956, 2_500, 100_000),
        (4_217, 3_956, 2_500, 160_000),
    ])
    func `the supplement by guarantee, other pensions and assets`(
        monthly: Int, guarantee: Int, others: Int, assets: Int
    ) {
        let sum = SupplementRules.monthly(
            rent: 7_200, pension: 10_400, capital: 0, guarantee: guarantee, others: others, assets: assets,
            on: Self.day("2026-09-01"), Self.rules)
        #expect(sum == monthly)
    }

    // rules: R10
    @Test(arguments: [("2026-09", "2026-08-10"), ("2026-11", "2026-10-12"), ("2027-01", "2026-12-10")])
    func `other states are waited for until the tenth of the month before, or the next working day`(
        first: String, day: String
    ) throws {
        let month = try #require(Month(first))
        #expect("\(RetirementRules.foreignDay(before: month, Self.rules))" == day)
    }
}
