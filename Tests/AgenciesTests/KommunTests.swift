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
        ("2026-05-04", "2027-03-02", "2027-03-02", "I kö. Plats senast 2 mars 2027"),
        ("2026-04-01", "2026-05-04", "2026-08-03", "I kö. Plats senast 3 augusti"),
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
            fromMunicipality: from, toMunicipality: to, addressRef: "a1", noticeDate: Day("2026-03-20")!,
            effectiveDate: Day(effective)!, household: [mother, subject], minor: minor)
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
        #expect(try desk.tiles().map(\.data.text) == ["I kö i Stockholm"])
        try desk.feed(move(minor: true), about: subject, from: .skatteverket, occurredOn: Day("2026-03-01")!)
        let status = try #require(try desk.published(MunicipalCaseStatus.self).last).data
        #expect(status.state == .aborted && status.reason == .transferred && status.caseRef == "k1")
        let tile = try #require(try desk.tiles().last)
        #expect(tile.subject == mother && tile.data.about == subject && tile.data.tile == .preschool)
        #expect(tile.data.code == .stopped && tile.data.text == "Köplatsen i Stockholm upphör")
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
        #expect(try desk.tiles().last?.data.text == "I kö i Karlstad. Plats senast 3 augusti")
        #expect(try desk.published(MunicipalCaseStatus.self).last?.data.expectedDate == Day("2026-08-03")!)
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
