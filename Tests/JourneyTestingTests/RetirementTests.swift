import AgencyKit
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
}
