import AgencyKit
import LifeEvents
import Testing

/// Timers and causes, as a handler makes them.
@Suite struct EffectsTests {
    /// A reminder that somebody asks for.
    struct Request: LifeEvent {
        static let type = EventType("csn.filing.reminder.v1")
        var at: Instant
    }

    /// Reminds: one timer a person, however many have asked.
    struct Reminder: Agency {
        struct Case: AgencyCase {
            var asked: [Cause] = []
        }
        enum Timer: String, CaseIterable, Sendable { case remind }

        static let owner = Owner.csn
        /// Whether each request is answered with its own cause.
        var answersEach = false

        var rivers: [River<Self>] {
            [
                River("ask", hears: Request.self) { state, event, effects in
                    state.asked.append(effects.cause)
                    effects.setTimer(.remind, at: event.data.at)
                }
            ]
        }

        func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
            guard answersEach else { return try effects.set(Tile(.name, .informed, "Dags")) }
            for cause in state.asked { try effects.set(Tile(.name, .informed, "Dags"), cause: cause) }
        }
    }

    let start = Stockholm.instant(Day(year: 2026, month: 3, dayOfMonth: 2)!)
    let person = Subject(seed: 1, scenario: "s", case: "c", name: "person")

    func id(_ number: UInt64) -> EventID { .custom(hash: (number, number)) }

    @Test(arguments: [-40 * 86_400_000, -60_000, -1, 0, 1, 60_000, 60_001, 3 * 86_400_000] as [Int64])
    func `a timer never fires at the instant at which it is set`(offset: Int64) throws {
        var desk = Harness(Reminder(), now: start)
        let set = start + .minutes(1)
        try desk.feed(Request(at: set + .milliseconds(offset)), about: person)
        #expect(desk.messages.isEmpty)
        try desk.advance(to: set)
        #expect(desk.messages.isEmpty, "it fires at the instant at which it is set")
        try desk.advance(to: set + .days(4))
        let fires = max(set + .milliseconds(offset), offset > 0 ? set : set + .minutes(1))
        #expect(
            try desk.tiles().map(\.envelope.time) == [(fires + .minutes(1)).roundedUp(to: 60_000)],
            "a message is due one resolution after the timer")
    }

    @Test func `a timer set again for its instant keeps its cause, for another instant it has a new one`() throws {
        let late = start + .days(2)
        for (again, cause) in [(late, 1), (late - .minutes(1), 2), (late + .minutes(1), 2)] as [(Instant, UInt64)] {
            var desk = Harness(Reminder(), now: start)
            try desk.feed(Request(at: late), about: person, id: id(1))
            try desk.feed(Request(at: again), about: person, id: id(2))
            try desk.advance(to: late + .days(1))
            #expect(try desk.tiles().map(\.envelope.causationID) == [id(cause)])
        }
    }

    @Test(arguments: [0, 1, -1] as [Int64])
    func `what one timer does for several causes is caused by each`(minutes: Int64) throws {
        let late = start + .days(2)
        var desk = Harness(Reminder(answersEach: true), now: start)
        for number in 1...3 as ClosedRange<UInt64> {
            try desk.feed(
                Request(at: late + .minutes(Int64(number) * minutes)), about: person, id: id(number))
        }
        try desk.advance(to: late + .days(1))
        #expect(try desk.tiles().map(\.envelope.causationID) == [id(1), id(2), id(3)])
    }
}
