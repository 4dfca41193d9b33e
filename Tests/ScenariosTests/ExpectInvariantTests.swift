import Hosting
import JSON
import LifeEvents
import Testing

@testable import AgencyKit
@testable import Scenarios
@testable import Simulation

/// Invariants that only a fault of the bus can break: the checker is told of such a run by hand.
@Suite struct ExpectInvariantTests {
    struct Played {
        var instance: ScenarioInstance
        var checker: ExpectationChecker
        private var count: UInt64 = 0

        /// - Parameter concerned: the municipalities that the death concerns.
        init(concerned: [AgencyID] = []) throws {
            let text = """
                scenario: s
                version: 1
                start: 2026-03-02T08:00
                given: {citizens: {anna: {}}, agencies: [skatteverket, forsakringskassan, kommun-1780]}
                steps: [{id: a, at: +1d, publish: skatteverket.death.v1, for: anna, data: {deathDate: 2026-03-01}}]
                until: +9d
                """
            let scenario = ScenarioFile.read(text: text, file: "s.yaml").scenarios[0]
            instance = try ScenarioInstance(scenario, seed: 1)
            let type = EventType("skatteverket.death.v1")
            let named: @Sendable (IncomingEvent) throws -> [AgencyID] = { _ in concerned }
            let rules = [Owner.forsakringskassan, .kommun].map {
                RiverDescription(
                    owner: $0, name: "hear", type: type, hearsAnnulment: false, mine: [], whole: [], file: "F",
                    line: 1, concerns: $0 == .kommun ? named : nil)
            }
            checker = ExpectationChecker(instance, rules: rules)
        }

        var step: EventID { instance.message(ofStep: "a")! }

        mutating func see(
            _ id: EventID, type: String = "skatteverket.death.v1", change: ChangeType? = nil, previous: EventID? = nil,
            source: AgencyID = .skatteverket, isOutside: Bool = false
        ) throws {
            let envelope = EventEnvelope(
                id: id, source: source, subject: instance.key(of: "anna")!,
                time: Instant(milliseconds: id.milliseconds), change: change, previousID: previous)
            try JSONTape.reading("{}") { data in
                checker.see(
                    ObservedMessage(world: 0, envelope: envelope, type: type, data: data, isOutside: isOutside))
            }
        }

        mutating func hear(
            _ id: EventID, _ agency: AgencyID = .forsakringskassan, _ outcome: RiverOutcome = .handled
        ) {
            checker.see(id, RiverReport(agency: agency, river: "hear", file: "F", line: 1, outcome: outcome))
        }

        func later(_ days: Int64) -> EventID {
            .v7(milliseconds: step.milliseconds + days * 86_400_000, ordinal: 0, hash62: UInt64(days))
        }

        var told: [String] { checker.failures().map { "\($0.code.rawValue) \($0.message)" } }
    }

    static let death = "skatteverket.death.v1 at 2026-03-03T08:00 for anna (step a)"

    @Test func `a run in which all is well violates nothing`() throws {
        var played = try Played()
        try played.see(played.step)
        played.hear(played.step)
        try played.see(played.later(1), change: .corrected, previous: played.step)
        played.hear(played.later(1), .forsakringskassan, .notMine(["is new"]))
        played.checker.seeLedger(played.step, .forsakringskassan)
        #expect(played.checker.failures(hasLedger: true) == [])
    }

    @Test func `a message that an agency does not hear is lost`() throws {
        var played = try Played()
        try played.see(played.step)
        #expect(
            played.told == ["A020 expected no-lost-message throughout, \(Self.death) did not reach forsakringskassan"])
    }

    @Test func `a municipality that a message concerns must hear it, and no other`() throws {
        for (concerned, lost) in [([AgencyID.kommun(1780)], true), ([AgencyID.kommun(180)], false)] {
            var played = try Played(concerned: concerned)
            try played.see(played.step)
            played.hear(played.step)
            let text = "A020 expected no-lost-message throughout, \(Self.death) did not reach kommun-1780"
            #expect(played.told == (lost ? [text] : []))
        }
        var played = try Played(concerned: [.kommun(1780)])
        try played.see(played.step)
        played.hear(played.step)
        played.hear(played.step, .kommun(1780), .notMine(["lives here"]))
        #expect(played.told == [])
    }

    @Test func `a message that was not on the bus is lost`() throws {
        #expect(try Played().told == ["A020 expected no-lost-message throughout, the message of a was not on the bus"])
    }

    @Test func `what a resumed run has played before is not looked for at agencies`() throws {
        var played = try Played()
        let envelope = EventEnvelope(
            id: played.step, source: .skatteverket, subject: played.instance.key(of: "anna")!,
            time: Instant(milliseconds: played.step.milliseconds))
        played.checker.see(
            ObservedMessage(world: 0, envelope: envelope, type: "skatteverket.death.v1", data: nil, isOutside: false),
            isLive: false)
        #expect(played.told == [])
    }

    @Test
    func `a message that is sent again from a dead letter is handled again, and other messages keep their places`()
        throws
    {
        var played = try Played()
        try played.see(played.step)
        played.hear(played.step)
        try played.see(played.step, isOutside: true)
        played.hear(played.step)
        try played.see(played.later(1), change: .corrected, previous: played.step)
        played.hear(played.later(1))
        #expect(played.told.isEmpty)
        played.hear(played.later(1))
        #expect(played.told.count == 1)
    }

    @Test func `a message that is handled twice has its effects twice`() throws {
        var played = try Played()
        try played.see(played.step)
        played.hear(played.step)
        played.hear(played.step)
        #expect(
            played.told == [
                "A021 expected no-double-effect throughout, forsakringskassan ‘hear’ handled \(Self.death) twice"
            ])
    }

    @Test func `messages that are handled out of order are told`() throws {
        var played = try Played()
        let second = played.later(1)
        try played.see(played.step)
        try played.see(second)
        played.hear(second)
        played.hear(played.step)
        #expect(
            played.told == [
                "A022 expected subject-order throughout, forsakringskassan handled \(Self.death) after "
                    + "skatteverket.death.v1 at 2026-03-04T08:00 for anna"
            ])
    }

    @Test func `a reading that the ledger lacks is told`() throws {
        var played = try Played()
        try played.see(played.step)
        played.hear(played.step)
        #expect(
            played.checker.failures(hasLedger: true).map(\.message) == [
                "expected ledger-complete throughout, forsakringskassan read \(Self.death) unwritten"
            ])
    }

    @Test(arguments: [
        (ChangeType.corrected, -1, AgencyID.skatteverket, "is CORRECTED and names no predecessor"),
        (.ceased, 7, .skatteverket, "is CEASED and follows a message that has not been on the bus"),
        (.corrected, 0, .kommun(1780), "is CORRECTED and follows another fact, \(death)"),
        (.corrected, 1, .skatteverket, "is CORRECTED and follows an annulment"),
        (.corrected, 0, .skatteverket, "is CORRECTED and follows a message that has a successor, "),
        (.annulled, 0, .skatteverket, "is ANNULLED and follows a message that has a successor, "),
    ])
    func `a chain that is broken is told`(change: ChangeType, previous: Int64, source: AgencyID, words: String) throws {
        var played = try Played()
        try played.see(played.step)
        played.hear(played.step)
        try played.see(played.later(1), change: .annulled, previous: played.step)
        let former = previous < 0 ? nil : previous == 0 ? played.step : played.later(previous)
        try played.see(played.later(2), change: change, previous: former, source: source)
        for id in [played.later(1), played.later(2)] { played.hear(id) }
        let message = try #require(played.checker.failures().first { $0.code == .brokenChain }?.message)
        #expect(message.contains(words), "\(message)")
    }

    @Test func `what follows an outsider's message is not an agency's fault`() throws {
        var played = try Played()
        try played.see(played.step)
        played.hear(played.step)
        try played.see(played.later(1), source: .kommun(180), isOutside: true)
        try played.see(played.later(2), change: .ceased, previous: played.later(1))
        played.hear(played.later(2))
        #expect(played.told == [])
    }

    @Test func `annulling an end restores what it ended`() throws {
        var played = try Played()
        let (end, undone, correction) = (played.later(1), played.later(2), played.later(3))
        try played.see(played.step)
        try played.see(end, change: .ceased, previous: played.step)
        try played.see(undone, change: .annulled, previous: end)
        try played.see(correction, change: .corrected, previous: played.step)
        for id in [played.step, end, undone, correction] { played.hear(id) }
        #expect(played.told == [])
    }
}
