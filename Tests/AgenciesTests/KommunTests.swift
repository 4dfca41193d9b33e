import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

@Suite struct KommunTests {
    let subject = Subject(seed: 1, scenario: "kommun", case: "", name: "subject")
    let mother = Subject(seed: 1, scenario: "kommun", case: "", name: "mother")
    let father = Subject(seed: 1, scenario: "kommun", case: "", name: "father")

    func start(_ day: String, in code: Int = 1780) -> Harness<Kommun> {
        Harness(Kommun(), playing: .kommun(code), now: Stockholm.instant(Day(day)!))
    }

    // MARK: Family law

    func alerted() throws -> Harness<Kommun> {
        var desk = start("2026-03-17")
        try desk.feed(
            ParenthoodMissing(
                mother: mother, municipality: "1780", birthDate: Day("2026-03-02")!, lastDay: Day("2026-03-16")!),
            about: subject, from: .skatteverket, id: id(900))
        return desk
    }

    func confirmation(_ day: String) -> MunicipalParenthoodConfirmation {
        MunicipalParenthoodConfirmation(
            filedBy: mother, municipality: "1780", mother: mother, otherParent: father, confirmedOn: Day(day)!,
            jointCustody: true)
    }

    @Test func `an alert invites the parents for 21 days`() throws {
        let desk = try alerted()
        let status = try #require(try desk.published(MunicipalCaseStatus.self).last)
        #expect(status.subject == subject)
        #expect(status.data.service == .familyLaw && status.data.state == .awaitingCitizen)
        #expect(status.data.expectedDate == Day("2026-04-07")!)
        let tile = try #require(try desk.tiles().last)
        #expect(tile.subject == mother && tile.data.about == subject && tile.data.code == .awaitingCitizen)
        #expect(
            tile.data.text
                == "Familjerätten bjuder in er att bekräfta föräldraskapet senast 7 april. Annars utreds det")
        #expect(tile.data.deadline == Day("2026-04-07")!)
        #expect(desk.messages.count == 2)
    }

    @Test func `a second alert for the child is ignored`() throws {
        var desk = try alerted()
        try desk.feed(
            ParenthoodMissing(
                mother: mother, municipality: "1780", birthDate: Day("2026-03-02")!, lastDay: Day("2026-03-16")!),
            about: subject, from: .skatteverket)
        #expect(desk.messages.count == 2)
    }

    @Test func `an alert for another municipality is not offered`() throws {
        var desk = start("2026-03-17", in: 180)
        let reports = try desk.feed(
            ParenthoodMissing(
                mother: mother, municipality: "1780", birthDate: Day("2026-03-02")!, lastDay: Day("2026-03-16")!),
            about: subject, from: .skatteverket)
        #expect(reports.isEmpty && desk.messages.isEmpty)
    }

    @Test func `both parents' confirmation closes the case and stops the clock`() throws {
        var desk = try alerted()
        try desk.advance(to: Stockholm.instant(Day("2026-03-18")!, hour: 13))
        try desk.feed(confirmation("2026-03-18"), about: subject, from: .citizen)
        let report = try #require(try desk.published(ParenthoodReport.self).last)
        #expect(
            report.data
                == ParenthoodReport(
                    mother: mother, otherParent: father, confirmedOn: Day("2026-03-18")!, jointCustody: true,
                    municipality: "1780"))
        #expect(try desk.published(MunicipalCaseStatus.self).map(\.data.state) == [.awaitingCitizen, .closed])
        let tiles = try desk.tiles().suffix(2)
        #expect(tiles.map(\.subject) == [mother, father])
        #expect(tiles.allSatisfy { $0.data.code == .done && $0.data.text == "Föräldraskapet är bekräftat" })
        try desk.advance(to: Stockholm.instant(Day("2026-05-01")!))
        #expect(desk.messages.count == 6)
    }

    @Test func `silence leads to an inquiry after the last day, and a late confirmation still closes it`() throws {
        var desk = try alerted()
        try desk.advance(to: Stockholm.instant(Day("2026-04-07")!, hour: 23))
        #expect(desk.messages.count == 2)
        try desk.advance(to: Stockholm.instant(Day("2026-04-08")!))
        #expect(try desk.tiles().last?.data.code == .investigating)
        try desk.feed(confirmation("2026-04-08"), about: subject, from: .citizen)
        #expect(try desk.published(MunicipalCaseStatus.self).last?.data.state == .closed)
    }

    @Test func `a confirmation that names another mother is not whole`() throws {
        var desk = try alerted()
        var wrong = confirmation("2026-03-18")
        wrong.mother = father
        let reports = try desk.feed(wrong, about: subject, from: .citizen)
        #expect(reports.map(\.outcome) == [.notWhole(["the mother is the one in the case"])])
    }

    @Test func `an annulled alert takes the invitation back`() throws {
        var desk = try alerted()
        try desk.feed(
            Annulled<ParenthoodMissing>(reasonCode: "error"), about: subject, from: .skatteverket,
            change: .annulled, previous: id(900))
        #expect(try desk.tiles().last?.data.code == .corrected)
        let status = try #require(try desk.published(MunicipalCaseStatus.self).first)
        #expect(try desk.published(Annulled<MunicipalCaseStatus>.self).last?.previous == status.id)
        try desk.advance(to: Stockholm.instant(Day("2026-05-01")!))
        #expect(desk.messages.count == 4)
    }

    // MARK: Preschool

    func application(_ wanted: String) -> MunicipalApplication {
        MunicipalApplication(filedBy: mother, municipality: "1780", service: .preschool, wantedFrom: Day(wanted)!)
    }

    @Test(arguments: [
        (
            "2026-05-04", "2027-03-02", "2027-03-02",
            "Barnet står i kö till förskola i Karlstad. Du ska få en plats senast den 2 mars 2027"
        ),
        (
            "2026-04-01", "2026-05-04", "2026-08-03",
            "Barnet står i kö till förskola i Karlstad. Du ska få en plats senast den 3 augusti 2026"
        ),
    ]) func `an application is answered with the later of four months and the day wanted`(
        row: (applied: String, wanted: String, expected: String, text: String)
    ) throws {
        var desk = start(row.applied)
        try desk.feed(application(row.wanted), about: subject, from: .citizen)
        let status = try #require(try desk.published(MunicipalCaseStatus.self).last).data
        #expect(status.service == .preschool && status.state == .investigating && status.applicant == mother)
        #expect(status.expectedDate == Day(row.expected)!)
        let tile = try #require(try desk.tiles().last)
        #expect(tile.subject == mother && tile.data.about == subject)
        #expect(tile.data.code == .investigating && tile.data.text == row.text)
        // A repeated application changes nothing, nor does our own message when it comes back.
        try desk.feed(application(row.wanted), about: subject, from: .citizen)
        try desk.feed(status, about: subject)
        #expect(desk.messages.count == 2)
    }

    func move(minor: Bool, from: String = "0180", to: String = "1780", effective: String = "2026-03-20") -> Move {
        Move(
            fromMunicipality: from, toMunicipality: to, addressRef: "a1", effectiveDate: Day(effective)!, minor: minor,
            concerns: [])
    }

    func queuedInStockholm() throws -> Harness<Kommun> {
        var desk = start("2026-03-01", in: 180)
        try desk.feed(
            MunicipalCaseStatus(
                caseRef: "k1", municipality: "0180", service: .preschool, state: .investigating, applicant: mother),
            about: subject)
        return desk
    }

    @Test func `an open place in the queue is adopted and ends with the move`() throws {
        var desk = try queuedInStockholm()
        #expect(try desk.tiles().map(\.data.text) == ["Barnet står i kö till förskola i Stockholm"])
        try desk.feed(move(minor: true), about: subject, from: .skatteverket, occurredOn: Day("2026-03-01")!)
        let status = try #require(try desk.published(MunicipalCaseStatus.self).last).data
        #expect(status.state == .aborted && status.reason == .transferred && status.caseRef == "k1")
        let tile = try #require(try desk.tiles().last)
        #expect(tile.subject == mother && tile.data.about == subject && tile.data.tile == .preschool)
        #expect(
            tile.data.code == .stopped
                && tile.data.text == "Köplatsen i Stockholm upphör för att barnet flyttat. Ansök i Karlstad")
        #expect(desk.messages.count == 3)
    }

    @Test func `an annulled move gives the place in the queue back`() throws {
        var desk = try queuedInStockholm()
        try desk.feed(move(minor: true), about: subject, from: .skatteverket, id: id(901))
        let aborted = try #require(try desk.published(MunicipalCaseStatus.self).last)
        try desk.feed(
            Annulled<Move>(reasonCode: "error"), about: subject, from: .skatteverket, change: .annulled,
            previous: id(901))
        #expect(try desk.published(Annulled<MunicipalCaseStatus>.self).last?.previous == aborted.id)
        #expect(try desk.tiles().last?.data.text == "Rättat: köplatsen i Stockholm finns kvar")
    }

    @Test func `an annulled move back does not restore the place that the move out ended`() throws {
        var desk = try queuedInStockholm()
        try desk.feed(move(minor: true), about: subject, from: .skatteverket)
        let before = desk.messages.count
        try desk.feed(
            move(minor: true, from: "1780", to: "0180"), about: subject, from: .skatteverket, id: id(901),
            occurredOn: Day("2026-03-15")!)
        try desk.feed(
            Annulled<Move>(reasonCode: "error"), about: subject, from: .skatteverket, change: .annulled,
            previous: id(901))
        #expect(desk.messages.count == before)
    }

    @Test func `a child who has moved in is expected silently and queues here by name`() throws {
        var desk = start("2026-03-27")
        try desk.feed(move(minor: true), about: subject, from: .skatteverket)
        #expect(desk.messages.isEmpty)
        try desk.advance(to: Stockholm.instant(Day("2026-04-01")!, hour: 20))
        try desk.feed(application("2026-05-04"), about: subject, from: .citizen)
        #expect(
            try desk.tiles().last?.data.text
                == "Barnet står i kö till förskola i Karlstad. Du ska få en plats senast den 3 augusti 2026")
        #expect(try desk.published(MunicipalCaseStatus.self).last?.data.expectedDate == Day("2026-08-03")!)
    }

    // MARK: Moves

    @Test func `a move within the municipality concerns nobody`() throws {
        var desk = start("2026-03-27")
        try desk.feed(move(minor: false, from: "1780"), about: subject, from: .skatteverket)
        #expect(desk.messages.isEmpty)
    }

    // rules: M18
    @Test func `M18: guardians who moved in are told, where the child is of the age that is reached out to`() throws {
        for (born, told) in [("2022-11-08", 1), ("2020-02-01", 1), ("2019-12-31", 0), ("2023-01-01", 0)] {
            var desk = start("2026-03-27")
            try desk.feed(move(minor: true), about: subject, from: .skatteverket)
            try desk.feed(
                FamilyRelation(
                    holder: mother, kind: .custody, from: Day(born)!, municipality: "1780", concerns: [.kommun(1780)]),
                about: subject, from: .skatteverket, change: .corrected, previous: id(905))
            #expect(try desk.tiles().filter { $0.data.code == .informed }.count == told, "\(born)")
        }
    }

    // rules: M18
    @Test func `M18: a child with a place keeps it for two months from the registration`() throws {
        var desk = start("2026-03-01", in: 180)
        try desk.feed(
            MunicipalCaseStatus(
                caseRef: "k1", municipality: "0180", service: .preschool, state: .executing, applicant: mother),
            about: subject)
        try desk.feed(move(minor: true), about: subject, from: .skatteverket)
        #expect(try desk.tiles().map(\.data.text) == ["Barnet kan gå kvar till den 20 maj 2026"])
        try desk.advance(to: Stockholm.instant(Day("2026-05-20")!, hour: 23))
        #expect(desk.messages.count == 1)
        try desk.advance(to: Stockholm.instant(Day("2026-05-21")!))
        #expect(try desk.tiles().last?.data.code == .stopped)
    }

    // MARK: Death

    func death(_ day: String = "2026-03-03") -> Death {
        Death(
            deathDate: Day(day)!, certainty: .exact, municipality: "1780", hasSpouse: true, hasMinorChildren: false)
    }

    @Test func `a death of one with nothing open is silent`() throws {
        var desk = start("2026-03-05")
        try desk.feed(death(), about: subject, from: .skatteverket)
        #expect(desk.messages.isEmpty)
    }

    @Test func `a child's death ends the invitation and the queue, and an annulment brings both back`() throws {
        var desk = try alerted()
        try desk.feed(application("2027-03-02"), about: subject, from: .citizen)
        try desk.feed(death("2026-03-17"), about: subject, from: .skatteverket, id: id(903))
        let ended = try desk.tiles().suffix(3)
        #expect(ended.map(\.data.tile) == [.parenthood, .preschool, .stopped])
        #expect(ended.allSatisfy { $0.data.code == .stopped })
        #expect(ended.map(\.subject) == [mother, mother, subject])
        try desk.feed(
            Annulled<Death>(reasonCode: "error"), about: subject, from: .skatteverket, change: .annulled,
            previous: id(903))
        let back = try desk.tiles().suffix(3)
        #expect(back.allSatisfy { $0.data.code == .corrected })
        #expect(try desk.published(Annulled<MunicipalCaseStatus>.self).count == 2)
        try desk.advance(to: Stockholm.instant(Day("2026-04-08")!))
        #expect(try desk.tiles().last?.data.code == .investigating)
    }

    func id(_ number: UInt64) -> EventID { .v7(milliseconds: 1_700_000_000_000, ordinal: 1, hash62: number) }
}
