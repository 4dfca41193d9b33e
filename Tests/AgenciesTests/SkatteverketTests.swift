import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

@Suite struct SkatteverketTests {
    static func key(_ name: String) -> Subject { Subject(seed: 1, scenario: "skv", case: "", name: name) }
    let mother = Self.key("mother")
    let father = Self.key("father")
    let child = Self.key("child")
    let dead = Self.key("dead")
    let widow = Self.key("widow")

    typealias Desk = Harness<Skatteverket>

    func day(_ text: String) -> Day { Day(text)! }

    func desk(_ text: String) -> Desk { Desk(Skatteverket(), now: Stockholm.instant(day(text))) }

    /// Tiles from a message on, as `holder tile code text`.
    func tiles(_ desk: Desk, after count: Int = 0) throws -> [String] {
        let names = [mother: "M", father: "F", child: "C", dead: "X", widow: "Y"]
        return try desk.tiles().dropFirst(count).map {
            "\(names[$0.subject] ?? "?") \($0.data.tile.rawValue) \($0.data.code.rawValue) \($0.data.text)"
        }
    }

    /// What the agency has published on its own topics comes back to it.
    func echo<Data: LifeEvent>(_ type: Data.Type, _ desk: inout Desk) throws {
        let event = try #require(try desk.published(type).last)
        try desk.feed(
            event.data, about: event.subject, id: event.id, occurredOn: event.occurredOn, change: event.change,
            previous: event.previous)
    }

    func entry(_ status: CivilStatus = .unmarried, spouse: Subject? = nil, born: String = "1980-05-05")
        -> RegisterEntry
    {
        RegisterEntry(municipality: "1780", civilStatus: status, spouse: spouse, birthDate: day(born))
    }

    // MARK: Birth

    func born(_ status: CivilStatus = .unmarried, spouse: Subject? = nil) throws -> Desk {
        var desk = desk("2026-03-02")
        try desk.feed(entry(status, spouse: spouse), about: mother)
        try desk.advance(to: Stockholm.instant(day("2026-03-02"), hour: 6, minute: 29))
        let notice = BirthNotice(
            child: child, sex: .female, bornAt: Stockholm.instant(day("2026-03-02"), hour: 3), birthOrder: 1)
        try desk.feed(notice, about: mother, from: .region(17))
        try desk.feed(notice, about: mother, from: .region(17))
        #expect(desk.messages.count == 1)
        try desk.advance(to: Stockholm.instant(day("2026-03-04"), hour: 8))
        #expect(desk.messages.count == 4)
        try echo(Birth.self, &desk)
        try echo(Identity.self, &desk)
        return desk
    }

    @Test func `an unmarried mother's child is registered in two working days and awaits a parent`() throws {
        let desk = try born()
        let birth = try #require(try desk.published(Birth.self).last)
        #expect(birth.subject == child && birth.data.mother == mother && birth.data.secondParent == nil)
        #expect(birth.data.municipality == "1780" && birth.data.birthDate == day("2026-03-02"))
        #expect(Stockholm.day(of: birth.envelope.time) == day("2026-03-04"))
        #expect(
            try tiles(desk) == [
                "M child-registered U1 Sjukhuset har anmält födelsen",
                "M child-registered U9 Barnet är folkbokfört i Karlstad",
                "M parenthood U3 Bekräfta föräldraskapet, båda två, senast 16 mars. Annars tar familjerätten över",
                "M name U3 Anmäl förnamn senast 2 juni",
            ])
        #expect(try desk.tiles().allSatisfy { $0.data.about == child })
    }

    @Test func `a married mother's spouse is the second parent and nothing is confirmed`() throws {
        var desk = try born(.married, spouse: father)
        #expect(try desk.published(Birth.self).last?.data.secondParent == father)
        #expect(try desk.tiles().allSatisfy { $0.data.tile != .parenthood })
        let count = desk.messages.count
        try desk.advance(to: Stockholm.instant(day("2026-06-30")))
        #expect(desk.messages.count == count)
    }

    @Test func `family law is told once, on day 15, and the municipality's report completes it`() throws {
        var desk = try born()
        try desk.advance(to: Stockholm.instant(day("2026-03-16"), hour: 23, minute: 59))
        #expect(try desk.published(ParenthoodMissing.self).isEmpty)
        try desk.advance(to: Stockholm.instant(day("2026-03-18"), hour: 13))
        let alerts = try desk.published(ParenthoodMissing.self)
        #expect(alerts.map(\.data.lastDay) == [day("2026-03-16")])
        #expect(try tiles(desk).last == "M parenthood U5 Väntar på familjerätten i Karlstad")
        let before = try desk.tiles().count
        try desk.feed(report(), about: child, from: .kommun(1780), id: .custom(hash: (7, 7)))
        try desk.feed(report(), about: child, from: .kommun(1780))
        #expect(
            try desk.published(FamilyRelation.self).map { "\($0.data.kind) \($0.data.holder == father)" }
                == ["parenthood true", "custody true"])
        #expect(
            try tiles(desk, after: before) == [
                "M parenthood U9 Båda föräldrarna är registrerade", "F parenthood U9 Båda föräldrarna är registrerade",
                "F child-registered U9 Barnet är folkbokfört i Karlstad", "F name U3 Anmäl förnamn senast 2 juni",
            ])
        // 2 from the notices on: U1, birth, identity, U9; parenthood, name; alert, U5; two relations, four tiles.
        #expect(desk.messages.count == 14)
        let name = NameFiling(filedBy: mother, given: "Alma", family: "Ek")
        try desk.feed(name, about: child, from: .citizen)
        try desk.feed(name, about: child, from: .citizen)
        let identities = try desk.published(Identity.self)
        #expect(identities.last?.change == .corrected && identities.last?.previous == identities.first?.id)
        #expect(
            try tiles(desk).suffix(2) == ["M name U9 Namnet är registrerat", "F name U9 Namnet är registrerat"])
        #expect(desk.messages.count == 17)
        try desk.feed(
            Annulled<ParenthoodReport>(reasonCode: "error"), about: child, from: .kommun(1780), change: .annulled,
            previous: .custom(hash: (7, 7)))
        #expect(try desk.published(Annulled<FamilyRelation>.self).count == 2)
    }

    func report() -> ParenthoodReport {
        ParenthoodReport(
            mother: mother, otherParent: father, confirmedOn: day("2026-03-18"), jointCustody: true,
            municipality: "1780")
    }

    @Test func `both parents in the e-service leave nothing to family law`() throws {
        var desk = try born()
        for parent in [mother, father] {
            try desk.feed(
                ParenthoodConfirmation(
                    filedBy: parent, otherParent: parent == mother ? father : mother, confirmedOn: day("2026-03-04"),
                    jointCustody: true), about: child, from: .citizen)
        }
        #expect(try desk.published(FamilyRelation.self).count == 2)
        try desk.advance(to: Stockholm.instant(day("2026-04-01")))
        #expect(try desk.published(ParenthoodMissing.self).isEmpty)
    }

    @Test func `an annulled birth takes everything back, once`() throws {
        var desk = try born()
        try desk.advance(to: Stockholm.instant(day("2026-03-17")))
        let birth = try #require(try desk.published(Birth.self).last)
        for _ in 1...2 {
            try desk.feed(
                Annulled<Birth>(reasonCode: "error"), about: child, change: .annulled, previous: birth.id)
        }
        #expect(try desk.published(Annulled<ParenthoodMissing>.self).count == 1)
        #expect(try desk.published(Annulled<Identity>.self).count == 1)
        #expect(try desk.tiles().suffix(3).allSatisfy { $0.data.code == .corrected && $0.subject == mother })
    }

    @Test func `a corrected birth date moves the last day`() throws {
        var desk = try born()
        var birth = try #require(try desk.published(Birth.self).last)
        let count = desk.messages.count
        try desk.feed(birth.data, about: child, id: .custom(hash: (8, 8)), change: .corrected, previous: birth.id)
        #expect(desk.messages.count == count)
        var data = birth.data
        data.birthDate = day("2026-03-01")
        try desk.feed(data, about: child, change: .corrected, previous: .custom(hash: (8, 8)))
        #expect(try tiles(desk).contains { $0.hasPrefix("M parenthood U3") && $0.contains("senast 15 mars") })
        birth = try #require(try desk.published(Birth.self).last)
    }
}
