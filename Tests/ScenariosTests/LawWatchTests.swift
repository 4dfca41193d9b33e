import Hosting
import JSON
import LifeEvents
import Testing

@testable import AgencyKit
@testable import Scenarios
@testable import Simulation

/// What the law asks of every run: nothing for the dead, no act without a mandate, no tile of a stranger.
@Suite struct LawWatchTests {
    /// Something that happens, an hour after what came before it.
    enum Step: Sendable {
        /// A message: type, whom it is about, data with names as `$bo`, and how it changes which earlier step.
        case said(
            String, String, String, by: String? = "forsakringskassan", change: ChangeType? = nil, of: Int? = nil,
            outside: Bool = false, causedBy: Int? = nil)
        /// The agency handles an earlier step, or is offered it and does not.
        case handled(Int, by: String = "forsakringskassan")
        case offered(Int, by: String = "forsakringskassan")
    }

    struct Story: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var steps: [Step]
        /// The codes of what is violated.
        var codes: [String]

        init(_ title: String, _ steps: [Step], _ codes: [String] = []) {
            (testDescription, self.steps, self.codes) = (title, steps, codes)
        }
    }

    private static let died = Step.said(
        "skatteverket.death.v1", "anna", #"{"deathDate":"2026-03-03"}"#, by: "skatteverket")
    private static func custody(
        _ holder: String, outside: Bool = false, by source: String? = "skatteverket"
    ) -> Step {
        .said(
            "skatteverket.family-relation.v1", "anna",
            #"{"holder":"$\#(holder)","kind":"custody","from":"2026-01-01","municipality":"1780"}"#, by: source,
            outside: outside)
    }
    private static func filed(_ filer: String, _ more: String = "", outside: Bool = false) -> Step {
        .said(
            "forsakringskassan.filing.application.v1", "anna", #"{"filedBy":"$\#(filer)"\#(more)}"#, by: "citizen",
            outside: outside)
    }
    /// A sick report of anna by the firm bo.
    private static func reported(_ filer: String) -> Step {
        .said(
            "forsakringskassan.filing.sick-report.v1", "anna",
            #"{"filedBy":"$\#(filer)","employer":"$bo","firstSickDay":"2026-03-02"}"#, by: "arbetsgivare")
    }
    private static func granted(from day: String, _ more: String = "") -> Step {
        .said(
            "forsakringskassan.benefit-decision.v1", "anna", #"{"outcome":"granted","from":"\#(day)"\#(more)}"#)
    }
    private static func paid(_ period: String, to payee: String = "anna", kind: String = "paid") -> Step {
        .said(
            "forsakringskassan.payment.v1", "anna", #"{"kind":"\#(kind)","payee":"$\#(payee)",\#(period)}"#)
    }
    private static func tile(of holder: String, about: String, _ code: String = "U1") -> Step {
        .said("citizen.status-tile.v1", holder, #"{"tile":"name","code":"\#(code)","text":"x","about":"$\#(about)"}"#)
    }

    static let stories = [
        Story("a decision for the dead", [died, .offered(0), granted(from: "2026-03-04")], ["A026"]),
        Story("a decision for the time of life", [died, .offered(0), granted(from: "2026-03-03")]),
        Story("a decision by who has not heard", [died, granted(from: "2026-04-01")]),
        Story(
            "a decision for who lives after all",
            [
                died, .offered(0),
                .said(
                    "skatteverket.death.v1", "anna", #"{"reasonCode":"error"}"#, by: "skatteverket", change: .annulled,
                    of: 0), granted(from: "2026-04-01"),
            ]),
        Story(
            "a death that was later than told",
            [
                died, .offered(0),
                .said(
                    "skatteverket.death.v1", "anna", #"{"deathDate":"2026-05-03"}"#, by: "skatteverket",
                    change: .corrected, of: 0), .offered(2), granted(from: "2026-05-01"),
            ]),
        Story(
            "a decision about the dead for the living",
            [died, .offered(0), granted(from: "2026-04-01", #","payees":[{"person":"$bo","share":100}]"#)]),
        Story(
            "a refusal",
            [
                died, .offered(0),
                .said("forsakringskassan.benefit-decision.v1", "anna", #"{"outcome":"rejected","from":"2026-04-01"}"#),
            ]),
        Story("the month of the death is paid", [died, .offered(0), paid(#""month":"2026-03""#)]),
        Story("the month after is paid", [died, .offered(0), paid(#""month":"2026-04""#)], ["A026"]),
        Story("the month after is claimed back", [died, .offered(0), paid(#""month":"2026-04""#, kind: "reclaimed")]),
        Story("the month after is paid to another", [died, .offered(0), paid(#""month":"2026-04""#, to: "bo")]),
        Story(
            "a tile to the dead of who lives", [died, .offered(0), custody("bo"), tile(of: "anna", about: "bo")],
            ["A026"]),
        Story("a tile to the dead of their own affairs", [died, .offered(0), tile(of: "anna", about: "anna")]),
        Story("a tile to the dead by who has not heard", [died, custody("bo"), tile(of: "anna", about: "bo")]),
        Story(
            "a tile to the dead is taken back",
            [
                died, .offered(0), custody("bo"), tile(of: "anna", about: "bo", "U11"),
                tile(of: "anna", about: "bo", "U10"),
            ]),
        Story(
            "a tile to the dead of whom they inherit",
            [
                died, .offered(0), custody("bo"),
                .said("skatteverket.death.v1", "bo", #"{"deathDate":"2026-03-01"}"#, by: "skatteverket"),
                tile(of: "anna", about: "bo"),
            ]),
        Story("a stranger's act is handled", [filed("bo"), .handled(0)], ["A027"]),
        Story("a stranger's act is refused", [filed("bo"), .offered(0)]),
        Story("one's own act", [filed("anna"), .handled(0)]),
        Story("a guardian's act", [custody("bo"), filed("bo"), .handled(1)]),
        Story("an act of who is guardian only later", [filed("bo"), custody("bo"), .handled(0)], ["A027"]),
        Story("an act that binds who files", [filed("bo", #","otherParent":"$bo""#), .handled(0)]),
        Story(
            "who is named in a stranger's act has no right by it",
            [filed("bo", #","to":"$cia""#), filed("cia"), .handled(1)],
            ["A027"]),
        Story(
            "who is named in one's own act may act", [filed("anna", #","to":"$cia""#), filed("cia"), .handled(1)]),
        Story(
            "what an employer files pairs nobody, not even where the person is its signatory",
            [reported("anna"), tile(of: "bo", about: "anna")], ["A028"]),
        Story("who files for an employer is asked of the firm's case", [reported("cia"), .handled(0)]),
        Story("a tile of a stranger", [tile(of: "bo", about: "anna")], ["A028"]),
        Story("a tile of a child", [custody("bo"), tile(of: "bo", about: "anna")]),
        Story("a tile of a child for another", [custody("bo"), tile(of: "cia", about: "anna")], ["A028"]),
        Story("a tile to who has only filed", [filed("bo"), tile(of: "bo", about: "anna")], ["A028"]),
        Story("a tile of oneself", [tile(of: "bo", about: "bo")]),
        Story(
            "a filing from outside pairs nobody for an act",
            [filed("anna", #","to":"$cia""#, outside: true), filed("cia"), .handled(1)], ["A027"]),
        Story(
            "a filing from outside pairs nobody for a tile",
            [filed("anna", #","to":"$bo""#, outside: true), tile(of: "bo", about: "anna")], ["A028"]),
        Story(
            "a filing of a stranger from outside pairs nobody",
            [filed("bo", outside: true), tile(of: "bo", about: "anna")], ["A028"]),
        Story(
            "a mandate from outside is nobody's that is known",
            [
                .said(
                    "citizen.mandate.v1", "anna", #"{"filedBy":"$anna","holder":"$bo"}"#, by: "citizen", outside: true),
                tile(of: "bo", about: "anna"),
            ], ["A028"]),
        Story(
            "custody that no agency tells from outside",
            [custody("bo", outside: true, by: nil), tile(of: "bo", about: "anna")], ["A028"]),
        Story(
            "custody that a register outside tells", [custody("bo", outside: true), tile(of: "bo", about: "anna")]),
    ]

    @Test(arguments: stories) func `what is unlawful is told, and nothing else`(_ story: Story) throws {
        try Self.play(story, asking: ["A026", "A027", "A028"])
    }

    /// Plays a story and holds what is violated, among some codes, against what it says.
    static func play(_ story: Story, asking wanted: [String]) throws {
        let text = """
            scenario: s
            version: 1
            start: 2026-03-02T08:00
            given: {citizens: {anna: {}, bo: {}, cia: {}}, agencies: [skatteverket, forsakringskassan, pensionsmyndigheten, kommun-0180]}
            steps: [{id: a, at: +300d, publish: skatteverket.protection.v1, for: cia, data: {level: marked}}]
            until: +301d
            """
        let instance = try ScenarioInstance(ScenarioFile.read(text: text, file: "s.yaml").scenarios[0], seed: 1)
        var checker = ExpectationChecker(instance, rules: [])
        let start = Stockholm.instant(try #require(Day("2026-03-05")))
        func id(_ place: Int) -> EventID {
            .v7(milliseconds: (start + .minutes(Int64(place) * 60)).milliseconds, ordinal: 0, hash62: UInt64(place))
        }
        func report(_ place: Int, _ agency: String, _ outcome: RiverOutcome) throws {
            checker.see(
                id(place),
                RiverReport(agency: try #require(AgencyID(agency)), river: "r", file: "F", line: 1, outcome: outcome))
        }
        for (place, step) in story.steps.enumerated() {
            switch step {
            case .said(let type, let subject, var data, let source, let change, let previous, let isOutside, let cause):
                for name in ["anna", "bo", "cia"] {
                    data = data.replacing("$\(name)", with: "\(try #require(instance.key(of: name)))")
                }
                let envelope = EventEnvelope(
                    id: id(place), source: try source.map { try #require(AgencyID($0)) },
                    subject: try #require(instance.key(of: subject)),
                    time: Instant(milliseconds: id(place).milliseconds),
                    correlationID: .custom(hash: (2, 2)), causationID: cause.map { id($0) } ?? .custom(hash: (1, 1)),
                    change: change,
                    previousID: previous.map { id($0) })
                try JSONTape.reading(data) { data in
                    checker.see(
                        ObservedMessage(world: 0, envelope: envelope, type: type, data: data, isOutside: isOutside))
                }
            case .handled(let place, let agency): try report(place, agency, .handled)
            case .offered(let place, let agency): try report(place, agency, .notMine(["no"]))
            }
        }
        let codes = checker.failures().map(\.code.rawValue).filter { wanted.contains($0) }
        #expect(codes == story.codes, "\(checker.failures().map(\.message))")
    }
}
