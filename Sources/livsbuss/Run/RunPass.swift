import Agencies
import AgencyKit
import CitizenStatus
import Contracts
import Hosting
import Kafka
import LifeEvents
import Reports
import Runs
import Scenarios
import Simulation
import Terminal

/// Plays worlds in one pass: one engine, one broker, one store.
struct RunPass {
    let options: RunOptions
    let catalogue: Catalogue
    let instances: [ScenarioInstance]
    /// The seeds of the instances, where they differ; empty: all have that of the options.
    private let seeds: [UInt64]
    /// Milliseconds of wall time between two checkpoints: what a killed run has to play again at most.
    private static let checkpointInterval: Int64 = 700
    private let store: StatusStore
    /// Held as long as the pass, and with it the lock on the folder.
    private let place: RunStore
    /// Whether others play the rest of the run: then what is kept of this pass is of no use to go on from.
    private let isPart: Bool
    private let tellsNote: (String) -> Void
    /// Whether the pass goes on from what a former life has left in the store.
    let isResumed: Bool

    /// What a pass ends with.
    struct Outcome: Sendable {
        var result: RunResult
        var failures: [[ExpectationFailure]]
        /// Which messages the expectations looked at; empty where nothing is recorded.
        var looks: [[ExpectationLook]]
        var spans: [(first: Instant, last: Instant)?]
        var tileCounts: [Int]
    }

    /// Opens the store.
    /// - Parameter tellsNote: takes what is worth a note; else it goes to standard error.
    init(
        _ options: RunOptions, _ catalogue: Catalogue, _ instances: [ScenarioInstance], seeds: [UInt64] = [],
        _ place: RunStore, isPart: Bool = false,
        tellsNote: @escaping (String) -> Void = { TerminalOutput.standardError.writeLine("note: \($0)") }
    ) throws {
        precondition(seeds.isEmpty || seeds.count == instances.count, "each instance has its seed, or none has")
        self.seeds = seeds
        self.options = options
        self.catalogue = catalogue
        self.instances = instances
        self.place = place
        self.isPart = isPart
        self.tellsNote = tellsNote
        (store, isResumed) = try place.open(topics: catalogue.topics.map(\.name))
    }

    /// Keeps what the run tells together with that it has ended, before it is told.
    func finish(_ result: StoredResult) throws { try store.finish(result) }

    /// Where a job keeps its part of the run log until the whole has it.
    var partOfLog: String { "\(place.folder.path)/\(StoreFolder.logName)" }

    /// Plays to the end.
    /// - Parameter prepare: lets others than the console watch the run.
    func play(on console: RunConsole, _ prepare: (ScenarioRun) -> Void) throws -> Outcome {
        tellWhatIsNotDone()
        TrapNote.install()
        StopSignal.watch()
        let broker = try connect()
        let run = ScenarioRun(
            instances, setup: try setup(on: broker), keepsLooks: RunReporting.records(options, instances))
        run.setup.observer.message = { [unowned run] in console.see($0, isLive: run.isLive) }
        run.setup.observer.fault = { [unowned run] in console.see($0, isLive: run.isLive) }
        run.setup.observer.notice = tellsNote
        prepare(run)
        let (result, failures) = try run.play()
        if result.isCut { throw interruption(result) }
        if options.deletesTopics, case .cluster(let settings) = broker { try deleteTopics(settings) }
        return Outcome(
            result: result, failures: failures, looks: run.looks, spans: console.spans, tileCounts: console.tileCounts)
    }

    private func setup(on broker: RunBroker) throws -> RunSetup {
        let access = try catalogue.rights()
        let runners = try Runners.of(
            instances, programs: try .of(instances, options.programs), types: access.types, access: access,
            made: { catalogue.readAhead(for: $0) }, code: BuiltInAgencies.code)
        try catalogue.demand(of: runners)
        var setup = RunSetup(
            settings: try settings(), topics: catalogue.runTopics, schemas: catalogue.schemas, access: access,
            runners: runners, broker: broker, store: store)
        setup.namespace = options.namespace
        if isResumed { setup.resumption = options.brokers == nil ? .newLog : .sameLog }
        setup.begins = { [isPart] instant in
            // How many of several passes have been begun is told for all.
            guard let instant, !isPart else { return }
            TerminalOutput.standardError.writeLine("resumed from \(Stockholm.local(instant))")
        }
        if isResumable { setup.wantsCheckpoint = Pulse(milliseconds: Self.checkpointInterval, now: nanoseconds).beat }
        setup.isInterrupted = { StopSignal.isWanted }
        if let speed = options.speed { setup.pacer = Pacer(speed: speed, now: monotonicMilliseconds) }
        return setup
    }

    /// A part of a run that names no store begins anew: its checkpoints would be of no use.
    private var isResumable: Bool { !isPart || options.store != nil }

    /// What is said of a run that a signal has ended, and how to go on.
    private func interruption(_ result: RunResult) -> Failure {
        guard isResumable, let end = result.end else {
            return Failure(StopSignal.exitCode, "interrupted; the same command begins anew")
        }
        let store = options.store == nil ? " and --store \(place.folder.path)" : ""
        let restart = options.restarts ? ", without --restart" : ""
        return Failure(
            StopSignal.exitCode,
            "interrupted after \(Stockholm.local(end)); what was played is kept. Go on with the same command"
                + "\(store)\(restart)")
    }

    private func settings() throws -> RunSettings {
        var settings = RunSettings(
            seed: options.seed, resolution: Int64(options.resolution) * 60_000, perturbation: options.perturbation)
        settings.worldSeeds = seeds
        settings.plane = try options.plane.map { try PlaneChoice.plane($0) }
        for rule in options.ruleValues { settings.ruleValues[rule.name] = rule.value }
        if let text = options.mutation {
            guard let mutation = RuleMutation(text: text) else {
                throw Failure(.invalidFile, "\(text) is no change of a rule")
            }
            settings.mutation = mutation
        }
        for text in options.skipped {
            guard let id = EventID(digits: text) ?? EventID(text: text) else {
                throw Failure(.invalidFile, "\(text) is no message id")
            }
            settings.skipped.insert(id)
        }
        return settings
    }

    /// A cluster that is not embedded cannot be made to fail; its clients would only try again, so the outcome is the
    /// same without.
    private func tellWhatIsNotDone() {
        guard let brokers = options.brokers else { return }
        var told: Set<String> = []
        for fault in instances.lazy.flatMap(\.scenario.brokerFaults) where told.insert("\(fault.span)").inserted {
            TerminalOutput.standardError.writeLine(
                "note: \(fault.span): the fault `\(fault.id.value)` is not done: only the embedded broker can be made "
                    + "to fail, and this run is on \(brokers)")
        }
    }

    private func connect() throws -> RunBroker {
        if let brokers = options.brokers {
            let cluster = try Cluster.connect(
                brokers, catalogue, partitions: options.partitions, namespace: options.namespace,
                properties: options.properties)
            return .cluster(cluster.settings)
        }
        // Only a paced run leaves others the time to find the broker and to take part.
        guard options.speed != nil else {
            return .starting(
                BrokerStart(
                    topics: catalogue.topics.map(\.name), namespace: options.namespace,
                    partitions: options.partitions ?? 1,
                    isQuiet: instances.contains { !$0.scenario.brokerFaults.isEmpty }))
        }
        let cluster = try Cluster.embedded(
            catalogue, partitions: options.partitions ?? 1, namespace: options.namespace)
        return cluster.embedded.map { .embedded($0) } ?? .cluster(cluster.settings)
    }

    private func deleteTopics(_ settings: KafkaSettings) throws {
        let admin = try Admin(settings)
        for result in try admin.deleteTopics(Cluster.names(catalogue, options.namespace)) {
            if case .failed(let error) = result.outcome { throw error }
        }
    }
}
