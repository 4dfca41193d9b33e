import JSON
import LifeEvents
import Scenarios
import Testing

@Suite struct LanguagePayloadTests {

    @Test(arguments: ["first-child", "death", "move"])
    func `the payloads of a shipped scenario are what their types describe`(name: String) throws {
        let path = "\(LanguageShippedTests.folder)/\(name).yaml"
        let scenario = try #require(ScenarioFile.parse(path: path).scenario)
        let published = scenario.steps.compactMap { step -> (String, DataNode)? in
            if case .publish(let publication) = step.action { (publication.type.value, publication.data) } else { nil }
        }
        for (type, data) in scenario.facts.map({ ($0.type.value, $0.data) }) + published {
            var writer = JSONWriter()
            data.write(into: &writer, on: scenario.timeline) { Subject(seed: 1, scenario: name, case: "", name: $0) }
            let event = try #require(EventTypes.structs.first { $0.type.description == type }, "\(type)")
            try decode(event, writer.bytes)
        }
    }

    private func decode<Event: LifeEvent>(_ type: Event.Type, _ bytes: [UInt8]) throws {
        _ = try JSONTape.reading(bytes) { try $0.decode(Event.self) }
    }
}
