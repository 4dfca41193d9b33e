import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// Housing allowance, by the rules M12 to M15 of the page on moves.
@Suite struct HousingAllowanceTests {
    let mother = Subject(seed: 1, scenario: "s", case: "c", name: "A")
    let child = Subject(seed: 1, scenario: "s", case: "c", name: "N")
    let opening = EventID.custom(hash: (1, 1))
    let moved = EventID.custom(hash: (2, 2))

    func day(_ text: String) -> Day { Day(text)! }

    /// Försäkringskassan on 1 March with an allowance of 4 200 kr that holds until August.
    func desk(to last: String = "2026-08-31", income: Int = 148_000) throws -> Harness<Forsakringskassan> {
        var desk = Harness(Forsakringskassan(), now: Stockholm.instant(day("2026-03-01")))
        try desk.feed(
            BenefitDecision(
                benefit: .housingAllowance, outcome: .granted, from: day("2025-09-01"), to: day(last),
                payees: [Payee(person: mother, share: 100)]), about: mother, id: opening)
        try desk.feed(BenefitBasis(monthlyRent: 7_200, yearlyIncome: income, children: 1), about: mother)
        return desk
    }

    func move(_ effective: String) -> Move {
        Move(
            fromMunicipality: "0180", toMunicipality: "1780", addressRef: "a", effectiveDate: day(effective),
            minor: false, concerns: [])
    }

    func application(from: String = "2026-04-01", children: Int = 1) -> BenefitApplication {
        BenefitApplication(
            filedBy: mother, benefit: .housingAllowance, from: day(from), yearlyIncome: 148_000, monthlyRent: 6_400,
            children: children, family: children == 0 ? [] : [child])
    }

    func payments(_ desk: Harness<Forsakringskassan>) throws -> [String] {
        try desk.published(InsurancePayment.self).map {
            "\($0.data.paidOn) \($0.data.month.map { "\($0)" } ?? "") \($0.data.amount)"
        }
    }

    // rules: M13
    @Test(arguments: [
        (7_200, 148_000, 1, 2026, 4_200), (6_400, 148_000, 1, 2026, 4_000), (7_200, 186_000, 1, 2026, 3_600),
        (9_000, 100_000, 2, 2026, 5_200), (9_000, 100_000, 4, 2026, 6_200), (1_000, 100_000, 1, 2026, 1_500),
        (7_200, 900_000, 1, 2026, 0), (7_200, 148_000, 1, 2025, 3_400),
    ])
    func `M13: half of the cost, and the part for the children, less a fifth of the income above 150 000`(
        row: (rent: Int, income: Int, children: Int, year: Int, amount: Int)
    ) throws {
        var desk = Harness(Forsakringskassan(), now: Stockholm.instant(day("\(row.year)-03-01")))
        try desk.feed(
            BenefitDecision(
                benefit: .housingAllowance, outcome: .granted, from: day("2025-01-01"),
                payees: [Payee(person: mother, share: 100)]), about: mother)
        try desk.feed(
            BenefitBasis(monthlyRent: row.rent, yearlyIncome: row.income, children: row.children), about: mother)
        try desk.advance(to: Stockholm.instant(day("\(row.year)-03-28")))
        #expect(try desk.published(InsurancePayment.self).map(\.data.amount) == [row.amount].filter { $0 > 0 })
    }

    // rules: M14
    @Test func `M14: paid on the 27th, or the working day before it`() throws {
        var desk = try desk(to: "2026-08-31")
        try desk.advance(to: Stockholm.instant(day("2026-10-01")))
        #expect(
            try payments(desk) == [
                "2026-03-27 2026-03 4200", "2026-04-27 2026-04 4200", "2026-05-27 2026-05 4200",
                "2026-06-26 2026-06 4200", "2026-07-27 2026-07 4200", "2026-08-27 2026-08 4200",
            ])
        #expect(try desk.tiles().last?.data.code == .stopped)
    }

    // rules: M14
    @Test(arguments: [
        ("2026-03-01", "2026-03-20", "2026-02-28", "2026-04-30"),
        ("2026-03-15", "2026-03-15", "2026-03-31", "2026-04-30"),
        ("2026-04-01", "2026-04-01", "2026-03-31", "2026-04-30"),
        ("2026-02-01", "2026-02-01", "2026-01-31", "2026-03-31"),
    ])
    func `M14: the right ends with the month of the move, and the new one arises from the registration`(
        row: (moved: String, effective: String, to: String, applyBy: String)
    ) throws {
        var desk = try desk()
        try desk.advance(to: Stockholm.instant(day("2026-03-26")))
        try desk.feed(move(row.effective), about: mother, occurredOn: day(row.moved))
        let ceased = try #require(try desk.published(BenefitDecision.self).last)
        #expect(ceased.change == .ceased && ceased.data.to == day(row.to) && ceased.previous == opening)
        #expect(try desk.published(InsuranceCaseStatus.self).last?.data.expectedDate == day(row.applyBy))
    }

    // rules: M15
    @Test func `M15: what was paid after the move is claimed back, once there was time to answer`() throws {
        var desk = try desk()
        try desk.advance(to: Stockholm.instant(day("2026-03-27"), hour: 8))
        try desk.feed(move("2026-03-20"), about: mother, id: moved, occurredOn: day("2026-03-01"))
        try desk.advance(to: Stockholm.instant(day("2026-04-13"), hour: 7))
        #expect(try desk.published(InsuranceRecovery.self).map(\.data.state) == [.considered])
        try desk.advance(to: Stockholm.instant(day("2026-04-13"), hour: 9))
        let claim = try #require(try desk.published(InsuranceRecovery.self).last)
        #expect(claim.data.state == .decided && claim.data.amount == 4_200 && claim.data.payBy == day("2026-05-13"))
        try desk.feed(Annulled<Move>(reasonCode: "error"), about: mother, change: .annulled, previous: moved)
        #expect(try desk.published(Annulled<InsuranceRecovery>.self).map(\.previous) == [claim.id])
        // Nothing is owed for March, which was paid, and April comes with the next payment.
        try desk.advance(to: Stockholm.instant(day("2026-04-28")))
        #expect(try payments(desk) == ["2026-03-27 2026-03 4200", "2026-04-27 2026-04 4200"])
    }

    // rules: M12
    @Test(arguments: [
        (nil, false), ("1980-01-01", false), ("1997-04-01", false), ("1997-04-02", true), ("2008-04-01", true),
        ("2008-04-02", false),
    ])
    func `M12: without children the age decides, from 18 to 28`(row: (born: String?, isGranted: Bool)) throws {
        var desk = Harness(Forsakringskassan(), now: Stockholm.instant(day("2026-04-01")))
        var application = application(children: 0)
        application.birthDate = row.born.map(day)
        try desk.feed(application, about: mother)
        try desk.advance(to: Stockholm.instant(day("2026-04-30")))
        #expect(try desk.published(BenefitDecision.self).map(\.data.outcome) == [row.isGranted ? .granted : .rejected])
        // What somebody young is given has no amount here.
        #expect(try payments(desk).isEmpty)
    }

    // rules: M12
    @Test func `M12: of somebody young what was decided before is paid as it is, and a new rent is no question of age`()
        throws
    {
        var desk = Harness(Forsakringskassan(), now: Stockholm.instant(day("2026-03-01")))
        try desk.feed(
            BenefitDecision(
                benefit: .housingAllowance, outcome: .granted, from: day("2025-09-01"), to: day("2026-08-31"),
                payees: [Payee(person: mother, share: 100)]), about: mother)
        try desk.feed(
            BenefitBasis(monthlyRent: 7_200, yearlyIncome: 60_000, children: 0, amount: 1_100), about: mother)
        try desk.advance(to: Stockholm.instant(day("2026-04-01")))
        try desk.feed(HousingChange(filedBy: mother, monthlyRent: 6_400, from: day("2026-04-15")), about: mother)
        try desk.advance(to: Stockholm.instant(day("2026-05-28")))
        #expect(try payments(desk) == ["2026-03-27 2026-03 1100", "2026-04-27 2026-04 1100"])
        #expect(try desk.published(BenefitDecision.self).last?.data.outcome == .granted)
    }

    @Test func `what somebody else files is refused, and without rent, income and children nothing is investigated`()
        throws
    {
        var desk = try desk()
        var other = application()
        other.filedBy = Subject(seed: 1, scenario: "s", case: "c", name: "Z")
        #expect(
            try desk.feed(other, about: mother).contains { $0.outcome == .notWhole(["is filed by the insured"]) })
        var empty = application()
        empty.monthlyRent = nil
        #expect(
            try desk.feed(empty, about: mother).contains {
                $0.outcome == .notWhole(["says rent, income and children"])
            })
        var unnamed = application()
        unnamed.family = nil
        #expect(
            try desk.feed(unnamed, about: mother).contains { $0.outcome == .notWhole(["names each child"]) })
    }

    @Test func `a new rent changes the amount from the month after`() throws {
        var desk = try desk()
        try desk.advance(to: Stockholm.instant(day("2026-04-01")))
        try desk.feed(HousingChange(filedBy: mother, monthlyRent: 6_400, from: day("2026-04-15")), about: mother)
        try desk.advance(to: Stockholm.instant(day("2026-05-28")))
        #expect(
            try payments(desk) == ["2026-03-27 2026-03 4200", "2026-04-27 2026-04 4200", "2026-05-27 2026-05 4000"])
    }

    @Test func `death ends the allowance with its month, which is paid, and nothing after it`() throws {
        var desk = try desk()
        let death = Death(
            deathDate: day("2026-03-03"), certainty: .exact, municipality: "1780", hasSpouse: false,
            hasMinorChildren: false)
        try desk.feed(death, about: mother)
        let ceased = try #require(try desk.published(BenefitDecision.self).last)
        #expect(ceased.change == .ceased && ceased.previous == opening && ceased.occurredOn == day("2026-03-31"))
        try desk.advance(to: Stockholm.instant(day("2026-12-01")))
        #expect(try payments(desk) == ["2026-03-27 2026-03 4200"])
    }
}
