public import CitizenStatus
public import Contracts
public import Hosting
public import LifeEvents
import Kafka
import Planes
public import Scenarios
public import Simulation

/// Everything that a run is made of. ``play()`` is the one place that puts broker, bus, store and conductor together.
///
/// One thread owns a setup, and plays it once: the agencies' code has its cases with it.
public struct RunSetup {
    /// Seed, resolution and what else decides the messages.
    public var settings: RunSettings
    /// The topics by their names in the contracts, with the largest message each allows, in bytes.
    public var topics: [(name: String, limit: Int)]
    /// What the data of each type must be.
    public var schemas: MessageSchemas
    /// Who may say and who is told what.
    public var access: AccessRights
    /// The code that plays the agencies.
    public var runners: [AgencyRunner]
    /// The worlds that are known before the run begins.
    public var worlds: [World] = []
    /// Scenarios' worlds, which follow those of ``worlds``. Each is made when the run begins, so that none waits in memory.
    public var instances: [ScenarioInstance] = []
    /// Worlds that join while the run goes on.
    public var source: (any WorldSource)?
    /// Where the messages travel.
    public var broker: RunBroker
    /// What stands before every topic's name on the broker, with a dot; nil: nothing.
    public var namespace: String?
    /// Where journal, status and checkpoints are kept; nil: nowhere.
    public var store: StatusStore?
    /// How the run goes on from what the store holds; nil: it begins anew.
    public var resumption: Resumption?
    /// Who is told of everything while the run goes on.
    public var observer = RunObserver()
    /// Told before the first instant is played: from which instant a resumed run goes on, or nil for one that begins.
    public var begins: ((Instant?) -> Void)?
    /// Whether a checkpoint is wanted now; asked between instants.
    public var wantsCheckpoint: () -> Bool = { false }
    /// Whether the run is to end early, kept as far as it has come; asked between instants.
    public var isInterrupted: () -> Bool = { false }
    /// Ties virtual time to the clock on the wall; nil: as fast as it goes.
    public var pacer: Pacer?
    /// A monotonic clock in nanoseconds that the stages of the run are measured with; nil: they are not.
    public var stopwatch: (() -> Int64)?

    /// How a run goes on from a store of a former life.
    public enum Resumption: Sendable {
        /// The former life's messages are on this broker's log.
        case sameLog
        /// The broker's log is another one, as an embedded broker's is in each process.
        case newLog
    }

    /// A run of no worlds yet.
    public init(
        settings: RunSettings, topics: [(name: String, limit: Int)], schemas: MessageSchemas, access: AccessRights,
        runners: [AgencyRunner], broker: RunBroker = .started(partitions: 1), store: StatusStore? = nil
    ) {
        self.settings = settings
        self.topics = topics
        self.schemas = schemas
        self.access = access
        self.runners = runners
        self.broker = broker
        self.store = store
    }

    /// Plays the run to its end.
    /// - Throws: `KafkaError`, `StoreError`, `ResumeError` where the store's state cannot be read.
    public func play() throws -> RunResult {
        let breaksBroker =
            worlds.contains { !($0.faults?.brokerFaults ?? []).isEmpty }
            || instances.contains { !$0.scenario.brokerFaults.isEmpty }
        let bus = try broker.bus(topics.map(\.name), namespace: namespace, isQuiet: breaksBroker)
        var played = runners
        let people = settings.plane.flatMap { plane in
            plane.asksPeople
                ? CitizenAdapter(plane, intending: worlds.flatMap(\.intentions) + instances.flatMap(\.world.intentions))
                : nil
        }
        if let people { played.append(AgencyRunner.runner(for: people, playing: [.citizen])) }
        let conductor = Conductor(
            settings: settings, topics: topics, schemas: schemas, access: access, runners: played, bus: bus,
            store: store)
        conductor.source = source
        func add(_ world: World) throws {
            var playable = world
            if people != nil {
                playable.agencies = (playable.agencies + [.citizen]).sorted()
                let intended = Set(playable.intentions.map(\.message))
                if !intended.isEmpty { playable.script.removeAll { intended.contains($0.id) } }
            }
            if !broker.canFail { playable.faults?.brokerFaults = [] }
            try conductor.add(playable)
        }
        for world in worlds { try add(world) }
        for instance in instances { try add(instance.world) }
        conductor.observer = observer
        conductor.wantsCheckpoint = wantsCheckpoint
        conductor.pacer = pacer
        conductor.stopwatch = stopwatch
        conductor.isInterrupted = isInterrupted
        begins?(try resumption.flatMap { try conductor.resume(sameLog: $0 == .sameLog) })
        return try conductor.run()
    }
}

extension Catalogue {
    /// The topics as a run takes them: names, and the largest message in bytes.
    public var runTopics: [(name: String, limit: Int)] { topics.map { ($0.name, $0.maximumMessageBytes) } }
}
