import Agencies
import Contracts
import Foundation
import LifeEvents
import Planes
import Runs
import Scenarios
import Simulation
import Testing

/// Whole runs in planes.
@Suite struct PlaneRunTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func digests(_ scenario: String, in plane: Plane?) throws -> [String] {
        let catalogue = try #require(RunSample.catalogue)
        let file = root.appending(path: "Scenarios/\(scenario).yaml").path
        let reading = ScenarioFile.read(path: file, vocabulary: ScenarioVocabulary(catalogue))
        let instances = try reading.scenarios.map { try ScenarioInstance($0, seed: 1) }
        var settings = RunSettings(seed: 1)
        settings.plane = plane
        var setup = RunSetup(
            settings: settings, topics: catalogue.runTopics, schemas: catalogue.schemas, access: try catalogue.rights(),
            runners: try Runners.of(instances, code: BuiltInAgencies.code))
        setup.instances = instances
        return try setup.play().digests.map(\.description)
    }

    @Test(arguments: [
        "first-child", "death", "move", "acceptance/jk-805-18", "birth/protected-mother",
        "faults/outage-of-forsakringskassan",
    ])
    func `in the plane where all is told at once a run is to the byte what it is without planes`(scenario: String)
        throws
    {
        let without = try Self.digests(scenario, in: nil)
        #expect(!without.isEmpty)
        #expect(try Self.digests(scenario, in: .bus) == without)
    }

    @Test(arguments: ["silo", "nav"])
    func `a run in a plane is the same each time, and another than without`(name: String) throws {
        let plane = try PlaneFiles(folder: Self.root.appending(path: "Planes").path).plane(name)
        let first = try Self.digests("death", in: plane)
        #expect(try Self.digests("death", in: plane) == first)
        #expect(try Self.digests("death", in: nil) != first)
    }
}
