import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

@Suite struct RegionTests {
    let subject = Subject(seed: 1, scenario: "region", case: "", name: "subject")
    let mother = Subject(seed: 1, scenario: "region", case: "", name: "mother")
    let father = Subject(seed: 1, scenario: "region", case: "", name: "father")

    func start(_ code: Int = 17, _ day: String = "2026-03-04") -> Harness<Region> {
        Harness(Region(), playing: .region(code), now: Stockholm.instant(Day(day)!, hour: 8))
    }

    func birth(_ municipality: String = "1780", second: Subject? = nil) -> Birth {
        Birth(
            mother: mother, secondParent: second, municipality: municipality, birthDate: Day("2026-03-02")!,
            birthOrder: 1)
    }

    func relation(_ kind: RelationKind) -> FamilyRelation {
        FamilyRelation(holder: father, kind: kind, from: Day("2026-03-18")!, municipality: "1780", concerns: [])
    }

    func born() throws -> Harness<Region> {
        var desk = start()
        try desk.feed(birth(), about: subject, from: .skatteverket, id: id(1))
        return desk
    }

    @Test func `a registered child is called to child health a fortnight later`() throws {
        var desk = try born()
        // The same birth told twice is one birth.
        try desk.feed(birth(), about: subject, from: .skatteverket)
        let tile = try #require(try desk.tiles().last)
        #expect(tile.subject == mother && tile.data.about == subject && tile.data.tile == .childHealth)
        #expect(tile.data.code == .ongoing && tile.data.text == "BVC kallar till första besöket")
        #expect(tile.data.nextDate == Day("2026-03-18")!)
        #expect(desk.messages.count == 1)
    }

    @Test func `custody tells the other guardian once; parenthood alone tells nobody`() throws {
        var desk = try born()
        try desk.advance(to: Stockholm.instant(Day("2026-03-18")!, hour: 13))
        try desk.feed(relation(.parenthood), about: subject, from: .skatteverket)
        #expect(desk.messages.count == 1)
        try desk.feed(relation(.custody), about: subject, from: .skatteverket)
        try desk.feed(relation(.custody), about: subject, from: .skatteverket)
        let tile = try #require(try desk.tiles().last)
        #expect(tile.subject == father && tile.data.code == .ongoing && tile.data.nextDate == Day("2026-03-18")!)
        #expect(desk.messages.count == 2)
    }

    @Test func `married parents are both told at birth`() throws {
        var desk = start()
        try desk.feed(birth(second: father), about: subject, from: .skatteverket)
        #expect(try desk.tiles().map(\.subject) == [mother, father])
    }

    @Test func `an annulled birth takes the call back`() throws {
        var desk = try born()
        try desk.feed(
            Annulled<Birth>(reasonCode: "error"), about: subject, from: .skatteverket, change: .annulled,
            previous: id(1))
        #expect(try desk.tiles().map(\.data.code) == [.ongoing, .corrected])
    }

    @Test(arguments: [("1780", 1, 17), ("0180", 2, 17), ("0180", 1, 1)])
    func `a corrected birth moves the call to the right region`(row: (to: String, messages: Int, region: Int)) throws {
        var desk = start(row.region)
        try desk.feed(birth(), about: subject, from: .skatteverket, id: id(1))
        try desk.feed(
            birth(row.to), about: subject, from: .skatteverket, id: id(2), change: .corrected, previous: id(1))
        #expect(desk.messages.count == row.messages)
        #expect(try desk.tiles().last?.data.code == (row.messages == 2 ? .corrected : .ongoing))
    }

    func death(_ day: String = "2026-03-03") -> Death {
        Death(
            deathDate: Day(day)!, certainty: .exact, municipality: "1780", hasSpouse: true, hasMinorChildren: false)
    }

    @Test func `a death recalls appointments once, a correction changes nothing, an annulment restores`() throws {
        var desk = start()
        try desk.feed(death(), about: subject, from: .skatteverket, id: id(1))
        try desk.feed(death(), about: subject, from: .skatteverket)
        let tile = try #require(try desk.tiles().last)
        #expect(tile.subject == subject && tile.data.tile == .stopped && tile.data.code == .stopped)
        #expect(tile.data.text == "Bokade besök och kallelser är avbokade")
        try desk.feed(
            death("2026-03-02"), about: subject, from: .skatteverket, id: id(2), change: .corrected, previous: id(1))
        #expect(desk.messages.count == 1)
        try desk.feed(
            Annulled<Death>(reasonCode: "error"), about: subject, from: .skatteverket, change: .annulled,
            previous: id(2))
        #expect(try desk.tiles().last?.data.code == .corrected)
        #expect(desk.messages.count == 2)
    }

    @Test func `a child's death also recalls the call to child health`() throws {
        var desk = try born()
        try desk.feed(death(), about: subject, from: .skatteverket)
        let tile = try #require(try desk.tiles().last)
        #expect(tile.subject == mother && tile.data.tile == .childHealth && tile.data.code == .stopped)
    }

    func move(_ from: String, _ to: String) -> Move {
        Move(
            fromMunicipality: from, toMunicipality: to, addressRef: "a1", effectiveDate: Day("2026-03-20")!,
            minor: false,
            concerns: [])
    }

    // rules: M22
    @Test(
        arguments: [
            ("0180", "1780", 17, "Region Värmland ansvarar för vården från den 20 mars 2026. Du kan välja vårdcentral"),
            (
                "0180", "1480", 14,
                "Västra Götalandsregionen ansvarar för vården från den 20 mars 2026. Du kan välja vårdcentral"
            ),
            ("0180", "1780", 1, nil), ("1715", "1780", 17, nil),
        ] as [(String, String, Int, String?)])
    func `the new region speaks where the county changes`(
        row: (from: String, to: String, region: Int, text: String?)
    ) throws {
        var desk = start(row.region, "2026-03-27")
        try desk.feed(move(row.from, row.to), about: subject, from: .skatteverket, id: id(1))
        try desk.feed(move(row.from, row.to), about: subject, from: .skatteverket, occurredOn: Day("2026-03-27")!)
        #expect(try desk.tiles().map(\.data.text) == [row.text].compactMap(\.self))
        #expect(try desk.tiles().allSatisfy { $0.data.tile == .healthCare && $0.data.code == .informed })
    }

    @Test func `an annulled move, or one corrected to another county, takes the offer back`() throws {
        for corrected in [true, false] {
            var desk = start(17, "2026-03-27")
            try desk.feed(move("0180", "1780"), about: subject, from: .skatteverket, id: id(1))
            if corrected {
                try desk.feed(
                    move("0180", "1480"), about: subject, from: .skatteverket, change: .corrected, previous: id(1))
            } else {
                try desk.feed(
                    Annulled<Move>(reasonCode: "error"), about: subject, from: .skatteverket, change: .annulled,
                    previous: id(1))
            }
            #expect(try desk.tiles().map(\.data.code) == [.informed, .corrected])
        }
    }

    func id(_ number: UInt64) -> EventID { .v7(milliseconds: 1_700_000_000_000, ordinal: 1, hash62: number) }
}
