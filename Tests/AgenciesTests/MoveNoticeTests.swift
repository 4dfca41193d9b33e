import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// Notices of moves, by the rules M1 to M9 and M24 of the page on moves.
@Suite struct MoveNoticeTests {
    let mother = Subject(seed: 1, scenario: "s", case: "c", name: "A")
    let father = Subject(seed: 1, scenario: "s", case: "c", name: "F")
    let child = Subject(seed: 1, scenario: "s", case: "c", name: "N")
    let stranger = Subject(seed: 1, scenario: "s", case: "c", name: "Z")

    func day(_ text: String) -> Day { Day(text)! }

    /// The register in Stockholm: a mother, and a child of whom the named have custody.
    func desk(born: String = "2022-11-08", custody: [Subject], on today: String = "2026-03-20") throws
        -> Harness<Skatteverket>
    {
        var desk = Harness(Skatteverket(), now: Stockholm.instant(day(today), hour: 18))
        for (person, born) in [(mother, "1993-02-17"), (father, "1990-06-06"), (child, born)] {
            try desk.feed(
                RegisterEntry(municipality: "0180", civilStatus: .unmarried, birthDate: day(born)), about: person)
        }
        for holder in custody {
            try desk.feed(
                FamilyRelation(
                    holder: holder, kind: .custody, from: day(born), municipality: "0180",
                    concerns: [.kommun(180)]), about: child)
        }
        return desk
    }

    func notice(
        by filer: Subject, moved: String = "2026-03-01", to: String = "1780", address: String = "address-1",
        dwelling: String? = nil
    ) -> MoveNotice {
        MoveNotice(
            filedBy: filer, toMunicipality: to, addressRef: address, dwellingRef: dwelling, moveDate: day(moved))
    }

    func tiles(_ desk: Harness<Skatteverket>, of holder: Subject) throws -> [String] {
        try desk.tiles().filter { $0.subject == holder }.map { "\($0.data.code.rawValue) \($0.data.text)" }
    }

    // rules: M1, M2
    @Test(arguments: [
        ("2026-03-01", "2026-03-09", "2026-03-01"),  // Sunday to Monday week, the last day (M1)
        ("2026-03-01", "2026-03-10", "2026-03-10"),
        ("2026-03-02", "2026-03-10", "2026-03-02"),  // Monday to Tuesday week
        ("2026-03-28", "2026-04-07", "2026-03-28"),  // the last day is Easter Sunday
        ("2026-03-28", "2026-04-08", "2026-04-08"),
        ("2026-04-20", "2026-03-20", "2026-04-20"),  // notified ahead
    ])
    func `M1 and M2: in time it counts from the move, late from the notice`(
        row: (moved: String, notified: String, effective: String)
    ) throws {
        var desk = try desk(custody: [mother], on: row.notified)
        try desk.feed(notice(by: mother, moved: row.moved), about: mother)
        try desk.advance(to: Stockholm.instant(day("2026-05-01")))
        let move = try #require(try desk.published(Move.self).last)
        #expect(move.data.effectiveDate == day(row.effective) && move.occurredOn == day(row.moved))
        #expect(move.data.concerns == [.kommun(180), .kommun(1780), .region(1), .region(17)])
    }

    // rules: M5
    @Test func `M5: a notice is decided in five working days, and not before the move`() throws {
        var desk = try desk(custody: [mother])
        try desk.feed(notice(by: mother), about: mother)
        try desk.advance(to: Stockholm.instant(day("2026-03-27"), hour: 7))
        #expect(try desk.published(Move.self).isEmpty)
        try desk.advance(to: Stockholm.instant(day("2026-03-27"), hour: 8))
        #expect(try desk.published(Move.self).map(\.data.minor) == [false])
    }

    // rules: M3
    @Test func `M3: only who moves, a guardian of a child, or from sixteen the child itself may file`() throws {
        let refused = ["is filed by who moves, by a guardian of a child, or with a mandate (M3)"]
        let rows: [(born: String, filer: Subject, person: Subject, isTaken: Bool)] = [
            ("2022-11-08", mother, mother, true), ("2022-11-08", stranger, mother, false),
            ("2022-11-08", mother, child, true), ("2022-11-08", stranger, child, false),
            ("2022-11-08", father, child, false), ("2010-03-20", child, child, true),
            ("2010-03-22", child, child, false), ("2008-03-20", mother, child, false),
        ]
        for row in rows {
            var desk = try desk(born: row.born, custody: [mother])
            let reports = try desk.feed(notice(by: row.filer), about: row.person)
            let taken = reports.first { $0.river == "take a move notice" }
            #expect(taken?.outcome == (row.isTaken ? .handled : .notWhole(refused)), "\(row)")
            try desk.advance(to: Stockholm.instant(day("2026-05-01")))
            #expect(try desk.published(Move.self).count == (row.isTaken ? 1 : 0))
        }
    }

    // rules: M4
    @Test func `M4: a child of two guardians moves when both agree, and not when one says no or nothing`() throws {
        let rows: [(answer: Bool?, moves: Int)] = [(true, 1), (false, 0), (nil, 0)]
        for row in rows {
            var desk = try desk(custody: [mother, father])
            try desk.feed(notice(by: mother), about: child)
            let asked =
                "U3 Ditt barn är anmält att flytta till Karlstad. Svara ja eller nej senast den 7 april 2026. "
                + "Utan ditt ja avvisas anmälan"
            #expect(try tiles(desk, of: father) == [asked])
            if let answer = row.answer {
                try desk.feed(MoveConsent(filedBy: father, consent: answer), about: child)
            }
            try desk.advance(to: Stockholm.instant(day("2026-04-08")))
            #expect(try desk.published(Move.self).count == row.moves, "\(row)")
            #expect(try tiles(desk, of: father).last?.hasPrefix(row.moves == 1 ? "U9" : "U10") == true)
            #expect(try tiles(desk, of: mother).last?.hasPrefix(row.moves == 1 ? "U9" : "U10") == true)
        }
    }

    // rules: M4
    @Test func `M4: who gets custody while a notice is decided is asked, and who loses it decides nothing`() throws {
        for isRefused in [false, true] {
            var desk = try desk(custody: [mother])
            try desk.feed(notice(by: mother), about: child)
            try desk.feed(
                FamilyRelation(
                    holder: father, kind: .custody, from: day("2026-03-24"), municipality: "0180", concerns: []),
                about: child)
            try desk.advance(to: Stockholm.instant(day("2026-03-27"), hour: 9))
            #expect(try desk.published(Move.self).isEmpty)
            let asked =
                "U3 Ditt barn är anmält att flytta till Karlstad. Svara ja eller nej senast den 10 april 2026. "
                + "Utan ditt ja avvisas anmälan"
            #expect(try tiles(desk, of: father).last == asked)
            try desk.feed(MoveConsent(filedBy: father, consent: !isRefused), about: child)
            try desk.advance(to: Stockholm.instant(day("2026-03-30"), hour: 9))
            #expect(try desk.published(Move.self).map(\.data.effectiveDate) == (isRefused ? [] : [day("2026-03-20")]))
        }
    }

    // rules: M4, M8
    @Test func `M4: who was to agree has custody no longer, and the other guardian's notices are decided`() throws {
        var desk = try desk(custody: [mother])
        let relation = FamilyRelation(
            holder: father, kind: .custody, from: day("2022-11-08"), municipality: "0180", concerns: [])
        try desk.feed(relation, about: child, id: .custom(hash: (7, 7)))
        try desk.feed(notice(by: mother), about: child)
        try desk.feed(
            relation, about: child, id: .custom(hash: (8, 8)), occurredOn: day("2026-03-25"), change: .ceased,
            previous: .custom(hash: (7, 7)))
        try desk.advance(to: Stockholm.instant(day("2026-04-08"), hour: 9))
        let told = "U2 Vi har fått flyttanmälan för ditt barn. Besked omkring den 9 april 2026"
        #expect(try tiles(desk, of: mother).last == told)
        try desk.advance(to: Stockholm.instant(day("2026-04-09"), hour: 9))
        #expect(try desk.published(Move.self).map(\.data.effectiveDate) == [day("2026-03-20")])
    }

    // rules: M8
    @Test func `M8: an officer's deregistration is told with its appeal, corrected, and ended where the return is to`()
        throws
    {
        var desk = try desk(custody: [])
        func leaving(_ from: String, _ municipality: String = "0180") -> Deregistration {
            Deregistration(reason: .emigrated, from: day(from), municipality: municipality, concerns: [])
        }
        func id(_ number: UInt64) -> EventID { .custom(hash: (number, number)) }
        try desk.feed(notice(by: mother), about: mother)
        try desk.feed(leaving("2026-03-20"), about: mother, id: id(1))
        let told =
            "U6 Du är inte längre folkbokförd i Sverige från den 20 mars 2026. Överklaga senast den 10 april 2026"
        #expect(try tiles(desk, of: mother).last == told)
        try desk.feed(leaving("2026-03-10"), about: mother, id: id(2), change: .corrected, previous: id(1))
        let corrected = "U11 Datumet är rättat: du är inte längre folkbokförd i Sverige från den 10 mars 2026"
        #expect(try tiles(desk, of: mother).last == corrected)
        try desk.advance(to: Stockholm.instant(day("2026-04-20")))
        // The notice that was being decided has lapsed, and another is refused.
        let refused = try desk.feed(notice(by: mother, moved: "2026-04-20"), about: mother)
        #expect(
            refused.first { $0.river == "take a move notice" }?.outcome
                == .notWhole(["is registered in a municipality"]))
        try desk.feed(
            leaving("2026-03-10", "1784"), about: mother, id: id(3), occurredOn: day("2026-04-21"), change: .ceased,
            previous: id(2))
        #expect(try tiles(desk, of: mother).last == "U9 Du är folkbokförd i Sverige igen från den 21 april 2026")
        let entry = try #require(try desk.published(RegisterEntry.self).last)
        #expect(entry.data.municipality == "1784" && entry.data.birthDate == day("1993-02-17"))
        #expect(entry.change == .corrected && entry.occurredOn == day("2026-04-21"))
        try desk.feed(notice(by: mother, moved: "2026-04-20"), about: mother)
        try desk.advance(to: Stockholm.instant(day("2026-05-20")))
        #expect(try desk.published(Move.self).map(\.data.fromMunicipality) == ["1784"])
    }

    @Test func `what an officer has told the living is taken back after the death, and the dead are told nothing else`()
        throws
    {
        func id(_ number: UInt64) -> EventID { .custom(hash: (number, number)) }
        for isToldFirst in [true, false] {
            var desk = try desk(custody: [])
            let death = Death(
                deathDate: day("2026-03-20"), certainty: .exact, municipality: "0180", hasSpouse: false,
                hasMinorChildren: false)
            let left = Deregistration(reason: .emigrated, from: day("2026-03-20"), municipality: "0180", concerns: [])
            let moved = Move(
                fromMunicipality: "0180", toMunicipality: "1780", effectiveDate: day("2026-03-20"), minor: false,
                concerns: [])
            if !isToldFirst { try desk.feed(death, about: mother, id: id(9)) }
            try desk.feed(left, about: mother, id: id(1))
            try desk.feed(moved, about: father, id: id(2))
            if isToldFirst { try desk.feed(death, about: mother, id: id(9)) }
            try desk.feed(death, about: father, id: id(8))
            try desk.feed(
                Annulled<Deregistration>(reasonCode: "error"), about: mother, change: .annulled, previous: id(1))
            try desk.feed(Annulled<Move>(reasonCode: "error"), about: father, change: .annulled, previous: id(2))
            let codes = try desk.tiles().filter { $0.subject == mother && $0.data.tile == .moveNotice }.map(\.data.code)
            #expect(codes == (isToldFirst ? [.decided, .corrected] : []))
            #expect(try tiles(desk, of: father).last == "U11 Flytten var fel och är borttagen. Allt gäller som förut")
        }
    }

    // rules: M8
    @Test func `a death stops a departure that is being decided, and an annulled one lets it go on`() throws {
        var desk = try desk(custody: [])
        try desk.feed(EmigrationNotice(filedBy: mother, departureDate: day("2026-03-25")), about: mother)
        let death = Death(
            deathDate: day("2026-03-20"), certainty: .exact, municipality: "0180", hasSpouse: false,
            hasMinorChildren: false)
        try desk.feed(death, about: mother, id: .custom(hash: (9, 9)))
        try desk.advance(to: Stockholm.instant(day("2026-03-30")))
        #expect(try desk.published(Deregistration.self).isEmpty)
        try desk.feed(
            Annulled<Death>(reasonCode: "error"), about: mother, change: .annulled, previous: .custom(hash: (9, 9)))
        try desk.advance(to: Stockholm.instant(day("2026-03-31")))
        #expect(try desk.published(Deregistration.self).map(\.data.from) == [day("2026-03-25")])
    }

    // rules: M6
    @Test func `M6: without the number of a dwelling it is decided to the house after fourteen days`() throws {
        var desk = try desk(custody: [mother])
        try desk.feed(notice(by: mother, address: "building-1"), about: mother)
        #expect(try tiles(desk, of: mother).last?.hasPrefix("U3 Lämna lägenhetsnummer senast den 7 april 2026") == true)
        try desk.advance(to: Stockholm.instant(day("2026-04-09"), hour: 8))
        #expect(try desk.published(Move.self).map(\.data.effectiveDate) == [day("2026-03-20")])
    }

    // rules: M7
    @Test func `M7: a dismissal is appealed within three weeks from the day it was told`() throws {
        var desk = try desk(custody: [mother, father])
        try desk.feed(notice(by: mother), about: child)
        try desk.feed(MoveConsent(filedBy: father, consent: false), about: child)
        let told = "U10 Anmälan är avvisad. Ditt barn är kvar i Stockholm. Överklaga senast den 10 april 2026"
        #expect(try tiles(desk, of: mother).last == told)
    }

    // rules: M9, M24
    @Test func `M9 and M24: a shelter changes nothing, and with a block only the person's own notice counts`() throws {
        var desk = try desk(custody: [mother])
        let stays = try desk.feed(notice(by: mother, address: "shelter-1"), about: mother)
        #expect(
            stays.first { $0.river == "take a move notice" }?.outcome
                == .notWhole(["is no stay that leaves the registration as it is (FOL 8-15 §§)"]))
        try desk.feed(AddressBlock(filedBy: stranger, on: true), about: mother)
        try desk.feed(AddressBlock(filedBy: mother, on: true), about: mother)
        let blocked = try desk.feed(notice(by: stranger), about: mother)
        // Nothing of the block: a stranger learns nothing about the person.
        #expect(
            blocked.first { $0.river == "take a move notice" }?.outcome
                == .notWhole(["is filed by who moves, by a guardian of a child, or with a mandate (M3)"]))
        #expect(try desk.feed(notice(by: mother), about: mother).contains { $0.outcome == .handled })
        #expect(try tiles(desk, of: stranger).isEmpty)
    }

    @Test func `custody is told anew with the municipality and the former one, and goes back when nobody moved`() throws
    {
        var desk = try desk(custody: [mother])
        try desk.feed(notice(by: mother), about: child)
        try desk.advance(to: Stockholm.instant(day("2026-03-27"), hour: 8))
        let move = try #require(try desk.published(Move.self).last)
        try desk.feed(move.data, about: child, id: move.id, occurredOn: move.occurredOn)
        let relation = try #require(try desk.published(FamilyRelation.self).last)
        #expect(relation.change == .corrected && relation.occurredOn == day("2026-03-20"))
        #expect(relation.data.municipality == "1780" && relation.data.formerly == ["0180"])
        #expect(relation.data.concerns == [.kommun(1780), .region(17)])
        try desk.feed(Annulled<Move>(reasonCode: "error"), about: child, change: .annulled, previous: move.id)
        #expect(try desk.published(FamilyRelation.self).last?.data.municipality == "0180")
        #expect(try tiles(desk, of: mother).last == "U11 Flytten var fel och är borttagen. Allt gäller som förut")
    }

    @Test func `death stops a move that is being decided, and an annulment lets it go on`() throws {
        var desk = try desk(custody: [mother])
        try desk.feed(notice(by: mother), about: mother)
        let death = Death(
            deathDate: day("2026-03-20"), certainty: .exact, municipality: "0180", hasSpouse: false,
            hasMinorChildren: false)
        try desk.feed(death, about: mother, id: .custom(hash: (9, 9)))
        try desk.advance(to: Stockholm.instant(day("2026-03-30")))
        #expect(try desk.published(Move.self).isEmpty)
        try desk.feed(
            Annulled<Death>(reasonCode: "error"), about: mother, change: .annulled, previous: .custom(hash: (9, 9)))
        try desk.advance(to: Stockholm.instant(day("2026-03-31")))
        #expect(try desk.published(Move.self).map(\.subject) == [mother])
    }

    // rules: M8
    @Test(
        arguments: [
            ("2026-06-01", "2028-06-01", "2026-06-01"), ("2026-03-01", "2027-03-01", "2026-03-20"),
            ("2026-06-01", "2027-05-31", nil), ("2026-06-01", nil, "2026-06-01"),
        ] as [(String, String?, String?)])
    func `M8: who leaves for a year or more is deregistered from the departure, or from a late notice`(
        row: (departure: String, until: String?, from: String?)
    ) throws {
        var desk = try desk(custody: [mother])
        try desk.feed(
            EmigrationNotice(filedBy: mother, departureDate: day(row.departure), until: row.until.map { day($0) }),
            about: mother)
        try desk.advance(to: Stockholm.instant(day("2026-07-01")))
        #expect(
            try desk.published(Deregistration.self).map(\.data.from) == [row.from].compactMap(\.self).map { day($0) })
    }

    // rules: M11
    @Test(arguments: [
        (
            "2026-03-20",
            "Din kommunalskatt för 2026 går till Stockholm, där du var folkbokförd den 1 november 2025. Från 2027 gäller Karlstad"
        ),
        (
            "2026-11-01",
            "Din kommunalskatt för 2026 går till Stockholm, där du var folkbokförd den 1 november 2025. Från 2027 gäller Karlstad"
        ),
        (
            "2026-11-02",
            "Din kommunalskatt för 2026 och 2027 går till Stockholm, där du var folkbokförd den 1 november 2025. Från 2028 gäller Karlstad"
        ),
    ])
    func `M11: tax goes where one was registered on the first of November the year before`(
        row: (effective: String, text: String)
    ) throws {
        var desk = Harness(SkatteverketTaxation(), now: Stockholm.instant(day("2026-11-20")))
        let move = Move(
            fromMunicipality: "0180", toMunicipality: "1780", effectiveDate: day(row.effective), minor: false,
            concerns: [])
        try desk.feed(move, about: mother, id: .custom(hash: (1, 1)))
        #expect(try desk.tiles().map(\.data.text) == [row.text])
        try desk.feed(
            Annulled<Move>(reasonCode: "error"), about: mother, change: .annulled, previous: .custom(hash: (1, 1)))
        #expect(try desk.tiles().last?.data.code == .corrected)
    }

    // rules: M10
    @Test(arguments: [nil, ProtectionLevel.marked, .protected])
    func `nothing that waits is decided by its time once somebody is protected`(_ level: ProtectionLevel?) throws {
        var desk = try desk(custody: [mother, father])
        try desk.feed(notice(by: mother), about: mother, from: .citizen)
        try desk.feed(notice(by: mother), about: child, from: .citizen)
        try desk.advance(to: Stockholm.instant(day("2026-03-21"), hour: 10))
        for (person, born) in [(mother, "1993-02-17"), (child, "2022-11-08")] {
            try desk.feed(
                RegisterEntry(municipality: "0180", civilStatus: .unmarried, birthDate: day(born), protection: level),
                about: person)
        }
        try desk.advance(to: Stockholm.instant(day("2026-06-01")))
        #expect(try desk.published(Move.self).count == (level == nil ? 1 : 0))
        let text = "U2 Vi har fått flyttanmälan. En särskild handläggare tar hand om den och hör av sig med brev"
        let last = try tiles(desk, of: father).last
        #expect((last == text) == (level != nil))
        #expect(try tiles(desk, of: mother).suffix(2).allSatisfy { $0 == text } == (level != nil))
    }

    // rules: M3
    @Test
    func `a god man whose end was an error, or whose scope has grown, files; one whose scope has shrunk does not`()
        throws
    {
        var desk = try desk(custody: [])
        func guardianship(_ scope: [GuardianshipScope]) -> Guardianship {
            Guardianship(
                holder: stranger, kind: .godMan, scope: scope, capacity: .full, from: day("2024-01-01"),
                municipality: "0180", caseRef: "g", concerns: [AgencyID(.skatteverket)])
        }
        var number = 0
        func isTaken() throws -> Bool {
            number += 1
            return try desk.feed(
                notice(by: stranger, address: "address-\(number)"), about: mother, from: .citizen
            ).allSatisfy {
                if case .notWhole = $0.outcome { false } else { true }
            }
        }
        func id(_ number: UInt64) -> EventID { .custom(hash: (number, number)) }
        try desk.feed(guardianship([.careForPerson]), about: mother, id: id(1))
        #expect(try !isTaken())
        try desk.feed(
            guardianship([.careForPerson, .guardRights]), about: mother, id: id(2), change: .corrected, previous: id(1))
        #expect(try isTaken())
        try desk.feed(
            guardianship([.guardRights]), about: mother, id: id(3), occurredOn: day("2026-03-20"), change: .ceased,
            previous: id(2))
        try desk.advance(to: Stockholm.instant(day("2026-03-22")))
        #expect(try !isTaken())
        try desk.feed(Annulled<Guardianship>(reasonCode: "error"), about: mother, change: .annulled, previous: id(3))
        #expect(try isTaken())
        try desk.feed(guardianship([.manageProperty]), about: mother, id: id(4), change: .corrected, previous: id(2))
        #expect(try !isTaken())
        try desk.feed(Annulled<Guardianship>(reasonCode: "error"), about: mother, change: .annulled, previous: id(4))
        #expect(try !isTaken())
    }
}
