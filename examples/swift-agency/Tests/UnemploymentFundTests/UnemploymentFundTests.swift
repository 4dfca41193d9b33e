import AgencyKit
import JourneyTesting
import LifeEvents
import Testing
import UnemploymentFund

/// The fund alone, and on the bus with the built-in agencies.
@Suite struct UnemploymentFundTests {
    @Test func `a week after a registration there is a decision`() throws {
        let day = try #require(Day("2026-03-02"))
        let person = Subject(seed: 1, scenario: "fund", case: "", name: "anna")
        var desk = Harness(UnemploymentFund(), now: Stockholm.instant(day, hour: 8))
        try desk.feed(JobSeekerRegistration(from: day, extent: 100), about: person)
        #expect(try desk.published(UnemploymentFund.Decision.self).isEmpty)
        try desk.advance(to: Stockholm.instant(day.adding(days: 8)))
        #expect(try desk.published(UnemploymentFund.Decision.self).map(\.data.from) == [day.adding(days: 7)])
    }

    @Test func `it takes part in a journey`() throws {
        let journey = try Journey.replay(
            text: """
                scenario: fund
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}}, agencies: [ivo]}
                steps:
                  - {id: registered, at: +1d 09:00, publish: arbetsformedlingen.registration.v1, for: anna,
                     data: {from: registered +0d, extent: 100}}
                  - {expect: {message: ivo.decision.v1, for: anna, caused_by: registered, within: 8d}}
                """,
            playing: [UnemploymentFund()], events: [UnemploymentFund.Decision.self])
        #expect(journey.passed, "\(journey.report)")
    }
}
