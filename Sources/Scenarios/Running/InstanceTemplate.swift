import Hosting
import LifeEvents
public import Simulation

/// A scenario from one start, ready to be made into many worlds: the same as ``ScenarioInstance`` makes, at a tenth of the
/// cost, with messages that are written when they are due.
public final class InstanceTemplate {
    private let scenario: Scenario
    private let seed: UInt64
    private let world: World
    private let entries: [ScriptEntry]
    private let templates: [MessageTemplate]
    /// For each message the number of the person whom it is about; nil for somebody else.
    private let subjects: [Int?]

    /// A template of a scenario, whose times are those of its worlds.
    /// - Parameter resolution: milliseconds between two possible instants.
    /// - Throws: ``ScriptError`` if the scenario's messages have no room in their ids.
    public init(_ scenario: Scenario, seed: UInt64, resolution: Int64 = 60_000) throws(ScriptError) {
        self.scenario = scenario
        self.seed = seed
        let instance = try ScenarioInstance(scenario, worldName: "template", seed: seed, resolution: resolution)
        world = instance.world
        entries = instance.entries
        var texts: [(text: [UInt8], what: MessageTemplate.Insertion)] = []
        for (number, person) in instance.people.enumerated() {
            texts.append((Array("\(person.key)".utf8), .person(number)))
        }
        for (number, correlation) in instance.world.correlations.enumerated() {
            texts.append((Array("\(correlation)".utf8), .correlation(number)))
        }
        for (number, message) in instance.world.script.enumerated() {
            texts.append((Array("\(message.id)".utf8), .message(number)))
        }
        templates = instance.world.script.map { message in
            guard case .bytes(let value) = message.value else { return MessageTemplate([], replacing: []) }
            return MessageTemplate(value, replacing: texts)
        }
        subjects = instance.world.script.map { message in
            instance.people.firstIndex { $0.key == message.subject }
        }
    }

    /// A world of the scenario, by its name.
    public func world(worldName: String) -> World {
        let names = scenario.citizens.map(\.name.value)
        let people = names.map { Subject(seed: seed, scenario: scenario.name.value, case: worldName, name: $0) }
        let ids = entries.map {
            $0.id(hash: ScenarioInstance.messageHash(scenario, worldName, seed: seed, naming: $0.names))
        }
        let correlations = ScenarioInstance.journeys(scenario, worldName, seed).all
        let values = TemplateValues(correlations: correlations, people: people, messages: ids)
        let script = world.script.indices.map { number in
            ScriptedMessage(
                due: world.script[number].due, id: ids[number], topic: world.script[number].topic,
                subject: subjects[number].map { people[$0] } ?? world.script[number].subject,
                value: .template(templates[number], values))
        }
        // The plan names people and messages, so each world has one of its own.
        let plan = ScenarioInstance.faults(scenario, entries, ids) { name in
            names.firstIndex(of: name).map { people[$0] }
        }
        return World(
            name: "\(scenario.name.value)[\(worldName)]", correlations: correlations, persons: people,
            agencies: world.agencies, until: world.until, script: script, faults: plan, silent: world.silent,
            external: world.external)
    }
}
