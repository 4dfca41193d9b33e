import Agencies
import AgencyKit
import CitizenStatus
import Contracts
import Foundation
import Hosting
import Kafka
import LifeEvents
import Runs
import Scenarios
import Simulation
import Testing

/// Plays a scenario of the repository inside the test, on an embedded broker, from one store to the next.
final class Player {
    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    let instance: ScenarioInstance
    private let folder: URL
    private let topics: [(name: String, limit: Int)]
    private let schemas: MessageSchemas
    private let access: AccessRights

    init(_ scenario: String) throws {
        let (read, diagnostics) = ScenarioFile.parse(path: "\(Self.repository)/Scenarios/\(scenario).yaml")
        instance = try ScenarioInstance(#require(read, "\(diagnostics)"), worldName: "", seed: 1)
        folder = FileManager.default.temporaryDirectory.appending(path: "player-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let catalogue = try Catalogue(folder: "\(Self.repository)/Topics")
        topics = catalogue.runTopics
        schemas = catalogue.schemas
        access = try catalogue.rights()
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// A broker with all topics.
    func broker() throws -> EmbeddedBroker {
        let broker = try EmbeddedBroker()
        try broker.createTopics(topics.map { ($0.name, 1) })
        return broker
    }

    /// Plays, going on from what the store holds, to the end or to an earlier instant.
    func play(
        until: Instant? = nil, store name: String, broker: EmbeddedBroker? = nil, runners: [AgencyRunner]? = nil,
        faults: FaultPlan? = nil, casesAtHand: Int = Host.ordinaryAtHand, watch: (inout RunObserver) -> Void = { _ in }
    ) throws -> RunResult {
        let store = try StatusStore(path: path(name), topics: topics.map(\.name))
        var settings = RunSettings(seed: 1)
        settings.casesAtHand = casesAtHand
        var setup = RunSetup(
            settings: settings, topics: topics, schemas: schemas, access: access,
            runners: try runners ?? builtIn(),
            broker: broker.map { .embedded($0) } ?? .started(partitions: 1), store: store)
        watch(&setup.observer)
        var world = instance.world
        if let until { world.until = until }
        if let faults { world.faults = faults }
        setup.worlds = [world]
        setup.resumption = broker == nil ? .newLog : .sameLog
        return try setup.play()
    }

    /// A copy of a store under another name.
    func copyStore(_ name: String, to other: String) throws {
        try FileManager.default.copyItem(atPath: path(name), toPath: path(other))
    }

    private func path(_ store: String) -> String { folder.appending(path: "\(store).sqlite").path }

    func builtIn() throws -> [AgencyRunner] {
        try Runners.of([instance.world], code: BuiltInAgencies.code)
    }
}
