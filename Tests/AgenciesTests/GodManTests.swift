import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// God man and administrator: fees, last days, and what a consumer makes of a scope.
@Suite struct GodManTests {
    let principal = Subject(seed: 1, scenario: "s", case: "c", name: "principal")
    let sister = Subject(seed: 1, scenario: "s", case: "c", name: "sister")

    // rules: G12
    @Test(
        arguments: [
            ([.guardRights, .manageProperty, .careForPerson], 8, 12_629), ([.manageProperty], 12, 7_104),
            ([.guardRights, .careForPerson], 12, 13_024), ([.careForPerson], 1, 1_085),
        ] as [([GuardianshipScope], Int, Int)])
    func `a fee follows the scope and the months begun`(scope: [GuardianshipScope], months: Int, fee: Int) throws {
        let day = try #require(Day("2026-12-31"))
        #expect(GuardianRules.fee(scope, months: months, on: day, RuleValues()) == fee)
    }

    // rules: G11
    @Test(
        arguments: [
            (0, 173_800, 12_629), (0, 118_400, 0), (0, 120_000, 1_600), (156_880, 0, 0), (160_000, 0, 3_120),
            (200_000, 0, 12_629),
        ])
    func `a principal pays as far as income or assets are over a limit`(income: Int, assets: Int, share: Int) throws {
        let day = try #require(Day("2026-12-31"))
        #expect(
            GuardianRules.principalShare(of: 12_629, income: income, assets: assets, on: day, RuleValues()) == share)
    }

    // rules: G8
    @Test(arguments: [(2026, "2027-03-01"), (2027, "2028-02-29"), (2025, "2026-03-02")])
    func `an account is in before the 1st of March, which a weekend moves`(year: Int, last: String) {
        #expect(GuardianRules.accountDay(of: year) == Day(last))
    }

    func guardianship(_ scope: [GuardianshipScope], from day: String = "2026-05-04") -> Guardianship {
        Guardianship(
            holder: sister, kind: .godMan, scope: scope, capacity: .full, from: Day(day)!, municipality: "1780",
            caseRef: "godMan-1", concerns: [AgencyID(.kronofogden)])
    }

    func desk() throws -> Harness<Kronofogden> {
        var desk = Harness(Kronofogden(), now: Stockholm.instant(Day("2026-05-04")!, hour: 8))
        try desk.feed(
            EnforcementCaseStatus(caseRef: "debt-1", matter: .debtCollection, state: .executing), about: principal)
        return desk
    }

    // rules: G5, G17
    @Test func `the Enforcement Authority knows who manages property, of whom it has a case`() throws {
        var desk = try desk()
        try desk.feed(guardianship([.careForPerson]), about: principal, from: .kommun(1780), id: id(1))
        #expect(try desk.tiles().isEmpty)
        try desk.feed(
            guardianship([.careForPerson, .manageProperty]), about: principal, from: .kommun(1780), id: id(2),
            occurredOn: Day("2026-06-01")!, change: .corrected, previous: id(1))
        #expect(try desk.tiles().map(\.data.code) == [.informed])
        try desk.feed(
            guardianship([.careForPerson]), about: principal, from: .kommun(1780), id: id(3),
            occurredOn: Day("2026-05-04")!, change: .corrected, previous: id(2))
        #expect(try desk.tiles().last?.data.text == "Rättat: uppdraget gäller inte hos Kronofogden.")
        #expect(try desk.tiles().allSatisfy { $0.subject == sister })

        var stranger = Harness(Kronofogden(), now: Stockholm.instant(Day("2026-05-04")!, hour: 8))
        try stranger.feed(guardianship([.manageProperty]), about: principal, from: .kommun(1780))
        #expect(stranger.messages.isEmpty)
    }

    @Test(arguments: [true, false])
    func `a candidate with debts is remarked on, and not how`(owes: Bool) throws {
        var desk = owes ? try desk() : Harness(Kronofogden(), now: Stockholm.instant(Day("2026-05-04")!, hour: 8))
        try desk.feed(
            SuitabilityNeed(caseRef: "candidate", facts: ["remark"], asked: [AgencyID(.kronofogden)]),
            about: principal, from: .kommun(1780), purpose: GuardianRules.suitability)
        let answer = try #require(try desk.published(EnforcementSuitabilityAnswer.self).last)
        #expect(answer.data.remark == owes)
    }

    func id(_ number: UInt64) -> EventID { .v7(milliseconds: 1_700_000_000_000, ordinal: 1, hash62: number) }
}
