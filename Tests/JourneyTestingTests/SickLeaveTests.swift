import AgencyKit
import CitizenStatus
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

    @Test func `a protected insured gets each line through Skatteverket, and the employer is asked by hand`() throws {
        let journey = try Journey.replay("Scenarios/sick-leave/protected.yaml", case: "level=protected")
        #expect(journey.passed, "\(journey.report)")
        let letters = try journey.letters(to: "s")
        #expect(!letters.isEmpty && letters.allSatisfy(\.isForwarded))
        #expect(try journey.messages(of: ReturnPlanNeed.self, for: "s").isEmpty)
        #expect(try journey.messages(of: RedeploymentNeed.self, for: "s").isEmpty)
        for message in journey.messages where message.type.hasPrefix("forsakringskassan.") {
            #expect(!message.data.contains("1780"), "\(message.type) tells the municipality")
        }
    }

    // rules: S53, S54
    @Test(arguments: [("days=1,chosen=2025-01-01", 1), ("days=14", 14), ("chosen=2026-03-20", 7)])
    func `who has an own firm waits as long as was chosen before the illness, else as the law has it`(
        name: String, waited: Int
    ) throws {
        let journey = try Journey.replay("Scenarios/sick-leave/self-employed.yaml", case: name)
        #expect(journey.passed, "\(journey.report)")
        let decision = try #require(try journey.messages(of: BenefitDecision.self, for: "s").first)
        let first = try #require(Day("2026-03-02"))
        #expect(first.distance(to: decision.data.from) == waited)
    }

    // rules: S51, S52
    @Test func `the degree is corrected from the month in which more was earned, and the rest claimed back`() throws {
        let journey = try Journey.replay("Scenarios/sick-leave/works-too-much.yaml", case: "earned=16500")
        #expect(journey.passed, "\(journey.report)")
        let corrected = try #require(
            try journey.messages(of: BenefitDecision.self, for: "s").first { $0.change == .corrected })
        #expect("\(corrected.occurredOn)" == "2026-04-01" && corrected.data.degree == 50)
        let claims = try journey.messages(of: InsuranceRecovery.self, for: "s")
        #expect(claims.map(\.data.state) == [.considered, .decided])
        // From the 1st of April to the 20th of May at half of 842.
        #expect(claims.map(\.data.amount) == [50 * 421, 50 * 421])
    }
}
