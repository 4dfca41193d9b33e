import Foundation
import Hosting
import LifeEvents
import Testing

@testable import Scenarios
@testable import Simulation

@Suite struct CastingTemplateTests {
    @Test(arguments: ["first-child", "death", "move"])
    func `a template casts the same world as the scenario does`(name: String) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let scenario = try #require(
            ScenarioFile.parse(path: root.appendingPathComponent("Scenarios/\(name).yaml").path).scenario)
        let expected = try ScenarioInstance(scenario, worldName: "journey-7", seed: 5).world
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
            guard case .template(let template, let values) = left.value, case .bytes(let bytes) = right.value else {
                Issue.record("a message is given in another way")
                continue
            }
            var written: [UInt8] = []
            template.write(values, into: &written)
            #expect(String(decoding: written, as: UTF8.self) == String(decoding: bytes, as: UTF8.self))
        }
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
            #expect(plan.agencies.announcements.map(\.message) == [expected.messages["one"]])
            #expect(plan.agencies.announcements.map(\.text) == wanted.agencies.announcements.map(\.text))
            messages.formUnion(plan.agencies.announcements.compactMap(\.message))
        }
        #expect(messages.count == 2)
    }
}
