import AgencyKit
import Agencies
import CitizenStatus
import Contracts
import Kafka
import LifeEvents
import Scenarios
import Simulation
import Terminal

/// One call of `livsbuss run`: reads the files, casts the cases, plays them in one pass and reports.
struct Run {
    let options: RunOptions
    let output: TerminalOutput

    init(_ options: RunOptions, output: TerminalOutput) {
        self.options = options
        self.output = output
    }

    func perform() throws -> Int32 {
        let catalogue = try Places.catalogue(options.topics)
        let files = try Places.scenarioFiles(options.paths)
        let castings = cast(try read(files))
        try refuseBrokerFaults(castings)
        let (store, isResumed) = try openStore(catalogue, castings, files)
        let cluster = try connect(catalogue)
        let bus = try Bus(
            settings: cluster.settings, topics: catalogue.topics.map(\.name), namespace: options.namespace,
            embedded: cluster.embedded)
        let runners = runners(for: castings)
        var settings = RunSettings(
            seed: options.seed, resolution: Int64(options.resolution) * 60_000, perturbation: options.perturbation)
        for text in options.skipped {
            guard let id = EventID(text: text) else { throw Failure(.invalidFile, "\(text) is no message id") }
            settings.skipped.insert(id)
        }
        TrapNote.install()
        let engine = Engine(
            settings: settings,
            topics: catalogue.topics.map { ($0.name, $0.maximumMessageBytes) }, runners: runners,
            bus: bus, store: store)
        let stage = Stage(castings, output: output, showsTimeline: showsTimeline(castings))
        for (number, casting) in castings.enumerated() {
            engine.add(casting.world)
            if isResumed { continue }
            try store.recordWorld(
                world: Int32(number), name: casting.world.name, scenario: casting.scenario.name.value)
            for person in casting.people {
                try store.recordPerson(
                    key: person.key, world: Int32(number), name: person.name, scenario: casting.scenario.name.value,
                    caseName: casting.caseName)
            }
        }
        engine.observer.message = { stage.see($0) }
        engine.observer.fault = { stage.see($0) }
        let reporting = try RunReporting(options, castings: castings, store: storeFolder, isResumed: isResumed)
        reporting?.watch(&engine.observer, runners)
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
        stage.isLive = true
        let result = try engine.run()
        try store.setProperty("finished", "yes")
        if options.deletesTopics { try deleteTopics(catalogue, cluster) }
        var report = Report(castings: castings, result: result, stage: stage, options: options)
        if let reporting {
            report.add(try reporting.compareWithApproved(result))
            report.failureText = try reporting.finish(result, report.failures)
        }
        output.write(options.json ? report.json() : report.text(output.paint))
        reporting?.annotate(options.json ? .standardError : output)
        return report.passed ? 0 : Failure.Code.expectation.rawValue
    }

    private func showsTimeline(_ castings: [Casting]) -> Bool {
        !options.json && !options.quiet && castings.count <= 10
    }

    private func read(_ files: [String]) throws -> [Scenario] {
        var scenarios: [Scenario] = []
        var mistakes = 0
        func tell(_ text: String) {
            mistakes += 1
            TerminalOutput.standardError.writeLine(text)
        }
        for file in files {
            let (scenario, diagnostics) = ScenarioFile.parse(path: file, knownTypes: EventTypes.all)
            for diagnostic in diagnostics { tell("\(diagnostic)") }
            guard let scenario else { continue }
            if let other = scenarios.first(where: { $0.name.value == scenario.name.value }) {
                tell(
                    "error: two scenarios of this run are named `\(scenario.name.value)`\n  --> \(other.name.span)\n"
                        + "  --> \(scenario.name.span)")
            }
            scenarios.append(scenario)
        }
        guard mistakes == 0 else {
            throw Failure(.invalidFile, "\(mistakes == 1 ? "1 mistake" : "\(mistakes) mistakes"); nothing was run")
        }
        return scenarios
    }

    private func cast(_ scenarios: [Scenario]) -> [Casting] {
        var castings: [Casting] = []
        for scenario in scenarios {
            for copy in 1...options.copies {
                castings.append(
                    Casting(
                        scenario, caseName: options.copies == 1 ? "" : "copy-\(copy)", seed: options.seed,
                        resolution: Int64(options.resolution) * 60_000))
            }
        }
        return castings
    }

    private func refuseBrokerFaults(_ castings: [Casting]) throws {
        guard options.brokers != nil, let fault = castings.lazy.compactMap(\.scenario.brokerFault).first else { return }
        throw Failure(
            .environment,
            "\(fault.span): the fault `\(fault.id.value)` is done to the broker itself, which only the embedded broker "
                + "allows; run the scenario without --brokers")
    }

    private var storeFolder: String { options.store ?? Places.lastStore }

    private func openStore(
        _ catalogue: Catalogue, _ castings: [Casting], _ files: [String]
    ) throws -> (store: StatusStore, isResumed: Bool) {
        let folder = storeFolder
        try Places.makeFolder(folder)
        let path = "\(folder)/status.sqlite"
        if options.store == nil || options.restarts { Places.removeStore(folder) }
        let inputs = try fingerprint(files, catalogue)
        if Places.exists(path) {
            let old = try StatusStore(path: path, mode: .readWrite, topics: catalogue.topics.map(\.name))
            let known = try old.property("inputs")
            if known == inputs, try old.property("finished") == nil {
                return (old, old.lastCheckpoint != nil && old.messageCount > 0)
            }
            let what = known == inputs ? "this run, finished" : "a run with other inputs"
            throw Failure(
                .environment, "\(folder): the store holds \(what); name another folder, or empty it with --restart")
        }
        let store = try StatusStore(path: path, topics: catalogue.topics.map(\.name))
        try store.setProperty("inputs", inputs)
        try store.setProperty("seed", String(options.seed))
        return (store, false)
    }

    /// What decides a run's digest, as one text: a store goes on only with equal inputs.
    private func fingerprint(_ files: [String], _ catalogue: Catalogue) throws -> String {
        var hash = SipHash24(key: .init(1, 1))
        for file in files { hash.append(field: try Places.text(of: file)) }
        for topic in catalogue.topics { hash.append(field: topic.name) }
        hash.append(options.seed)
        hash.append(UInt64(options.copies))
        hash.append(UInt64(options.resolution))
        hash.append(field: options.brokers == nil ? "embedded" : "cluster")
        hash.append(field: options.namespace ?? "")
        return String(hash.finalize(), radix: 16)
    }

    private func connect(_ catalogue: Catalogue) throws -> Cluster {
        if let brokers = options.brokers {
            return try Cluster.connect(
                brokers, catalogue, partitions: options.partitions, namespace: options.namespace,
                properties: options.properties)
        }
        return try Cluster.embedded(catalogue, partitions: options.partitions ?? 1, namespace: options.namespace)
    }

    /// The built-in agencies that some scenario plays.
    private func runners(for castings: [Casting]) -> [AgencyRunner] {
        var played: [AgencyID] = []
        for casting in castings where casting.caseName.isEmpty || casting.caseName == "copy-1" {
            for agency in casting.world.agencies where !played.contains(agency) { played.append(agency) }
        }
        return BuiltInAgencies.owners.compactMap { owner in
            let own = played.filter { $0.owner == owner }
            return own.isEmpty ? nil : BuiltInAgencies.runner(for: owner, playing: own)
        }
    }

    private func deleteTopics(_ catalogue: Catalogue, _ cluster: Cluster) throws {
        let admin = try Admin(cluster.settings)
        for result in try admin.deleteTopics(Cluster.names(catalogue, options.namespace)) {
            if case .failed(let error) = result.outcome { throw error }
        }
    }
}
