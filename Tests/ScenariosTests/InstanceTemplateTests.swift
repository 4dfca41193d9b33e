import Foundation
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
        let expected = try ScenarioInstance(scenario, caseName: "journey-7", seed: 5).world
        let made = try InstanceTemplate(scenario, seed: 5).world(caseName: "journey-7")
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
}
