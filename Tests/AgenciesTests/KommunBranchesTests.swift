import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

@Suite struct KommunFamilyLawTests {
    let child = Subject(seed: 1, scenario: "kommun", case: "", name: "child")
    let mother = Subject(seed: 1, scenario: "kommun", case: "", name: "mother")
    let father = Subject(seed: 1, scenario: "kommun", case: "", name: "father")

    func id(_ number: UInt64) -> EventID { .v7(milliseconds: 1_700_000_000_000, ordinal: 1, hash62: number) }

    func start(_ day: String, in code: Int = 1780) -> Harness<KommunFamilyLaw> {
        Harness(KommunFamilyLaw(), playing: .kommun(code), now: Stockholm.instant(Day(day)!))
    }

    var alert: ParenthoodMissing {
        ParenthoodMissing(
            mother: mother, municipality: "1780", birthDate: Day("2026-03-02")!, lastDay: Day("2026-03-16")!)
    }

    func alerted() throws -> Harness<KommunFamilyLaw> {
        var desk = start("2026-03-17")
        try desk.feed(alert, about: child, from: .skatteverket, id: id(900))
        return desk
    }

    func confirmation(by person: Subject, expected: Day? = nil) -> MunicipalParenthoodConfirmation {
        MunicipalParenthoodConfirmation(
            filedBy: person, municipality: "1780", mother: mother, otherParent: father, jointCustody: true,
            expectedDate: expected)
    }

    @Test func `an alert invites the parents for 21 days, once`() throws {
        var desk = try alerted()
        try desk.feed(alert, about: child, from: .skatteverket)
        let status = try #require(try desk.published(MunicipalCaseStatus.self).last)
        #expect(status.data.service == .familyLaw && status.data.state == .awaitingCitizen)
        #expect(status.data.expectedDate == Day("2026-04-07")!)
        #expect(
            try desk.tiles().map(\.data.text) == [
                "Boka besök hos familjerätten och bekräfta föräldraskapet, båda två, senast den 7 april 2026. "
                    + "Annars utreder vi vem som är förälder"
            ])
        var elsewhere = start("2026-03-17", in: 180)
        #expect(try elsewhere.feed(alert, about: child, from: .skatteverket).isEmpty)
    }

    @Test func `both confirm, each for oneself, and the board approves (B5)`() throws {
        var desk = try alerted()
        try desk.advance(to: Stockholm.instant(Day("2026-03-18")!, hour: 13))
        try desk.feed(confirmation(by: father), about: child, from: .citizen)
        #expect(try desk.published(ParenthoodReport.self).isEmpty)
        let stranger = Subject(seed: 1, scenario: "kommun", case: "", name: "z")
        #expect(
            try desk.feed(confirmation(by: stranger), about: child, from: .citizen).contains {
                $0.outcome == .notWhole(["is filed by one whom it names, for oneself"])
            })
        try desk.feed(confirmation(by: mother), about: child, from: .citizen)
        #expect(
            try desk.published(ParenthoodReport.self).map(\.data) == [
                ParenthoodReport(
                    state: .confirmed, mother: mother, otherParent: father, jointCustody: true, municipality: "1780")
            ])
        #expect(try desk.published(MunicipalCaseStatus.self).map(\.data.state) == [.awaitingCitizen, .closed])
        let text = "Familjerätten har godkänt er bekräftelse. Skatteverket registrerar den omkring den 20 mars 2026"
        #expect(try desk.tiles().suffix(2).map(\.data.text) == [text, text])
        try desk.advance(to: Stockholm.instant(Day("2027-05-01")!))
        #expect(desk.messages.count == 6)
    }

    @Test func `silence leads to an inquiry, and a year of it is dropped (B6)`() throws {
        var desk = try alerted()
        try desk.advance(to: Stockholm.instant(Day("2026-04-08")!))
        #expect(try desk.tiles().last?.data.text == "Vi utreder vem som är förälder. Klart senast den 2 mars 2027")
        try desk.advance(to: Stockholm.instant(Day("2027-03-04")!))
        #expect(try desk.published(ParenthoodReport.self).map(\.data.state) == [.dropped])
        #expect(try desk.published(ParenthoodReport.self).allSatisfy { $0.data.otherParent == nil })
        #expect(
            try desk.tiles().last?.data.text
                == "Utredningen är nedlagd. Du är ensam vårdnadshavare. Överklaga senast den 24 mars 2027")
    }

    @Test func `a confirmation that names another mother is not whole`() throws {
        var desk = try alerted()
        var wrong = confirmation(by: father)
        (wrong.mother, wrong.otherParent) = (father, mother)
        let outcomes = try desk.feed(wrong, about: child, from: .citizen).map(\.outcome)
        #expect(outcomes.contains(.notWhole(["the mother is the one in the case"])))
    }

    @Test(arguments: [("error", TileCode.corrected), ("subjectDied", .stopped)])
    func `an annulled alert takes the invitation back, and a death ends it`(row: (reason: String, code: TileCode))
        throws
    {
        var desk = try alerted()
        try desk.feed(
            Annulled<ParenthoodMissing>(reasonCode: row.reason), about: child, from: .skatteverket,
            change: .annulled, previous: id(900))
        #expect(try desk.tiles().last?.data.code == row.code)
        #expect(try desk.published(Annulled<MunicipalCaseStatus>.self).count == 1)
        try desk.advance(to: Stockholm.instant(Day("2026-05-01")!))
        #expect(desk.messages.count == 4)
    }

    @Test func `before the birth the other parent is told to the register on the mother's key`() throws {
        var desk = start("2026-01-19")
        for person in [father, mother] {
            try desk.feed(confirmation(by: person, expected: Day("2026-03-05")), about: mother, from: .citizen)
        }
        let report = try #require(try desk.published(ParenthoodReport.self).last)
        #expect(report.subject == mother && report.data.expectedDate == Day("2026-03-05"))
        #expect(try desk.tiles().map(\.data.code) == [.done, .done])
    }

    @Test func `family law writes to nobody who died, and again when the death was an error`() throws {
        var desk = start("2026-03-10")
        let custody = FamilyRelation(
            holder: mother, kind: .custody, from: Day("2026-03-02")!, municipality: "1780", concerns: [.kommun(1780)])
        try desk.feed(custody, about: child, from: .skatteverket, id: id(1))
        try desk.feed(custody, about: child, from: .skatteverket, id: id(2), change: .ceased, previous: id(1))
        try desk.feed(alert, about: child, from: .skatteverket)
        #expect(try desk.published(MunicipalCaseStatus.self).map(\.data.state) == [.awaitingCitizen])
        #expect(try desk.tiles().isEmpty)
        try desk.feed(
            Annulled<FamilyRelation>(reasonCode: "x"), about: child, from: .skatteverket, change: .annulled,
            previous: id(2))
        #expect(try desk.tiles().map(\.subject) == [mother])
    }

    @Test func `a court's judgment about parenthood closes the case when it is final`() throws {
        var desk = try alerted()
        try desk.feed(
            CourtJudgment(
                kind: .parenthood, holders: [father], interim: false, finalOn: Day("2026-04-01")!, municipality: "1780"),
            about: child, from: AgencyID(owner: .tingsratten))
        try desk.advance(to: Stockholm.instant(Day("2026-04-01")!, hour: 1))
        #expect(try desk.published(MunicipalCaseStatus.self).last?.data.state == .closed)
    }
}

@Suite struct KommunPreschoolTests {
    let child = Subject(seed: 1, scenario: "kommun", case: "", name: "child")
    let mother = Subject(seed: 1, scenario: "kommun", case: "", name: "mother")
    let father = Subject(seed: 1, scenario: "kommun", case: "", name: "father")

    func id(_ number: UInt64) -> EventID { .v7(milliseconds: 1_700_000_000_000, ordinal: 1, hash62: number) }

    func desk(_ day: String, joint: Bool = true, in code: Int = 1780) throws -> Harness<KommunPreschool> {
        var desk = Harness(KommunPreschool(), playing: .kommun(code), now: Stockholm.instant(Day(day)!))
        for holder in joint ? [mother, father] : [mother] {
            try desk.feed(
                FamilyRelation(
                    holder: holder, kind: .custody, from: Day("2026-03-02")!, municipality: "1780",
                    concerns: [.kommun(code)]), about: child, from: .skatteverket)
        }
        return desk
    }

    func application(_ wanted: String, by person: Subject? = nil) -> MunicipalApplication {
        MunicipalApplication(
            filedBy: person ?? mother, municipality: "1780", service: .preschool, wantedFrom: Day(wanted)!)
    }

    func answer(_ person: Subject, _ accepted: Bool = true) -> PlaceAnswer {
        PlaceAnswer(filedBy: person, municipality: "1780", service: .preschool, accepted: accepted)
    }

    func offered(joint: Bool = true) throws -> Harness<KommunPreschool> {
        var desk = try desk("2026-09-07", joint: joint)
        try desk.feed(application("2027-03-02"), about: child, from: .citizen)
        try desk.advance(to: Stockholm.instant(Day("2027-01-04")!, hour: 9))
        return desk
    }

    @Test func `an application is queued, and a place is offered forty working days ahead (B22)`() throws {
        var desk = try offered()
        try desk.feed(application("2027-03-02"), about: child, from: .citizen)
        #expect(
            try desk.tiles().map(\.data.text) == [
                "Barnet står i kö till förskola i Karlstad. Ni ska få en plats till den 2 mars 2027. "
                    + "Svar omkring den 4 januari 2027",
                "Barnet står i kö till förskola i Karlstad. Ni ska få en plats till den 2 mars 2027. "
                    + "Svar omkring den 4 januari 2027",
                "Ni erbjuds en plats från den 2 mars 2027. Svara båda två senast den 18 januari 2027. "
                    + "Annars går platsen vidare och barnet står kvar i kön",
                "Ni erbjuds en plats från den 2 mars 2027. Svara båda två senast den 18 januari 2027. "
                    + "Annars går platsen vidare och barnet står kvar i kön",
            ])
    }

    @Test func `both guardians answer, each for oneself, and the child begins (B23)`() throws {
        var desk = try offered()
        try desk.feed(answer(mother), about: child, from: .citizen)
        #expect(try desk.tiles().last?.data.code == .awaitingAgency)
        try desk.feed(answer(father), about: child, from: .citizen)
        try desk.advance(to: Stockholm.instant(Day("2027-03-02")!, hour: 9))
        #expect(
            try desk.published(MunicipalCaseStatus.self).map(\.data.state)
                == [.investigating, .proposed, .decided, .executing])
    }

    @Test func `a sole guardian's answer is enough, and one no is too`() throws {
        var sole = try offered(joint: false)
        try sole.feed(answer(mother), about: child, from: .citizen)
        #expect(try sole.published(MunicipalCaseStatus.self).last?.data.state == .decided)
        var joint = try offered()
        try joint.feed(answer(father, false), about: child, from: .citizen)
        #expect(try joint.published(MunicipalCaseStatus.self).last?.data.state == .closed)
    }

    @Test func `silence passes the place on and keeps the queue (B22)`() throws {
        var desk = try offered()
        try desk.feed(answer(mother), about: child, from: .citizen)
        try desk.advance(to: Stockholm.instant(Day("2027-01-19")!, hour: 9))
        #expect(
            try desk.tiles().suffix(2).map(\.data.text) == [
                "Platsen gick vidare. Barnet står kvar i kön", "Platsen gick vidare. Barnet står kvar i kön",
            ])
        try desk.advance(to: Stockholm.instant(Day("2027-02-17")!))
        #expect(try desk.published(MunicipalCaseStatus.self).last?.data.state == .proposed)
    }

    @Test func `too early is told when, and a stranger is refused (B22)`() throws {
        var desk = try desk("2026-05-04")
        let reports = try desk.feed(application("2027-03-02"), about: child, from: .citizen)
        #expect(
            reports.map(\.outcome) == [
                .notWhole(["is for a day at most six months ahead"]),
                .notMine(["the register has told of no guardian"]),
                .handled, .notMine(["keeps its place for a time"]),
            ])
        #expect(try desk.tiles().map(\.data.text) == ["Ansök tidigast den 2 september 2026"])
        let stranger = Subject(seed: 1, scenario: "kommun", case: "", name: "z")
        #expect(
            try desk.feed(application("2026-09-01", by: stranger), about: child, from: .citizen).first?.outcome
                == .notWhole(["is filed by a guardian"]))
    }

    @Test(arguments: [("2026-05-04", "2026-06-01", "2026-09-04"), ("2026-09-07", "2027-03-02", "2027-03-02")])
    func `the place is for the later of four months and the day wanted (B22)`(
        row: (applied: String, wanted: String, expected: String)
    ) throws {
        var desk = try desk(row.applied)
        try desk.feed(application(row.wanted), about: child, from: .citizen)
        #expect(try desk.published(MunicipalCaseStatus.self).last?.data.expectedDate == Day(row.expected)!)
    }

    func move() -> Move {
        Move(
            fromMunicipality: "1780", toMunicipality: "0180", addressRef: "a1", effectiveDate: Day("2026-10-01")!,
            minor: true, concerns: [.kommun(1780), .kommun(180)])
    }

    @Test func `the place in the queue ends with a move or a death, and comes back when it was an error`() throws {
        for isMove in [true, false] {
            var desk = try desk("2026-09-07")
            try desk.feed(application("2027-03-02"), about: child, from: .citizen)
            if isMove {
                try desk.feed(move(), about: child, from: .skatteverket, id: id(1))
            } else {
                try desk.feed(
                    Death(
                        deathDate: Day("2026-10-01")!, certainty: .exact, municipality: "1780", hasSpouse: false,
                        hasMinorChildren: false), about: child, from: .skatteverket, id: id(1))
            }
            let ended = try #require(try desk.published(MunicipalCaseStatus.self).last)
            #expect(ended.data.state == .aborted && ended.data.reason == (isMove ? .transferred : .subjectDied))
            #expect(try desk.tiles().suffix(2).map(\.data.code) == [.stopped, .stopped])
            if isMove {
                try desk.feed(
                    Annulled<Move>(reasonCode: "error"), about: child, from: .skatteverket, change: .annulled,
                    previous: id(1))
            } else {
                try desk.feed(
                    Annulled<Death>(reasonCode: "error"), about: child, from: .skatteverket, change: .annulled,
                    previous: id(1))
            }
            #expect(try desk.published(Annulled<MunicipalCaseStatus>.self).map(\.previous) == [ended.id])
            try desk.advance(to: Stockholm.instant(Day("2027-01-05")!))
            #expect(try desk.published(MunicipalCaseStatus.self).last?.data.state == .proposed)
        }
    }

    @Test func `an open place in the queue is adopted`() throws {
        var desk = Harness(KommunPreschool(), playing: .kommun(180), now: Stockholm.instant(Day("2026-03-01")!))
        try desk.feed(
            MunicipalCaseStatus(
                caseRef: "k1", municipality: "0180", service: .preschool, state: .investigating, applicant: mother),
            about: child)
        #expect(try desk.tiles().map(\.data.text) == ["Barnet står i kö till förskola i Stockholm"])
    }
}
