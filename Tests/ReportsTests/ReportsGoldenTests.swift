import Simulation
import Scenarios
import Testing

@testable import Reports

@Suite struct ReportsGoldenTests {
    static func golden(_ records: [RunRecord] = SampleLog.records) throws -> GoldenRun {
        GoldenRun(
            try RunLog(name: "x", bytes: SampleLog.bytes(records)), file: "birth.yaml", digests: [RunDigest()])
    }

    @Test func `a golden run tells messages below their causes, people by name`() throws {
        let text = try Self.golden().text
        #expect(
            text.split(separator: "\n").dropFirst(7).joined(separator: "\n") == """
                2026-03-02 08:00  region-17 region.birth-notice.v1 (mother)  {"child":"$child","weight":3400}
                  2026-03-02 08:01  skatteverket skatteverket.birth.v1 (child)  {"mother":"$mother","text":"Åsa \\"a\\""}
                  2026-03-16 08:02  skatteverket citizen.status-tile.v1 child-registered (mother)  \
                {"tile":"child-registered","code":"U9","text":"Klart"}
                """)
        #expect(text.contains("case birth\ndigest 0000"))
    }

    @Test func `an equal run does not differ, another one names the first line`() throws {
        let approved = try Self.golden().text
        #expect(try Self.golden().difference(from: approved) == nil)
        let failure = try #require(try Self.golden().difference(from: approved.replacing("3400", with: "3401")))
        #expect(failure.place == "birth.golden:9:1")
        #expect(failure.nearest.contains { $0.hasPrefix("- ") && $0.contains("3401") })
        #expect(failure.nearest.contains { $0.hasPrefix("+ ") && $0.contains("3400") })
    }

    @Test func `a run with another seed is not compared`() throws {
        let approved = try Self.golden().text
        #expect(try Self.golden().isComparable(with: approved))
        #expect(try !Self.golden().isComparable(with: approved.replacing("seed 7", with: "seed 8")))
    }

    @Test(arguments: [("a/b.yaml", "a/b.golden"), ("b", "b.golden")])
    func `the golden file stands beside the scenario`(scenario: String, golden: String) {
        #expect(GoldenRun.path(of: scenario) == golden)
    }

    @Test func `a difference shows neighbours once`() {
        let difference = TextDifference("a\nb\nc\nd\ne\nf\ng", "a\nb\nX\nd\ne\nf\nY", context: 1)
        #expect(difference.firstLine == 3)
        #expect(difference.lines == ["@@ line 2", "  b", "- c", "+ X", "  d", "@@ line 6", "  f", "- g", "+ Y"])
    }

    @Test func `positions tell the second of two equal messages from the first`() throws {
        var records = SampleLog.records
        records.insert(
            SampleLog.publish(
                8, "skatteverket.birth.v1", at: 2, from: "skatteverket", about: "child", cause: SampleLog.id(1)), at: 6)
        let log = try RunLog(name: "x", bytes: SampleLog.bytes(records))
        let tree = CausalTree(log.worlds[0])
        #expect(tree.nodes.map(\.depth) == [0, 1, 1, 1])
        #expect(Set(tree.nodes.map(\.position)).count == 4)
        #expect(tree.nodes.contains { $0.position.hasSuffix("(child)#2") })
    }
}
