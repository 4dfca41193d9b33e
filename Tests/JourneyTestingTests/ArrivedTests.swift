import AgencyKit
import CitizenStatus
import JourneyTesting
import LifeEvents
import Testing

/// The newly arrived as a whole: how many messages there are, one key through two numbers, and what is paid for which days.
@Suite struct ArrivedTests {
    // rules: N7, N13, N14, N20
    @Test func `from the permit to the first benefits there are 94 messages, and one key`() throws {
        let journey = try Journey.replay("Scenarios/arrived.yaml")
        #expect(journey.passed)
        #expect(journey.description == "arrived: passed, 94 messages")
        let identities = try journey.messages(of: Identity.self, for: "r")
        #expect(identities.map(\.data.idType) == [.coordinationNumber, .personalNumber])
        #expect(identities.map(\.change) == [nil, .corrected])
        let aid = try journey.messages(of: MunicipalPayment.self, for: "r").map(\.data.amount)
        #expect(aid == [13_321, 15_370, 15_370])
        let paid = try journey.messages(of: InsurancePayment.self, for: "r").map(\.data.amount)
        #expect(paid == [12 * 231, 4 * 1_250, 22 * 308 + 800])
    }

    @Test func `without a mailbox each line is a letter`() throws {
        let journey = try Journey.replay("Scenarios/arrived/no-e-id.yaml")
        #expect(journey.passed)
        #expect(try journey.letters(to: "r").count == journey.messages(of: StatusTile.self, for: "r").count)
    }

    // rules: N5
    @Test func `what is written to who is in protected population registration is forwarded by Skatteverket`() throws {
        let journey = try Journey.replay("Scenarios/arrived/protected-registration.yaml")
        #expect(journey.passed)
        let hidden = try journey.letters(to: "r").filter(\.isForwarded)
        #expect(hidden.map(\.tile) == ["population-register", "population-register", "sfi"])
    }

    // rules: N20
    @Test func `aid goes on month by month while the register takes its time`() throws {
        let journey = try Journey.replay("Scenarios/arrived/late.yaml")
        #expect(journey.passed)
        let months = try journey.messages(of: MunicipalPayment.self, for: "r").compactMap(\.data.month)
        #expect(months.map { "\($0)" } == ["2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07"])
    }
}
