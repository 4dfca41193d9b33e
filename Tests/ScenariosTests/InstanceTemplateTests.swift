import Foundation
import Hosting
import LifeEvents
import Testing

@testable import Scenarios
@testable import Simulation

@Suite struct InstanceTemplateTests {
    @Test(arguments: ["first-child", "death", "move"])
    func `a template makes the same world as the scenario does`(name: String) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let scenario = try #require(
            ScenarioFile.parse(path: root.appendingPathComponent("Scenarios/\(name).yaml").path).scenario)
        // Written for the world itself, and written for another.
        let expected = try InstanceTemplate(scenario, seed: 5, sample: "journey-7").world(worldName: "journey-7")
        let made = try InstanceTemplate(scenario, seed: 5).world(worldName: "journey-7")
        #expect(made.name == expected.name)
        #expect(made.persons == expected.persons)
        #expect(made.correlations == expected.correlations)
        #expect(made.until == expected.until)
        try #require(made.script.count == expected.script.count)
        for (left, right) in zip(made.script, expected.script) {
            #expect(left.due == right.due)
            #expect(left.id == right.id)
            #expect(left.subject == right.subject)
            #expect(left.written == right.written)
            #expect(left.written.contains("\(left.id)"))
        }
        #expect(Set(made.script.map(\.written)).count == made.script.count)
    }

    @Test func `a text is found at the beginning, at the end, and twice side by side`() {
        let old = TemplateValues(
            correlations: [.custom(hash: (1, 1))], people: [Subject(seed: 1, scenario: "s", case: "a", name: "anna")],
            messages: [.v7(milliseconds: 5, ordinal: 0, hash62: 1), .v7(milliseconds: 5, ordinal: 0, hash62: 2)])
        let new = TemplateValues(
            correlations: [.custom(hash: (2, 2))], people: [Subject(seed: 1, scenario: "s", case: "b", name: "anna")],
            messages: [.v7(milliseconds: 5, ordinal: 0, hash62: 3), .v7(milliseconds: 5, ordinal: 0, hash62: 4)])
        func text(_ of: TemplateValues) -> String {
            "\(of.people[0])\(of.people[0]) \(of.messages[1])\(of.messages[0]):\(of.correlations[0])"
        }
        let template = MessageTemplate(Array(text(old).utf8), replacing: MessageTemplate.Texts(old))
        var written: [UInt8] = []
        template.write(new, into: &written)
        #expect(String(decoding: written, as: UTF8.self) == text(new))
        let short = MessageTemplate(Array("{}".utf8), replacing: MessageTemplate.Texts(old))
        written = []
        short.write(new, into: &written)
        #expect(written == Array("{}".utf8))
    }

    @Test func `the faults of a template's worlds mean each world's own people and messages`() throws {
        let text = """
            scenario: s
            version: 1
            start: 2026-03-02T08:00
            given: {citizens: {anna: {}, bo: {}}, agencies: [skatteverket, region-17]}
            faults:
              - {id: post, message: skatteverket.death.v1, for: anna, late: {by: 1h}}
              - {id: twice, message: skatteverket.*, for: bo, duplicate: {times: 2, from: one -1d}}
              - {id: broken, message: skatteverket.death.v1, for: anna, corrupt: {nth: 1}}
            steps:
              - {id: one, at: +1d, publish: skatteverket.death.v1, for: anna, data: {deathDate: 2026-03-01}}
              - {id: other, at: +1d, publish: skatteverket.death.v1, for: bo, data: {deathDate: 2026-03-01}}
            until: +3d
            """
        let reading = ScenarioFile.read(text: text, file: "s.yaml")
        let scenario = try #require(reading.scenarios.first, "\(reading.messages)")
        let template = try InstanceTemplate(scenario, seed: 5)
        var messages: Set<EventID> = []
        for name in ["copy-1", "copy-2"] {
            let expected = try ScenarioInstance(scenario, worldName: name, seed: 5)
            let made = template.world(worldName: name)
            let (plan, wanted) = (try #require(made.faults), try #require(expected.world.faults))
            let anna = expected.key(of: "anna")
            #expect(plan.agencies.delays.map(\.messages?.subject) == [anna])
            #expect(plan.wireFaults.map(\.messages.subject) == [expected.key(of: "bo"), anna])
            #expect(plan.agencies.announcements.map(\.message) == [expected.message(ofStep: "one")])
            #expect(plan.agencies.announcements.map(\.text) == wanted.agencies.announcements.map(\.text))
            messages.formUnion(plan.agencies.announcements.compactMap(\.message))
        }
        #expect(messages.count == 2)
    }
}

extension ScriptedMessage {
    /// The event as text.
    fileprivate var written: String {
        var bytes: [UInt8] = []
        switch value {
        case .bytes(let value): bytes = value
        case .template(let template, let values): template.write(values, into: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
