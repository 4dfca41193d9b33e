import Agencies
import AgencyKit
import CitizenStatus
import Contracts
import Hosting
import JSON
import LifeEvents
import Reports
import Runs
import Scenarios
import Simulation
import Synchronization

/// What a replay is played with: contracts, and the code of the agencies.
enum Playing {
    /// The types that the code under test brings along.
    static func types(_ agencies: [any Agency], _ events: [any LifeEvent.Type]) -> [EventType] {
        agencies.flatMap { heard($0) } + events.map { $0.type }
    }

    private static func heard<A: Agency>(_ agency: A) -> [EventType] { agency.rivers.map(\.type) }

    private static func owner<A: Agency>(_ agency: A) -> Owner { A.owner }

    private static func branch<A: Agency>(_ agency: A) -> Branch? { A.branch }

    /// The part of an owner that a code plays.
    private static func part<A: Agency>(_ agency: A) -> String { "\(A.branch?.name ?? "")/\(A.section ?? "")" }

    /// The code of an owner: what is under test, and the built-in code of the branches that it does not play.
    private static func code(for owner: Owner, _ agencies: [any Agency]) -> [any Agency] {
        let own = agencies.filter { Self.owner($0) == owner }
        if own.contains(where: { branch($0) == nil }) { return own }
        let parts = own.map { part($0) }
        return own + BuiltInAgencies.code(for: owner).filter { !parts.contains(part($0)) }
    }

    /// The code that plays each owner's agencies, the code under test first.
    static func runners(_ instances: [ScenarioInstance], _ agencies: [any Agency]) throws(JourneyError)
        -> [AgencyRunner]
    {
        do {
            return try Runners.of(instances) { owner in code(for: owner, agencies) }
        } catch {
            throw .nobodyPlays(error.agency)
        }
    }

    /// What a replay is held to.
    struct Contracts {
        var topics: [(name: String, limit: Int)]
        var schemas: MessageSchemas
        var access: AccessRights
    }

    /// What was read, by folder. A project has one folder, tests of contracts some; more than these are read again.
    private static let read = Mutex<[String: Catalogue]>([:])
    private static let mostRead = 16

    /// The contracts of a folder, read once a process: reading costs more than most journeys do.
    private static func catalogue(in folder: String) throws -> Catalogue {
        if let known = read.withLock({ $0[folder] }) { return known }
        let catalogue = try Catalogue(folder: folder)
        read.withLock { known in
            if known.count >= mostRead { known.removeAll() }
            known[folder] = catalogue
        }
        return catalogue
    }

    /// The project's contracts; nil if it has none, or none that can be read, which playing then tells.
    static func catalogue(for path: String) -> Catalogue? {
        Folders.find("Topics", from: path).flatMap { try? catalogue(in: $0) }
    }

    /// The project's contracts, where there are some, and a plain open topic for every other type that is known.
    ///
    /// An agency that is being made, whose owner has no folder yet, may say and hear everything.
    static func contracts(_ path: String, _ agencies: [any Agency], _ events: [any LifeEvent.Type]) throws -> Contracts
    {
        var contracts = Contracts(topics: [], schemas: MessageSchemas(), access: AccessRights())
        if let folder = Folders.find("Topics", from: path) {
            let catalogue = try catalogue(in: folder)
            contracts.topics = catalogue.runTopics
            contracts.schemas = catalogue.schemas
            contracts.access = try catalogue.rights().open(to: agencies.map { owner($0) })
        }
        let all = EventTypes.all.map { EventType($0) } + types(agencies, events)
        for type in all + all.compactMap(\.owner).map({ EventType("\($0).dead-letter.v1") })
        where !contracts.topics.contains(where: { $0.name == type.topic }) {
            contracts.topics.append((type.topic, TopicConfig().maximumMessageBytes))
        }
        contracts.topics.sort { $0.name < $1.name }
        return contracts
    }
}

extension Journey {
    static func play(
        _ scenarios: [Scenario], _ agencies: [any Agency], _ events: [any LifeEvent.Type], _ seed: UInt64,
        _ perturbation: UInt64, path: String
    ) throws -> [Journey] {
        var instances: [ScenarioInstance] = []
        for scenario in scenarios {
            do {
                let bound = try Binding.bind(scenario, seed: seed) { instances in
                    let contracts = try Playing.contracts(path, agencies, events)
                    return RunSetup(
                        settings: RunSettings(seed: seed), topics: contracts.topics, schemas: contracts.schemas,
                        access: contracts.access, runners: try Playing.runners(instances, agencies))
                }
                instances.append(bound.instance)
            } catch let error as JourneyError {
                throw error
            } catch {
                throw JourneyError.invalid("\(error)")
            }
        }
        let runners = try Playing.runners(instances, agencies)
        let contracts = try Playing.contracts(path, agencies, events)
        let run = ScenarioRun(
            instances,
            setup: RunSetup(
                settings: RunSettings(seed: seed, perturbation: perturbation), topics: contracts.topics,
                schemas: contracts.schemas, access: contracts.access,
                runners: runners, store: try StatusStore(path: ":memory:", topics: contracts.topics.map(\.name))))
        let recorder = RunRecorder(
            RunDescription(
                program: "JourneyTesting", seed: seed, broker: "embedded", partitions: 1, resolution: 1, settings: [:],
                isResumed: false, isDeterministic: true),
            instances: instances, file: nil, keepsLog: true
        ) { $0.command(seed: seed) }
        var messages: [[Message]] = instances.map { _ in [] }
        run.setup.observer.message = { message in
            guard let world = message.world else { return }
            messages[world].append(
                Message(
                    envelope: message.envelope, type: message.type,
                    data: message.data.map { String(decoding: $0.rawBytes, as: UTF8.self) } ?? "null"))
        }
        run.record(recorder)
        let (result, failures) = try run.play()
        try recorder.finish(result, failures: failures, milliseconds: 0)
        let log = try recorder.log()
        return instances.enumerated().map { number, instance in
            Journey(
                name: instance.scenario.name.value, worldName: instance.worldName, messages: messages[number],
                failures: failures[number], report: log?.failureText(ofWorld: number) ?? "",
                digest: result.digests[number].description, instance: instance)
        }
    }
}
