import Hosting
import JSON
public import LifeEvents
public import Simulation

/// A scenario made ready for one case of a run: keys for its people, and a world with the messages it publishes.
public struct ScenarioInstance: Sendable {
    /// The scenario.
    public let scenario: Scenario
    /// The case's name: empty for a scenario that is run once.
    public let caseName: String
    /// What the engine plays.
    public let world: World
    /// The people's keys, in the file's order.
    public let people: [(name: String, key: Subject)]
    /// The ids of the messages of publishing steps, by the steps' ids.
    public let messages: [String: EventID]
    private let keys: [String: Subject]
    private let names: [Subject: String]
    /// What the ids of the scripted messages are hashed from, in the order of the world's script.
    let scriptNames: [[String]]

    /// Casts a scenario: the same seed, scenario and case always give the same keys, ids and bytes.
    /// - Parameter caseName: nil: the scenario's own case name.
    public init(_ scenario: Scenario, caseName: String? = nil, seed: UInt64, resolution: Int64 = 60_000) {
        let caseName = caseName ?? scenario.caseName
        self.scenario = scenario
        self.caseName = caseName
        var people: [(name: String, key: Subject)] = []
        var keys: [String: Subject] = [:]
        for citizen in scenario.citizens {
            let name = citizen.name.value
            let key = Subject(seed: seed, scenario: scenario.name.value, case: caseName, name: name)
            people.append((name, key))
            keys[name] = key
        }
        self.people = people
        self.keys = keys
        names = Dictionary(people.map { ($0.key, $0.name) }, uniquingKeysWith: { first, _ in first })
        let journeys = Self.journeys(scenario, caseName, seed)
        var messages: [String: EventID] = [:]
        var script: [ScriptedMessage] = []
        var scriptNames: [[String]] = []
        var faults = scenario.faultPlan { keys[$0] }
        let timeline = scenario.timeline
        var writer = JSONWriter(capacity: 512)
        func publish(
            type: String, source: AgencyID, subject: String, occurred: TimeExpression?, data: DataNode, at: Instant,
            change: Publication.Change? = nil, naming parts: [String]
        ) -> EventID {
            let hash = Self.messageHash(scenario, caseName, seed: seed, naming: parts)
            func id(_ due: Instant) -> EventID { .v7(milliseconds: due.milliseconds, ordinal: 0, hash62: hash) }
            let key = keys[subject] ?? Subject(seed: seed, scenario: "", case: "", name: subject)
            var due = at.roundedUp(to: resolution)
            if parts.first == "step" {
                due = faults?.due(at: due, type: type, from: source, about: key, resolution: resolution, id: id) ?? due
            }
            let envelope = EventEnvelope(
                id: id(due), source: source, subject: key, time: due,
                correlationID: journeys.of[subject] ?? journeys.common,
                occurredAt: occurred.flatMap { $0.resolve(on: timeline) }, change: change?.kind,
                previousID: change.flatMap { messages[$0.step.value] })
            let eventType = EventType(type)
            writer.removeAll()
            envelope.write(type: eventType, into: &writer) { writer in
                data.write(into: &writer, on: timeline) { keys[$0] ?? key }
            }
            script.append(
                ScriptedMessage(due: due, id: id(due), topic: eventType.topic, subject: key, value: writer.bytes))
            scriptNames.append(parts)
            return id(due)
        }
        for (number, fact) in scenario.facts.enumerated() {
            _ = publish(
                type: fact.type.value, source: fact.source, subject: fact.subject.value, occurred: fact.occurred,
                data: fact.data, at: scenario.start.value,
                naming: ["given", fact.type.value, fact.subject.value, String(number)])
        }
        for step in scenario.steps {
            guard case .publish(let publication) = step.action, let at = step.at?.resolve(on: timeline) else {
                continue
            }
            messages[step.id.value] = publish(
                type: publication.type.value, source: publication.source, subject: publication.subject.value,
                occurred: publication.occurred, data: publication.data, at: at, change: publication.change,
                naming: ["step", step.id.value])
        }
        self.messages = messages
        self.scriptNames = scriptNames
        let last = scenario.steps.compactMap { step -> Instant? in
            switch step.action {
            case .publish: step.at?.resolve(on: timeline)
            case .expect(let expectation): timeline.deadline(of: expectation)
            }
        }.max()
        let until = timeline.end ?? last ?? scenario.start.value
        world = World(
            name: caseName.isEmpty ? scenario.name.value : "\(scenario.name.value)[\(caseName)]",
            correlations: journeys.all, persons: people.map(\.key),
            agencies: scenario.agencies.filter { $0.part == .simulated }.map(\.id.value), until: until,
            script: script, faults: faults)
    }

    /// The key of a declared person.
    public func key(of name: String) -> Subject? { keys[name] }

    /// The name of a person of this case.
    public func name(of key: Subject) -> String? { names[key] }

    /// The 62 bits of a scripted message's id that do not tell its time.
    static func messageHash(
        _ scenario: Scenario, _ caseName: String, seed: UInt64, naming parts: [String]
    ) -> UInt64 {
        var hash = SipHash24(key: .init(seed, 0x7363_7269_7074_0000))
        hash.append(field: scenario.name.value)
        hash.append(field: caseName)
        for part in parts { hash.append(field: part) }
        return hash.finalize() >> 2
    }

    /// The journeys: one for each household, and one that everybody else shares.
    static func journeys(
        _ scenario: Scenario, _ caseName: String, _ seed: UInt64
    ) -> (common: EventID, of: [String: EventID], all: [EventID]) {
        func id(_ household: String?) -> EventID {
            var journey = SipHash24(key: .init(seed, 0x6A6F_7572_6E65_7900))
            journey.append(field: scenario.name.value)
            journey.append(field: caseName)
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
