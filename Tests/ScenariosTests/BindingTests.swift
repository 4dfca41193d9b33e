import Contracts
import LifeEvents
import Testing

@testable import Scenarios

/// What a scenario is once it is known which messages its steps count from.
@Suite struct BindingTests {
    private static let text = """
        scenario: binding
        version: 1
        start: Mon 2026-03-02T08:00
        given:
          citizens:
            anna: {born: 1993-02-17, municipality: "0180"}
            liv: {unborn: true}
          agencies: [skatteverket, kommun-0180, ssbtek]
        steps:
          - id: notice
            at: +1d 06:30
            publish: region.birth-notice.v1
            from: region-17
            for: anna
            data: {child: $liv, sex: female, bornAt: notice 03:14, birthOrder: 1}
          - {id: registered, expect: {message: skatteverket.birth.v1, for: liv, within: 2wd}}
          - id: question
            at: registered +1d 10:00
            publish: kommun.need.aid-income.v1
            from: kommun-0180
            for: anna
            purpose: financial-aid
            data: {caseRef: aid-1}
        until: notice +1mo

        """

    /// What is not written anew must not get lost on the way: a purpose did.
    @Test func `a step that counts from a message says everything as it is written`() throws {
        let reading = ScenarioFile.read(text: Self.text, file: "binding.yaml", vocabulary: .builtIn)
        let scenario = try #require(reading.scenarios.first, "\(reading.diagnostics)")
        #expect(scenario.waits)
        let came = CapturedMessage(
            id: .v7(milliseconds: 1, ordinal: 2, hash62: 3), time: scenario.timeline.start + .minutes(3 * 24 * 60),
            data: DataNode(content: .map([]), span: scenario.name.span))
        let bound = scenario.bound(["registered": came], resolution: 60_000)
        #expect(bound.leftOut.isEmpty)
        #expect(!bound.scenario.waits)
        for (was, now) in zip(scenario.steps, bound.scenario.steps) {
            guard case .publish(let written) = was.action, case .publish(let said) = now.action else { continue }
            #expect("\(written)" == "\(said)")
        }
        let last = try #require(bound.scenario.steps.last)
        guard case .publish(let question) = last.action else { return #expect(Bool(false), "it is a question") }
        #expect(question.purpose?.name == "financial-aid")
        // A scenario that waits for nothing is itself.
        #expect("\(bound.scenario.bound([:], resolution: 60_000).scenario)" == "\(bound.scenario)")
    }

    /// With a value that is not there nothing can be compared, and nothing would break what must not come.
    @Test(arguments: [
        ("none: skatteverket.birth.v1, for: liv, data: {birthOrder: {lt: $birth.birthOrder}}", true),
        ("none: skatteverket.birth.v1, for: liv, data: {mother: $birth.mother}", true),
        ("count: {message: skatteverket.birth.v1, for: liv, data: {birthOrder: $birth.birthOrder}, at_most: 2}", true),
        ("count: {message: skatteverket.birth.v1, for: liv, data: {birthOrder: $birth.birthOrder}, equals: 1}", false),
        ("message: skatteverket.birth.v1, for: liv, data: {mother: $birth.mother}", false),
    ])
    func `what must not come is missed where a value of its message is not there`(
        expect: String, isMissed: Bool
    ) throws {
        let text = Self.text.replacing("within: 2wd}}", with: "within: 2wd, as: birth}}")
            .replacing(
                "until: notice +1mo", with: "  - {id: last, expect: {\(expect), until: end}}\nuntil: notice +1mo")
        let reading = ScenarioFile.read(text: text, file: "binding.yaml", vocabulary: .builtIn)
        let scenario = try #require(reading.scenarios.first, "\(reading.diagnostics)")
        let span = scenario.name.span
        func kind(_ entries: [DataEntry]) throws -> String {
            let came = CapturedMessage(
                id: .v7(milliseconds: 1, ordinal: 2, hash62: 3), time: scenario.timeline.start + .minutes(3 * 24 * 60),
                data: DataNode(content: .map(entries), span: span))
            let bound = scenario.bound(["registered": came], resolution: 60_000).scenario
            guard case .expect(let last)? = bound.steps.last?.action else { return "" }
            return String("\(last.kind)".prefix { $0 != "(" })
        }
        let written = String(expect.prefix { $0 != ":" })
        #expect(try kind([]) == (isMissed ? "message" : written))
        let values = [
            DataEntry(key: Located("birthOrder", span), value: DataNode(content: .int(1), span: span)),
            DataEntry(key: Located("mother", span), value: DataNode(content: .text("p"), span: span)),
        ]
        #expect(try kind(values) == written)
    }
}
