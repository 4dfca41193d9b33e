import Hosting
import LifeEvents
import Simulation
import Testing

@testable import Scenarios

@Suite struct ScriptOrderTests {
    /// The scripted messages in the order of their ids, each by its step's id or its fact's place in the file.
    private func order(_ text: String, seed: UInt64) throws -> [String] {
        let reading = ScenarioFile.read(text: text, file: "s.yaml")
        let scenario = try #require(reading.scenarios.first, "\(reading.messages)")
        let instance = try ScenarioInstance(scenario, seed: seed)
        #expect(Set(instance.world.script.map(\.id)).count == instance.world.script.count)
        return zip(instance.entries, instance.world.script).sorted { $0.1.id < $1.1.id }.map { entry, _ in
            entry.step ?? "\(entry.subject) \(entry.names[3])"
        }
    }

    private func text(_ facts: [(subject: String, occurred: String)], _ steps: [String], _ tail: String = "") -> String
    {
        var text = """
            scenario: s
            version: 1
            start: 2026-03-02T08:00
            given:
              citizens: {anna: {}, bo: {}}
              agencies: [skatteverket, region-17]

            """
        if !facts.isEmpty { text += "  facts:\n" }
        for (subject, occurred) in facts {
            text += "    - {fact: skatteverket.death.v1, for: \(subject), \(occurred)data: {deathDate: 2026-03-01}}\n"
        }
        return text + "steps:\n" + steps.map { "  - {\($0)}\n" }.joined() + "until: +3d\n" + tail
    }

    private func step(_ id: String, _ at: String, for person: String = "anna") -> String {
        "id: \(id), at: \(at), publish: skatteverket.death.v1, for: \(person), data: {deathDate: 2026-03-01}"
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `a person's opening facts come in the order in which they occurred`(seed: UInt64) throws {
        let facts = [
            ("anna", "occurred: 2020-05-01, "), ("anna", ""), ("bo", "occurred: 2024-01-01, "),
            ("anna", "occurred: 1999-12-31, "), ("anna", "occurred: 2020-05-01, "), ("bo", "occurred: 2024-01-01, "),
        ]
        let all = try order(text(facts, [step("later", "+1d")]), seed: seed)
        #expect(all.filter { $0.hasPrefix("anna") } == ["anna 3", "anna 0", "anna 4", "anna 1"])
        #expect(all.filter { $0.hasPrefix("bo") } == ["bo 2", "bo 5"])
        #expect(all.last == "later")
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `the steps of one instant come in the file's order, whomever they are about`(seed: UInt64) throws {
        let steps = [
            step("early", "+0d 09:00"), step("zebra", "+1d 06:30"), step("ant", "+1d 06:30", for: "bo"),
            "id: bear, corrects: zebra, at: +1d 06:30, data: {deathDate: 2026-02-28}",
            step("cat", "zebra +0d 06:30", for: "bo"),
        ]
        #expect(try order(text([], steps), seed: seed) == ["early", "zebra", "ant", "bear", "cat"])
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `the steps of the first instant come after the opening facts`(seed: UInt64) throws {
        let facts = [("anna", ""), ("anna", ""), ("bo", "")]
        let steps = [step("second", "+0d 08:00", for: "bo"), step("third", "+0d 08:00")]
        let all = try order(text(facts, steps), seed: seed)
        #expect(all.suffix(2) == ["second", "third"])
        #expect(all.filter { $0.hasPrefix("anna") } == ["anna 0", "anna 1"])
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `a delayed step keeps its place in the file among those of its new instant`(seed: UInt64) throws {
        let steps = [
            step("delayed", "+1d 06:30"), step("before", "+1d 06:31", for: "bo"),
            step("same", "+1d 07:30", for: "bo"),
        ]
        let fault = "faults: [{id: post, message: skatteverket.death.v1, for: anna, late: {by: 1h}}]\n"
        #expect(try order(text([], steps, fault), seed: seed) == ["before", "delayed", "same"])
    }

    @Test func `more messages than an instant has ordinals are refused with their place`() throws {
        let reading = ScenarioFile.read(text: text([("anna", "")], [step("one", "+1d")]), file: "s.yaml")
        let scenario = try #require(reading.scenarios.first, "\(reading.messages)")
        let entries = try ScenarioInstance(scenario, seed: 1).entries
        let (fact, one) = (entries[0], entries[1])
        for (entry, sentence) in [(fact, "`anna` has more than 4096 opening facts"), (one, "are due at 2026-03-03")] {
            var most = Array(repeating: entry, count: 4_096)
            try ScriptEntry.number(&most, start: fact.due)
            #expect(most.map(\.ordinal) == Array(0..<4_096))
            var tooMany = most + [entry]
            let error = #expect(throws: ScriptError.self) { try ScriptEntry.number(&tooMany, start: fact.due) }
            #expect(error?.description.hasPrefix("s.yaml:") == true)
            #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
        }
        // A fact more, and the steps of the first instant have one ordinal less.
        var together = [fact] + Array(repeating: one, count: 4_096)
        #expect(throws: ScriptError.self) { try ScriptEntry.number(&together, start: one.due) }
    }

    @Test(arguments: [-1, -60_000 * 1_000_000] as [Int64])
    func `a time before an id's first is refused with its place`(milliseconds: Int64) throws {
        let reading = ScenarioFile.read(text: text([("anna", "")], [step("one", "+1d")]), file: "s.yaml")
        let scenario = try #require(reading.scenarios.first, "\(reading.messages)")
        let moved = scenario.starting(at: Instant(milliseconds: milliseconds - 60_000))
        #expect {
            _ = try ScenarioInstance(moved, seed: 1)
        } throws: {
            "\($0)".hasPrefix("s.yaml:8:") && "\($0)".contains("from 1970")
        }
    }
}
