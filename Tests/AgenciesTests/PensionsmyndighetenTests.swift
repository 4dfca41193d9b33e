import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

@Suite struct PensionsmyndighetenTests {
    let dead = Subject(seed: 1, scenario: "s", case: "c", name: "X")
    let widow = Subject(seed: 1, scenario: "s", case: "c", name: "Y")

    static func day(_ month: Int, _ day: Int) -> Day { Day(year: 2026, month: month, dayOfMonth: day)! }

    func death(_ day: Day) -> Death {
        Death(deathDate: day, certainty: .exact, municipality: "1780", hasSpouse: true, hasMinorChildren: false)
    }

    func widowed(_ day: Day = Self.day(3, 3)) -> CivilStatusChange {
        CivilStatusChange(status: .widowed, date: day, spouse: dead)
    }

    func desk(_ month: Int = 3, _ day: Int = 1, hour: Int = 0) -> Harness<Pensionsmyndigheten> {
        Harness(Pensionsmyndigheten(), now: Stockholm.instant(Self.day(month, day), hour: hour))
    }

    func tile(_ desk: Harness<Pensionsmyndigheten>) throws -> String {
        let tile = try #require(try desk.tiles().last)
        return "\(tile.data.tile.rawValue) \(tile.data.code.rawValue) \(tile.data.text)"
    }

    /// A pensioner who died on 3 March, known on the 5th.
    func stopped() throws -> (desk: Harness<Pensionsmyndigheten>, pension: EventID, death: EventID) {
        var desk = desk()
        let pension = EventID.custom(hash: (1, 1))
        let event = EventID.custom(hash: (2, 2))
        try desk.feed(
            PensionDecision(kind: .oldAge, outcome: .granted, month: Month(of: Self.day(3, 1)), share: 100),
            about: dead, id: pension)
        try desk.advance(to: Stockholm.instant(Self.day(3, 5), hour: 8))
        try desk.feed(death(Self.day(3, 3)), about: dead, id: event)
        return (desk, pension, event)
    }

    @Test func `the pension of the dead is paid for the whole month of death`() throws {
        var (desk, pension, _) = try stopped()
        #expect(desk.messages.count == 2)
        let ceased = try #require(try desk.published(PensionDecision.self).last)
        #expect(ceased.change == .ceased && ceased.previous == pension && ceased.subject == dead)
        #expect(ceased.occurredOn == Self.day(3, 31) && ceased.data.month == Month(of: Self.day(3, 1)))
        #expect(try tile(desk) == "stopped U10 Pensionen upphör efter mars")
        try desk.feed(death(Self.day(3, 3)), about: dead)
        #expect(desk.messages.count == 2)
    }

    @Test func `a corrected day of death moves the last month, or nothing`() throws {
        var (desk, pension, event) = try stopped()
        let second = EventID.custom(hash: (3, 3))
        try desk.feed(death(Self.day(3, 2)), about: dead, id: second, change: .corrected, previous: event)
        #expect(desk.messages.count == 2)
        try desk.feed(death(Self.day(2, 28)), about: dead, change: .corrected, previous: second)
        let decisions = try desk.published(PensionDecision.self)
        // The old end is annulled, so that the chain keeps one end.
        #expect(try desk.published(Annulled<PensionDecision>.self).map(\.previous) == [decisions[0].id])
        #expect(decisions.count == 2 && decisions[1].previous == pension)
        #expect(decisions[1].occurredOn == Self.day(2, 28))
    }

    @Test func `an annulled death gives the pension back, and a new death stops it again`() throws {
        var (desk, pension, event) = try stopped()
        try desk.feed(Annulled<Death>(reasonCode: "wrongPerson"), about: dead, change: .annulled, previous: event)
        let ceased = try #require(try desk.published(PensionDecision.self).last)
        #expect(try desk.published(Annulled<PensionDecision>.self).map(\.previous) == [ceased.id])
        #expect(try tile(desk) == "stopped U11 Rättat: pensionen betalas ut som förut")
        try desk.feed(death(Self.day(4, 1)), about: dead)
        #expect(try desk.published(PensionDecision.self).last?.previous == pension)
    }

    @Test func `the widow gets her pension without an application`() throws {
        var desk = desk(3, 5, hour: 8)
        try desk.feed(widowed(), about: widow)
        #expect(
            try tile(desk) == "survivors-pension U4 Vi utreder din efterlevandepension. "
                + "Du behöver inte ansöka. Besked omkring 12 mars")
        try desk.advance(to: Stockholm.instant(Self.day(3, 12), hour: 9))
        let decision = try #require(try desk.published(PensionDecision.self).last)
        #expect(decision.data.kind == .survivor && decision.data.share == 100 && decision.change == nil)
        #expect(decision.data.month == Month(of: Self.day(4, 1)) && decision.knownOn == Self.day(3, 12))
        #expect(try tile(desk) == "survivors-pension U6 Beviljad från april. Begär omprövning senast 12 maj")
        #expect(try desk.tiles().last?.data.reviewDeadline == Self.day(5, 12))
        try desk.feed(decision.data, about: widow, id: decision.id)
        try desk.advance(to: Stockholm.instant(Self.day(4, 1), hour: 1))
        #expect(try tile(desk) == "survivors-pension U7 Efterlevandepensionen betalas ut")
        #expect(desk.messages.count == 4)
    }

    @Test(arguments: [6, 20]) func `a widow whose husband lives is none`(on day: Int) throws {
        var desk = desk(3, 5, hour: 8)
        let status = EventID.custom(hash: (5, 5))
        try desk.feed(widowed(), about: widow, id: status)
        try desk.advance(to: Stockholm.instant(Self.day(3, day)))
        try desk.feed(
            Annulled<CivilStatusChange>(reasonCode: "wrong"), about: widow, change: .annulled, previous: status)
        #expect(try desk.tiles().last?.data.code == .corrected)
        #expect(try desk.published(Annulled<PensionDecision>.self).count == (day == 20 ? 1 : 0))
        let count = desk.messages.count
        try desk.advance(to: Stockholm.instant(Self.day(5, 1)))
        #expect(desk.messages.count == count)
    }

    @Test func `an inquiry ends when the widow dies, and goes on when she did not`() throws {
        var desk = desk(3, 5, hour: 8)
        let event = EventID.custom(hash: (6, 6))
        try desk.feed(widowed(), about: widow)
        try desk.feed(death(Self.day(3, 5)), about: widow, id: event)
        #expect(try tile(desk) == "stopped U10 Ärendet om efterlevandepension är avslutat")
        try desk.advance(to: Stockholm.instant(Self.day(3, 20)))
        #expect(desk.messages.count == 2)
        try desk.feed(Annulled<Death>(reasonCode: "wrong"), about: widow, change: .annulled, previous: event)
        try desk.advance(to: Stockholm.instant(Self.day(3, 21)))
        #expect(try desk.published(PensionDecision.self).count == 1)
    }

    @Test func `strangers have no case`() throws {
        var desk = desk()
        let reports = try desk.feed(death(Self.day(3, 1)), about: dead)
        #expect(reports.map(\.outcome) == [.notMine(["has a pension or may get one"])])
    }
}
