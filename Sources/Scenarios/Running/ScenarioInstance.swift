import Hosting
import JSON
public import LifeEvents
public import Simulation

/// A scenario made ready for one world of a run: keys for its people, and the messages it publishes.
public struct ScenarioInstance: Sendable {
    /// The scenario.
    public let scenario: Scenario
    /// The world's name: empty for a scenario that is run once.
    public let worldName: String
    /// What the engine plays.
    public let world: World
    /// The people's keys, in the file's order.
    public let people: [(name: String, key: Subject)]
    /// The ids of the messages of publishing steps, by the steps' ids.
    public let messages: [String: EventID]
    private let keys: [String: Subject]
    private let names: [Subject: String]
    /// What the scripted messages are written from, in the order of the world's script.
    let entries: [ScriptEntry]

    /// Casts a scenario: the same seed, scenario and world always give the same keys, ids and bytes.
    /// - Parameters:
    ///   - worldName: nil: the name of the matrix row that the scenario is.
    ///   - resolution: milliseconds between two possible instants.
    /// - Throws: ``ScriptError`` if the scenario's messages have no room in their ids.
    public init(
        _ scenario: Scenario, worldName: String? = nil, seed: UInt64, resolution: Int64 = 60_000
    ) throws(ScriptError) {
        let worldName = worldName ?? scenario.caseName
        self.scenario = scenario
        self.worldName = worldName
        var people: [(name: String, key: Subject)] = []
        var keys: [String: Subject] = [:]
        for citizen in scenario.citizens {
            let name = citizen.name.value
            let key = Subject(seed: seed, scenario: scenario.name.value, case: worldName, name: name)
            people.append((name, key))
            keys[name] = key
        }
        self.people = people
        self.keys = keys
        names = Dictionary(people.map { ($0.key, $0.name) }, uniquingKeysWith: { first, _ in first })
        func key(_ name: String) -> Subject { keys[name] ?? Subject(seed: seed, scenario: "", case: "", name: name) }
        let entries = try ScriptEntry.all(of: scenario, resolution: resolution, key: key)
        let ids = entries.map { $0.id(hash: Self.messageHash(scenario, worldName, seed: seed, naming: $0.names)) }
        let journeys = Self.journeys(scenario, worldName, seed)
        let timeline = scenario.timeline
        var messages: [String: EventID] = [:]
        var script: [ScriptedMessage] = []
        var writer = JSONWriter(capacity: 512)
        for (entry, id) in zip(entries, ids) {
            let subject = key(entry.subject)
            let envelope = EventEnvelope(
                id: id, source: entry.source, subject: subject, time: entry.due,
                correlationID: journeys.of[entry.subject] ?? journeys.common,
                occurredAt: entry.occurred, change: entry.change?.kind,
                previousID: entry.change.flatMap { messages[$0.step.value] })
            let type = EventType(entry.type)
            writer.removeAll()
            envelope.write(type: type, into: &writer) { writer in
                entry.data.write(into: &writer, on: timeline) { keys[$0] ?? subject }
            }
            script.append(
                ScriptedMessage(due: entry.due, id: id, topic: type.topic, subject: subject, value: writer.bytes))
            if let step = entry.step { messages[step] = id }
        }
        self.messages = messages
        self.entries = entries
        let last = scenario.steps.compactMap { step -> Instant? in
            switch step.action {
            case .publish: step.at?.resolve(on: timeline)
            case .expect(let expectation): timeline.deadline(of: expectation)
            }
        }.max()
        let until = timeline.end ?? last ?? scenario.start.value
        world = World(
            name: worldName.isEmpty ? scenario.name.value : "\(scenario.name.value)[\(worldName)]",
            correlations: journeys.all, persons: people.map(\.key),
            agencies: scenario.agencies.filter { $0.part == .simulated }.map(\.id.value), until: until,
            script: script, faults: Self.faults(scenario, entries, ids) { keys[$0] },
            silent: scenario.agencies.filter { $0.part == .silent }.map(\.id.value),
            external: scenario.agencies.filter { $0.part == .external }.map(\.id.value))
    }

    /// The key of a declared person.
    public func key(of name: String) -> Subject? { keys[name] }

    /// The name of a person of this world.
    public func name(of key: Subject) -> String? { names[key] }

    /// The 62 bits of a scripted message's id that do not tell its time.
    static func messageHash(
        _ scenario: Scenario, _ worldName: String, seed: UInt64, naming parts: [String]
    ) -> UInt64 {
        var hash = SipHash24(key: .init(seed, 0x7363_7269_7074_0000))
        hash.append(field: scenario.name.value)
        hash.append(field: worldName)
        for part in parts { hash.append(field: part) }
        return hash.finalize() >> 2
    }

    /// The journeys: one for each household, and one that everybody else shares.
    static func journeys(
        _ scenario: Scenario, _ worldName: String, _ seed: UInt64
    ) -> (common: EventID, of: [String: EventID], all: [EventID]) {
        func id(_ household: String?) -> EventID {
            var journey = SipHash24(key: .init(seed, 0x6A6F_7572_6E65_7900))
            journey.append(field: scenario.name.value)
            journey.append(field: worldName)
            if let household { journey.append(field: household) }
            let first = journey.finalize()
            journey.append(1 as UInt64)
            return .custom(hash: (first, journey.finalize()))
        }
        let common = id(nil)
        var of: [String: EventID] = [:]
        var all = [common]
        for household in scenario.households {
            let own = id(household.name.value)
            all.append(own)
            for member in household.members { of[member.value] = own }
        }
        return (common, of, all)
    }
}
