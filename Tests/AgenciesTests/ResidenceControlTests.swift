import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// Controls of a registration, appeals, and what changes a housing supplement: rules M6, M7 and M16 of the page on moves.
@Suite struct ResidenceControlTests {
    let person = Subject(seed: 1, scenario: "s", case: "c", name: "A")

    func day(_ text: String) -> Day { Day(text)! }

    func register(on today: String) throws -> Harness<Skatteverket> {
        var desk = Harness(Skatteverket(), now: Stockholm.instant(day(today), hour: 9))
        try desk.feed(
            RegisterEntry(municipality: "0180", civilStatus: .unmarried, birthDate: day("1980-01-01")), about: person)
        return desk
    }

    // rules: M6
    @Test(arguments: [
        ("2026-03-09", "2026-03-23", "2026-04-09"),  // over Easter
        ("2026-03-20", "2026-04-07", "2026-04-22"),  // the fourteenth day is Good Friday, and moves
        ("2026-12-11", "2026-12-28", "2027-01-15"),  // over Christmas and Epiphany
    ])
    func `M6: fourteen days to answer, then a visit within ten working days, then a decision`(
        row: (opened: String, answer: String, decided: String)
    ) throws {
        var desk = try register(on: row.opened)
        try desk.feed(RegisterControl(state: .opened), about: person)
        #expect(try desk.tiles().last?.data.deadline == day(row.answer))
        try desk.advance(to: Stockholm.instant(day(row.decided), hour: 7))
        #expect(try desk.published(Move.self).isEmpty)
        try desk.advance(to: Stockholm.instant(day(row.decided), hour: 9))
        let move = try #require(try desk.published(Move.self).last)
        #expect(move.data.effectiveDate == day(row.decided) && move.data.addressRef == nil)
    }

    // rules: M6
    @Test(arguments: [
        (
            SkatteverketCase.Control.Stage.idle, SkatteverketCase.Control.Trigger.opened,
            SkatteverketCase.Control.Stage?.some(.ordered)
        ),
        (.idle, .disputed, .disputed), (.ordered, .opened, nil), (.ordered, .confirmed, .idle),
        (.ordered, .contradicted, .visit), (.ordered, .admitted, .admitted), (.ordered, .lastDayPassed, .visit),
        (.visit, .admitted, .admitted), (.visit, .confirmed, .idle), (.visit, .contradicted, .visit),
        (.visit, .ended, .idle), (.disputed, .ended, .idle),
        (.idle, .ended, nil), (.admitted, .lastDayPassed, nil),
    ])
    func `a control moves from state to state, and nothing else moves it`(
        from: SkatteverketCase.Control.Stage, trigger: SkatteverketCase.Control.Trigger,
        to: SkatteverketCase.Control.Stage?
    ) {
        #expect(from.after(trigger) == to)
    }

    // rules: M6, M8
    @Test func `a death stops a control and the time to be missing, and an annulled one lets them go on`() throws {
        for found in [false, true] {
            var desk = try register(on: "2026-03-09")
            try desk.feed(RegisterControl(state: .opened), about: person)
            let died = found ? "2026-03-10" : "2026-06-01"
            try desk.advance(to: Stockholm.instant(day(died)))
            let death = Death(
                deathDate: day(died), certainty: .exact, municipality: "0180", hasSpouse: false,
                hasMinorChildren: false)
            try desk.feed(death, about: person, id: .custom(hash: (9, 9)))
            try desk.advance(to: Stockholm.instant(day("2028-05-01")))
            #expect(try desk.published(Move.self).count == (found ? 0 : 1))
            #expect(try desk.published(Deregistration.self).isEmpty)
            try desk.feed(
                Annulled<Death>(reasonCode: "error"), about: person, change: .annulled,
                previous: .custom(hash: (9, 9)))
            try desk.advance(to: Stockholm.instant(day("2028-05-02")))
            #expect(try desk.tiles().last?.data.code == (found ? .investigating : .decided))
            #expect(try desk.published(Deregistration.self).map(\.data.reason) == (found ? [] : [.missing]))
        }
    }

    // rules: M2
    @Test(arguments: [
        ("2026-03-02", "Ditt barn är folkbokfört i Karlstad från den 2 mars 2026, den dag vi beslutade"),
        // The guardian's day, whom the child follows.
        ("2026-02-20", "Ditt barn är folkbokfört i Karlstad från den 20 februari 2026"),
    ])
    func `M2: an officer's move holds from the decision, of a child that follows a guardian from the guardian's day`(
        row: (from: String, text: String)
    ) throws {
        var desk = try register(on: "2026-03-02")
        let child = Subject(seed: 1, scenario: "s", case: "c", name: "N")
        try desk.feed(
            RegisterEntry(municipality: "0180", civilStatus: .unmarried, birthDate: day("2022-11-08")), about: child)
        try desk.feed(
            FamilyRelation(
                holder: person, kind: .custody, from: day("2022-11-08"), municipality: "0180", concerns: []),
            about: child)
        try desk.feed(
            Move(
                fromMunicipality: "0180", toMunicipality: "1780", effectiveDate: day(row.from), minor: true,
                concerns: []), about: child)
        let tile = try #require(try desk.tiles().last { $0.subject == person })
        #expect(tile.data.text == row.text + ". Överklaga senast den 23 mars 2026")
    }

    // rules: M7
    @Test(arguments: [
        ("2026-03-30", true),  // three weeks after Monday the 9th
        ("2026-03-31", false),
    ])
    func `M7: an appeal comes in time within three weeks from when the decision was told`(
        row: (appealed: String, inTime: Bool)
    ) throws {
        var desk = try register(on: "2026-03-02")
        try desk.feed(
            MoveNotice(filedBy: person, toMunicipality: "1780", addressRef: "address-1", moveDate: day("2026-03-01")),
            about: person)
        try desk.advance(to: Stockholm.instant(day(row.appealed), hour: 20))
        try desk.feed(RegisterAppeal(filedBy: person, decisionRef: "move-2026-03-09"), about: person)
        #expect(try desk.published(SentAppeal.self).map(\.data.inTime) == [row.inTime])
        #expect(try desk.tiles().last?.data.code == (row.inTime ? .underReview : .decided))
    }

    // rules: M16
    @Test(arguments: [
        ("2026-03-01", "2026-03-10", "2026-04"),  // the month after the move, also of a move on the 1st
        ("2026-03-31", "2026-04-02", "2026-04"), ("2026-03-15", "2026-10-01", "2026-07"),  // three months back at most
        ("2026-05-20", "2026-05-02", "2026-06"),  // told ahead
    ])
    func `M16: the supplement changes from the month after, at most three months back`(
        row: (moved: String, told: String, first: String)
    ) throws {
        var desk = Harness(Pensionsmyndigheten(), now: Stockholm.instant(day("2026-01-01")))
        try desk.feed(
            PensionDecision(kind: .housingSupplement, outcome: .granted, month: Month("2020-01")!, share: 100),
            about: person)
        try desk.advance(to: Stockholm.instant(day(row.told), hour: 10))
        try desk.feed(
            PensionHousingChange(filedBy: person, monthlyRent: 7_100, from: day(row.moved)), about: person)
        try desk.advance(to: Stockholm.instant(day(row.told).adding(days: 30)))
        #expect(try desk.published(PensionDecision.self).last?.data.month == Month(row.first)!)
    }
}
