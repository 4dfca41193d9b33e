import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

@Suite struct KommunElderCareTests {
    let subject = Subject(seed: 1, scenario: "s", case: "c", name: "A")

    func start(_ day: String, in municipality: Int = 1780) -> Harness<KommunElderCare> {
        Harness(KommunElderCare(), playing: .kommun(municipality), now: Stockholm.instant(Day(day)!, hour: 8))
    }

    func move(to: String = "0180") -> Move {
        Move(
            fromMunicipality: "1780", toMunicipality: to, effectiveDate: Day("2026-03-20")!, minor: false, concerns: [])
    }

    func death(_ day: String = "2026-03-03") -> Death {
        Death(
            deathDate: Day(day)!, certainty: .exact, municipality: "1780", hasSpouse: true, hasMinorChildren: false)
    }

    func homeHelp() throws -> Harness<KommunElderCare> {
        var desk = start("2026-03-27")
        try desk.feed(
            ElderCare(municipality: "1780", service: .homeHelp, state: .started, from: Day("2025-01-01")!),
            about: subject, id: id(902))
        return desk
    }

    // rules: M19
    @Test func `M19: help goes on for fourteen days after the decision on the move, then it ends`() throws {
        var desk = try homeHelp()
        try desk.feed(move(), about: subject, from: .skatteverket, occurredOn: Day("2026-03-20")!)
        #expect(
            try desk.tiles().map(\.data.text) == ["Hemtjänsten fortsätter till den 10 april 2026. Ansök i Stockholm nu"]
        )
        try desk.advance(to: Stockholm.instant(Day("2026-04-10")!, hour: 23))
        #expect(try desk.published(ElderCare.self).isEmpty)
        try desk.advance(to: Stockholm.instant(Day("2026-04-11")!))
        let end = try #require(try desk.published(ElderCare.self).last)
        #expect(end.change == .ceased && end.previous == id(902) && end.data.reason == .move)
        #expect(end.data.from == Day("2026-04-10")!)
    }

    @Test(arguments: ["2026-04-01", "2026-04-20"])
    func `an annulled move keeps the help, or gives it back`(annulled: String) throws {
        var desk = try homeHelp()
        try desk.feed(move(), about: subject, from: .skatteverket, id: id(901), occurredOn: Day("2026-03-20")!)
        try desk.advance(to: Stockholm.instant(Day(annulled)!))
        let ends = try desk.published(ElderCare.self).count
        try desk.feed(
            Annulled<Move>(reasonCode: "error"), about: subject, from: .skatteverket, change: .annulled,
            previous: id(901))
        #expect(try desk.published(Annulled<ElderCare>.self).count == ends)
        #expect(try desk.tiles().last?.data.text == "Rättat: hemtjänsten fortsätter")
        try desk.advance(to: Stockholm.instant(Day("2026-06-01")!))
        #expect(try desk.published(ElderCare.self).count == ends)
    }

    @Test func `a move within the municipality, or of one without help, changes nothing`() throws {
        var desk = try homeHelp()
        try desk.feed(move(to: "1780"), about: subject, from: .skatteverket)
        #expect(desk.messages.isEmpty)
        var other = start("2026-03-27")
        try other.feed(move(), about: subject, from: .skatteverket)
        #expect(other.messages.isEmpty)
    }

    func helped() throws -> Harness<KommunElderCare> {
        var desk = start("2026-03-01")
        try desk.feed(
            ElderCare(municipality: "1780", service: .homeHelp, state: .started, from: Day("2025-01-01")!),
            about: subject, id: id(902))
        #expect(desk.messages.isEmpty)
        try desk.advance(to: Stockholm.instant(Day("2026-03-05")!, hour: 8))
        try desk.feed(death(), about: subject, from: .skatteverket, id: id(903), occurredOn: Day("2026-03-03")!)
        return desk
    }

    @Test func `a death ends home help on the day of death`() throws {
        var desk = try helped()
        let end = try #require(try desk.published(ElderCare.self).last)
        #expect(end.change == .ceased && end.previous == id(902) && end.occurredOn == Day("2026-03-03")!)
        #expect(
            end.data
                == ElderCare(
                    municipality: "1780", service: .homeHelp, state: .ended, from: Day("2026-03-03")!, reason: .death))
        let tile = try #require(try desk.tiles().last)
        #expect(tile.subject == subject && tile.data.tile == .stopped && tile.data.code == .stopped)
        #expect(tile.data.text == "Hemtjänsten är avslutad. En sista räkning kan komma till dödsboet")
        // Our own message comes back.
        try desk.feed(
            end.data, about: subject, id: end.id, occurredOn: end.occurredOn, change: .ceased, previous: id(902))
        try desk.feed(death(), about: subject, from: .skatteverket)
        try desk.advance(to: Stockholm.instant(Day("2026-06-01")!))
        #expect(desk.messages.count == 2)
    }

    @Test func `an annulled death restores home help, and a real one ends it again`() throws {
        var desk = try helped()
        let end = try #require(try desk.published(ElderCare.self).last)
        try desk.feed(
            Annulled<Death>(reasonCode: "wrongPerson"), about: subject, from: .skatteverket, change: .annulled,
            previous: id(903))
        let annulled = try #require(try desk.published(Annulled<ElderCare>.self).last)
        #expect(annulled.previous == end.id && annulled.data.reasonCode == "wrongPerson")
        #expect(try desk.tiles().last?.data.code == .corrected)
        #expect(
            try desk.tiles().last?.data.text
                == "Du är inte längre registrerad som avliden hos kommunen. Hemtjänsten fortsätter")
        try desk.feed(death("2026-03-04"), about: subject, from: .skatteverket)
        #expect(try desk.published(ElderCare.self).last?.previous == id(902))
    }

    @Test(arguments: [("2026-03-03", 2), ("2026-03-02", 4)])
    func `a corrected death moves the end, or does nothing`(row: (day: String, messages: Int)) throws {
        var desk = try helped()
        try desk.feed(
            death(row.day), about: subject, from: .skatteverket, id: id(904), change: .corrected, previous: id(903))
        #expect(desk.messages.count == row.messages)
        #expect(try desk.published(ElderCare.self).last?.data.from == Day(row.day)!)
        try desk.feed(
            Annulled<Death>(reasonCode: "error"), about: subject, from: .skatteverket, change: .annulled,
            previous: id(904))
        #expect(try desk.tiles().last?.data.code == .corrected)
    }

    func id(_ number: UInt64) -> EventID { .v7(milliseconds: 1_700_000_000_000, ordinal: 1, hash62: number) }
}
