import AgencyKit
import JourneyTesting
import LifeEvents
import Testing

/// A sick period as a whole: from when each decision holds, and what a day's benefit is.
@Suite struct SickLeaveTests {
    // rules: S13, S18
    @Test func `each decision holds from the day on which it was applied for`() throws {
        let journey = try Journey.replay("Scenarios/sick-leave.yaml")
        #expect(journey.passed)
        let decisions = try journey.messages(of: BenefitDecision.self, for: "s")
        #expect(decisions.map(\.change) == [nil, .corrected, .corrected, .ceased])
        #expect(
            decisions.map { "\($0.occurredOn)" } == ["2026-04-10", "2026-06-01", "2026-09-01", "2026-10-31"])
        #expect(journey.description == "sick-leave: passed, 64 messages")
    }

    @Test func `the end of a period that a relapse goes on with is taken back, and the decision corrected`() throws {
        let journey = try Journey.replay("Scenarios/sick-leave/relapse.yaml")
        #expect(journey.passed)
        let decisions = try journey.messages(of: BenefitDecision.self, for: "s")
        #expect(decisions.prefix(3).map(\.change) == [nil, .ceased, .corrected])
    }
}
