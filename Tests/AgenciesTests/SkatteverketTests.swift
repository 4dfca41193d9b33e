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

    // MARK: Death

    func certificate(_ signer: String = "SE-EXAMPLE-0001", channel: CertificateChannel = .electronic)
        -> DeathCertificate
    {
        DeathCertificate(
            deathDate: day("2026-03-03"), certainty: .exact, signer: signer, channel: channel, forensic: false)
    }

    func died() throws -> Desk {
        var desk = desk("2026-03-04")
        try desk.feed(entry(.married, spouse: widow), about: dead)
        try desk.feed(entry(.married, spouse: dead), about: widow)
        try desk.feed(certificate(), about: dead, from: .region(17))
        try desk.feed(certificate(), about: dead, from: .region(17))
        #expect(desk.messages.isEmpty)
        try desk.advance(to: Stockholm.instant(day("2026-03-05"), hour: 8))
        #expect(desk.messages.count == 3)
        try echo(Death.self, &desk)
        try echo(CivilStatusChange.self, &desk)
        return desk
    }

    @Test func `a death is registered the next working day and opens the estate`() throws {
        let desk = try died()
        let death = try #require(try desk.published(Death.self).last)
        #expect(
            death.data.hasSpouse == true && death.data.hasMinorChildren == false
                && death.occurredOn == day("2026-03-03"))
        let status = try #require(try desk.published(CivilStatusChange.self).last)
        #expect(status.subject == widow && status.data.status == .widowed && status.data.spouse == dead)
        let estate = try #require(try desk.published(EstateInventory.self).last)
        #expect(estate.data.state == .due && estate.data.holders == [widow])
        #expect(estate.data.heldBy == day("2026-06-03") && estate.data.dueDate == day("2026-07-03"))
        #expect(
            try tiles(desk) == [
                "Y death-registered U1 Dödsfallet är registrerat. Myndigheterna vet. Läs Efterlevandeguiden",
                "Y estate-inventory U3 Håll bouppteckning senast 3 juni och lämna in den senast 3 juli",
            ])
        #expect(desk.messages.count == 5)
    }

    @Test func `an inventory is received and registered after fifty working days`() throws {
        var desk = try died()
        try desk.advance(to: Stockholm.instant(day("2026-06-10"), hour: 14))
        let filing = EstateInventoryFiling(filedBy: widow, heldOn: day("2026-05-12"), holders: [widow])
        for _ in 1...2 { try desk.feed(filing, about: dead, from: .citizen) }
        #expect(
            try tiles(desk).last
                == "Y estate-inventory U2 Bouppteckningen har kommit in. Registreras omkring 20 augusti")
        try desk.advance(to: Stockholm.instant(day("2026-12-01")))
        #expect(try tiles(desk).last == "Y estate-inventory U9 Bouppteckningen är registrerad")
        #expect(try desk.published(EstateInventory.self).map(\.data.state) == [.due, .received, .registered])
        #expect(desk.messages.count == 9)
    }

    @Test func `an estate that files nothing is reminded and then ordered`() throws {
        var desk = try died()
        try desk.advance(to: Stockholm.instant(day("2026-07-04")))
        #expect(try desk.published(EstateInventory.self).last?.data.state == .reminded)
        try desk.advance(to: Stockholm.instant(day("2026-08-04")))
        #expect(try desk.published(EstateInventory.self).last?.data.state == .ordered)
    }

    @Test func `a certificate from an unknown signer publishes nothing until a known one signs`() throws {
        var desk = desk("2026-03-04")
        try desk.feed(entry(), about: dead)
        try desk.feed(certificate("Dr Nobody", channel: .paper), about: dead, from: .region(17))
        try desk.advance(to: Stockholm.instant(day("2026-04-01")))
        #expect(desk.messages.isEmpty)
        try desk.feed(certificate(), about: dead, from: .region(17))
        try desk.advance(to: Stockholm.instant(day("2026-04-03")))
        #expect(try desk.published(Death.self).count == 1)
    }

    @Test func `an annulled death restores the widow and ends the estate, once`() throws {
        var desk = try died()
        let death = try #require(try desk.published(Death.self).last)
        for _ in 1...2 {
            try desk.feed(Annulled<Death>(reasonCode: "error"), about: dead, change: .annulled, previous: death.id)
        }
        let status = try desk.published(Annulled<CivilStatusChange>.self)
        #expect(status.map(\.subject) == [widow])
        #expect(try desk.published(Annulled<EstateInventory>.self).count == 1)
        #expect(
            try tiles(desk, after: 2) == [
                "Y death-registered U11 Rättat: dödsfallet var fel registrerat",
                "X death-registered U11 Rättat: dödsfallet var fel registrerat",
                "Y estate-inventory U11 Rättat: ingen bouppteckning behövs",
            ])
        try echo(Annulled<CivilStatusChange>.self, &desk)
        try desk.advance(to: Stockholm.instant(day("2026-08-04")))
        try desk.feed(certificate(), about: widow, from: .region(17))
        try desk.advance(to: Stockholm.instant(day("2026-08-10")))
        #expect(try desk.published(Death.self).last?.data.hasSpouse == true)
    }

    @Test func `a corrected day of death moves the widow's date and the inventory's`() throws {
        var desk = try died()
        let death = try #require(try desk.published(Death.self).last)
        var data = death.data
        let first = desk.messages.count
        try desk.feed(data, about: dead, id: .custom(hash: (5, 5)), change: .corrected, previous: death.id)
        #expect(desk.messages.count == first)
        data.deathDate = day("2026-02-27")
        try desk.feed(data, about: dead, change: .corrected, previous: .custom(hash: (5, 5)))
        let estate = try #require(try desk.published(EstateInventory.self).last)
        #expect(estate.change == .corrected && estate.data.heldBy == day("2026-05-27"))
        #expect(try desk.published(CivilStatusChange.self).last?.data.date == day("2026-02-27"))
    }

    // MARK: Move

    func moved() throws -> Desk {
        var desk = desk("2026-03-20")
        var entry = entry(born: "1993-02-17")
        entry.municipality = "0180"
        try desk.feed(entry, about: mother)
        var young = entry
        young.birthDate = day("2022-11-08")
        try desk.feed(young, about: child)
        for person in [mother, child] {
            try desk.feed(
                MoveNotice(
                    filedBy: mother, toMunicipality: "1780", addressRef: "a", moveDate: day("2026-03-01"),
                    household: [mother, child], consents: []), about: person, from: .citizen)
        }
        return desk
    }

    @Test func `a late notice holds from its arrival and is decided in five working days`() throws {
        var desk = try moved()
        try desk.advance(to: Stockholm.instant(day("2026-03-27"), hour: 8))
        let moves = try desk.published(Move.self)
        #expect(moves.map(\.data.minor) == [false, true])
        #expect(moves.allSatisfy { $0.data.effectiveDate == day("2026-03-20") && $0.occurredOn == day("2026-03-01") })
        #expect(moves.allSatisfy { $0.data.fromMunicipality == "0180" && $0.data.toMunicipality == "1780" })
        #expect(
            try tiles(desk) == [
                "M move-notice U2 Mottagen. Den kom för sent och gäller från 20 mars",
                "M move-notice U9 Du är folkbokförd i Karlstad från 20 mars",
            ])
        #expect(desk.messages.count == 4)
        try desk.feed(
            Annulled<Move>(reasonCode: "error"), about: mother, change: .annulled, previous: moves[0].id)
        #expect(try tiles(desk).last == "M move-notice U11 Rättat: flytten gäller inte. Du är folkbokförd i Stockholm")
    }

    @Test func `death stops a move that is being decided, and an annulment lets it go on`() throws {
        var desk = try moved()
        let death = Death(
            deathDate: day("2026-03-20"), certainty: .exact, municipality: "0180", hasSpouse: false,
            hasMinorChildren: false)
        try desk.feed(death, about: mother, id: .custom(hash: (9, 9)))
        try desk.advance(to: Stockholm.instant(day("2026-03-30")))
        #expect(try desk.published(Move.self).map(\.subject) == [child])
        try desk.feed(
            Annulled<Death>(reasonCode: "error"), about: mother, change: .annulled, previous: .custom(hash: (9, 9)))
        try desk.advance(to: Stockholm.instant(day("2026-03-31")))
        #expect(try desk.published(Move.self).map(\.subject) == [child, mother])
    }
}
