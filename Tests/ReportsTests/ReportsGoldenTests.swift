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

    static func file(_ text: String) throws -> GoldenFile { try GoldenFile(text) }

    @Test func `an equal run does not differ, another one names the first line`() throws {
        let approved = try Self.golden().text
        #expect(try Self.golden().differences(from: Self.file(approved), isWhole: true).isEmpty)
        let other = try Self.file(approved.replacing("3400", with: "3401"))
        let failure = try #require(try Self.golden().differences(from: other, isWhole: true).first).failure
        #expect(failure.place == "birth.golden:9:1")
        #expect(failure.nearest.contains { $0.hasPrefix("- ") && $0.contains("3401") })
        #expect(failure.nearest.contains { $0.hasPrefix("+ ") && $0.contains("3400") })
    }

    @Test func `a run with another seed is not compared`() throws {
        let approved = try Self.golden().text
        #expect(try Self.golden().isComparable(with: Self.file(approved)))
        #expect(try !Self.golden().isComparable(with: Self.file(approved.replacing("seed 7", with: "seed 8"))))
    }

    @Test func `a file is read as it was written`() throws {
        let text = try Self.golden().text
        #expect(try Self.file(text).text == text)
    }

    @Test(arguments: [
        ("", 1, "the file is empty"), ("\n", 1, "`form 1` is wanted there"), ("hello\n", 1, "`form 1` is wanted there"),
        ("form 1\nseed 1\nresolution 1 min\n", 1, "`form 1` is wanted there"),
        ("form 1\nseed 1\nresolution 1 min\ncases 0\n", 4, "the file has 0 cases, not as it says there"),
        (
            "form 1\nseed 1\nresolution 1 min\ncases 2\n\ncase a\ndigest 1\n", 4,
            "the file has 1 case, not as it says there"
        ),
        ("form 1\nseed 1\nresolution 1 min\ncases 1\n\ncase a\n", 6, "the case has no digest below it"),
        ("form 1\nseed 1\nresolution 1 min\ncases 1\nx\ncase a\ndigest 1\n", 5, "a case is wanted there"),
        ("# a\nform 1\nseed one\nresolution 1 min\ncases 1\n\ncase a\ndigest 1\n", 3, "`seed one` names no seed"),
        ("form 1\nseed -7\nresolution 1 min\ncases 1\n\ncase a\ndigest 1\n", 2, "`seed -7` names no seed"),
        ("form 1\nseed 07\nresolution 1 min\ncases 1\n\ncase a\ndigest 1\n", 2, "`seed 07` names no seed"),
        ("form 1\nseed 7 \nresolution 1 min\ncases 1\n\ncase a\ndigest 1\n", 2, "`seed 7 ` names no seed"),
        (
            "form 1\nseed 18446744073709551616\nresolution 1 min\ncases 1\n\ncase a\ndigest 1\n", 2,
            "`seed 18446744073709551616` names no seed"
        ),
        (
            "form 1\nseed 1\nresolution fine\ncases 1\n\ncase a\ndigest 1\n", 3,
            "`resolution fine` names no resolution, as `resolution 1 min` does"
        ),
        (
            "form 1\nseed 1\nresolution 0 min\ncases 1\n\ncase a\ndigest 1\n", 3,
            "`resolution 0 min` names no resolution, as `resolution 1 min` does"
        ),
        (
            "form 1\nseed 1\nresolution min\ncases 1\n\ncase a\ndigest 1\n", 3,
            "`resolution min` names no resolution, as `resolution 1 min` does"
        ),
        (
            "form 1\nseed 1\nresolution 1 min\ncases one\n\ncase a\ndigest 1\n", 4,
            "`cases one` names no number of cases"
        ),
        (
            "form 1\nseed 1\nresolution 1 min\ncases 2\n\ncase a\ndigest 1\n\ncase a\ndigest 2\n", 9,
            "the case a stands there a second time"
        ),
        ("form 1\nseed 1\n<<<<<<< HEAD\n", 3, "the mark `<<<<<<<` of a merge stands there"),
        ("form 1\nseed 1\n=======\n", 3, "the mark `=======` of a merge stands there"),
    ])
    func `what no approved run looks like is refused`(text: String, line: Int, reason: String) throws {
        let fault = try #require(throws: GoldenFile.Fault.self) { try GoldenFile(text) }
        #expect(fault.line == line)
        #expect(fault.description == reason)
    }

    @Test func `a case that came or went is a difference, but not where only some were run`() throws {
        let own = try Self.golden()
        let more = try Self.file(own.text.replacing("cases 1", with: "cases 2") + "\ncase other\ndigest 1\n")
        #expect(own.differences(from: more, isWhole: false).isEmpty)
        let gone = try #require(own.differences(from: more, isWhole: true).first)
        #expect(gone.world == nil && gone.failure.message.hasPrefix("the scenario has no case other any more"))
        let renamed = try Self.file(own.text.replacing("case birth", with: "case other"))
        let new = try #require(own.differences(from: renamed, isWhole: false).first)
        #expect(new.world == 0 && new.failure.message.hasPrefix("the approved run has no case birth"))
    }

    @Test func `approving one case keeps the others`() throws {
        let own = try Self.golden()
        let two = own.text.replacing("cases 1", with: "cases 2") + "\ncase other\ndigest 1\n"
        let changed = try Self.file(two.replacing("3400", with: "3401"))
        #expect(own.text(keepingOthersOf: changed) == two)
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
