import Hosting
import JSON
import LifeEvents
import Planes
public import Simulation

/// A scenario from one start, ready to be made into many worlds: all that does not differ from world to world is here,
/// once, and a world's messages are written when they are due.
public final class InstanceTemplate: Sendable {
    let scenario: Scenario
    let seed: UInt64
    /// What the scripted messages are written from, in the order of a world's script.
    let entries: [ScriptEntry]
    /// The agencies that the run plays, sorted.
    let agencies: [AgencyID]
    let silent: [AgencyID]
    let external: [AgencyID]
    /// The last instant that is played.
    let until: Instant
    private let messages: [Message]
    /// The places of people in the scenario, by their names.
    private let people: [String: Int]
    /// The places of publishing steps' messages in the script, by the steps' ids.
    private let steps: [String: Int]
    /// The places of messages in the script by what of their ids is the same in each world: time and ordinal.
    private let places: [UInt64: [Int]]

    /// A scripted message of any world.
    private struct Message: Sendable {
        let topic: String
        let template: MessageTemplate
        /// The place of the person whom it is about; nil for somebody else, who has the same key in each world.
        let person: Int?
        let subject: Subject
    }

    /// A template of a scenario, whose times are those of its worlds.
    /// - Parameters:
    ///   - resolution: milliseconds between two possible instants.
    ///   - sample: the name of the world that the template is made from; nothing depends on it.
    /// - Throws: ``ScriptError`` if the scenario's messages have no room in their ids, and if it still waits for some.
    public init(
        _ scenario: Scenario, seed: UInt64, resolution: Int64 = 60_000, sample: String = "template"
    ) throws(ScriptError) {
        if let first = scenario.awaited.first {
            throw ScriptError(
                span: scenario.steps.first { $0.id.value == first.step }?.span ?? scenario.name.span,
                reason: "steps wait for the message of `\(first.step)`, which only `livsbuss run` finds")
        }
        self.scenario = scenario
        self.seed = seed
        people = Dictionary(
            scenario.citizens.enumerated().map { ($0.element.name.value, $0.offset) },
            uniquingKeysWith: { _, last in last })
        let keys = Self.people(scenario, sample, seed)
        let places = people
        func key(_ name: String) -> Subject {
            places[name].map { keys[$0] } ?? Subject(seed: seed, scenario: "", case: "", name: name)
        }
        entries = try ScriptEntry.all(of: scenario, resolution: resolution, key: key)
        steps = Dictionary(
            entries.enumerated().compactMap { entry in entry.element.step.map { ($0, entry.offset) } },
            uniquingKeysWith: { _, last in last })
        self.places = Dictionary(
            grouping: entries.indices, by: { [entries] in entries[$0].id(hash: 0).high })
        func agencies(_ part: PlayedAgency.Part) -> [AgencyID] {
            scenario.agencies.filter { $0.part == part }.map(\.id.value).sorted()
        }
        (self.agencies, silent, external) = (agencies(.simulated), agencies(.silent), agencies(.external))
        until = Self.end(of: scenario)
        let values = TemplateValues(
            correlations: Self.journeys(scenario, sample, seed).all, people: keys,
            messages: Self.ids(entries, scenario, sample, seed))
        let texts = MessageTemplate.Texts(values)
        let journeys = Self.journeys(scenario, sample, seed)
        var written: [Message] = []
        var writer = JSONWriter(capacity: 512)
        for (number, entry) in entries.enumerated() {
            let subject = key(entry.subject)
            let envelope = EventEnvelope(
                id: values.messages[number], source: entry.source, subject: subject, time: entry.due,
                correlationID: journeys.of[entry.subject] ?? journeys.common,
                occurredAt: entry.occurred, change: entry.change?.kind,
                previousID: entry.change.flatMap { [steps] change in
                    // What a step changes stands above it.
                    steps[change.step.value].flatMap { $0 < number ? values.messages[$0] : nil }
                }, purpose: entry.purpose)
            let type = EventType(entry.type)
            writer.removeAll()
            envelope.write(type: type, into: &writer) { writer in
                entry.data.write(into: &writer, on: scenario.timeline) { name in
                    places[name].map { keys[$0] } ?? subject
                }
            }
            written.append(
                Message(
                    topic: type.topic, template: MessageTemplate(writer.bytes, replacing: texts),
                    person: places[entry.subject], subject: subject))
        }
        messages = written
    }

    /// The last instant that is played: the scenario's `until`, else that of its last step.
    private static func end(of scenario: Scenario) -> Instant {
        let timeline = scenario.timeline
        let last = scenario.steps.compactMap { step -> Instant? in
            switch step.action {
            case .publish: step.at?.resolve(on: timeline)
            case .expect(let expectation): timeline.deadline(of: expectation)
            }
        }.max()
        return timeline.end ?? last ?? scenario.start.value
    }

    // MARK: - Worlds

    /// A world of the scenario, by its name: empty for a scenario that is run once.
    public func instance(worldName: String) -> ScenarioInstance {
        ScenarioInstance(self, worldName: worldName, values: values(worldName))
    }

    /// What the engine plays as a world of the scenario, by its name.
    public func world(worldName: String) -> World { instance(worldName: worldName).world }

    /// What the engine plays as a world.
    func world(worldName: String, values: TemplateValues) -> World {
        let script = messages.indices.map { number in
            let message = messages[number]
            return ScriptedMessage(
                due: entries[number].due, id: values.messages[number], topic: message.topic,
                subject: message.person.map { values.people[$0] } ?? message.subject,
                value: .template(message.template, values))
        }
        // The plan names people and messages, so each world has one of its own.
        let plan = ScenarioInstance.faults(scenario, entries, values.messages) { name in
            people[name].map { values.people[$0] }
        }
        var world = World(
            name: title(worldName), correlations: values.correlations, persons: values.people, agencies: agencies,
            until: until, script: script, faults: plan, silent: silent, external: external)
        world.openingCount = scenario.facts.count
        for rule in scenario.rules { world.ruleValues[rule.name.value] = rule.value }
        world.intentions = intentions(values)
        return world
    }

    /// What people mean to do when they see a tile, in a world.
    private func intentions(_ values: TemplateValues) -> [Intention] {
        func key(_ name: String) -> Subject {
            people[name].map { values.people[$0] } ?? Subject(seed: seed, scenario: "", case: "", name: name)
        }
        var household: [String: Int] = [:]
        for (number, own) in scenario.households.enumerated() {
            for member in own.members { household[member.value] = number + 1 }
        }
        return entries.indices.compactMap { number in
            let entry = entries[number]
            guard let reaction = entry.reaction else { return nil }
            var writer = JSONWriter(capacity: 256)
            entry.data.write(into: &writer, on: scenario.timeline, key: key)
            return Intention(
                message: values.messages[number], step: entry.step ?? "", holder: key(reaction.holder.value),
                tile: reaction.tile.value, code: reaction.code.value, agency: reaction.agency?.value, at: entry.due,
                type: entry.type, subject: key(entry.subject), data: writer.bytes, occurredAt: entry.occurred,
                journey: values.correlations[household[entry.subject] ?? 0])
        }
    }

    /// The name of a world for reports.
    func title(_ worldName: String) -> String {
        worldName.isEmpty ? scenario.name.value : "\(scenario.name.value)[\(worldName)]"
    }

    /// The place of a person among the scenario's.
    func place(of person: String) -> Int? { people[person] }

    /// The place of a publishing step's message in the script.
    func place(ofStep step: String) -> Int? { steps[step] }

    /// The place of a message in the script of a world with these ids; nil for one that the scenario does not publish.
    func place(of message: EventID, among ids: [EventID]) -> Int? {
        places[message.high]?.first { ids[$0] == message }
    }

    // MARK: - What differs from world to world

    private func values(_ worldName: String) -> TemplateValues {
        TemplateValues(
            correlations: Self.journeys(scenario, worldName, seed).all,
            people: Self.people(scenario, worldName, seed), messages: Self.ids(entries, scenario, worldName, seed))
    }

    private static func people(_ scenario: Scenario, _ worldName: String, _ seed: UInt64) -> [Subject] {
        scenario.citizens.map {
            // A desk is an office of an agency, the same in every world; each world has its own case of it.
            $0.desk ?? Subject(seed: seed, scenario: scenario.name.value, case: worldName, name: $0.name.value)
        }
    }

    private static func ids(
        _ entries: [ScriptEntry], _ scenario: Scenario, _ worldName: String, _ seed: UInt64
    ) -> [EventID] {
        entries.map { entry in
            // The 62 bits that do not tell its time.
            var hash = SipHash24(key: .init(seed, 0x7363_7269_7074_0000))
            hash.append(field: scenario.name.value)
            hash.append(field: worldName)
            for part in entry.names { hash.append(field: part) }
            return entry.id(hash: hash.finalize() >> 2)
        }
    }

    /// The journeys: one for each household, and one that everybody else shares.
    private static func journeys(
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
