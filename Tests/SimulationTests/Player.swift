import Agencies
import AgencyKit
import CitizenStatus
import Contracts
import Foundation
import Kafka
import LifeEvents
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

    init(_ scenario: String) throws {
        let (read, diagnostics) = ScenarioFile.parse(path: "\(Self.repository)/Scenarios/\(scenario).yaml")
        instance = ScenarioInstance(try #require(read, "\(diagnostics)"), caseName: "", seed: 1)
        folder = FileManager.default.temporaryDirectory.appending(path: "player-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        topics = try Catalogue(folder: "\(Self.repository)/Topics").topics.map { ($0.name, $0.maximumMessageBytes) }
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
        faults: FaultPlan? = nil, watch: (inout RunObserver) -> Void = { _ in }
    ) throws -> RunResult {
        let isOwnLog = broker == nil
        let broker = try broker ?? self.broker()
        let store = try StatusStore(path: path(name), topics: topics.map(\.name))
        let engine = Engine(
            settings: RunSettings(seed: 1), topics: topics, runners: runners ?? builtIn(),
            bus: try Bus(settings: broker.settings, topics: topics.map(\.name), namespace: nil, embedded: broker),
            store: store)
        watch(&engine.observer)
        var world = instance.world
        if let until { world.until = until }
        if let faults { world.faults = faults }
        engine.add(world)
        _ = try engine.resume(sameLog: !isOwnLog)
        return try engine.run()
    }

    /// A copy of a store under another name.
    func copyStore(_ name: String, to other: String) throws {
        try FileManager.default.copyItem(atPath: path(name), toPath: path(other))
    }

    private func path(_ store: String) -> String { folder.appending(path: "\(store).sqlite").path }

    private func builtIn() -> [AgencyRunner] {
        BuiltInAgencies.owners.compactMap { owner in
            let own = instance.world.agencies.filter { $0.owner == owner }
            return own.isEmpty ? nil : BuiltInAgencies.runner(for: owner, playing: own)
        }
    }
}
