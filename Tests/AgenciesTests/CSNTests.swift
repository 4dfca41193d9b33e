import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

@Suite struct CSNTests {
    let student = Subject(seed: 1, scenario: "s", case: "c", name: "student")
    let decision = EventID.custom(hash: (1, 1))

    func day(_ month: Int, _ day: Int, _ year: Int = 2026) -> Day { Day(year: year, month: month, dayOfMonth: day)! }

    var spring: StudyAid { StudyAid(from: day(1, 19), to: day(6, 7), extent: 100, loan: true) }

    /// CSN on the 1st of March, with a student who borrows and is paid until the 7th of June.
    func desk() throws -> Harness<CSN> {
        var desk = Harness(CSN(), now: Stockholm.instant(day(3, 1)))
        try desk.feed(spring, about: student, id: decision)
        try desk.feed(
            StudyCaseStatus(caseRef: "loan", matter: .studyLoan, state: .opened), about: student)
        return desk
    }

    func application(extent: Int = 100, by filer: Subject? = nil) -> StudyAidApplication {
        StudyAidApplication(
            filedBy: filer ?? student, from: day(8, 31), to: day(1, 17, 2027), extent: extent, loan: false)
    }

    func interruption(_ month: Int, _ day: Int) -> StudyInterruption {
        StudyInterruption(filedBy: student, lastDay: self.day(month, day))
    }

    func loans(_ desk: Harness<CSN>) throws -> [StudyCaseStatus] {
        try desk.published(StudyCaseStatus.self).map(\.data).filter { $0.matter == .studyLoan }
    }

    @Test func `aid ends after its last day, and then it is known when the loan is repaid`() throws {
        var desk = try desk()
        try desk.advance(to: Stockholm.instant(day(6, 7), hour: 23))
        #expect(desk.messages.isEmpty)
        try desk.advance(to: Stockholm.instant(day(6, 8), hour: 1))
        #expect(try loans(desk).map(\.expectedDate) == [day(1, 1, 2027)])
        try desk.advance(to: Stockholm.instant(day(1, 1, 2027), hour: 1))
        #expect(try loans(desk).map(\.state) == [.opened, .executing])
    }

    @Test func `studies that are broken off end the aid with their last day`() throws {
        var desk = try desk()
        try desk.feed(interruption(3, 20), about: student)
        let ceased = try #require(try desk.published(StudyAid.self).last)
        #expect(ceased.change == .ceased && ceased.previous == decision && ceased.occurredOn == day(3, 20))
        #expect(ceased.data.to == day(3, 20))
        #expect(try desk.feed(interruption(3, 21), about: student).map(\.outcome.sentences).contains(["is paid aid"]))
        // What it has said itself comes back and moves nothing.
        let count = desk.messages.count
        try desk.advance(to: Stockholm.instant(day(6, 9)))
        #expect(desk.messages.count == count)
    }

    @Test func `an application is decided after its handling time, or dropped before`() throws {
        var desk = Harness(CSN(), now: Stockholm.instant(day(5, 4), hour: 12))
        try desk.feed(application(), about: student)
        #expect(try desk.published(StudyCaseStatus.self).map(\.data.expectedDate) == [day(5, 26)])
        try desk.advance(to: Stockholm.instant(day(5, 26), hour: 9))
        #expect(try desk.published(StudyAid.self).map(\.data.to) == [day(1, 17, 2027)])
        #expect(try loans(desk).isEmpty, "she did not ask for a loan")

        var other = Harness(CSN(), now: Stockholm.instant(day(5, 4), hour: 12))
        try other.feed(application(), about: student)
        try other.feed(interruption(5, 5), about: student)
        try other.advance(to: Stockholm.instant(day(12, 1)))
        #expect(try other.published(StudyCaseStatus.self).map(\.data.state) == [.investigating, .aborted])
        #expect(try other.published(StudyAid.self).isEmpty)
    }

    // rules: CSN2
    @Test func `an application that is not whole is told why`() throws {
        var desk = Harness(CSN(), now: Stockholm.instant(day(5, 4)))
        let stranger = Subject(seed: 1, scenario: "s", case: "c", name: "stranger")
        #expect(
            try desk.feed(application(extent: 40, by: stranger), about: student)[0].outcome
                == .notWhole(["is filed by the student", "is for half time at least"]))
        var paid = try self.desk()
        #expect(try paid.feed(application(), about: student)[0].outcome == .notMine(["is paid no aid"]))
        #expect(
            try paid.feed(interruption(1, 2), about: student)[1].outcome
                == .notWhole(["is within the time that is paid for"]))
    }

    @Test func `a corrected decision moves the end, an annulled one leaves nothing to end`() throws {
        var desk = try desk()
        var shorter = spring
        shorter.to = day(3, 31)
        try desk.feed(shorter, about: student, change: .corrected, previous: decision)
        try desk.advance(to: Stockholm.instant(day(4, 2)))
        #expect(try loans(desk).map(\.expectedDate) == [day(1, 1, 2027)])

        var annulled = try self.desk()
        try annulled.feed(
            Annulled<StudyAid>(reasonCode: "wrongPerson"), about: student, change: .annulled, previous: decision)
        try annulled.advance(to: Stockholm.instant(day(12, 1)))
        #expect(annulled.messages.isEmpty)
    }

    @Test func `a correction that comes before its decision waits for it`() throws {
        var desk = Harness(CSN(), now: Stockholm.instant(day(3, 1)))
        var shorter = spring
        shorter.to = day(3, 31)
        try desk.feed(shorter, about: student, change: .corrected, previous: decision)
        try desk.feed(spring, about: student, id: decision)
        #expect(
            try desk.feed(interruption(5, 2), about: student).map(\.outcome.sentences)
                .contains(["is within the time that is paid for"]))
    }

    @Test(arguments: [
        (2026, 6, 7, 2027), (2026, 1, 17, 2027), (2025, 7, 1, 2026), (2025, 7, 2, 2027), (2025, 12, 31, 2027),
    ])
    func `repayment begins at a turn of the year, half a year after the aid at the earliest`(
        year: Int, month: Int, last: Int, first: Int
    ) {
        #expect(CSNRules.repayment(lastDay: day(month, last, year), months: 6) == day(1, 1, first))
    }

    @Test func `who repays already repays on when she studies again`() throws {
        var desk = Harness(CSN(), now: Stockholm.instant(day(5, 4)))
        try desk.feed(
            StudyCaseStatus(caseRef: "loan", matter: .studyLoan, state: .executing), about: student)
        var again = application()
        again.loan = true
        try desk.feed(again, about: student)
        try desk.advance(to: Stockholm.instant(day(6, 1)))
        #expect(try desk.published(StudyAid.self).count == 1)
        #expect(try loans(desk).isEmpty)
    }

    // MARK: - Deaths

    let dead = EventID.custom(hash: (2, 2))

    func death(on day: Day) -> Death {
        Death(deathDate: day, certainty: .exact, municipality: "1780", hasSpouse: false, hasMinorChildren: false)
    }

    @Test func `a death ends aid and writes off the loan, and an annulled death gives both back`() throws {
        var desk = try desk()
        try desk.feed(death(on: day(3, 3)), about: student, id: dead)
        let ceased = try #require(try desk.published(StudyAid.self).last)
        #expect(ceased.change == .ceased && ceased.previous == decision && ceased.occurredOn == day(3, 3))
        let closed = try #require(try desk.published(StudyCaseStatus.self).last)
        #expect(closed.data.state == .closed && closed.data.reason == .subjectDied)
        #expect(try desk.feed(interruption(3, 20), about: student).map(\.outcome.sentences).contains(["is paid aid"]))
        try desk.feed(Annulled<Death>(reasonCode: "wrongPerson"), about: student, change: .annulled, previous: dead)
        #expect(try desk.published(Annulled<StudyAid>.self).map(\.previous) == [ceased.id])
        #expect(try desk.published(Annulled<StudyCaseStatus>.self).map(\.previous) == [closed.id])
        #expect(try desk.tiles().map(\.data.code) == [.stopped, .corrected])
        try desk.advance(to: Stockholm.instant(day(6, 8), hour: 1))
        #expect(try loans(desk).last?.expectedDate == day(1, 1, 2027), "aid ends as it would have")
    }

    @Test func `a corrected day of death moves the end of the aid and writes off nothing twice`() throws {
        var desk = try desk()
        try desk.feed(death(on: day(3, 3)), about: student, id: dead)
        try desk.feed(death(on: day(2, 27)), about: student, change: .corrected, previous: dead)
        #expect(try desk.published(StudyAid.self).map(\.data.to) == [day(3, 3), day(2, 27)])
        #expect(try desk.published(Annulled<StudyAid>.self).count == 1)
        #expect(try loans(desk).count == 1 && desk.tiles().count == 1)
    }

    @Test func `aid that the student ended is not given back with a death that was none`() throws {
        var desk = try desk()
        try desk.feed(interruption(3, 1), about: student)
        try desk.feed(death(on: day(3, 3)), about: student, id: dead)
        try desk.feed(Annulled<Death>(reasonCode: "wrongPerson"), about: student, change: .annulled, previous: dead)
        #expect(try desk.published(Annulled<StudyAid>.self).isEmpty)
        try desk.advance(to: Stockholm.instant(day(1, 1, 2027), hour: 1))
        #expect(try loans(desk).last?.state == .executing)
    }

    @Test func `an application of somebody who has died is closed, and opened again if nobody died`() throws {
        var desk = Harness(CSN(), now: Stockholm.instant(day(5, 4), hour: 12))
        try desk.feed(application(), about: student)
        try desk.feed(death(on: day(5, 3)), about: student, id: dead)
        try desk.feed(Annulled<Death>(reasonCode: "wrongPerson"), about: student, change: .annulled, previous: dead)
        #expect(
            try desk.published(StudyCaseStatus.self).map(\.data.state) == [.investigating, .aborted, .investigating])
        try desk.advance(to: Stockholm.instant(day(5, 26), hour: 9))
        #expect(try desk.published(StudyAid.self).count == 1)
    }

    @Test func `a death of somebody who never studied is remembered, and the dead get no aid`() throws {
        var desk = Harness(CSN(), now: Stockholm.instant(day(3, 1)))
        #expect(try desk.feed(death(on: day(3, 1)), about: student)[0].outcome == .handled)
        let application = StudyAidApplication(
            filedBy: student, from: day(8, 31), to: day(12, 17), extent: 100, loan: true)
        let outcomes = try desk.feed(application, about: student).map(\.outcome)
        #expect(outcomes.contains(.notWhole(["is alive"])) && !outcomes.contains(.handled))
        #expect(desk.messages.isEmpty)
    }
}
