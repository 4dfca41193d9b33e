import Foundation
import Hosting
import LifeEvents
import Simulation
import Testing

/// Cases that are put away come back as they were: a run is the same whether they are or not.
@Suite struct CasesPutAwayTests {
    /// The journeys of the shipped scenarios, each with its agencies' states over months.
    static let scenarios: [String] = {
        let files = try? FileManager.default.contentsOfDirectory(atPath: "\(Player.repository)/Scenarios")
        return (files ?? []).filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }()

    @Test(arguments: scenarios)
    func `the digest is the same where every case is put away that was not handled for days`(scenario: String) throws {
        let player = try Player(scenario)
        let ordinary = try player.play(store: "ordinary")
        let runners = try player.builtIn()
        let packed = try player.play(store: "packed", runners: runners, casesAtHand: 0)
        #expect(packed.digests == ordinary.digests)
        #expect(packed.messages == ordinary.messages)
        #expect(packed.deadLetters == ordinary.deadLetters)
        for runner in runners { #expect(!runner.hasRefusedCases, "\(runner.owner) \(runner.branch?.name ?? "")") }
    }

    @Test func `a run that was interrupted while cases were put away goes on as if nothing had been`() throws {
        let player = try Player("first-child")
        var instants: [Instant] = []
        let whole = try player.play(store: "whole") { $0.instant = { instants.append($0) } }
        for (number, instant) in instants.enumerated().filter({ $0.offset % 9 == 4 }) {
            _ = try player.play(until: instant, store: "part-\(number)", casesAtHand: 0)
            let second = try player.play(store: "part-\(number)", casesAtHand: 0)
            #expect(second.digests == whole.digests, "stopped at \(Stockholm.local(instant))")
            #expect(second.messages == whole.messages)
        }
    }
}
