import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// Financial aid: the norm, income, months, periods.
///
/// rules: A2, A3, A4, A16, A17, A18, A20
@Suite struct AidTests {
    private static func day(_ year: Int, _ month: Int, _ day: Int) throws -> Day {
        try #require(Day(year: year, month: month, dayOfMonth: day))
    }

    private static func person(_ name: String) -> Subject { Subject(seed: 1, scenario: "aid", case: "", name: name) }

    private static func member(_ name: String, _ year: Int, _ role: AidRole, atSchool: Bool? = nil) throws -> AidMember
    {
        AidMember(person: person(name), birthDate: try day(year, 3, 1), role: role, atSchool: atSchool)
    }

    @Test(
        arguments: [
            // Alone; a couple; with children of each age; a large household.
            (2025, [], false, 3_910 + 1_270), (2026, [], false, 3_940 + 1_280), (2026, [], true, 7_100 + 1_410),
            (2026, [2026], false, 3_940 + 2_740 + 1_410), (2026, [2024], false, 3_940 + 3_050 + 1_410),
            (2026, [2023], false, 3_940 + 2_720 + 1_410), (2026, [2021], false, 3_940 + 3_050 + 1_410),
            (2026, [2014, 2017], true, 7_100 + 4_390 + 3_820 + 2_030), (2025, [2014], true, 7_050 + 4_350 + 1_770),
            (2026, [2010], false, 3_940 + 4_960 + 1_410),
        ] as [(Int, [Int], Bool, Int)])
    func `the norm goes by the age on the first of the month, and by the year`(
        year: Int, births: [Int], isCouple: Bool, norm: Int
    ) throws {
        var members = [try Self.member("a", 1988, .applicant)]
        if isCouple { members.append(try Self.member("b", 1990, .cohabitant)) }
        for (number, birth) in births.enumerated() { members.append(try Self.member("c\(number)", birth, .child)) }
        let month = try #require(Month(year: year, month: 6))
        let household = AidHousehold(members, in: month)
        #expect(RuleValues().aidNorm(household, in: month) == norm)
    }

    @Test func `a household of more than seven has the step between six and seven for each more`() throws {
        let month = try #require(Month(year: 2026, month: 6))
        func norm(_ children: Int) throws -> Int {
            var members = [try Self.member("a", 1988, .applicant), try Self.member("b", 1990, .cohabitant)]
            for number in 0..<children { members.append(try Self.member("c\(number)", 2014, .child)) }
            return RuleValues().aidNorm(AidHousehold(members, in: month), in: month)
        }
        #expect(try norm(6) - norm(5) == 4_390 + 2_830 - 2_640)
    }

    @Test func `who shares a home and is no cohabitant has the norm alone and a share of the common costs`() throws {
        let month = try #require(Month(year: 2026, month: 6))
        let members = [try Self.member("a", 1988, .applicant), try Self.member("sister", 1991, .other)]
        #expect(RuleValues().aidNorm(AidHousehold(members, in: month), in: month) == 3_940 + 1_410 / 2)
    }

    @Test func `a grown child counts while it is at school`() throws {
        let month = try #require(Month(year: 2026, month: 6))
        let pupil = AidHousehold(
            [try Self.member("a", 1980, .applicant), try Self.member("c", 2007, .child, atSchool: true)], in: month)
        #expect(pupil.children.count == 1 && pupil.grown.isEmpty)
        #expect(RuleValues().aidNorm(pupil, in: month) == 3_940 + 5_000 + 1_410)
        let worker = AidHousehold(
            [try Self.member("a", 1980, .applicant), try Self.member("c", 2007, .child)], in: month)
        #expect(worker.children.isEmpty && worker.grown.count == 1)
    }

    @Test func `a child of two homes has the norm of its nights`() throws {
        let month = try #require(Month(year: 2026, month: 6))
        let household = AidHousehold(
            [try Self.member("a", 1988, .applicant), try Self.member("c", 2014, .child)], in: month,
            nights: [.init(child: Self.person("c"), percent: 50)])
        #expect(RuleValues().aidNorm(household, in: month) == 3_940 + 4_390 / 2 + 1_410)
    }

    @Test func `from the fourth child on the norm is limited from January 2027`() throws {
        var members = [try Self.member("a", 1988, .applicant)]
        for year in [2014, 2015, 2016, 2017, 2018] { members.append(try Self.member("c\(year)", year, .child)) }
        func norm(_ year: Int, _ month: Int) throws -> Int {
            let month = try #require(Month(year: year, month: month))
            return RuleValues().aidNorm(AidHousehold(members, in: month), in: month)
        }
        let december = try norm(2026, 12)
        let january = try norm(2027, 1)
        #expect(december - january == 2 * 3_820 / 2)
    }

    private static func month(_ facts: [AidMonth.Fact], declared: Int) throws -> AidMonth {
        let id = EventID.v7(milliseconds: 1, ordinal: 0, hash62: 1)
        var month = AidMonth(
            month: try #require(Month(year: 2026, month: 6)), caseRef: "aid-2026-06",
            members: [try member("a", 1988, .applicant)], declared: declared, signed: [person("a")], payee: person("a"),
            openedBy: id, cause: Cause(message: id, journey: nil))
        month.facts = facts
        return month
    }

    private static func fact(_ kind: AidFactKind, _ amount: Int, paid day: Day) -> AidMonth.Fact {
        .init(
            person: person("a"),
            fact: AidSourceFact(
                source: .forsakringskassan, fact: kind, benefit: .housingAllowance, amount: amount, paidOn: day))
    }

    @Test func `of each benefit the newest payment counts, and what the household says where that is more`() throws {
        let april = try Self.day(2026, 4, 27)
        let may = try Self.day(2026, 5, 27)
        let facts = [Self.fact(.paid, 4_000, paid: april), Self.fact(.paid, 4_400, paid: may)]
        #expect(try Self.month(facts, declared: 1_000).income(RuleValues(), aidMonths: 0) == 4_400)
        #expect(try Self.month(facts, declared: 9_000).income(RuleValues(), aidMonths: 0) == 9_000)
    }

    @Test(arguments: [(0, 4_000), (5, 4_000), (6, 3_000), (20, 3_000)])
    func `a wage is counted in part after six months of aid`(months: Int, counted: Int) throws {
        let wage = Self.fact(.wage, 4_000, paid: try Self.day(2026, 5, 25))
        #expect(try Self.month([wage], declared: 0).income(RuleValues(), aidMonths: months) == counted)
    }

    @Test func `what was paid for a time is reckoned by the days of each month`() throws {
        var state = KommunAidCase()
        state.paid = [
            .init(month: try #require(Month(year: 2026, month: 4)), amount: 12_100),
            .init(month: try #require(Month(year: 2026, month: 5)), amount: 13_050),
        ]
        let period = AidPeriod(from: try Self.day(2026, 4, 13), to: try Self.day(2026, 5, 31))
        #expect(state.paid(period) == 20_310)
        #expect(state.paid(AidPeriod(from: try Self.day(2026, 6, 1), to: try Self.day(2026, 6, 30))) == 0)
    }

    @Test(arguments: [((2026, 7, 20), (2026, 8, 19)), ((2026, 6, 1), (2026, 6, 17)), ((2026, 6, 17), (2026, 7, 15))])
    func `the committee meets on the third Wednesday`(from: (Int, Int, Int), meets: (Int, Int, Int)) throws {
        let day = try Self.day(from.0, from.1, from.2)
        #expect(AidRules.committeeDay(after: day) == (try Self.day(meets.0, meets.1, meets.2)))
    }

    @Test func `sickness benefit is paid for weekdays, and child benefit is never asked for in arrears`() throws {
        let from = try Self.day(2026, 4, 13)
        let to = try Self.day(2026, 5, 31)
        #expect(RuleValues().sicknessBenefit(yearlyIncome: 174_200, from: from, to: to) == 18_200)
    }

    @Test func `a month moves only where its stage lets it`() throws {
        typealias Stage = AidMonth.Stage
        #expect(Stage.applied.after(.signed) == .fetching && Stage.applied.after(.paid) == nil)
        #expect(Stage.applied.after(.lapsed) == .dismissed && Stage.dismissed.after(.granted) == nil)
        #expect(Stage.paid.after(.granted) == .decided && Stage.closed.after(.granted) == nil)
        #expect(Stage.calculated.after(.heard) == .hearing && Stage.hearing.after(.refused) == .refused)
        #expect(Stage.decided.after(.died) == nil && Stage.calculated.after(.died) == .dismissed)
    }

    @Test(arguments: [
        ("0180", "Stockholms stad"), ("2480", "Umeå kommun"), ("1780", "Karlstads kommun"), ("1480", "Göteborgs Stad"),
        ("1880", "Örebro kommun"), ("0980", "Region Gotland"),
    ])
    func `a municipality is called as it calls itself`(code: String, name: String) {
        #expect(Municipalities.body(code: code) == name)
    }
}
