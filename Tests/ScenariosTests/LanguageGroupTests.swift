import LifeEvents
import Scenarios
import Testing

@Suite struct LanguageGroupTests {
    private static let library = """
        library: births
        version: 1
        persons:
          family:
            anna: {template: adult, municipality: "1780", spouse: bo}
            bo: {born: 1990-05-06, municipality: "1780", protected_identity: true}
            eva: {template: child, municipality: "1780", parents: [anna, bo]}
            cia: {template: newborn, parents: [anna]}
        agencies:
          karlstad: {skatteverket: simulated, region-17: external, kommun-1780: silent}
        groups:
          birth:
            inputs: [mother, child, hospital]
            steps:
              - {id: notice, at: +1d 06:30, publish: region.birth-notice.v1, from: $hospital, for: $mother, data: {child: $child, bornAt: notice 03:14, first: start +0d}}
              - expect: {message: skatteverket.birth.v1, for: $child, caused_by: notice, within: 2wd}
          two:
            inputs: [a]
            steps:
              - {id: first, use: birth, at: +1d, with: {mother: $a, child: $a, hospital: region-17}}
              - {id: then, at: first-notice +1d, publish: skatteverket.birth.v1, for: $a}
        """

    private func read(_ given: String, _ steps: String) throws -> ScenarioReading {
        let folder = try LanguageFolder()
        try folder.write(Self.library, to: "lib.yaml")
        try folder.write(
            """
            scenario: s
            version: 1
            start: Mon 2026-03-02T08:00
            include: [lib.yaml]
            given: \(given)
            steps:
            \(steps)
            """, to: "s.yaml")
        return folder.read("s.yaml")
    }

    @Test func `a group's steps are written out with ids of their own and times from its use`() throws {
        let reading = try read(
            "{use: [family, karlstad]}",
            """
              - {id: b, use: birth, at: +10d, with: {mother: $anna, child: $cia, hospital: region-17}}
              - {id: later, at: b-notice +1d, publish: skatteverket.birth.v1, for: cia}
            """)
        #expect(reading.messages == [])
        let scenario = try #require(reading.scenarios.first)
        #expect(scenario.steps.map(\.id.value) == ["b-notice", "b-step-2", "later"])
        #expect(scenario.steps.map(\.uses.count) == [1, 1, 0])
        #expect(scenario.anchors.map(\.id) == ["b", "b-notice", "later"])
        let notice = try scenario.publication("b-notice")
        #expect(notice.source.description == "region-17")
        #expect(
            scenario.json(notice.data)
                == #"{"child":"cia","bornAt":"2026-03-13T02:14:00.000Z","first":"2026-03-12"}"#)
        #expect(
            Stockholm.local(try #require(scenario.timeline.instant(ofStep: "b-notice"))).description
                == "2026-03-13 06:30")
        guard case .message(let pattern) = try scenario.expectation(1).kind else { Issue.record("no message"); return }
        #expect(pattern.causedBy?.value == "b-notice")
        #expect(pattern.subject?.value == "cia")
        #expect(try scenario.expectation(1).after?.value == "b-notice")
    }

    @Test func `groups use groups`() throws {
        let reading = try read("{use: [family, karlstad]}", "  - {use: two, at: +1d, with: {a: $anna}}")
        #expect(reading.messages == [])
        let scenario = try #require(reading.scenarios.first)
        #expect(scenario.steps.map(\.id.value) == ["two-first-notice", "two-first-step-2", "two-then"])
        let instant = try #require(scenario.timeline.instant(ofStep: "two-then"))
        #expect(Stockholm.local(instant).description == "2026-03-06 06:30")
        #expect(scenario.steps[0].uses.map { $0.file.hasSuffix("lib.yaml") } == [true, false])
        let moved = scenario.starting(at: scenario.start.value + .hours(24))
        #expect(moved.timeline.instant(ofStep: "two-then") == instant + .hours(24))
    }

    @Test func `persons and agencies come from blocks beside the file's own`() throws {
        let reading = try read(
            "{use: [family, karlstad], citizens: {dan: {}}, agencies: [forsakringskassan], households: {ek: [anna, bo, cia]}}",
            "  - {id: b, at: +1d, publish: skatteverket.birth.v1, for: dan}")
        #expect(reading.messages == [])
        let scenario = try #require(reading.scenarios.first)
        #expect(scenario.citizens.map(\.name.value) == ["anna", "bo", "eva", "cia", "dan"])
        #expect(scenario.citizens.map(\.isUnborn) == [false, false, false, true, false])
        #expect(scenario.citizens.map(\.isProtected) == [false, true, false, false, false])
        #expect(scenario.citizens[3].parents.map(\.value) == ["anna"])
        #expect(
            scenario.agencies.map { "\($0.id.value) \($0.part)" } == [
                "skatteverket simulated", "region-17 external", "kommun-1780 silent", "forsakringskassan simulated",
            ])
        #expect(scenario.households.map { $0.members.map(\.value) } == [["anna", "bo", "cia"]])
        #expect(
            scenario.facts.map { scenario.json($0.data) } == [
                #"{"municipality":"1780","civilStatus":"married","spouse":"bo","birthDate":"1991-03-02","children":[{"person":"eva","birthDate":"2019-03-02","otherParent":"bo"}],"related":[{"person":"bo","birthDate":"1990-05-06","sharesHome":true,"protected":true},{"person":"eva","birthDate":"2019-03-02","sharesHome":true}]}"#,
                #"{"municipality":"1780","civilStatus":"married","spouse":"anna","birthDate":"1990-05-06","children":[{"person":"eva","birthDate":"2019-03-02","otherParent":"anna"}],"related":[{"person":"anna","birthDate":"1991-03-02","sharesHome":true},{"person":"eva","birthDate":"2019-03-02","sharesHome":true}],"protection":"protected"}"#,
                #"{"municipality":"1780","civilStatus":"unmarried","birthDate":"2019-03-02","parents":["anna"]}"#,
            ])
    }

    @Test func `a line chooses the steps up to it, a use its whole group`() throws {
        let reading = try read(
            "{use: [family, karlstad]}",
            """
              - {id: a, at: +1d, publish: skatteverket.birth.v1, for: cia}
              - {id: b, use: birth, at: +10d, with: {mother: $anna, child: $cia, hospital: region-17}}
              - {id: c, at: +20d, publish: skatteverket.birth.v1, for: cia}
            """)
        let scenario = try #require(reading.scenarios.first)
        #expect(scenario.upTo(line: 6) == nil)
        #expect(scenario.upTo(line: 7)?.steps.map(\.id.value) == ["a"])
        let part = try #require(scenario.upTo(line: 8))
        #expect(part.steps.map(\.id.value) == ["a", "b-notice", "b-step-2"])
        #expect(part.timeline.instant(ofStep: "c") == scenario.timeline.instant(ofStep: "c"))
        #expect(Stockholm.day(of: try #require(part.timeline.end)).description == "2026-03-17")
        #expect(scenario.upTo(line: 99)?.steps.count == 4)
        let selection = ScenarioSelection("Scenarios/move.yaml:52")
        #expect(selection.path == "Scenarios/move.yaml")
        #expect(selection.line == 52)
        #expect(ScenarioSelection("a:b").line == nil)
    }

    @Test func `a library alone is checked`() throws {
        let folder = try LanguageFolder(["lib.yaml": Self.library])
        #expect(folder.read("lib.yaml").messages == [])
        #expect(folder.read("lib.yaml").scenarios.isEmpty)
    }
}
