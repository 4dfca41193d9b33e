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

    /// The scenarios in which something is said that on the bus nobody says: it rests on what a reader has not learnt yet.
    /// That somebody asks or decides for want of news is what planes show; who is told is the same in all of them.
    private static let untold = [
        "birth-child-dead-in-error", "birth-officers-correct", "birth-refused-by-the-register",
        "unemployment-moves", "serving-appealed-reminder", "aid-nothing-applied",
        "death-heard-before", "retirement-heard-before", "sick-leave-heard-before", "birth-expected-report-corrected",
        "birth-order-corrected", "serving-found-beside", "serving-found-in-turn", "unemployment-dead-without-claim",
        "move-aid-left-or-never-moved",
        // An opinion, a bankruptcy, a holder's death and an annulled permit that are not known yet.
        "serving-twice-or-for-another", "serving-two-lane-delegated-and-reopened", "serving-holder-heard-before",
        "arrived-permit-annulled",
    ]
    /// A move that a municipality's case system takes in the night after, when somebody has answered meanwhile.
    private static let untoldWhereSomeHaveJoined = ["birth-heard-before"]

    /// Every scenario that ships, its `none` expectations among them; what is expected by some day comes later here.
    @Test(arguments: ["silo", "nav", "bus-2027", "nav-norge", "kela", "udbetaling"])
    func `in every plane all holds that holds in every run, and nothing flows that must not`(name: String) throws {
        let catalogue = try #require(RunSample.catalogue)
        let plane = try PlaneFiles(folder: Self.root.appending(path: "Planes").path).plane(name)
        let folder = Self.root.appending(path: "Scenarios").path
        let vocabulary = ScenarioVocabulary(catalogue)
        var files: [String] = []
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() where path.hasSuffix(".yaml") {
            files.append("\(folder)/\(path)")
        }
        // What steps wait for is what comes without planes, which `livsbuss run` finds out first; the silo may never say it.
        let scenarios = files.flatMap { ScenarioFile.read(path: $0, vocabulary: vocabulary).scenarios }
            .filter { !$0.waits }
        // A fault of the broker is every world's, so those with faults are played alone.
        let plain = scenarios.filter(\.faults.isEmpty)
        let rights = try catalogue.rights()
        var (broken, said): ([String], [String]) = ([], [])
        for group in [plain] + scenarios.filter({ !$0.faults.isEmpty }).map({ [$0] }) {
            let instances = try group.map { try ScenarioInstance($0, seed: 1) }
            var settings = RunSettings(seed: 1)
            settings.plane = plane
            let setup = RunSetup(
                settings: settings, topics: catalogue.runTopics, schemas: catalogue.schemas, access: rights,
                runners: try Runners.of(instances, code: BuiltInAgencies.code))
            let failures = try ScenarioRun(instances, setup: setup).play().failures
            for (scenario, failures) in zip(group, failures) {
                broken += failures.filter { $0.code.rawValue.hasPrefix("A02") }.map {
                    "\(scenario.name.value): \($0.message)"
                }
                if failures.contains(where: { $0.code == .messageCame }) { said.append(scenario.name.value) }
            }
        }
        #expect(scenarios.count > 250)
        #expect(broken == [])
        switch name {
        case "silo": #expect(Set(said) == Set(Self.untold))
        case "bus-2027": #expect(Set(said).subtracting(Self.untold) == Set(Self.untoldWhereSomeHaveJoined))
        // Who learns some of it sooner says no more than in the silo.
        default: #expect(Set(said).subtracting(Self.untold) == [])
        }
    }
}
