import AgencyKit
import LifeEvents
import Testing

@Suite struct ExampleAgencyTests {
    let student = Subject(seed: 1, scenario: "s", case: "c", name: "student")
    let decision = EventID.custom(hash: (1, 1))
    let dead = EventID.custom(hash: (2, 2))

    func day(_ month: Int, _ day: Int) -> Day { Day(year: 2026, month: month, dayOfMonth: day)! }

    func death() -> Death {
        Death(
            deathDate: day(3, 3), certainty: .exact, municipality: "1780", hasSpouse: false, hasMinorChildren: false)
    }

    /// CSN on the 1st of March, with a student who is paid until the 7th of June.
    func desk() throws -> Harness<Csn> {
        var desk = Harness(Csn(), now: Stockholm.instant(day(3, 1)))
        try desk.feed(StudyAid(from: day(1, 19), through: day(6, 7)), about: student, id: decision)
        return desk
    }

    @Test func `aid ends after its last day`() throws {
        var desk = try desk()
        try desk.advance(to: Stockholm.instant(day(6, 7), hour: 23))
        #expect(desk.messages.isEmpty)
        try desk.advance(to: Stockholm.instant(day(6, 8), hour: 1))
        #expect(try desk.tiles().map(\.data.text) == ["Studiemedlet är slut"])
    }

    @Test func `a corrected decision moves the end`() throws {
        var desk = try desk()
        try desk.feed(
            StudyAid(from: day(1, 19), through: day(3, 31)), about: student, change: .corrected, previous: decision)
        try desk.advance(to: Stockholm.instant(day(4, 2)))
        #expect(try desk.tiles().count == 1)
    }

    @Test func `a corrected death ends nothing twice`() throws {
        var desk = try desk()
        try desk.feed(death(), about: student, id: dead)
        let count = desk.messages.count
        let reports = try desk.feed(death(), about: student, change: .corrected, previous: dead)
        #expect(reports.map(\.outcome) == [.handled])
        #expect(desk.messages.count == count)
    }

    @Test func `a death ends aid, and an annulled death restores it`() throws {
        var desk = try desk()
        try desk.feed(death(), about: student, id: dead)
        let ceased = try #require(try desk.published(StudyAid.self).last)
        #expect(ceased.change == .ceased && ceased.previous == decision && ceased.occurredOn == day(3, 3))
        try desk.feed(Annulled<Death>(reasonCode: "wrongPerson"), about: student, change: .annulled, previous: dead)
        #expect(try desk.published(Annulled<StudyAid>.self).map(\.previous) == [ceased.id])
        #expect(try desk.tiles().last?.data.code == .corrected)
    }

    @Test func `a correction that comes before its decision waits for it`() throws {
        var desk = Harness(Csn(), now: Stockholm.instant(day(3, 1)))
        try desk.feed(
            StudyAid(from: day(1, 19), through: day(3, 31)), about: student, change: .corrected, previous: decision)
        #expect(desk.messages.isEmpty)
        try desk.feed(StudyAid(from: day(1, 19), through: day(6, 7)), about: student, id: decision)
        try desk.advance(to: Stockholm.instant(day(4, 1), hour: 1))
        #expect(try desk.tiles().map(\.data.text) == ["Studiemedlet är slut"])
    }

    @Test func `a decision that ends before it begins is not whole`() throws {
        var desk = Harness(Csn(), now: Stockholm.instant(day(3, 1)))
        let reports = try desk.feed(StudyAid(from: day(6, 7), through: day(1, 19)), about: student)
        #expect(reports[0].outcome == .notWhole(["does not end before it begins"]))
        #expect(try desk.feed(death(), about: student)[0].outcome == .notMine(["is or was paid aid"]))
    }
}
