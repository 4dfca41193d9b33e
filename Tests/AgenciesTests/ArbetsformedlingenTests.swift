import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

@Suite struct ArbetsformedlingenTests {
    let person = Subject(seed: 1, scenario: "s", case: "c", name: "A")
    let moved = EventID.custom(hash: (2, 2))
    let head = EventID.custom(hash: (1, 1))

    func move() -> Move {
        Move(
            fromMunicipality: "0180", toMunicipality: "1780", addressRef: "a", effectiveDate: day(3, 20), minor: false,
            concerns: [])
    }

    func day(_ month: Int, _ day: Int) -> Day { Day(year: 2026, month: month, dayOfMonth: day)! }

    func desk() throws -> Harness<Arbetsformedlingen> {
        var desk = Harness(Arbetsformedlingen(), now: Stockholm.instant(day(3, 1)))
        try desk.feed(JobSeekerRegistration(from: day(1, 7), extent: 100), about: person, id: head)
        return desk
    }

    @Test func `a move is followed with one tile and no event`() throws {
        var desk = try desk()
        try desk.feed(move(), about: person, id: moved, occurredOn: day(3, 1))
        try desk.feed(move(), about: person, occurredOn: day(3, 1))
        #expect(desk.messages.count == 1)
        let tile = try #require(try desk.tiles().last)
        #expect(tile.data.tile == .employmentService && tile.data.code == .informed && tile.data.about == nil)
        #expect(tile.data.text == "Din inskrivning är som förut. Vi har din nya kommun och du behöver inte göra något")
        try desk.feed(Annulled<Move>(reasonCode: "wrong"), about: person, change: .annulled, previous: moved)
        #expect(try desk.tiles().last?.data.code == .corrected)
    }

    @Test func `death ends the registration, an annulled death restores it`() throws {
        var desk = try desk()
        let dead = EventID.custom(hash: (3, 3))
        let death = Death(
            deathDate: day(3, 3), certainty: .exact, municipality: "1780", hasSpouse: false, hasMinorChildren: false)
        try desk.feed(death, about: person, id: dead)
        try desk.feed(death, about: person)
        let ceased = try #require(try desk.published(JobSeekerRegistration.self).last)
        #expect(desk.messages.count == 2 && ceased.change == .ceased && ceased.previous == head)
        #expect(ceased.data.reason == .death && ceased.occurredOn == day(3, 3))
        #expect(try desk.feed(move(), about: person)[0].outcome == .notMine(["is a job-seeker"]))
        try desk.feed(Annulled<Death>(reasonCode: "wrong"), about: person, change: .annulled, previous: dead)
        #expect(try desk.published(Annulled<JobSeekerRegistration>.self).map(\.previous) == [ceased.id])
        #expect(try desk.feed(move(), about: person)[0].outcome == .handled)
    }

    @Test func `those who are no job-seekers have no case`() throws {
        var desk = Harness(Arbetsformedlingen(), now: Stockholm.instant(day(3, 1)))
        #expect(try desk.feed(move(), about: person)[0].outcome == .notMine(["is a job-seeker"]))
    }
}
