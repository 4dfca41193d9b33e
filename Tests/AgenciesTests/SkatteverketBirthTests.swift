import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// The register around a birth: relations, parenthood, names, courts.
@Suite struct SkatteverketBirthTests {
    static func key(_ name: String) -> Subject { Subject(seed: 1, scenario: "skv", case: "", name: name) }
    let mother = Self.key("mother")
    let father = Self.key("father")
    let child = Self.key("child")

    typealias Desk = Harness<Skatteverket>

    func day(_ text: String) -> Day { Day(text)! }
    func id(_ number: UInt64) -> EventID { .custom(hash: (number, number)) }

    /// Tiles from a message on, as `holder tile code text`.
    func tiles(_ desk: Desk, after count: Int = 0) throws -> [String] {
        let names = [mother: "M", father: "F", child: "C"]
        return try desk.tiles().dropFirst(count).map {
            "\(names[$0.subject] ?? "?") \($0.data.tile.rawValue) \($0.data.code.rawValue) \($0.data.text)"
        }
    }

    /// What the agency has published about the child comes back to it.
    func echo(_ desk: inout Desk) throws {
        for relation in try desk.published(FamilyRelation.self) {
            try desk.feed(
                relation.data, about: child, id: relation.id, change: relation.change, previous: relation.previous)
        }
        for identity in try desk.published(Identity.self) {
            try desk.feed(identity.data, about: child, id: identity.id)
        }
        for birth in try desk.published(Birth.self) { try desk.feed(birth.data, about: child, id: birth.id) }
    }

    func born(_ status: CivilStatus = .unmarried, spouse: Subject? = nil) throws -> Desk {
        var desk = Desk(Skatteverket(), now: Stockholm.instant(day("2026-03-02")))
        try desk.feed(
            RegisterEntry(municipality: "1780", civilStatus: status, spouse: spouse, birthDate: day("1980-05-05")),
            about: mother)
        try desk.advance(to: Stockholm.instant(day("2026-03-02"), hour: 6, minute: 29))
        let notice = BirthNotice(
            child: child, sex: .female, bornAt: Stockholm.instant(day("2026-03-02"), hour: 3), birthOrder: 1)
        try desk.feed(notice, about: mother, from: .region(17))
        try desk.feed(notice, about: mother, from: .region(17))
        #expect(desk.messages.count == 1)
        try desk.advance(to: Stockholm.instant(day("2026-03-04"), hour: 8))
        try echo(&desk)
        return desk
    }

    func confirmation(by person: Subject, other: Subject? = nil, joint: Bool = true) -> ParenthoodConfirmation {
        ParenthoodConfirmation(filedBy: person, mother: mother, otherParent: other ?? father, jointCustody: joint)
    }

    @Test func `an unmarried mother's child is registered in two working days with her custody, and awaits a parent`()
        throws
    {
        let desk = try born()
        let birth = try #require(try desk.published(Birth.self).last)
        #expect(birth.subject == child && birth.data.mother == mother && birth.data.secondParent == nil)
        #expect(birth.data.concerns == [.region(17)] && Stockholm.day(of: birth.envelope.time) == day("2026-03-04"))
        let custody = try #require(try desk.published(FamilyRelation.self).last)
        #expect(
            custody.data.holder == mother && custody.data.kind == .custody && custody.data.from == day("2026-03-02"))
        #expect(custody.data.concerns == [.region(17), .kommun(1780)])
        #expect(
            try tiles(desk) == [
                "M child-registered U1 Födelsen är anmäld till Skatteverket. Barnet registreras omkring den 4 mars 2026",
                "M child-registered U9 Barnet är folkbokfört i Karlstad. Nästa: bekräfta föräldraskapet och anmäl namn",
                "M parenthood U3 Ni är inte gifta. Bekräfta vem som är barnets andra förälder, båda två, senast den "
                    + "16 mars 2026 i Skatteverkets e-tjänst. Annars tar familjerätten i Karlstad över",
                "M name U3 Anmäl barnets namn senast den 2 juni 2026. Annars får barnet ditt efternamn",
            ])
    }

    @Test func `a married mother's spouse is the second parent with custody from birth, and nothing is confirmed`()
        throws
    {
        let desk = try born(.married, spouse: father)
        #expect(try desk.published(Birth.self).last?.data.secondParent == father)
        #expect(
            try desk.published(FamilyRelation.self).map { "\($0.data.holder == father ? "F" : "M") \($0.data.kind)" }
                == ["M custody", "F parenthood", "F custody"])
        #expect(try desk.tiles().allSatisfy { $0.data.tile != .parenthood })
        #expect(try tiles(desk).contains("F name U3 Anmäl barnets namn tillsammans senast den 2 juni 2026"))
    }

    @Test func `one act is none, two acts register the other parent two working days later`() throws {
        var desk = try born()
        try desk.feed(confirmation(by: father), about: child, from: .citizen)
        try desk.advance(to: Stockholm.instant(day("2026-03-09")))
        #expect(try desk.published(FamilyRelation.self).count == 1)
        try desk.feed(confirmation(by: mother), about: child, from: .citizen)
        try desk.advance(to: Stockholm.instant(day("2026-03-11"), hour: 9))
        let relations = try desk.published(FamilyRelation.self).dropFirst()
        #expect(
            relations.map(\.data.kind) == [.parenthood, .custody] && relations.allSatisfy { $0.data.holder == father })
        #expect(relations.map(\.data.from) == [day("2026-03-02"), day("2026-03-11")])
        try desk.advance(to: Stockholm.instant(day("2026-04-01")))
        #expect(try desk.published(ParenthoodMissing.self).isEmpty)
    }

    @Test func `an act for somebody else is refused, and one alone lapses on day fifteen`() throws {
        var desk = try born()
        let stranger = Self.key("stranger")
        #expect(
            try desk.feed(confirmation(by: stranger), about: child, from: .citizen).map(\.outcome)
                == [.notWhole(["is filed by one whom it names, for oneself"])])
        try desk.feed(confirmation(by: stranger, other: stranger), about: child, from: .citizen)
        try desk.feed(confirmation(by: mother), about: child, from: .citizen)
        try desk.advance(to: Stockholm.instant(day("2026-03-18")))
        #expect(try desk.published(ParenthoodMissing.self).map(\.data.lastDay) == [day("2026-03-16")])
        let lapsed = try desk.tiles().filter { $0.subject == stranger }
        #expect(lapsed.map(\.data.code) == [.stopped] && lapsed.allSatisfy { $0.data.about == nil })
        #expect(try desk.published(FamilyRelation.self).map(\.data.holder) == [mother])
    }

    @Test func `the municipality's report completes it, and its annulment takes it back`() throws {
        var desk = try born()
        try desk.advance(to: Stockholm.instant(day("2026-03-18"), hour: 13))
        let report = ParenthoodReport(
            state: .confirmed, mother: mother, otherParent: father, jointCustody: true, municipality: "1780")
        try desk.feed(report, about: child, from: .kommun(1780), id: id(7))
        try desk.advance(to: Stockholm.instant(day("2026-03-20"), hour: 8))
        #expect(
            try tiles(desk).suffix(4) == [
                "M parenthood U9 Ni är registrerade som föräldrar med gemensam vårdnad från den 20 mars 2026",
                "F parenthood U9 Ni är registrerade som föräldrar med gemensam vårdnad från den 20 mars 2026",
                "F child-registered U9 Barnet är folkbokfört i Karlstad",
                "F name U3 Anmäl barnets namn tillsammans senast den 2 juni 2026",
            ])
        try desk.feed(
            Annulled<ParenthoodReport>(reasonCode: "error"), about: child, from: .kommun(1780), change: .annulled,
            previous: id(7))
        #expect(try desk.published(Annulled<FamilyRelation>.self).count == 2)
    }

    @Test func `a name is registered once both guardians have notified the same one`() throws {
        var desk = try born(.married, spouse: father)
        let before = try desk.tiles().count
        try desk.feed(NameFiling(filedBy: mother, given: "Alma", family: "Ek"), about: child, from: .citizen)
        try desk.feed(NameFiling(filedBy: father, given: "Alva", family: "Ek"), about: child, from: .citizen)
        try desk.feed(NameFiling(filedBy: father, given: "Alma", family: "Ek"), about: child, from: .citizen)
        #expect(
            try desk.tiles().dropFirst(before).map { "\($0.subject == mother ? "M" : "F") \($0.data.code.rawValue)" }
                == ["M U2", "F U3", "M U3", "F U3", "M U4", "F U4"])
        #expect(
            try desk.feed(NameFiling(filedBy: Self.key("z"), given: "N", family: "I"), about: child, from: .citizen)
                .map(\.outcome) != [.handled])
        try desk.advance(to: Stockholm.instant(day("2026-03-07")))
        #expect(try desk.published(Identity.self).last?.data.name == PersonName(given: "Alma", family: "Ek"))
    }

    @Test func `a child that nobody names gets its mother's surname, and keeps waiting for a first name`() throws {
        var desk = try born()
        try desk.feed(
            Identity(idType: .personalNumber, municipality: "1780", name: PersonName(given: "Karin", family: "Lind")),
            about: mother)
        try desk.advance(to: Stockholm.instant(day("2026-06-03"), hour: 1))
        #expect(try desk.tiles().last?.data.deadline == day("2026-06-16"))
        try desk.advance(to: Stockholm.instant(day("2026-06-17"), hour: 1))
        let asked = try #require(try desk.published(SurnameForChild.self).last)
        #expect(asked.subject == mother && asked.data.family == nil)
        try desk.feed(asked.data, about: mother, id: asked.id)
        let told = try #require(try desk.published(SurnameForChild.self).last)
        try desk.feed(told.data, about: child, id: told.id)
        let named = try #require(try desk.published(Identity.self).last)
        #expect(named.subject == child && named.data.name == PersonName(family: "Lind"))
        #expect(try desk.tiles().last?.data.code == .awaitingCitizen)
        try desk.feed(NameFiling(filedBy: mother, given: "Tove", family: "Lind"), about: child, from: .citizen)
        try desk.advance(to: Stockholm.instant(day("2026-06-23")))
        #expect(try desk.published(Identity.self).last?.data.name == PersonName(given: "Tove", family: "Lind"))
    }

    @Test func `an annulled birth takes everything back, once`() throws {
        var desk = try born()
        try desk.advance(to: Stockholm.instant(day("2026-03-17")))
        let birth = try #require(try desk.published(Birth.self).last)
        for _ in 1...2 {
            try desk.feed(Annulled<Birth>(reasonCode: "error"), about: child, change: .annulled, previous: birth.id)
        }
        #expect(try desk.published(Annulled<ParenthoodMissing>.self).count == 1)
        #expect(try desk.published(Annulled<Identity>.self).count == 1)
        #expect(try desk.published(Annulled<FamilyRelation>.self).count == 1)
        #expect(try desk.tiles().suffix(3).allSatisfy { $0.data.code == .corrected && $0.subject == mother })
    }

    @Test func `a corrected birth date moves the last day`() throws {
        var desk = try born()
        let birth = try #require(try desk.published(Birth.self).last)
        let count = desk.messages.count
        try desk.feed(birth.data, about: child, id: id(8), change: .corrected, previous: birth.id)
        #expect(desk.messages.count == count)
        var data = birth.data
        data.birthDate = day("2026-03-01")
        try desk.feed(data, about: child, change: .corrected, previous: id(8))
        #expect(try tiles(desk).contains { $0.hasPrefix("M parenthood U3") && $0.contains("senast den 15 mars 2026") })
    }

    @Test func `an interim order holds at once, a judgment when it is final`() throws {
        var desk = try born(.married, spouse: father)
        try desk.feed(
            CourtJudgment(kind: .custody, holders: [mother], interim: true, municipality: "1780"), about: child,
            from: AgencyID(owner: .tingsratten))
        let ended = try #require(try desk.published(FamilyRelation.self).last)
        #expect(ended.change == .ceased && ended.data.holder == father)
        try desk.feed(
            CourtJudgment(
                kind: .custody, holders: [mother, father], interim: false, finalOn: day("2026-04-01"),
                municipality: "1780"),
            about: child, from: AgencyID(owner: .tingsratten))
        try desk.advance(to: Stockholm.instant(day("2026-03-31"), hour: 23))
        #expect(try desk.published(FamilyRelation.self).last?.id == ended.id)
        try desk.advance(to: Stockholm.instant(day("2026-04-01"), hour: 1))
        let given = try #require(try desk.published(FamilyRelation.self).last)
        #expect(given.data.holder == father && given.data.from == day("2026-04-01") && given.change == nil)
    }

    @Test func `a dead parent's custody ends on the day, and is restored when nobody died`() throws {
        var desk = try born(.married, spouse: father)
        try desk.feed(ParentDied(dead: father, deathDate: day("2026-03-10")), about: child, id: id(1))
        let ended = try #require(try desk.published(FamilyRelation.self).last)
        #expect(ended.change == .ceased && ended.occurredOn == day("2026-03-10") && ended.data.kind == .custody)
        try desk.feed(
            ParentDied(dead: father, deathDate: day("2026-03-09")), about: child, id: id(2), change: .corrected,
            previous: id(1))
        let again = try #require(try desk.published(FamilyRelation.self).last)
        #expect(again.occurredOn == day("2026-03-09"))
        try desk.feed(Annulled<ParentDied>(reasonCode: "error"), about: child, change: .annulled, previous: id(2))
        #expect(try desk.published(Annulled<FamilyRelation>.self).map(\.previous) == [ended.id, again.id])
    }

    @Test func `a stillbirth is a case and no person`() throws {
        var desk = Desk(Skatteverket(), now: Stockholm.instant(day("2026-03-02")))
        try desk.feed(
            StillbirthNotice(sex: .female, bornAt: Stockholm.instant(day("2026-03-02"))), about: mother,
            from: .region(17))
        try desk.advance(to: Stockholm.instant(day("2026-06-02")))
        #expect(desk.messages.isEmpty)
    }
}
