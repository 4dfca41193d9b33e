import AgencyKit
import Hosting
public import LifeEvents
public import Simulation

/// A scenario made ready for one world of a run: keys for its people, and ids for the messages it publishes.
///
/// What all worlds of a scenario have in common is in the template that they share; a copy takes no more memory than its
/// name, keys and ids.
public struct ScenarioInstance: Sendable {
    /// The world's name: empty for a scenario that is run once.
    public let worldName: String
    let template: InstanceTemplate
    private let values: TemplateValues

    init(_ template: InstanceTemplate, worldName: String, values: TemplateValues) {
        self.template = template
        self.worldName = worldName
        self.values = values
    }

    /// Makes an instance of a scenario: the same seed, scenario and world always give the same keys, ids and bytes.
    /// - Parameters:
    ///   - worldName: nil: the name of the matrix row that the scenario is.
    ///   - resolution: milliseconds between two possible instants.
    /// - Throws: ``ScriptError`` if the scenario's messages have no room in their ids.
    public init(
        _ scenario: Scenario, worldName: String? = nil, seed: UInt64, resolution: Int64 = 60_000
    ) throws(ScriptError) {
        self = try InstanceTemplate(scenario, seed: seed, resolution: resolution)
            .instance(worldName: worldName ?? scenario.caseName)
    }

    /// The scenario.
    public var scenario: Scenario { template.scenario }

    /// What the engine plays; made anew each time.
    public var world: World { template.world(worldName: worldName, values: values) }

    /// The name of the world in reports: the scenario's, and the world's own in brackets where it has one.
    public var name: String { template.title(worldName) }

    /// The last instant that is played.
    public var until: Instant { template.until }

    /// The agencies that the run plays, sorted.
    public var agencies: [AgencyID] { template.agencies }

    /// Agencies that hear and never act, sorted.
    public var silent: [AgencyID] { template.silent }

    /// The people's keys, in the file's order.
    public var people: [(name: String, key: Subject)] {
        zip(scenario.citizens, values.people).map { ($0.name.value, $1) }
    }

    /// The key of a declared person.
    public func key(of name: String) -> Subject? { template.place(of: name).map { values.people[$0] } }

    /// The name of a person of this world.
    public func name(of key: Subject) -> String? {
        place(of: key).map { scenario.citizens[$0].name.value }
    }

    /// The id of a publishing step's message.
    public func message(ofStep step: String) -> EventID? {
        template.place(ofStep: step).map { values.messages[$0] }
    }

    /// The place of a person among the scenario's.
    func place(of key: Subject) -> Int? { values.people.firstIndex(of: key) }

    /// The publishing step whose message this is; nil for another message, and for an opening fact.
    func step(of message: EventID) -> String? {
        template.place(of: message, among: values.messages).flatMap { entries[$0].step }
    }

    /// What the scripted messages are written from, in the order of the world's script.
    var entries: [ScriptEntry] { template.entries }

    /// The ids of the scripted messages, in the same order.
    var ids: [EventID] { values.messages }

    /// How many messages the scenario publishes itself.
    public var scriptedMessages: Int { values.messages.count }
}
