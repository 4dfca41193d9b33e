import AgencyKit
import LifeEvents
import Testing

/// What a tester reads of an event that a river did not take.
@Suite struct RiverTests {
    struct Claim: LifeEvent {
        static let type = EventType("csn.filing.claim.v1")
        var amount: Int
        var pages: Int
        var isOwn: Bool
    }

    struct Office: Agency {
        struct Case: AgencyCase { var claims = 0 }
        typealias Timer = NoTimer
        static let owner = Owner.csn

        var rivers: [River<Self>] {
            [
                River(
                    "take a claim", hears: Claim.self,
                    mine: [
                        Condition("is one's own") { _, event in event.data.isOwn },
                        Condition("is the first; there is one a year") { state, _ in state.claims == 0 },
                        Condition("is worth it") { _, event in event.data.amount > 10 },
                    ],
                    whole: [
                        Condition("has a page") { _, event in event.data.pages > 0 },
                        Condition("is no book") { _, event in event.data.pages < 100 },
                        Condition("is below a million") { _, event in event.data.amount < 1_000_000 },
                    ]
                ) { state, _, _ in state.claims += 1 }
            ]
        }
    }

    static let cases: [(claim: Claim, outcome: RiverOutcome)] = [
        (Claim(amount: 11, pages: 1, isOwn: true), .handled),
        (Claim(amount: 11, pages: 1, isOwn: false), .notMine(["is one's own"])),
        (Claim(amount: 0, pages: 1, isOwn: true), .notMine(["is worth it"])),
        (Claim(amount: 0, pages: 0, isOwn: false), .notMine(["is one's own", "is worth it"])),
        (Claim(amount: 11, pages: 0, isOwn: true), .notWhole(["has a page"])),
        (Claim(amount: 1_000_000, pages: 100, isOwn: true), .notWhole(["is no book", "is below a million"])),
    ]

    @Test(arguments: cases)
    func `a river names every condition that does not hold, in their order`(
        claim: Claim, outcome: RiverOutcome
    ) throws {
        let person = Subject(seed: 1, scenario: "s", case: "c", name: "person")
        var desk = Harness(Office(), now: Stockholm.instant(Day(year: 2026, month: 3, dayOfMonth: 2)!))
        let reports = try desk.feed(claim, about: person)
        #expect(reports.map(\.outcome) == [outcome])
        #expect(
            reports.flatMap(\.outcome.sentences).joined(separator: RiverOutcome.separator)
                .split(separator: RiverOutcome.separator).map(String.init) == outcome.sentences)
    }

    @Test func `a semicolon in a sentence is no border between two`() throws {
        let person = Subject(seed: 1, scenario: "s", case: "c", name: "person")
        var desk = Harness(Office(), now: Stockholm.instant(Day(year: 2026, month: 3, dayOfMonth: 2)!))
        try desk.feed(Claim(amount: 11, pages: 1, isOwn: true), about: person)
        let reports = try desk.feed(Claim(amount: 0, pages: 1, isOwn: true), about: person)
        #expect(reports[0].outcome == .notMine(["is the first, there is one a year", "is worth it"]))
    }
}
