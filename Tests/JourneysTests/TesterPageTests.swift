import Foundation
import Testing

/// What docs/tester.md shows is what the program says today.
@Suite struct TesterPageTests {
    private static let page = "\(RealBinary.repository)/docs/tester.md"

    /// The scenario that the page tells its readers to save, and the lines of output below it.
    private static func read() throws -> (scenario: String, output: [String]) {
        let lines = try String(contentsOfFile: page, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        let first = try #require(lines.firstIndex(of: "```yaml"))
        let end = try #require(lines[first...].firstIndex(of: "```"))
        let output = lines[end...].filter { $0.hasPrefix("    ") }.map { Self.plain($0) }
        return (lines[(first + 1)..<end].joined(separator: "\n") + "\n", output)
    }

    /// A line without its place on the page, and without the numbers of lines of our own code, which move.
    private static func plain(_ line: some StringProtocol) -> String {
        String(line).trimmingCharacters(in: .whitespaces).replacing(/\.swift:([0-9]+|…)/, with: ".swift")
    }

    /// The lines of the page's output from one to the last before another.
    private static func part(_ output: [String], from first: String, to last: String) throws -> [String] {
        let begin = try #require(output.firstIndex { $0.hasPrefix(first) }, "the page shows no `\(first)`")
        let end = try #require(output[begin...].firstIndex { $0.hasPrefix(last) }, "the page shows no `\(last)`")
        return Array(output[begin...end])
    }

    @Test func `the page's scenario passes, and fails as the page shows where a person is thought to be married`()
        throws
    {
        let (scenario, output) = try Self.read()
        let folder = try Folder()
        try FileManager.default.createDirectory(
            atPath: "\(folder.path)/Scenarios", withIntermediateDirectories: true)
        try folder.write("Scenarios/dies-alone.yaml", scenario)
        let passed = try livsbuss(["run", "Scenarios/dies-alone.yaml", "-q"], in: folder)
        #expect(passed.exitCode == 0, "\(passed.stdout)\(passed.stderr)")
        try folder.write(
            "Scenarios/dies-alone.yaml", scenario.replacing("hasSpouse: false", with: "hasSpouse: true"))
        let failed = try livsbuss(["run", "Scenarios/dies-alone.yaml", "-q"], in: folder)
        #expect(failed.exitCode == 1)
        let said = failed.stdout.split(separator: "\n").map { Self.plain($0) }
        for line in try Self.part(output, from: "failed  dies-alone", to: "repro:") {
            #expect(said.contains { $0.hasPrefix(line) }, "the page shows what is not said: \(line)")
        }
        let explained = try livsbuss(["explain", "skatteverket.death.v1", "--agency", "kommun-1780"], in: folder)
        let reasons = explained.stdout.split(separator: "\n").map { Self.plain($0) }
        for line in try Self.part(output, from: "skatteverket skatteverket.death.v1 (vera)", to: "acted ") {
            #expect(reasons.contains(line), "the page shows what is not said: \(line)")
        }
    }

    /// Whether a line of the page, in which `…` stands for any text, is one that was said.
    private static func shows(_ line: String, _ said: Substring) -> Bool {
        let said = plain(said)
        let parts = line.split(separator: "…", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return said == line }
        var rest = said[...]
        for (number, part) in parts.enumerated() {
            let part = part.trimmingCharacters(in: .whitespaces)
            guard !part.isEmpty else { continue }
            guard let found = rest.firstRange(of: part), number > 0 || found.lowerBound == said.startIndex else {
                return false
            }
            rest = rest[found.upperBound...]
        }
        return parts.last?.isEmpty == true || rest.allSatisfy(\.isWhitespace)
    }

    /// Holds lines of the page against what was said, in that order; a line of `…` alone stands for any lines.
    private static func hold(_ lines: [String], against said: String) {
        var rest = said.split(separator: "\n")[...]
        for line in lines where line != "…" {
            guard let place = rest.firstIndex(where: { shows(line, $0) }) else {
                Issue.record("the page shows what is not said: \(line)\n\(said)")
                return
            }
            rest = rest[(place + 1)...]
        }
    }

    @Test func `what the page shows of seeds, of a comparison and of what is not tested is what is said`() throws {
        let (scenario, output) = try Self.read()
        let folder = try Folder()
        let file = "Scenarios/dies-alone.yaml"
        try FileManager.default.createDirectory(
            atPath: "\(folder.path)/Scenarios", withIntermediateDirectories: true)
        try folder.write(file, scenario)
        let seeds = try livsbuss(["run", file, "--seeds", "1..50"], in: folder)
        #expect(seeds.exitCode == 0)
        Self.hold(output.filter { $0.hasPrefix("passed  1 of 1") }, against: seeds.stdout)
        #expect(output.contains { $0.hasPrefix("passed  1 of 1") })
        #expect(try livsbuss(["run", file, "-q", "--log", "before.jsonl"], in: folder).exitCode == 0)
        try folder.write(file, scenario.replacing("share: 100", with: "share: 50"))
        #expect(try livsbuss(["run", file, "-q", "--log", "after.jsonl"], in: folder).exitCode == 0)
        let diff = try livsbuss(["diff", "before.jsonl", "after.jsonl"], in: folder)
        Self.hold(try Self.part(output, from: "dies-alone", to: "messages: "), against: diff.stdout)
        let changes = diff.stdout.split(separator: "\n").count { $0.hasPrefix("  ~") }
        #expect(diff.stdout.contains("messages: \(changes) changed"), "\(diff.stdout)")
        let coverage = try livsbuss(["coverage", "before.jsonl"], in: folder)
        Self.hold(try Self.part(output, from: "topic ", to: "refusal "), against: coverage.stdout)
    }
}
