import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// What a hospital corrects or withdraws when the register has acted on it already.
@Suite struct HospitalCorrectionTests {
    let mother = Subject(seed: 1, scenario: "h", case: "", name: "mother")
    let child = Subject(seed: 1, scenario: "h", case: "", name: "child")
    let person = Subject(seed: 1, scenario: "h", case: "", name: "person")
    let first = EventID.custom(hash: (1, 1))
    let second = EventID.custom(hash: (2, 2))

    func day(_ text: String) -> Day { Day(text)! }

    func notice(_ sex: Sex = .female, on date: String = "2026-03-02") -> BirthNotice {
        BirthNotice(child: child, sex: sex, bornAt: Stockholm.instant(day(date), hour: 3), birthOrder: 1)
    }

    func entry() -> RegisterEntry {
        RegisterEntry(municipality: "1780", civilStatus: .unmarried, birthDate: day("1980-05-05"))
    }

    func born() throws -> Harness<Skatteverket> {
        var desk = Harness(Skatteverket(), now: Stockholm.instant(day("2026-03-02")))
        try desk.feed(entry(), about: mother)
        try desk.feed(notice(), about: mother, from: .region(17), id: first)
        try desk.advance(to: Stockholm.instant(day("2026-03-05")))
        return desk
    }

    @Test func `a corrected day of birth corrects the birth, another sex corrects nothing`() throws {
        var desk = try born()
        let birth = try #require(try desk.published(Birth.self).last)
        let count = desk.messages.count
        try desk.feed(notice(.male), about: mother, id: second, change: .corrected, previous: first)
        #expect(desk.messages.count == count)
        let third = EventID.custom(hash: (3, 3))
        try desk.feed(
            notice(.male, on: "2026-02-28"), about: mother, id: third, change: .corrected, previous: second)
        let corrected = try #require(try desk.published(Birth.self).last)
        #expect(corrected.change == .corrected && corrected.previous == birth.id && corrected.subject == child)
        #expect(corrected.data.birthDate == day("2026-02-28") && corrected.data.mother == mother)
        try desk.feed(notice(), about: mother, change: .corrected, previous: third)
        #expect(try desk.published(Birth.self).last?.previous == corrected.id)
    }

    @Test func `a withdrawn notice annuls the birth, and the same child may be another's`() throws {
        var desk = try born()
        let birth = try #require(try desk.published(Birth.self).last)
        for _ in 1...2 {
            try desk.feed(
                Annulled<BirthNotice>(reasonCode: "wrongPerson"), about: mother, change: .annulled, previous: first)
        }
        let annulled = try desk.published(Annulled<Birth>.self)
        #expect(annulled.map(\.previous) == [birth.id] && annulled.map(\.subject) == [child])
        #expect(annulled.first?.data.reasonCode == "wrongPerson")
        try desk.feed(entry(), about: person)
        try desk.feed(notice(), about: person, from: .region(17))
        try desk.advance(to: Stockholm.instant(day("2026-03-10")))
        #expect(try desk.published(Birth.self).last?.data.mother == person)
    }

    func certificate(_ date: String, signer: String = "SE-EXAMPLE-0001") -> DeathCertificate {
        DeathCertificate(
            deathDate: day(date), certainty: .exact, signer: signer, channel: .electronic, forensic: false)
    }

    func died(_ date: String = "2026-03-03", known: String = "2026-03-04") throws -> Harness<Skatteverket> {
        var desk = Harness(Skatteverket(), now: Stockholm.instant(day(known)))
        try desk.feed(entry(), about: person)
        try desk.feed(certificate(date), about: person, from: .region(17), id: first)
        try desk.advance(to: Stockholm.instant(SwedishCalendar.adding(workingDays: 2, to: day(known))))
        let death = try #require(try desk.published(Death.self).last)
        try desk.feed(death.data, about: person, id: death.id, occurredOn: death.occurredOn)
        return desk
    }

    @Test func `a corrected certificate corrects the registered death`() throws {
        var desk = try died()
        let death = try #require(try desk.published(Death.self).last)
        try desk.feed(
            certificate("2026-03-03"), about: person, from: .region(17), id: second, change: .corrected,
            previous: first)
        #expect(try desk.published(Death.self).count == 1)
        try desk.feed(
            certificate("2026-02-27"), about: person, from: .region(17), change: .corrected, previous: second)
        let corrected = try #require(try desk.published(Death.self).last)
        #expect(corrected.change == .corrected && corrected.previous == death.id)
        #expect(corrected.data.deathDate == day("2026-02-27") && corrected.data.municipality == "1780")
    }

    @Test func `a withdrawn certificate annuls the registered death, once`() throws {
        var desk = try died()
        let death = try #require(try desk.published(Death.self).last)
        for _ in 1...2 {
            try desk.feed(
                Annulled<DeathCertificate>(reasonCode: "error"), about: person, change: .annulled, previous: first)
        }
        #expect(try desk.published(Annulled<Death>.self).map(\.previous) == [death.id])
    }

    @Test func `a corrected day of death ends a registration anew, from the one that held`() throws {
        var desk = Harness(Arbetsformedlingen(), now: Stockholm.instant(day("2026-03-05")))
        let head = EventID.custom(hash: (9, 9))
        try desk.feed(JobSeekerRegistration(from: day("2025-08-18"), extent: 100), about: person, id: head)
        var death = Death(
            deathDate: day("2026-03-03"), certainty: .exact, municipality: "1780", hasSpouse: false,
            hasMinorChildren: false)
        try desk.feed(death, about: person, id: first)
        let ended = try #require(try desk.published(JobSeekerRegistration.self).last)
        death.deathDate = day("2026-02-28")
        try desk.feed(death, about: person, change: .corrected, previous: first)
        #expect(try desk.published(Annulled<JobSeekerRegistration>.self).map(\.previous) == [ended.id])
        #expect(try desk.published(JobSeekerRegistration.self).last?.previous == head)
        #expect(try desk.published(JobSeekerRegistration.self).last?.occurredOn == day("2026-02-28"))
    }
}
