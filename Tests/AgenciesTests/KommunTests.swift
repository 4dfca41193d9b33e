import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

@Suite struct KommunTests {
    let subject = Subject(seed: 1, scenario: "kommun", case: "", name: "subject")
    let mother = Subject(seed: 1, scenario: "kommun", case: "", name: "mother")

    func start(_ day: String, in code: Int = 1780) -> Harness<Kommun> {
        Harness(Kommun(), playing: .kommun(code), now: Stockholm.instant(Day(day)!))
    }

    func move(minor: Bool, from: String = "0180", to: String = "1780", effective: String = "2026-03-20") -> Move {
        Move(
            fromMunicipality: from, toMunicipality: to, addressRef: "a1", noticeDate: Day("2026-03-20")!,
            effectiveDate: Day(effective)!, household: [mother, subject], minor: minor)
    }

    // MARK: Moves

    @Test func `an adult with no service is let go`() throws {
        var desk = start("2026-03-27", in: 180)
        try desk.feed(move(minor: false), about: subject, from: .skatteverket)
        try desk.feed(move(minor: false), about: subject, from: .skatteverket)
        let tiles = try desk.tiles()
        #expect(tiles.map(\.data.tile) == [.oldMunicipality] && tiles.map(\.data.code) == [.done])
        #expect(tiles.map(\.data.text) == ["Inget mer att avsluta i Stockholm"])
        #expect(desk.messages.count == 1)
    }

    @Test func `an adult is welcomed, and settled thirty days after the registration holds`() throws {
        var desk = start("2026-03-27")
        try desk.feed(move(minor: false), about: subject, from: .skatteverket)
        try desk.advance(to: Stockholm.instant(Day("2026-04-19")!, hour: 23, minute: 59))
        #expect(
            try desk.tiles().map(\.data.text) == ["Välkommen till Karlstad. Förskola och andra val söker du själv"])
        try desk.advance(to: Stockholm.instant(Day("2026-04-20")!))
        let tile = try #require(try desk.tiles().last)
        #expect(tile.data.code == .done && tile.data.text == "Klart i Karlstad" && tile.subject == subject)
    }

    @Test func `a move within the municipality concerns nobody`() throws {
        var desk = start("2026-03-27")
        try desk.feed(move(minor: false, from: "1780"), about: subject, from: .skatteverket)
        #expect(desk.messages.isEmpty)
    }

    @Test(arguments: [("1780", "Klart i Karlstad"), ("1480", "Rättat: du har inte flyttat till Karlstad")])
    func `a corrected move moves the clock or is undone`(row: (to: String, text: String)) throws {
        var desk = start("2026-03-27")
        try desk.feed(move(minor: false), about: subject, from: .skatteverket, id: id(901))
        try desk.feed(
            move(minor: false, to: row.to, effective: "2026-03-27"), about: subject, from: .skatteverket,
            change: .corrected, previous: id(901))
        try desk.advance(to: Stockholm.instant(Day("2026-04-26")!, hour: 23))
        let before = desk.messages.count
        try desk.advance(to: Stockholm.instant(Day("2026-04-27")!))
        #expect(desk.messages.count == before + (row.to == "1780" ? 1 : 0))
        #expect(try desk.tiles().last?.data.text == row.text)
        #expect(desk.messages.count == 2)
    }

    // MARK: Death

    func death(_ day: String = "2026-03-03") -> Death {
        Death(
            deathDate: Day(day)!, certainty: .exact, municipality: "1780", hasSpouse: true, hasMinorChildren: false)
    }

    func helped() throws -> Harness<Kommun> {
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
        // Our own message comes back, and the fee is settled without a word.
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
        #expect(try desk.tiles().last?.data.text == "Rättat: hemtjänsten fortsätter")
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

    @Test func `a death of one with nothing open is silent`() throws {
        var desk = start("2026-03-05")
        try desk.feed(death(), about: subject, from: .skatteverket)
        #expect(desk.messages.isEmpty)
    }

    @Test func `a mover's death stops the welcome, and an annulment goes on with it`() throws {
        var desk = start("2026-03-27")
        try desk.feed(move(minor: false), about: subject, from: .skatteverket)
        try desk.feed(death("2026-03-27"), about: subject, from: .skatteverket, id: id(903))
        try desk.advance(to: Stockholm.instant(Day("2026-04-21")!))
        #expect(desk.messages.count == 1)
        try desk.feed(
            Annulled<Death>(reasonCode: "error"), about: subject, from: .skatteverket, change: .annulled,
            previous: id(903))
        try desk.advance(to: Stockholm.instant(Day("2026-04-22")!))
        #expect(try desk.tiles().last?.data.text == "Klart i Karlstad")
    }

    func id(_ number: UInt64) -> EventID { .v7(milliseconds: 1_700_000_000_000, ordinal: 1, hash62: number) }
}
