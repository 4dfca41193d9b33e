import Agencies
import Contracts
import Foundation
import LifeEvents
import Planes
import Scenarios
import Testing
import YAML

@testable import Runs

/// Comparisons of planes.
@Suite struct ComparisonTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func report(
        _ scenario: String, _ names: [String], lives: Int, jobs: Int = 1, in codes: [String] = []
    ) throws -> ComparisonReport {
        let catalogue = try #require(RunSample.catalogue)
        let path = root.appending(path: "Scenarios/\(scenario).yaml").path
        let vocabulary = ScenarioVocabulary(catalogue)
        let document = try YAMLDocument(contentsOf: path)
        let homes = try (codes.isEmpty ? [nil] : codes.map(Optional.some)).map { (code: String?) in
            let home = try #require(Relocation.home(of: document))
            let moved = code.map { Relocation(from: home, to: $0).applied(to: document) } ?? document
            let scenario = try #require(ScenarioFile.read(moved, vocabulary: vocabulary).scenarios.first)
            return ComparisonRun.Home(scenario, in: code)
        }
        let folder = root.appending(path: "Planes").path
        let planes = try names.map { try PlaneFiles(folder: folder).plane($0) }
        var settings = ComparisonRun.Settings()
        (settings.lives, settings.jobs) = (lives, jobs)
        let journey = try ComparisonRun(
            homes, in: planes, settings: settings, catalogue: catalogue,
            measures: try Measures(folder: folder, types: Set(EventTypes.all)), code: { BuiltInAgencies.code(for: $0) }
        ).play()
        return ComparisonReport([journey], planes: planes, seed: 1)
    }

    private func mean(_ report: ComparisonReport, _ metric: Metric, _ plane: Int) throws -> Double {
        try #require(report.journeys.first?.estimates[plane][metric.key]?.mean)
    }

    @Test func `equal inputs give equal bytes, however many passes are played at once`() throws {
        let first = try Self.report("first-child", ["silo", "bus"], lives: 3)
        let second = try Self.report("first-child", ["silo", "bus"], lives: 3, jobs: 3)
        #expect(first.text == second.text)
        #expect(first.json == second.json)
        #expect(first.csv == second.csv)
        #expect(first.html == second.html)
        #expect(first.html.utf8.count < 2 << 20 && !first.html.contains("http"))
    }

    @Test func `a plane compared with itself differs in nothing`() throws {
        let catalogue = try #require(RunSample.catalogue)
        #expect(catalogue.topics.count > 50)
        let report = try Self.report("death", ["silo", "nav"], lives: 3)
        // Of the front agency's members none but one takes part in a death.
        #expect(report.journeys[0].equalPlanes == ["nav"])
        #expect(report.journeys[0].differences.values.allSatisfy { $0.verdict == "no difference" && !$0.stands })
    }

    @Test func `on the bus all is known at once and logged`() throws {
        let report = try Self.report("first-child", ["silo", "bus"], lives: 5)
        #expect(try mean(report, .plane95, 1) == 0 && mean(report, .plane95, 0) > 1)
        #expect(try mean(report, .audit, 1) == 100 && mean(report, .audit, 0) < 100)
        #expect(try mean(report, .never, 1) == 0)
        #expect(try mean(report, Metric.days(of: "parenthood"), 1) < mean(report, Metric.days(of: "parenthood"), 0))
    }

    @Test func `JK 805-18: who is wrongly dead is so for hours in the silo too, at the readers of daily extracts`()
        throws
    {
        let report = try Self.report("acceptance/jk-805-18", ["silo", "bus"], lives: 2)
        let silo = try mean(report, .wronglyDead, 0)
        #expect(silo > 0)
    }

    @Test func `a journey in several municipalities tells how unequal they are`() throws {
        let codes = ["0180", "1780", "2480"]
        let report = try Self.report("first-child", ["silo", "bus-2027"], lives: 30, in: codes)
        let journey = report.journeys[0]
        #expect(journey.lives == 90 && Set(journey.homes) == Set(codes))
        let equality = try #require(journey.equality[0])
        #expect(equality.count == 3 && equality.plain >= 1)
        #expect(report.text.contains("over 3 municipalities"))
        #expect(report.json.contains("\"equality\":{\"first-child\":{\"silo\":{\"plain\":"))
        #expect(report.csv.contains("contacts-public,silo,2480,30,"))
        // In one there is nothing to compare.
        #expect(try Self.report("death", ["silo"], lives: 2).text.contains("not measured, one municipality"))
    }

    @Test
    func `municipalities that all take as long are equal, and the ratio is that of the ninth and the first tenth`()
        throws
    {
        func equality(_ days: [Double]) -> MunicipalEquality? {
            MunicipalEquality(
                days.flatMap { Array(repeating: $0, count: 30) },
                (0..<days.count).flatMap { place in
                    Array(repeating: Municipalities.all[place].agency.code ?? "", count: 30)
                })
        }
        #expect(try #require(equality([7, 7, 7])).plain == 1)
        #expect(try #require(equality([10, 20, 30, 40, 50, 60, 70, 80, 90, 100])).plain == 9)
        #expect(equality([7]) == nil)
        #expect(MunicipalEquality([1, 2], ["0180", "1780"]) == nil)
    }

    @Test func `in the silo facts are given again that the bus fills in, and bodies are met that the bus spares`()
        throws
    {
        let report = try Self.report("move", ["silo", "bus"], lives: 5)
        #expect(try mean(report, .again, 0) >= 3 && mean(report, .again, 1) == 0)
        #expect(try mean(report, .proxy, 1) > mean(report, .proxy, 0))
        #expect(try mean(report, .floor, 0) == mean(report, .floor, 1))
        #expect(try mean(report, .days, 1) >= mean(report, .floor, 1))
    }

    @Test func `a front agency is one body, and what is filed with its members within a fortnight is one contact`()
        throws
    {
        let report = try Self.report("arrived", ["silo", "nav"], lives: 5)
        #expect(try mean(report, .bodies, 1) < mean(report, .bodies, 0))
        #expect(try mean(report, .contactsPublic, 1) < mean(report, .contactsPublic, 0))
    }

    @Test func `who comes to a counter tells there what she had to carry, so that it costs no contact of its own`()
        throws
    {
        // She notifies the register with her permit in her hand: all planes bring her there once.
        let report = try Self.report("arrived", ["silo"], lives: 8)
        #expect(report.journeys[0].findings.allSatisfy { $0.kind != .neverTold })
        #expect(!report.journeys[0].findings.contains { $0.what.hasPrefix("population-register") })
    }

    @Test func `what a plane never tells is named with its row`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "findings-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try """
        plane: deaf
        version: 1
        rows:
          - {type: skatteverket.death.v1, reader: pensionsmyndigheten, channel: none, mark: A}
          - {type: "*", reader: ["*", citizen], channel: bus, mark: A}

        """.write(toFile: "\(folder)/deaf.yaml", atomically: true, encoding: .utf8)
        let report = try Self.report("death", ["\(folder)/deaf.yaml"], lives: 2)
        let found = report.journeys[0].findings
        let told = "skatteverket.death.v1 → pensionsmyndigheten/pensionsmyndigheten (deaf.yaml:4)"
        #expect(found.contains { $0.kind == .neverTold && $0.what == told && $0.lives == 2 }, "\(found)")
        #expect(found.contains { $0.kind == .neverEnds && $0.what == "survivors-pension of pensionsmyndigheten" })
        #expect(report.json.contains("\"what\":\"\(told)\",\"lives\":2"))
        // Nobody is paid what survivors are due.
        #expect(try mean(report, .under, 0) > 0)
    }

    // MARK: - Statistics

    @Test func `the bootstrap's interval holds the mean, and one that is not nothing excludes nothing`() throws {
        let stream = RandomStream(state: 7)
        let values = (0..<200).map { Double($0 % 10) }
        let found = try #require(Bootstrap(values, stream))
        #expect(found.low < 4.5 && 4.5 < found.high)
        #expect(found.high - found.low < 1)
        #expect(found.chance <= 0.001)
        let centred = try #require(Bootstrap(values.map { $0 - 4.5 }, stream))
        #expect(centred.low < 0 && 0 < centred.high && centred.chance > 0.5)
        // The same draws give the same ends.
        #expect(Bootstrap(values, stream)?.low == found.low)
    }

    @Test func `the normal distribution is that of the tables`() {
        for (z, share) in [(0.0, 0.5), (1.0, 0.841345), (1.959964, 0.975), (-1.644854, 0.05), (3.0, 0.998650)] {
            #expect((Bootstrap.normalShare(z) - share).magnitude < 1e-6)
            #expect((Bootstrap.normalQuantile(share) - z).magnitude < 1e-3)
        }
    }

    @Test func `an interval of the mean is that of its standard error`() throws {
        let found = try #require(Estimate.mean([1, 2, 3, 4, 5]))
        #expect(found.mean == 3)
        // s² = 2.5, s/√5 = 0.7071.
        #expect((found.half - 1.959964 * 0.70710678).magnitude < 1e-6)
        #expect(Estimate.mean([]) == nil)
    }

    @Test(arguments: [(2.5, 0, "3"), (-0.04, 1, "0.0"), (-1.25, 1, "-1.3"), (12.0, 2, "12.00"), (0.006, 3, "0.006")])
    func `numbers are written the same everywhere`(value: Double, decimals: Int, text: String) {
        #expect(NumberText.fixed(value, decimals) == text)
    }
}
