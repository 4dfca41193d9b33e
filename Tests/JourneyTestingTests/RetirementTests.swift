import AgencyKit
import CitizenStatus
import JourneyTesting
import LifeEvents
import Testing

/// Retirement as a whole: how many messages there are, from when each decision holds, and what each publishes.
@Suite struct RetirementTests {
    // rules: R10, R12, R13
    @Test func `each decision holds from its month, and a correction from the month in which it was wrong`() throws {
        let journey = try Journey.replay("Scenarios/retirement.yaml")
        #expect(journey.passed)
        let decisions = try journey.messages(of: PensionDecision.self, for: "p")
        #expect(
            decisions.map(\.data.kind) == [.oldAge, .guarantee, .housingSupplement, .guarantee, .housingSupplement])
        #expect(decisions.map(\.change) == [nil, nil, nil, .corrected, .corrected])
        #expect(
            decisions.suffix(2).map { "\($0.occurredOn)" } == ["2026-09-01", "2027-01-01"])
        // 4 opening facts, 29 events, 17 lines.
        #expect(journey.description == "retirement: passed, 50 messages")
    }

    // rules: R13
    @Test func `what was paid too much is what the states settle between them`() throws {
        let journey = try Journey.replay("Scenarios/retirement.yaml")
        let paid = try journey.messages(of: PensionPayment.self, for: "p").filter { $0.data.benefit == .oldAge }
        #expect(paid.map(\.data.amount) == [14_356, 14_356, 14_356, 13_660])
        let offset = try journey.messages(of: OffsetNeed.self, for: "p").map(\.data.amount)
        #expect(offset == [3 * (14_356 - 13_660)])
    }

    // rules: R36, R37
    @Test func `what was paid since an income began that nobody told of is claimed back, decided and due`() throws {
        let silent = try Journey.replay("Scenarios/retirement/forgotten-company-silent.yaml", case: "silent=1")
        #expect(silent.passed, "\(silent.report)")
        let claims = try silent.messages(of: PensionRecovery.self, for: "p")
        #expect(claims.map(\.data.state) == [.considered, .decided])
        // 900 kronor a month, of which 93 % count and 62 % of that is less: 519 in each of three months.
        #expect(claims.map(\.data.amount) == [3 * 519, 3 * 519])
        let told = try Journey.replay("Scenarios/retirement/forgotten-company-silent.yaml", case: "silent=0")
        #expect(told.passed, "\(told.report)")
        #expect(try told.messages(of: PensionRecovery.self, for: "p").isEmpty)
    }

    @Test func `a protected pensioner gets each line through Skatteverket, and the asked by hand hear nothing`() throws
    {
        let journey = try Journey.replay("Scenarios/retirement/protected.yaml", case: "level=protected")
        #expect(journey.passed, "\(journey.report)")
        let letters = try journey.letters(to: "p")
        #expect(!letters.isEmpty && letters.allSatisfy(\.isForwarded))
        #expect(try journey.messages(of: OccupationalPensionNeed.self, for: "p").isEmpty)
        #expect(try journey.messages(of: ForeignPensionNeed.self, for: "p").isEmpty)
        for message in journey.messages where message.type.hasPrefix("pensionsmyndigheten.") {
            #expect(!message.data.contains("1780"), "\(message.type) tells the municipality")
        }
    }
}
