import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// A parent dies: what the cases of the children are told.
@Suite struct LostGuardianTests {
    let mother = Subject(seed: 1, scenario: "g", case: "", name: "mother")
    let father = Subject(seed: 1, scenario: "g", case: "", name: "father")
    let child = Subject(seed: 1, scenario: "g", case: "", name: "child")
    let head = EventID.custom(hash: (1, 1))

    func day(_ text: String) -> Day { Day(text)! }

    func born(_ status: CivilStatus, spouse: Subject? = nil) throws -> Harness<Skatteverket> {
        var desk = Harness(Skatteverket(), now: Stockholm.instant(day("2026-03-02")))
        try desk.feed(
            RegisterEntry(municipality: "1780", civilStatus: status, spouse: spouse, birthDate: day("1990-05-05")),
            about: mother)
        try desk.feed(
            BirthNotice(
                child: child, sex: .female, bornAt: Stockholm.instant(day("2026-03-02"), hour: 3), birthOrder: 1),
            about: mother, from: .region(17))
        try desk.advance(to: Stockholm.instant(day("2026-03-06")))
        return desk
    }

    @Test func `a mother's death is told to her child's case, corrected and annulled there`() throws {
        var desk = try born(.unmarried)
        try desk.feed(
            DeathCertificate(
                deathDate: day("2026-03-05"), certainty: .exact, signer: "SE-EXAMPLE-0001", channel: .electronic,
                forensic: false), about: mother, from: .region(17), id: head)
        try desk.advance(to: Stockholm.instant(day("2026-03-10")))
        // The register hears of the death as others do.
        let registered = try #require(try desk.published(Death.self).last)
        try desk.feed(registered.data, about: mother, id: registered.id, occurredOn: registered.occurredOn)
        let told = try #require(try desk.published(ParentDied.self).last)
        #expect(told.subject == child && told.data == ParentDied(dead: mother, deathDate: day("2026-03-05")))
        let death = try #require(try desk.published(Death.self).last)
        var data = death.data
        data.deathDate = day("2026-03-04")
        let corrected = EventID.custom(hash: (5, 5))
        try desk.feed(data, about: mother, id: corrected, change: .corrected, previous: death.id)
        let again = try #require(try desk.published(ParentDied.self).last)
        #expect(again.change == .corrected && again.previous == told.id && again.data.deathDate == day("2026-03-04"))
        try desk.feed(Annulled<Death>(reasonCode: "error"), about: mother, change: .annulled, previous: corrected)
        #expect(try desk.published(Annulled<ParentDied>.self).map(\.previous) == [again.id])
    }

    @Test func `a widow's case tells the child of her spouse, and takes it back`() throws {
        var desk = try born(.married, spouse: father)
        try desk.feed(
            CivilStatusChange(status: .widowed, date: day("2026-03-05"), spouse: father), about: mother, id: head)
        let told = try #require(try desk.published(ParentDied.self).last)
        #expect(told.subject == child && told.data.dead == father)
        try desk.feed(
            Annulled<CivilStatusChange>(reasonCode: "x"), about: mother, change: .annulled, previous: head)
        #expect(try desk.published(Annulled<ParentDied>.self).map(\.previous) == [told.id])
    }
}
