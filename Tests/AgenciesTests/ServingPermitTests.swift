import AgencyKit
import LifeEvents
import Testing

@testable import Agencies

/// The parts of a serving permit that are reckoned: hours, what lacks, who must pass the test, the diary, the rows of
/// municipalities.
///
/// rules: P1, P2, P3, P5, P6, P7, P8, P9, P10, P11, P12, P14, P15, P16, P17, P18, P20
@Suite struct ServingPermitTests {
    private func day(_ month: Int, _ day: Int) -> Day { Day(year: 2026, month: month, dayOfMonth: day)! }

    @Test(arguments: [
        ("11:00-01:00", false), ("11:00-01:01", true), ("11:00-03:00", true), ("11:00-23:00", false),
        ("22:00-02:00", true), ("00:00-00:00", false),
    ])
    func `serving ends by one at night, unless it ends before midnight`(text: String, isLate: Bool) throws {
        #expect(try #require(ServingHours(text)).endsAfter(hour: 1) == isLate)
    }

    @Test(arguments: [
        "", "11-01", "11:00", "11:00-24:00", "11:60-01:00", "1:000-01:00", "11:00-01:00-02:00", "aa:00-01:00",
    ])
    func `what is no time from and to is not taken`(text: String) { #expect(ServingHours(text) == nil) }

    @Test func `what is cut ends at one`() { #expect(ServingHours.ending("17:30-03:00", hour: 1) == "17:30-01:00") }

    @Test(arguments: [
        (5, 18, 5, 28), (5, 19, 6, 18), (6, 8, 6, 18), (6, 9, 8, 27), (6, 10, 8, 27), (8, 17, 8, 27), (8, 18, 9, 24),
        (8, 28, 9, 24), (12, 7, 12, 17),
    ])
    func `papers wait for the first meeting that is ten days away`(month: Int, date: Int, on: Int, at: Int) {
        #expect(ServingDiary.meeting(readyOn: day(month, date), papersBefore: 10) == day(on, at))
    }

    @Test func `no meeting is known after the last one, and none is in July`() {
        #expect(ServingDiary.meeting(readyOn: day(12, 8), papersBefore: 10) == nil)
        #expect(!ServingDiary.meetings.contains { $0.month == 7 })
        #expect(ServingDiary.isRecess(from: day(6, 10), to: day(8, 27)))
        #expect(!ServingDiary.isRecess(from: day(8, 10), to: day(8, 27)))
        #expect(!ServingDiary.isRecess(from: day(5, 22), to: day(6, 18)))
    }

    @Test func `each municipality that was found has one row, and others that of the page`() {
        let codes = ServingMunicipality.all.map(\.code)
        #expect(codes == codes.sorted() && Set(codes).count == codes.count)
        #expect(codes.allSatisfy { Municipalities.agency(code: $0) != nil })
        #expect(ServingMunicipality.row("1780").decider == .delegate)
        #expect(ServingMunicipality.row("0140").lane == .serial)
        let plain = ServingMunicipality.row("0114")
        #expect(plain.decider == .committee && plain.lane == .parallel && plain.parties.count == 5)
        let fees: [(String, Int?, Int?)] = [
            ("0180", 12_590, nil), ("0821", 6_000, nil), ("1490", 12_000, 1_500), ("2184", 10_440, 1_560),
            ("2463", 5_000, 1_500), ("1780", nil, nil),
        ]
        for (code, fee, test) in fees {
            #expect(ServingMunicipality.row(code).fee == fee && ServingMunicipality.row(code).testFee == test)
        }
    }

    @Test func `a municipality asks whom its row names, the rescue service of its own place`() {
        #expect(
            ServingMunicipality.row("1283").asked()
                == [.polisen, .skatteverket, .kronofogden, .raddningstjanst(1283), .kommun(1283)])
        #expect(ServingMunicipality.row("0180").asked() == [.polisen, .skatteverket])
        #expect(ServingMunicipality.row("2480").asked() == [.polisen, .skatteverket, .raddningstjanst(2480)])
        #expect(
            ServingMunicipality.row("0382").asked() == [.polisen, .skatteverket, .kronofogden, .raddningstjanst(382)])
    }

    @Test(arguments: [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3)])
    func `half of the board passes the test`(board: Int, must: Int) throws {
        var known = KommunPermitsCase()
        let people = (0..<board).map { Subject(text: "pbcdfghjklmnpqr\("bcdfg".map(String.init)[$0])")! }
        known.signatories.take(
            Company(
                state: .registered, form: .limitedCompany, municipality: "1283", sni: ["56100"],
                officers: people.map { BoardSeat(person: $0, role: .member) }))
        #expect(known.mustPass == must)
        for person in people.prefix(must - 1) { known.test.passed.append(.init(candidate: person, until: day(6, 1))) }
        #expect(!known.knowsTheLaw(on: day(5, 1)))
        known.test.passed.append(.init(candidate: people[must - 1], until: day(6, 1)))
        #expect(known.knowsTheLaw(on: day(6, 1)))
        #expect(!known.knowsTheLaw(on: day(6, 2)))
    }

    @Test func `a deputy counts neither for the board nor for the test`() {
        var known = KommunPermitsCase()
        let (chair, deputy) = (Subject(text: "pbcdfghjklmnpqrb")!, Subject(text: "pbcdfghjklmnpqrc")!)
        known.signatories.take(
            Company(
                state: .registered, form: .limitedCompany, municipality: "1283", sni: ["56100"],
                officers: [BoardSeat(person: chair, role: .chair), BoardSeat(person: deputy, role: .deputy)]))
        known.test.passed = [.init(candidate: deputy, until: day(6, 1))]
        #expect(known.board == [chair] && !known.knowsTheLaw(on: day(5, 1)))
    }

    @Test func `what lacks is told in its order, by name`() {
        var application = KommunPermitsCase.Application()
        #expect(application.lacks == [.lease, .floorPlan, .financing, .fee])
        application.completed = [.lease, .financing]
        #expect(application.lacks == [.floorPlan, .fee])
        let texts: [([KommunPermitsCase.Application.Lack], String)] = [
            ([.lease], "Ett hyresavtal saknas. Skicka det senast 7 maj 2026"),
            ([.floorPlan], "En planritning saknas. Skicka den senast 7 maj 2026"),
            ([.financing], "En finansieringsplan saknas. Skicka den senast 7 maj 2026"),
            ([.fee], "Avgiften saknas. Betala den senast 7 maj 2026"),
            ([.lease, .fee], "Det här saknas: ett hyresavtal och avgiften. Skicka det senast 7 maj 2026"),
        ]
        for (lacks, text) in texts { #expect(ServingTexts.lacking(lacks, by: day(5, 7)) == text) }
    }

    @Test func `a ground is said in words, and never empty`() {
        let grounds: [ServingGround] = [
            .fitness, .publicOrder, .unpaidTax, .missingReturns, .debts, .fireSafety, .foodSafety, .noise,
        ]
        #expect(Set(grounds.map(\.words)).count == 8)
        #expect(ServingTexts.ground(.objection, []) == "det finns invändningar mot den")
        #expect(ServingTexts.ground(.food, []) == "det saknas kök och varierad mat")
        #expect(ServingTexts.ground(.objection, [.debts, .noise]) == "det finns skulder och grannar kan störas")
    }

    @Test func `the requirement of food ends with May 2026`() {
        #expect(RuleValues().value(of: ServingRules.food, on: day(5, 31)) == 1)
        #expect(RuleValues().value(of: ServingRules.food, on: day(6, 1)) == 0)
    }
}
