import AgencyKit
import Agencies
import CitizenStatus
import Contracts
import Kafka
import LifeEvents
import Scenarios
import Simulation
import Terminal

/// Plays cases in one pass: one engine, one broker, one store.
struct RunPass {
    let options: RunOptions
    let catalogue: Catalogue
    let instances: [ScenarioInstance]
    private let store: StatusStore
    /// Held as long as the pass, and with it the lock on the folder.
    private let place: RunStore
    /// Whether the pass goes on from what a former life has left in the store.
    let isResumed: Bool

    /// What a pass ends with.
    struct Outcome: Sendable {
        var result: RunResult
        var failures: [[ExpectationFailure]]
        var spans: [(first: Instant, last: Instant)?]
        var tileCounts: [Int]
    }

    /// Opens the store.
    init(_ options: RunOptions, _ catalogue: Catalogue, _ instances: [ScenarioInstance], _ place: RunStore) throws {
        self.options = options
        self.catalogue = catalogue
        self.instances = instances
        self.place = place
        (store, isResumed) = try place.open(topics: catalogue.topics.map(\.name))
    }

    /// Keeps what the run tells together with that it has ended, before it is told.
    func finish(_ result: StoredResult) throws { try store.finish(result) }

    /// Plays to the end.
    /// - Parameter watch: makes an engine's observer and its agencies tell more than the console hears.
    func play(
        on console: RunConsole, _ watch: (inout RunObserver, [AgencyRunner]) -> Void
    ) throws -> Outcome {
        tellWhatIsNotDone()
        var cluster = try connect()
        if instances.contains(where: { !$0.scenario.brokerFaults.isEmpty }) {
            // Lost connections are part of the scenario then, and no news.
            cluster.settings.properties.append(("log_level", "2"))
        }
        let bus = try Bus(
            settings: cluster.settings, topics: catalogue.topics.map(\.name), namespace: options.namespace,
            embedded: cluster.embedded)
        let runners = Self.runners(for: instances)
        TrapNote.install()
        let engine = Engine(
            settings: try settings(),
            topics: catalogue.topics.map { ($0.name, $0.maximumMessageBytes) }, runners: runners,
            bus: bus, store: store)
        try add(instances, to: engine)
        engine.observer.message = { console.see($0) }
        engine.observer.river = { console.checks.see($0, $1) }
        engine.observer.fault = { console.see($0) }
        watch(&engine.observer, runners)
        engine.observer.notice = { TerminalOutput.standardError.writeLine("note: \($0)") }
        var last = monotonicMilliseconds()
        engine.wantsCheckpoint = {
            let now = monotonicMilliseconds()
            guard now - last >= 700 else { return false }
            last = now
            return true
        }
        if let speed = options.speed { engine.pacer = Pacer(speed: speed, now: monotonicMilliseconds) }
        if isResumed, let instant = try engine.resume(sameLog: options.brokers != nil) {
            TerminalOutput.standardError.writeLine("resumed from \(Stockholm.local(instant))")
        }
        console.isLive = true
        let result = try engine.run()
        if options.deletesTopics { try deleteTopics(cluster) }
        try store.eachReading { world, id, agency in console.checks.seeLedger(world, id, agency) }
        return Outcome(
            result: result, failures: console.checks.failures, spans: console.spans, tileCounts: console.tileCounts)
    }

    private func settings() throws -> RunSettings {
        var settings = RunSettings(
            seed: options.seed, resolution: Int64(options.resolution) * 60_000, perturbation: options.perturbation)
        for text in options.skipped {
            guard let id = EventID(text: text) else { throw Failure(.invalidFile, "\(text) is no message id") }
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

    private func add(_ instances: [ScenarioInstance], to engine: Engine) throws {
        for (number, instance) in instances.enumerated() {
            var world = instance.world
            if options.brokers != nil { world.faults?.brokerFaults = [] }
            engine.add(world)
            if isResumed { continue }
            let scenario = instance.scenario.name.value
            try store.recordWorld(world: Int32(number), name: instance.world.name, scenario: scenario)
            for person in instance.people {
                try store.recordPerson(
                    key: person.key, world: Int32(number), name: person.name, scenario: scenario,
                    caseName: instance.caseName)
            }
        }
    }

    private func connect() throws -> Cluster {
        if let brokers = options.brokers {
            return try Cluster.connect(
                brokers, catalogue, partitions: options.partitions, namespace: options.namespace,
                properties: options.properties)
        }
        return try Cluster.embedded(catalogue, partitions: options.partitions ?? 1, namespace: options.namespace)
    }

    /// The built-in agencies that some case plays.
    static func runners(for instances: [ScenarioInstance]) -> [AgencyRunner] {
        var played: Set<AgencyID> = []
        for instance in instances { played.formUnion(instance.world.agencies) }
        return BuiltInAgencies.owners.compactMap { owner in
            let own = played.filter { $0.owner == owner }.sorted()
            return own.isEmpty ? nil : BuiltInAgencies.runner(for: owner, playing: own)
        }
    }

    private func deleteTopics(_ cluster: Cluster) throws {
        let admin = try Admin(cluster.settings)
        for result in try admin.deleteTopics(Cluster.names(catalogue, options.namespace)) {
            if case .failed(let error) = result.outcome { throw error }
        }
    }
}
