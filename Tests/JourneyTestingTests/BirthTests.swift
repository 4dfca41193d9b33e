import CitizenStatus
import JourneyTesting
import LifeEvents
import Testing

/// Births as their scenarios tell them, asked what the scenario language has no word for.
@Suite struct BirthTests {
    @Test func `who has no digital post gets each line of the page by letter, and the other parent none`() throws {
        let journey = try Journey.replay("Scenarios/birth/by-letter.yaml")
        #expect(journey.passed, "\(journey.report)")
        let letters = try journey.letters(to: "mother")
        #expect(letters.count == (try journey.messages(of: StatusTile.self, for: "mother").count))
        #expect(try journey.letters(to: "father").isEmpty)
        let ask = try #require(letters.first { $0.tile == TileName.parenthood.rawValue })
        #expect(ask.agency == .skatteverket && !ask.isForwarded)
        #expect([ask.posted, ask.arrives] == [Day("2026-03-05"), Day("2026-03-08")])
    }

    @Test func `a protected mother gets each line through Skatteverket, and no message says where she is`() throws {
        let journey = try Journey.replay("Scenarios/acceptance/protected-child.yaml")
        #expect(journey.passed, "\(journey.report)")
        let letters = try journey.letters(to: "mother")
        #expect(!letters.isEmpty && letters.allSatisfy(\.isForwarded))
        #expect(Set(letters.map(\.tile)).isSuperset(of: ["child-registered", "name", "child-benefit"]))
        for message in journey.messages where !message.type.contains(".filing.") {
            for place in ["1784", "0684", "address-in-hiding", "address-of-flight"] {
                #expect(!message.data.contains(place), "\(message.type) tells \(place)")
            }
        }
        #expect(!journey.report.contains("address-"))
    }
}
