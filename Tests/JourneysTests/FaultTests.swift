import Foundation
import SQLite
import Testing

/// What goes wrong on purpose: each kind passes as its scenario says, is told of, and moves no digest that it may not.
@Suite struct FaultTests {
    struct Kind: Sendable, CustomTestStringConvertible {
        var scenario: String
        /// Kinds of notes in the run log, with how many there are.
        var notes: [String: Int]
        /// Whether all is as if nothing had gone wrong.
        var isMasked = false
        var deadLetters = 0
        var testDescription: String { scenario }
    }

    static let kinds = [
        Kind(scenario: "outage-of-forsakringskassan", notes: ["outage": 8]),
        Kind(scenario: "slow-kommun", notes: ["slow": 3]),
        Kind(scenario: "duplicate-death", notes: ["duplicate": 19], isMasked: true),
        Kind(scenario: "late-birth", notes: ["late": 1]),
        Kind(scenario: "reordered", notes: ["reordered": 4], isMasked: true),
        Kind(scenario: "corrupt-notice", notes: ["corrupt": 1], deadLetters: 1),
        Kind(scenario: "broker-errors", notes: ["broker": 5], isMasked: true),
    ]

    static func path(_ name: String) -> String { RealBinary.scenario("faults/\(name)") }

    /// The scenario without its faults.
    private static func undisturbed(_ name: String) throws -> String {
        let text = try String(contentsOfFile: path(name), encoding: .utf8)
        let faults = try #require(text.firstRange(of: "faults:\n"))
        let steps = try #require(text.firstRange(of: "steps:\n"))
        return text.replacingCharacters(in: faults.lowerBound..<steps.lowerBound, with: "")
    }

    @Test(arguments: kinds)
    func `a fault passes as its scenario says, alone as in a folder`(kind: Kind) throws {
        let found = try report([Self.path(kind.scenario)])
        let scenario = try #require(found.scenarios.first)
        #expect(scenario.passed, "\(scenario.failures.map { "\($0.place): \($0.message)" })")
        #expect(found.deterministic)
        #expect(found.deadLetters == kind.deadLetters)
        #expect(try found.digests[kind.scenario] == DigestTests.reference.get()[kind.scenario])
    }

    @Test(arguments: kinds)
    func `a masked fault leaves every message as it is, another does not`(kind: Kind) throws {
        let folder = try Folder()
        let file = try folder.write("undisturbed.yaml", Self.undisturbed(kind.scenario))
        let without = try report([file], in: folder).digests[kind.scenario]
        #expect(try (without == DigestTests.reference.get()[kind.scenario]) == kind.isMasked)
    }

    @Test func `after an outage the citizens see what they would have seen`() throws {
        let folder = try Folder()
        let name = "outage-of-forsakringskassan"
        let file = try folder.write("undisturbed.yaml", Self.undisturbed(name))
        let paths = [Self.path(name), file]
        let pages = try paths.enumerated().map { number, path in
            _ = try report([path, "--store", "store-\(number)"], in: folder)
            return try Database(path: "\(folder.path)/store-\(number)/status.sqlite", mode: .readOnly).query(
                "SELECT holder_name, tile, agency, about, code FROM tiles_current ORDER BY 1, 2, 3, 4"
            ) { "\($0.text(0)) \($0.text(1)) \($0.text(2)) \($0.text(4))" }
        }
        #expect(pages[0] == pages[1])
        #expect(pages[0].count > 10)
    }

    @Test(arguments: kinds)
    func `the run log and the timeline name each fault that is applied`(kind: Kind) throws {
        struct Note: Decodable {
            var event: String
            var kind: String?
            var text: String?
        }
        let folder = try Folder()
        let run = try livsbuss(["run", Self.path(kind.scenario), "--log", "run.jsonl"], in: folder)
        #expect(run.exitCode == 0)
        let notes = try folder.read("run.jsonl").split(separator: "\n").map {
            try JSONDecoder().decode(Note.self, from: Data($0.utf8))
        }.filter { $0.event == "fault" }
        #expect(Dictionary(grouping: notes) { $0.kind ?? "" }.mapValues(\.count) == kind.notes)
        for note in notes { #expect(try run.stdout.contains(#require(note.text)), "\(note.text ?? "")") }
    }

    @Test func `an outage is a reason for not having acted in time`() throws {
        let folder = try Folder()
        _ = try report([Self.path("outage-of-forsakringskassan")], in: folder)
        let line = ["explain", "skatteverket.birth.v1", "--agency", "forsakringskassan"]
        let text = try livsbuss(line, in: folder).stdout
        #expect(text.contains("forsakringskassan is away until 2026-03-17 06:30"), "\(text)")
        #expect(text.contains("hears it at 2026-03-17 06:32"), "\(text)")
        #expect(text.contains("acted  ‘note a birth’"), "\(text)")
    }

    @Test func `what is said to an agency that does not come back is never heard`() throws {
        let folder = try Folder()
        let text = try String(contentsOfFile: Self.path("outage-of-forsakringskassan"), encoding: .utf8)
            .replacing("{from: notice +1d, for: 2w}", with: "{from: notice +1d}")
        let run = try livsbuss(["run", folder.write("away.yaml", text)], in: folder)
        #expect(run.exitCode == 1)
        #expect(run.stdout.contains("forsakringskassan is away and never hears it"), "\(run.stdout)")
        #expect(!run.stdout.contains("9000-01-01"), "\(run.stdout)")
        #expect(run.stderr.contains("5 messages wait for forsakringskassan, which was away to the end"))
    }

    @Test func `on a cluster a scenario is played without what would be done to the broker, and a note says so`() throws
    {
        let broker = try BrokerProcess([])
        let run = try livsbuss(["run", Self.path("broker-errors"), "--brokers", broker.servers])
        #expect(run.exitCode == 0)
        #expect(run.stderr.contains("broker-errors.yaml:40:5: the fault `another-leader` is not done"), "\(run.stderr)")
        #expect(run.stderr.contains("this run is on \(broker.servers)"), "\(run.stderr)")
    }

    @Test(arguments: ["topic-authorization", "message-too-large, request: fetch, times: 5"])
    func `a broker that refuses for good ends its own case, and no other, with any number of seeds`(
        error: String
    ) throws {
        let folder = try Folder()
        let text = try String(contentsOfFile: Self.path("broker-errors"), encoding: .utf8)
            .replacing("error: not-leader, times: 2", with: "error: \(error)")
        try folder.write("b-refused.yaml", text)
        let good = try String(contentsOfFile: Self.path("broker-errors"), encoding: .utf8)
        for name in ["a-good", "c-good"] {
            try folder.write("\(name).yaml", good.replacing(/scenario: \S+/, with: "scenario: \(name)"))
        }
        let run = try livsbuss(["run", ".", "-q", "--junit", "j.xml"], in: folder)
        #expect(run.exitCode == 1, "\(run.stdout)\(run.stderr)")
        #expect(run.stdout.contains("passed  a-good") && run.stdout.contains("passed  c-good"), "\(run.stdout)")
        #expect(run.stdout.contains("failed[A016]: expected the run to go on, it ended after 2033-"), "\(run.stdout)")
        #expect(folder.read("j.xml").contains("<failure type=\"A016\""))
        let seeds = try livsbuss(["run", ".", "--seeds", "1..3"], in: folder)
        #expect(seeds.exitCode == 1)
        #expect(seeds.stdout.contains("broker-errors  with all 3 seeds"), "\(seeds.stdout)\(seeds.stderr)")
        #expect(seeds.stdout.contains("passed  2 of 3 cases with all of 3 seeds"))
        let paced = try livsbuss(["run", ".", "-q", "--speed", "60"], in: folder)
        #expect(paced.exitCode == 2 && paced.stderr.contains("play it alone, or without --speed"), "\(paced.stderr)")
        try folder.write(
            "b-refused.yaml", text.replacing("version: 1", with: "version: 1\nknown_failure: the right is missing"))
        let known = try livsbuss(["run", "b-refused.yaml", "-q"], in: folder)
        #expect(known.exitCode == 0 && known.stdout.contains("fails as it is known to: the right is missing"))
    }

    @Test(arguments: [
        ["mutate", "."], ["mutate", ".", "--rules", "--owner", "region", "--sample", "40"],
        ["compare", ".", "--planes", "bus", "--lives", "2"],
        ["topics", "diff", "TOPICS", "TOPICS", "--scenarios", "."],
    ])
    func `a command that plays all beside each other names what would end them, and leaves out what is known to`(
        arguments: [String]
    ) throws {
        let folder = try Folder()
        let good = try String(contentsOfFile: Self.path("broker-errors"), encoding: .utf8)
        let ending = good.replacing("error: not-leader, times: 2", with: "error: topic-authorization")
            .replacing("scenario: broker-errors", with: "scenario: refused")
        try folder.write("a-good.yaml", good)
        try folder.write("b-refused.yaml", ending)
        let words = arguments.map { $0 == "TOPICS" ? RealBinary.topics : $0 }
        let refused = try livsbuss(words, in: folder)
        #expect(refused.exitCode == 2, "\(refused.stdout)\(refused.stderr)")
        #expect(
            refused.stderr.contains(
                "b-refused.yaml:6:11: refused: a fault of the broker may end all that is played here"),
            "\(refused.stderr)")
        try folder.write(
            "b-refused.yaml", ending.replacing("version: 1", with: "version: 1\nknown_failure: the right is missing"))
        let known = try livsbuss(words, in: folder)
        #expect(known.exitCode == 0, "\(known.stdout)\(known.stderr)")
    }
}
