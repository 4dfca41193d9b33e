import AgencyKit
import LifeEvents
import Testing

/// Rules whose values hold from a day on.
@Suite struct DatedRuleTests {
    private static let age = DatedRule(
        "limit-age", "X1", "the age limit", .years,
        [.since(2003, 1, 1, 65), .since(2023, 1, 1, 66), .since(2026, 1, 1, 67)],
        source: "SFB 2:10 a")

    @Test(
        arguments: [
            ("1999-01-01", 65), ("2003-01-01", 65), ("2022-12-31", 65), ("2023-01-01", 66), ("2025-12-31", 66),
            ("2026-01-01", 67), ("2040-06-06", 67),
        ])
    func `the row of the day holds, and before the first that one`(day: String, value: Int) throws {
        let day = try #require(Day(day))
        #expect(Self.age.value.value(on: day) == value)
        #expect(RuleValues().value(of: Self.age, on: day) == value)
    }

    @Test func `what a run sets holds on all days, and for that rule alone`() throws {
        let other = DatedRule("other", "X2", "another", .days, [.since(2000, 1, 1, 14)], source: "none")
        let values = RuleValues(["limit-age": 70, "else": 1])
        for day in ["1999-01-01", "2026-01-01"] {
            let day = try #require(Day(day))
            #expect(values.value(of: Self.age, on: day) == 70)
            #expect(values.value(of: other, on: day) == 14)
        }
    }

    @Test func `a rule knows where it is declared`() {
        #expect("\(Self.age.legal.file)".hasSuffix("DatedRuleTests.swift"))
        #expect(Self.age.legal.line > 1)
        #expect(Self.age.legal.mark == .stated)
        #expect(LegalRule("B3", "spouse", source: "FB 1:1").value == nil)
    }

    /// An agency that asks the rule in a condition, in a handler and for a timer.
    private struct Clerk: Agency {
        struct Case: AgencyCase {}
        enum Timer: String, CaseIterable, Sendable { case answer }
        static let owner = Owner.pensionsmyndigheten
        static let rules = [DatedRuleTests.age.legal]

        var rivers: [River<Self>] {
            [
                River(
                    "grant", hears: Death.self, under: [DatedRuleTests.age.legal],
                    mine: [
                        Condition("is past the age") { _, event in
                            event.data.deathDate.year - 1960 >= event.value(of: DatedRuleTests.age)
                        }
                    ]
                ) { _, _, effects in
                    try effects.set(
                        Tile(.stopped, .stopped, "\(effects.value(of: DatedRuleTests.age))"), for: effects.subject)
                }
            ]
        }

        func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) {}
    }

    @Test(arguments: [nil, 66, 67] as [Int?])
    func `conditions and handlers see the same value`(set: Int?) throws {
        let day = try #require(Day("2026-03-03"))
        var desk = Harness(
            Clerk(), now: Stockholm.instant(day), rules: set.map { ["limit-age": $0] } ?? [:])
        let death = Death(
            deathDate: day, certainty: .exact, municipality: "1780", hasSpouse: false, hasMinorChildren: false)
        let reports = try desk.feed(death, about: Subject(seed: 1, scenario: "", case: "", name: "x"))
        // Sixty-six years lie between 1960 and the death; the limit of the day is 67.
        let isPast = set == 66
        #expect((reports.first?.outcome == .handled) == isPast)
        #expect(try desk.tiles().map(\.data.text) == (isPast ? ["66"] : []))
    }
}
