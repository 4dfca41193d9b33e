import AgencyKit
import JourneyTesting
import LifeEvents
import Scenarios
import Testing

/// Shipped scenarios, replayed by a test as an agency's author would.
@Suite struct JourneyReplayTests {
    @Test func `a shipped scenario is replayed and asked in a few lines`() throws {
        let journey = try Journey.replay("Scenarios/death.yaml")
        #expect(journey.passed)
        #expect(try journey.messages(of: CivilStatusChange.self, for: "widow").map(\.data.status) == [.widowed])
        #expect(try journey.messages(of: CivilStatusChange.self, for: "husband").isEmpty)
        #expect(journey.tile(.survivorsPension, of: "widow") == .ongoing)
        #expect(journey.tile(.preschool, of: "widow") == nil)
        #expect(journey.description == "death: passed, 52 messages")
    }

    @Test func `a digest is the same in every replay, and whatever order is legal`() throws {
        let digests = try (0...3).map { try Journey.replay("Scenarios/move.yaml", perturbation: $0).digest }
        #expect(Set(digests).count == 1)
        #expect(try Journey.replay("Scenarios/move.yaml", seed: 2).digest != digests[0])
    }

    @Test func `a tile is told as it was known at a time`() throws {
        let journey = try Journey.replay("Scenarios/move.yaml")
        let day = Day("2026-03-20")!
        #expect(journey.tile(.moveNotice, of: "mother", asOf: Stockholm.instant(day, hour: 23)) == .received)
        #expect(journey.tile(.moveNotice, of: "mother") == .done)
        #expect(journey.tile(.preschool, of: "mother", from: .kommun(180)) == .stopped)
    }

    @Test(arguments: [
        ("Scenarios/no-such.yaml", "there is no such scenario file"), ("Package.swift", "error[E"),
    ])
    func `what cannot be replayed says why`(path: String, words: String) {
        let error = #expect(throws: JourneyError.self) { try Journey.replay(path) }
        #expect(error.map { "\($0)" }?.contains(words) == true, "\(error.map { "\($0)" } ?? "")")
    }
}

// MARK: - A toy agency

/// An unemployment fund that pays from the seventh day after a registration.
struct ToyFund: Agency {
    struct Case: AgencyCase {
        var since: Day?
    }

    enum Timer: String, CaseIterable, Sendable {
        case qualified
    }

    struct Decision: LifeEvent {
        static let type = EventType("ivo.decision.v1")
        var from: Day
        var amount: Int
    }

    struct Application: LifeEvent {
        static let type = EventType("ivo.filing.application.v1")
        var filedBy: Subject
        var income: Int?
        var employer: String?
    }

    static let owner = Owner.ivo
    /// Kronor a day.
    var amount = 1_200

    var rivers: [River<ToyFund>] {
        [
            River(
                "open a case", hears: JobSeekerRegistration.self,
                mine: [Condition("has no case") { state, _ in state.since == nil }],
                whole: [Condition("seeks at least half-time work") { _, event in event.data.extent >= 50 }]
            ) { state, event, effects in
                state.since = event.data.from
                effects.setTimer(.qualified, at: effects.now + .days(7))
            },
            River(
                "decide an application", hears: Application.self,
                whole: [
                    Condition("the income is known") { _, event in event.data.income != nil },
                    Condition("the employer is known") { _, event in event.data.employer != nil },
                ]
            ) { _, _, _ in },
        ]
    }

    func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        try effects.publish(Decision(from: effects.today, amount: amount))
    }
}

/// An agency that the test defines, on the bus with the others.
@Suite struct ToyAgencyTests {
    static func scenario(extent: Int = 100, amount: String = "{gt: 0}", agency: String = "ivo") -> String {
        """
        scenario: toy
        version: 1
        start: 2026-03-02T08:00
        given: {citizens: {anna: {}}, agencies: [\(agency)]}
        steps:
          - {id: registered, at: +1d 09:00, publish: arbetsformedlingen.registration.v1, for: anna,
             data: {from: registered +0d, extent: \(extent)}}
          - {id: paid, expect: {message: ivo.decision.v1, for: anna, caused_by: registered,
             data: {from: registered +7d, amount: \(amount)}, within: 8d}}
        """
    }

    static func replay(_ text: String, _ agency: ToyFund = ToyFund()) throws -> Journey {
        try Journey.replay(text: text, playing: [agency], events: [ToyFund.Decision.self])
    }

    @Test func `an agency of the test's own plays with types of its own`() throws {
        let journey = try Self.replay(Self.scenario())
        #expect(journey.passed)
        #expect(try journey.messages(of: ToyFund.Decision.self, for: "anna").map(\.data.amount) == [1_200])
        #expect(journey.key(of: "anna") != nil)
        #expect(journey.key(of: "bo") == nil)
    }

    @Test func `the report of a failure tells what the agency's rules did`() throws {
        let journey = try Self.replay(Self.scenario(extent: 25))
        #expect(!journey.passed)
        #expect(journey.failures.map(\.code) == [.messageMissing])
        #expect(
            journey.report.contains(
                "why-not: river ivo/open a case refused arbetsformedlingen.registration.v1 at 2026-03-03T09:00 for anna: "
                    + "“seeks at least half-time work” does not hold"), "\(journey.report)")
        #expect(journey.description.hasPrefix("toy: failed\nfailed[A001]: "))
    }

    @Test(arguments: [
        ("the income is known", true), ("the employer is known", true), ("has no case", false),
    ])
    func `a refusal may be expected for each of the conditions that do not hold`(reason: String, isIt: Bool) throws {
        let text = """
            scenario: toy
            version: 1
            start: 2026-03-02T08:00
            given: {citizens: {anna: {}}, agencies: [ivo]}
            steps:
              - {id: application, at: +1d 09:00, citizen: anna, action: apply, to: ivo, data: {}}
              - {expect: {refusal: {of: application, reason: "\(reason)"}, within: 1d}}
            """
        let journey = try Self.replay(text)
        #expect(journey.passed == isIt, "\(journey.report)")
        let why = "“the income is known” and “the employer is known” do not hold"
        #expect(isIt || journey.report.contains(why), "\(journey.report)")
    }

    @Test func `the agency under test plays in place of the built-in one`() throws {
        let journey = try Self.replay(Self.scenario(amount: "900"), ToyFund(amount: 900))
        #expect(journey.passed)
    }

    @Test func `a simulated agency that nobody plays is an error`() {
        let error = #expect(throws: JourneyError.self) {
            // People may be named as an agency, and no code plays them.
            try Journey.replay(text: Self.scenario(agency: "citizen"), events: [ToyFund.Decision.self])
        }
        #expect(error.map { "\($0)" }?.hasPrefix("the scenario has citizen simulated") == true)
    }

    @Test func `all cases of a matrix are replayed, or the one that is named`() throws {
        let path = "Tests/ScenariosTests/Failures/cases.yaml"
        let all = try Journey.replayAll(path)
        #expect(all.map(\.worldName) == ["degree=25", "degree=50", "degree=100"])
        #expect(all.map(\.passed) == [false, true, true])
        let one = try Journey.replay(path, case: "degree=50")
        #expect(one.digest == all[1].digest)
        let errors = [nil, "degree=26", "degree"].map { name in
            #expect(throws: JourneyError.self) { try Journey.replay(path, case: name) }.map { "\($0)" } ?? ""
        }
        #expect(errors[0].hasPrefix("3 cases are meant, and one is wanted; the cases are degree=25, "))
        #expect(errors[1].hasPrefix("`degree=26` is no case; "))
        #expect(errors[2].hasPrefix("`degree` names no case; "))
    }
}
