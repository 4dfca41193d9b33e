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
            birthOrder: 1, concerns: [.region(municipality == "1780" ? 17 : 1)])
    }

    func relation(_ kind: RelationKind, of holder: Subject? = nil) -> FamilyRelation {
        FamilyRelation(
            holder: holder ?? father, kind: kind, from: Day("2026-03-18")!, municipality: "1780",
            concerns: [.region(17), .kommun(1780)])
    }

    func born() throws -> Harness<Region> {
        var desk = start()
        try desk.feed(relation(.custody, of: mother), about: subject, from: .skatteverket, id: id(9))
        try desk.feed(birth(), about: subject, from: .skatteverket, id: id(1))
        return desk
    }

    @Test func `a registered child is called to child health a fortnight later`() throws {
        var desk = try born()
        // The same birth told twice is one birth.
        try desk.feed(birth(), about: subject, from: .skatteverket)
        let tile = try #require(try desk.tiles().last)
        #expect(tile.subject == mother && tile.data.about == subject && tile.data.tile == .childHealth)
        #expect(
            tile.data.code == .ongoing && tile.data.text == "BVC ringer och bokar hembesök, senast den 18 mars 2026")
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

    @Test func `each guardian is told of the next visit the day after one, through the first year`() throws {
        var desk = try born()
        try desk.advance(to: Stockholm.instant(Day("2026-03-20")!, hour: 8))
        try desk.feed(relation(.custody), about: subject, from: .skatteverket)
        #expect(try desk.tiles().last?.data.text == "Nästa besök på BVC den 30 mars 2026")
        try desk.advance(to: Stockholm.instant(Day("2027-06-01")!))
        #expect(
            try desk.tiles().suffix(6).map(\.data.nextDate)
                == [
                    Day("2026-06-02"), Day("2026-06-02"), Day("2026-08-02"), Day("2026-08-02"), Day("2027-03-02"),
                    Day("2027-03-02"),
                ])
        #expect(try desk.tiles().suffix(2).map(\.subject) == [mother, father])
    }

    @Test func `a guardian who never was one is dropped`() throws {
        var desk = try born()
        try desk.feed(relation(.custody), about: subject, from: .skatteverket, id: id(7))
        try desk.feed(
            Annulled<FamilyRelation>(reasonCode: "error"), about: subject, from: .skatteverket, change: .annulled,
            previous: id(7))
        #expect(try desk.tiles().last?.subject == father && desk.tiles().last?.data.code == .corrected)
        try desk.advance(to: Stockholm.instant(Day("2026-03-20")!))
        #expect(try desk.tiles().last?.subject == mother)
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
        if row.region == 17 {
            try desk.feed(relation(.custody, of: mother), about: subject, from: .skatteverket)
        } else {
            try desk.feed(
                FamilyRelation(
                    holder: mother, kind: .custody, from: Day("2026-03-02")!, municipality: "0180",
                    concerns: [.region(1)]), about: subject, from: .skatteverket)
        }
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
