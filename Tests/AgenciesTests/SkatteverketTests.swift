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
