import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// A parent dies: what the child's case hears of it, and what becomes of what was paid and asked.
@Suite struct LostGuardianTests {
    let mother = Subject(seed: 1, scenario: "g", case: "", name: "mother")
    let father = Subject(seed: 1, scenario: "g", case: "", name: "father")
    let child = Subject(seed: 1, scenario: "g", case: "", name: "child")
    let head = EventID.custom(hash: (1, 1))
    let end = EventID.custom(hash: (2, 2))

    func day(_ text: String) -> Day { Day(text)! }

    var custody: FamilyRelation {
        FamilyRelation(
            holder: mother, kind: .custody, from: day("2026-03-02"), municipality: "1780",
            concerns: [.kommun(1780), .region(17)])
    }

    // MARK: Skatteverket

    func died() throws -> Harness<Skatteverket> {
        var desk = Harness(Skatteverket(), now: Stockholm.instant(day("2026-03-02")))
        try desk.feed(
            RegisterEntry(municipality: "1780", civilStatus: .unmarried, birthDate: day("1990-05-05")), about: mother)
        try desk.feed(
            BirthNotice(
                child: child, sex: .female, bornAt: Stockholm.instant(day("2026-03-02"), hour: 3), birthOrder: 1),
            about: mother, from: .region(17))
        try desk.advance(to: Stockholm.instant(day("2026-03-06")))
        try desk.feed(
            DeathCertificate(
                deathDate: day("2026-03-05"), certainty: .exact, signer: "SE-EXAMPLE-0001", channel: .electronic,
                forensic: false), about: mother, from: .region(17), id: head)
        try desk.advance(to: Stockholm.instant(day("2026-03-10")))
        // The register hears of the death as others do.
        let death = try #require(try desk.published(Death.self).last)
        try desk.feed(death.data, about: mother, id: death.id, occurredOn: death.occurredOn)
        return desk
    }

    @Test func `a mother's custody is written out and ended at her death`() throws {
        let desk = try died()
        let relations = try desk.published(FamilyRelation.self)
        #expect(relations.map(\.change) == [nil, .ceased] && relations.allSatisfy { $0.subject == child })
        #expect(relations[1].previous == relations[0].id && relations[1].occurredOn == day("2026-03-05"))
        #expect(relations.allSatisfy { $0.data == custody })
    }

    @Test func `another day ends it on that day, and an annulled death restores it`() throws {
        var desk = try died()
        var death = try #require(try desk.published(Death.self).last)
        let relations = try desk.published(FamilyRelation.self)
        var data = death.data
        data.deathDate = day("2026-03-04")
        let corrected = EventID.custom(hash: (5, 5))
        try desk.feed(data, about: mother, id: corrected, change: .corrected, previous: death.id)
        #expect(try desk.published(Annulled<FamilyRelation>.self).map(\.previous) == [relations[1].id])
        death = try #require(try desk.published(Death.self).last)
        let again = try #require(try desk.published(FamilyRelation.self).last)
        #expect(again.previous == relations[0].id && again.occurredOn == day("2026-03-04"))
        try desk.feed(Annulled<Death>(reasonCode: "error"), about: mother, change: .annulled, previous: corrected)
        #expect(try desk.published(Annulled<FamilyRelation>.self).last?.previous == again.id)
    }

    @Test func `a widow's case ends the custody of her spouse, and restores it`() throws {
        var desk = Harness(Skatteverket(), now: Stockholm.instant(day("2026-03-02")))
        try desk.feed(
            RegisterEntry(
                municipality: "1780", civilStatus: .married, spouse: father, birthDate: day("1990-05-05")),
            about: mother)
        try desk.feed(
            BirthNotice(
                child: child, sex: .female, bornAt: Stockholm.instant(day("2026-03-02"), hour: 3), birthOrder: 1),
            about: mother, from: .region(17))
        try desk.advance(to: Stockholm.instant(day("2026-03-06")))
        let widowed = CivilStatusChange(status: .widowed, date: day("2026-03-05"), spouse: father)
        try desk.feed(widowed, about: mother, id: head)
        let relations = try desk.published(FamilyRelation.self)
        #expect(relations.map(\.data.holder) == [father, father] && relations.map(\.change) == [nil, .ceased])
        try desk.feed(
            Annulled<CivilStatusChange>(reasonCode: "x"), about: mother, change: .annulled, previous: head)
        #expect(try desk.published(Annulled<FamilyRelation>.self).map(\.previous) == [relations[1].id])
    }

    // MARK: Försäkringskassan

    func paid(to second: Subject?) throws -> Harness<Forsakringskassan> {
        var desk = Harness(Forsakringskassan(), now: Stockholm.instant(day("2026-03-04")))
        try desk.feed(
            Birth(
                mother: mother, secondParent: second, municipality: "1780", birthDate: day("2026-03-02"),
                birthOrder: 1), about: child)
        try desk.feed(
            BenefitApplication(filedBy: mother, benefit: .parentalBenefit, from: day("2026-03-02")), about: child)
        return desk
    }

    func lose(_ desk: inout Harness<Forsakringskassan>, on date: String) throws {
        try desk.advance(to: Stockholm.instant(day(date).adding(days: 2)))
        try desk.feed(
            custody, about: child, id: end, occurredOn: day(date), change: .ceased, previous: head)
    }

    @Test func `the other parent is paid the whole benefit from the month after`() throws {
        var desk = try paid(to: father)
        let shared = try #require(try desk.published(BenefitDecision.self).last)
        try desk.advance(to: Stockholm.instant(day("2026-04-10")))
        let parental = try #require(try desk.published(BenefitDecision.self).last)
        try lose(&desk, on: "2026-05-04")
        let decisions = try desk.published(BenefitDecision.self).suffix(2)
        let (ended, whole) = try (#require(decisions.first), #require(decisions.last))
        #expect(ended.change == .ceased && ended.previous == parental.id && ended.data.to == day("2026-05-04"))
        #expect(whole.change == .corrected && whole.previous == shared.id && whole.data.from == day("2026-06-01"))
        #expect(whole.data.payees == [Payee(person: father, share: 100)])
        let application = BenefitApplication(filedBy: father, benefit: .parentalBenefit, from: day("2026-05-20"))
        #expect(try desk.feed(application, about: child).map(\.outcome).contains(.handled))
        try desk.feed(Annulled<FamilyRelation>(reasonCode: "x"), about: child, change: .annulled, previous: end)
        #expect(try desk.published(BenefitDecision.self).last?.data.payees.map(\.share) == [50, 50])
    }

    @Test func `nobody is paid when there is no other, until somebody has custody`() throws {
        var desk = try paid(to: nil)
        try lose(&desk, on: "2026-03-09")
        #expect(try desk.published(InsuranceCaseStatus.self).map(\.data.state) == [.investigating, .aborted])
        let ended = try #require(try desk.published(BenefitDecision.self).last)
        #expect(ended.change == .ceased && ended.data.to == day("2026-03-31"))
        let count = desk.messages.count
        try desk.advance(to: Stockholm.instant(day("2026-04-15")))
        #expect(desk.messages.count == count)
        try desk.feed(
            FamilyRelation(holder: father, kind: .custody, from: day("2026-04-14"), municipality: "1780", concerns: []),
            about: child)
        let new = try #require(try desk.published(BenefitDecision.self).last)
        #expect(new.change == nil && new.previous == nil && new.data.from == day("2026-05-01"))
        #expect(new.data.payees == [Payee(person: father, share: 100)])
    }

    @Test func `what the mother had goes on when her death was an error`() throws {
        var desk = try paid(to: nil)
        try lose(&desk, on: "2026-03-09")
        let ended = try #require(try desk.published(BenefitDecision.self).last)
        try desk.feed(Annulled<FamilyRelation>(reasonCode: "x"), about: child, change: .annulled, previous: end)
        #expect(try desk.published(Annulled<BenefitDecision>.self).map(\.previous) == [ended.id])
        #expect(try desk.published(InsuranceCaseStatus.self).last?.data.state == .investigating)
        try desk.advance(to: Stockholm.instant(day("2026-04-15")))
        #expect(try desk.published(BenefitDecision.self).last?.data.benefit == .parentalBenefit)
        #expect(try desk.tiles().last?.data.code == .ongoing)
    }

    // MARK: Kommun

    @Test func `family law writes to nobody who died, and again when the death was an error`() throws {
        var desk = Harness(Kommun(), playing: .kommun(1780), now: Stockholm.instant(day("2026-03-10")))
        try desk.feed(custody, about: child, from: .skatteverket, id: end, change: .ceased, previous: head)
        try desk.feed(
            ParenthoodMissing(
                mother: mother, municipality: "1780", birthDate: day("2026-03-02"), lastDay: day("2026-03-16")),
            about: child, from: .skatteverket)
        #expect(try desk.published(MunicipalCaseStatus.self).map(\.data.state) == [.awaitingCitizen])
        #expect(try desk.tiles().isEmpty)
        try desk.feed(
            Annulled<FamilyRelation>(reasonCode: "x"), about: child, from: .skatteverket, change: .annulled,
            previous: end)
        #expect(try desk.tiles().map(\.subject) == [mother])
    }
}
