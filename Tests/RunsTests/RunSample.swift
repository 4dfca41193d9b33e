import Agencies
import Contracts
import Foundation
import Hosting
import LifeEvents
import Runs
import Scenarios
import Simulation
import Testing

/// A scenario for tests of runs, and the contracts of this repository.
enum RunSample {
    static let text = """
        scenario: named
        version: 1
        start: Mon 2026-03-02T08:00
        given:
          citizens:
            anna: {template: adult, municipality: "1780"}
          agencies: [skatteverket]
          facts:
            - fact: skatteverket.identity.v1
              for: anna
              occurred: 1991-02-01
              data: {idType: personalNumber, municipality: "1780", name: {given: Anna, family: Ek}}
        steps:
          - id: filed
            at: +1d 06:30
            citizen: anna
            action: file
            form: name
            to: skatteverket
            data: {given: Anna, family: Lund}
          - expect: {message: skatteverket.identity.v1, for: anna, change: corrected, within: 1d}

        """

    static let catalogue: Catalogue? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try? Catalogue(folder: root.appending(path: "Topics").path)
    }()

    static let topics = catalogue?.runTopics ?? []

    static func instance(_ text: String = text, worldName: String? = nil) throws -> ScenarioInstance {
        let reading = ScenarioFile.read(text: text, file: "named.yaml")
        let scenario = try #require(reading.scenarios.first, "\(reading.diagnostics)")
        return try ScenarioInstance(scenario, worldName: worldName, seed: 1)
    }

    /// A run of an instance by the built-in agencies.
    static func run(_ instance: ScenarioInstance, on broker: RunBroker, namespace: String? = nil) throws -> ScenarioRun
    {
        var setup = RunSetup(
            settings: .init(seed: 1), topics: topics, schemas: catalogue?.schemas ?? MessageSchemas(),
            access: try catalogue?.rights() ?? AccessRights(),
            runners: try Runners.of([instance.world], code: BuiltInAgencies.code), broker: broker)
        setup.namespace = namespace
        return ScenarioRun([instance], setup: setup)
    }
}
