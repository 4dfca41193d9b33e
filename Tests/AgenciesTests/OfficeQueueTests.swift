import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// An office takes up so many matters a working day, in the order in which they come.
@Suite struct OfficeQueueTests {
    let persons = (1...6).map { Subject(seed: 1, scenario: "q", case: "", name: "\($0)") }

    func instant(_ day: String, _ hour: Int, _ minute: Int = 0) -> Instant {
        Stockholm.instant(Day(day)!, hour: hour, minute: minute)
    }

    @Test func `matters are taken up in the order in which they come, so many a working day`() {
        var queue = OfficeQueue()
        let terms = OfficeTerms(capacity: 2)
        // A Thursday; the 27th is a Friday.
        let days = persons.map { queue.turn(for: $0, "a", at: instant("2026-03-26", 9), terms) }
        #expect(
            days.map(\.description) == [
                "2026-03-26", "2026-03-26", "2026-03-27", "2026-03-27", "2026-03-30", "2026-03-30",
            ])
        #expect(queue.waiting(from: Day("2026-03-27")!) == 4)
    }

    @Test(arguments: [
        ("2026-04-01", 7, "2026-04-01"), ("2026-04-01", 15, "2026-04-01"), ("2026-04-01", 16, "2026-04-02"),
        ("2026-04-02", 18, "2026-04-07"), ("2026-04-04", 10, "2026-04-07"),
    ]) func `who comes when the office is closed waits until it opens`(row: (day: String, hour: Int, turn: String)) {
        var queue = OfficeQueue()
        let day = queue.turn(for: persons[0], "a", at: instant(row.day, row.hour), OfficeTerms(capacity: 1))
        #expect(day == Day(row.turn))
    }

    @Test func `the same matter has one turn, and another of the same person its own`() {
        var queue = OfficeQueue()
        let terms = OfficeTerms(capacity: 1)
        let now = instant("2026-03-25", 9)
        let days = ["a", "a", "b"].map { queue.turn(for: persons[0], $0, at: now, terms) }
        #expect(days == [Day("2026-03-25")!, Day("2026-03-25")!, Day("2026-03-26")!])
    }

    @Test func `a turn that is left goes to the next who comes, and no turn that was told moves`() {
        var queue = OfficeQueue()
        let terms = OfficeTerms(capacity: 1)
        let now = instant("2026-03-25", 9)
        for person in persons.prefix(3) { _ = queue.turn(for: person, "a", at: now, terms) }
        queue.leave(persons[1], "b")
        queue.leave(persons[1], "a")
        #expect(queue.turn(for: persons[2], "a", at: now, terms) == Day("2026-03-27")!)
        #expect(queue.turn(for: persons[3], "a", at: now, terms) == Day("2026-03-26")!)
        #expect(queue.turn(for: persons[4], "a", at: now, terms) == Day("2026-03-30")!)
    }

    @Test func `without a capacity nobody waits, and nothing is kept`() {
        var queue = OfficeQueue()
        let terms = OfficeTerms(capacity: 0)
        let days = persons.map { queue.turn(for: $0, "a", at: instant("2026-03-25", 9), terms) }
        #expect(Set(days) == [Day("2026-03-25")!] && queue == OfficeQueue() && !terms.hasQueue)
    }

    @Test func `what is over is forgotten`() {
        var queue = OfficeQueue()
        let terms = OfficeTerms(capacity: 5)
        for person in persons { _ = queue.turn(for: person, "a", at: instant("2026-03-25", 9), terms) }
        #expect(queue.waiting(from: Day("2026-03-25")!) == 6)
        _ = queue.turn(for: persons[0], "b", at: instant("2026-03-27", 9), terms)
        #expect(queue.waiting(from: Day("2026-03-25")!) == 1)
    }

    /// A mother of Karlstad, and a desk of the register that takes up one birth a day.
    @Test func `a birth waits for its turn, and is registered two working days after it (B1)`() throws {
        let (mother, child) = (persons[0], persons[1])
        var office = Harness(
            Skatteverket(), now: instant("2026-03-02", 9), rules: ["birth-desk-capacity": 1])
        try office.feed(
            RegisterEntry(municipality: "1780", civilStatus: .unmarried, birthDate: Day("1991-03-12")!), about: mother,
            id: .custom(hash: (1, 1)))
        try office.feed(
            BirthNotice(child: child, sex: .female, bornAt: instant("2026-03-02", 3), birthOrder: 1), about: mother)
        let asked = try #require(try office.published(RegisterTurn.self).first)
        #expect(asked.data.state == .asked && "\(asked.subject)" == "desk:skatteverket/folkbokforing")
        #expect(try office.tiles().isEmpty)
        try office.feed(
            RegisterTurn(state: .given, person: mother, child: child, startsOn: Day("2026-03-05")!), about: mother)
        #expect(
            try office.tiles().map(\.data.text)
                == ["Födelsen är anmäld till Skatteverket. Barnet registreras omkring den 9 mars 2026"])
        try office.advance(to: instant("2026-03-09", 7))
        #expect(try office.published(Birth.self).isEmpty)
        try office.advance(to: instant("2026-03-09", 9))
        #expect(try office.published(Birth.self).map(\.subject) == [child])
    }
}
