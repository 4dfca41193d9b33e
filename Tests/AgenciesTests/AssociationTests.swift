import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// Halls, attendance and grants: what each municipality's row makes of the same counts, caps, mandates, dates.
///
/// rules: H9, H10, H11, H13, H14, H15, H16, HA1, HA2, HA3, HA4, HA5, HA6, HA7, HA8, HA9, HA10
/// rules: HB1, HB2, HB3, HB4, HB5, HB6
@Suite struct AssociationTests {
    private static func day(_ month: Int, _ day: Int) throws -> Day {
        try #require(Day(year: 2026, month: month, dayOfMonth: day))
    }

    private static func meeting(
        _ date: Day, _ counts: [(AgeBand, ParticipantSex, Int)], leaders: [(AgeBand, Int)] = [(.from26, 2)],
        minutes: Int = 90, booking: String = "a", noAgeLimit: Int = 0
    ) -> ClubMeeting {
        ClubMeeting(
            bookingId: booking, date: date,
            counts: counts.map { ParticipantCount(band: $0.0, sex: $0.1, n: $0.2) }, noAgeLimit: noAgeLimit,
            leaders: leaders.map { BandCount(band: $0.0, n: $0.1) }, minutes: minutes, chain: ChainHead())
    }

    /// V's spring: five meetings of 14, of which 60 participations are girls' and 10 boys'.
    private static func spring() throws -> [ClubMeeting] {
        try [day(3, 3), day(3, 10), day(3, 17), day(3, 31), day(4, 7)].map {
            meeting($0, [(.from7, .girls, 4), (.from10, .girls, 8), (.from10, .boys, 2)])
        }
    }

    @Test(
        arguments: [
            ("1384", 490), ("1381", 490), ("1280", 366), ("1485", 530), ("1904", 430), ("1284", 450), ("0781", 200),
            ("2409", 150), ("1465", 125), ("1290", 0), ("1780", 490),
            // A municipality of which nothing is known goes by Karlstad's row.
            ("0180", 490),
        ] as [(String, Int)])
    func `the same spring gives each municipality's own sum`(code: String, amount: Int) throws {
        #expect(LeisureTerms.of(code).grant.sum(try Self.spring()).amount == amount)
    }

    @Test func `participations in two clubs are taken off at their mean, and never below nothing`() throws {
        let terms = LeisureTerms.of("1780").grant
        #expect(terms.sum(try Self.spring(), duplicates: 2) == .init(amount: 476, participations: 68))
        #expect(terms.sum(try Self.spring(), duplicates: 9).amount == 427)
        #expect(terms.sum(try Self.spring(), duplicates: 100) == .init(amount: 0, participations: 0))
        #expect(terms.sum([], duplicates: 0) == .init(amount: 0, participations: 0))
    }

    @Test(
        arguments: [
            // Too few, too short, without a leader, of other ages; a floor; the most of a meeting.
            ("1780", [(.from10, .girls, 2)], [(.from26, 1)], 90, 0), ("1780", [(.from10, .girls, 3)], [], 90, 21),
            ("1780", [(.from10, .girls, 3)], [], 59, 0), ("1381", [(.from13, .boys, 4)], [(.from10, 1)], 90, 0),
            ("1381", [(.from13, .boys, 4)], [(.from13, 1)], 90, 44), ("1780", [(.from21, .girls, 9)], [], 90, 0),
            ("1485", [(.from13, .boys, 49)], [], 90, 0), ("1485", [(.from13, .boys, 50)], [], 90, 400),
            ("1384", [(.from10, .boys, 40)], [], 90, 210), ("1384", [(.from10, .boys, 5)], [(.from13, 2)], 90, 49),
            ("1904", [(.from16, .boys, 16)], [], 10, 98), ("1280", [(.from65, .girls, 10)], [], 60, 53),
        ] as [(String, [(AgeBand, ParticipantSex, Int)], [(AgeBand, Int)], Int, Int)])
    func `a meeting counts by the row's ages, size, length and leaders`(
        code: String, counts: [(AgeBand, ParticipantSex, Int)], leaders: [(AgeBand, Int)], minutes: Int, amount: Int
    ) throws {
        let one = Self.meeting(try Self.day(3, 3), counts, leaders: leaders, minutes: minutes)
        #expect(LeisureTerms.of(code).grant.sum([one]).amount == amount)
    }

    @Test func `one meeting a day counts, and of a week the first three of the youngest and the first five of others`()
        throws
    {
        let counts: [(AgeBand, ParticipantSex, Int)] = [(.from7, .girls, 3), (.from10, .girls, 3)]
        let week = try (2...7).map { Self.meeting(try Self.day(3, $0), counts) }
        // Five meetings of the older, three of the younger.
        #expect(LeisureTerms.of("1384").grant.sum(week).participations == 9 + 15)
        #expect(LeisureTerms.of("1780").grant.sum(week).participations == 36)
        let twice = [week[0], Self.meeting(try Self.day(3, 2), counts, booking: "b")]
        #expect(LeisureTerms.of("1780").grant.sum(twice).participations == 6)
        // Another week begins anew, and another group has a week of its own.
        let next = week + [Self.meeting(try Self.day(3, 9), counts)]
        #expect(LeisureTerms.of("1384").grant.sum(next).participations == 9 + 15 + 6)
    }

    @Test(
        arguments: [
            // One leader; two; too few leaders for all; none old enough; short; before July 2023; with a disability.
            ([(.from10, .girls, 10)], [(.from26, 1)], 90, 0, 99), ([(.from10, .girls, 10)], [(.from26, 2)], 90, 0, 104),
            ([(.from10, .girls, 25)], [(.from26, 1)], 90, 0, 178), ([(.from10, .girls, 10)], [(.from10, 2)], 90, 0, 0),
            ([(.from10, .girls, 10)], [(.from13, 1)], 44, 0, 0), ([(.from10, .girls, 10)], [(.from13, 1)], 45, 0, 99),
            ([(.from26, .boys, 4)], [(.from26, 1)], 90, 0, 0), ([(.from26, .boys, 4)], [(.from26, 1)], 90, 4, 52),
            ([(.from10, .girls, 2)], [(.from26, 1)], 90, 0, 0), ([(.from7, .girls, 3)], [(.from26, 1)], 90, 9, 44),
        ] as [([(AgeBand, ParticipantSex, Int)], [(AgeBand, Int)], Int, Int, Int)])
    func `the state's support goes by leaders, length and participants`(
        counts: [(AgeBand, ParticipantSex, Int)], leaders: [(AgeBand, Int)], minutes: Int, noAgeLimit: Int, amount: Int
    ) throws {
        let one = Self.meeting(
            try Self.day(3, 3), counts, leaders: leaders, minutes: minutes, noAgeLimit: noAgeLimit)
        #expect(StateGrantRules.amount([one], duplicates: 0, RuleValues()) == amount)
    }

    @Test func `V's spring gives 680 kronor of the state's support, and 664 without two who are in another club`()
        throws
    {
        #expect(StateGrantRules.amount(try Self.spring(), duplicates: 0, RuleValues()) == 680)
        #expect(StateGrantRules.amount(try Self.spring(), duplicates: 2, RuleValues()) == 664)
        #expect(StateGrantRules.amount([], duplicates: 0, RuleValues()) == 0)
    }

    @Test(
        arguments: [
            ("1780", true, 8, 25, 10, 1, 10, 15), ("1780", false, 2, 25, 4, 1, 4, 15),
            ("1904", true, 8, 15, 9, 1, 9, 15), ("1904", false, 2, 15, 3, 1, 3, 15),
            ("1290", true, 8, 15, 10, 1, 10, 15),
        ] as [(String, Bool, Int, Int, Int, Int, Int, Int)])
    func `each row has its last day, its day of decision and its payday`(
        code: String, isSpring: Bool, last: Int, lastDay: Int, decided: Int, decidedDay: Int, paid: Int, paidDay: Int
    ) throws {
        let terms = LeisureTerms.of(code).grant
        let period = HalfYear(year: isSpring ? 2026 : 2025, isSpring: isSpring)
        #expect(try terms.lastDay(of: period) == Self.day(last, lastDay))
        #expect(try terms.decisionDay(of: period) == Self.day(decided, decidedDay))
        #expect(try terms.payday(of: period) == Self.day(paid, paidDay))
    }

    @Test func `rows of table B have their days to cancel, dates and order`() {
        #expect(["1780", "1261", "0583", "2182", "1384"].map { LeisureTerms.of($0).cancelDays } == [3, 14, 7, 1, 3])
        #expect(LeisureTerms.rows.filter { $0.noShow == .bill }.map(\.code) == ["2182"])
        #expect(LeisureTerms.of("0183").season.wishesBy == YearDay(5, 15))
        #expect(LeisureTerms.of("0120").season.allocated == YearDay(3, 31))
        #expect(LeisureTerms.of("2180").priority == [.youth])
        #expect(LeisureTerms.of("1261").priority.first == .federation)
        #expect(Set(LeisureTerms.rows.map(\.code)).count == LeisureTerms.rows.count)
    }

    @Test func `times and half-years are read as messages write them`() throws {
        #expect(HallTime("17:30")?.spoken == "17.30" && HallTime("07:05")?.digits == "0705")
        #expect([HallTime("24:00"), HallTime("12:60"), HallTime("12"), HallTime("a:b")].allSatisfy { $0 == nil })
        #expect(HallTime("23:30")?.adding(30) == nil && HallTime("23:00")?.adding(30)?.text == "23:30")
        #expect([HalfYear("2026H3"), HalfYear("2026"), HalfYear("xH1")].allSatisfy { $0 == nil })
        let spring = try #require(HalfYear("2026H1"))
        #expect(spring.name == "våren 2026" && spring.yearAfter == 2026)
        #expect(try spring.lastDay == Self.day(6, 30))
        let autumn = HalfYear(of: try Self.day(7, 1))
        #expect(autumn.text == "2026H2" && autumn.yearAfter == 2027)
        #expect(try autumn.firstDay == Self.day(7, 1))
    }
}
