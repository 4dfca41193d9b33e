import Foundation
import Testing

/// `livsbuss run --approve` and what is compared with an approved run.
@Suite struct GoldenCommandTests {
    private static let scenario = """
        scenario: kept
        version: 1
        start: 2026-03-02T08:00
        until: +30d
        matrix: {code: ["0180", "1780", "1480"]}
        given:
          agencies: [skatteverket]
          citizens: {anna: {born: 1990-01-01, municipality: $code}}
        steps:
          - {id: name, at: +0d 09:00, citizen: anna, action: file, form: name, to: skatteverket, data: {given: A, family: B}}
          - expect: {message: skatteverket.filing.name.v1, for: anna, within: 2d}

        """

    private func folder() throws -> Folder {
        let folder = try Folder()
        try folder.write("a.yaml", Self.scenario)
        #expect(try run([], in: folder, approving: true).exitCode == 0)
        return folder
    }

    private func run(
        _ more: [String], in folder: Folder, approving: Bool = false
    ) throws -> (exitCode: Int32, stdout: String, stderr: String) {
        try livsbuss(["run", "-q", "a.yaml"] + more + (approving ? ["--approve"] : []), in: folder)
    }

    @Test(arguments: ["", "<<<<<<< HEAD\n", "{}\n"])
    func `a file that is no approved run fails the run`(text: String) throws {
        let folder = try folder()
        try folder.write("a.golden", text)
        let run = try run([], in: folder)
        #expect(run.exitCode == 1)
        #expect(run.stdout.contains("failed[A030]: this is no approved run"), "\(run.stdout)")
    }

    @Test(arguments: [
        ("seed 1\n", "seed\n"), ("seed 1\n", "seed one\n"), ("seed 1\n", "seed -4\n"), ("seed 1\n", "seed 1\t\n"),
        ("seed 1\n", "seed 1.0\n"), ("resolution 1 min", "resolution one"), ("resolution 1 min", "resolution 1"),
        ("resolution 1 min", "resolution 9999 min"), ("cases 3", "cases three"),
        ("case kept [code=1780]", "case kept [code=0180]"),
    ])
    func `an approved run whose head is no head fails the run, and is not taken for one of other settings`(
        line: String, instead: String
    ) throws {
        let folder = try folder()
        let kept = folder.read("a.golden")
        // What would not be compared would hide this.
        try folder.write(
            "a.golden", kept.replacing(line, with: instead).replacing("\"given\":\"A\"", with: "\"given\":\"C\""))
        let run = try run([], in: folder)
        #expect(run.exitCode == 1, "\(run.stdout)\(run.stderr)")
        #expect(run.stdout.contains("failed[A030]: this is no approved run"), "\(run.stdout)")
        #expect(!run.stderr.contains("not compared"))
    }

    @Test func `what differs stands at the case that differs, with a command that shows it`() throws {
        let folder = try folder()
        let kept = folder.read("a.golden")
        func commands() throws -> (text: String, commands: [[String]]) {
            let run = try run([], in: folder)
            #expect(run.exitCode == 1)
            let found = run.stdout.matches(of: /repro: livsbuss (.*)/).map { match -> [String] in
                let words = match.output.1.split(separator: " ").map { String($0.replacing("'", with: "")) }
                return Array(words.prefix { $0 != "--topics" })
            }
            return (run.stdout, found)
        }
        // The second differs, the third is new.
        let second = try #require(kept.firstRange(of: "\ncase kept [code=1780]"))
        let others = String(kept[second.lowerBound...]).replacing("\"given\":\"A\"", with: "\"given\":\"C\"")
        var text = String(kept[..<second.lowerBound]) + others
        let third = try #require(text.firstRange(of: "\ncase kept [code=1480]"))
        text = String(text[..<third.lowerBound]).replacing("cases 3", with: "cases 2")
        try folder.write("a.golden", text)
        let (told, own) = try commands()
        #expect(
            told.contains("case code=1780 ·") && told.contains("case code=1480 ·") && !told.contains("case code=0180 ·")
        )
        #expect(own.map { $0[3] } == ["code=1780", "code=1480"], "\(told)")
        for command in own { #expect(try livsbuss(command, in: folder).exitCode == 1, "\(command)") }
        #expect(try run(["--case", "code=0180"], in: folder).exitCode == 0)
        struct Report: Decodable {
            struct Scenario: Decodable {
                struct Failure: Decodable {
                    var `case`: String
                    var repro: String
                }
                var failures: [Failure]
            }
            var scenarios: [Scenario]
        }
        // One case less: only the whole scenario shows that.
        try folder.write("a.golden", kept)
        try folder.write("a.yaml", Self.scenario.replacing(", \"1480\"", with: ""))
        #expect(try commands().commands == [["run", "a.yaml", "--seed", "1"]])
        let json = try run(["--json"], in: folder).stdout
        let report = try JSONDecoder().decode(Report.self, from: Data(json.utf8))
        #expect(
            report.scenarios[0].failures.map(\.repro).map { $0.hasPrefix("livsbuss run a.yaml --seed 1") } == [true])
        #expect(try livsbuss(["run", "a.yaml", "--seed", "1"], in: folder).exitCode == 1)
    }

    @Test func `approving one case changes no other, and one case is compared alone`() throws {
        let folder = try folder()
        let kept = folder.read("a.golden")
        #expect(try run(["--case", "code=0180"], in: folder, approving: true).exitCode == 0)
        #expect(folder.read("a.golden") == kept)
        try folder.write("a.golden", kept.replacing("\"given\":\"A\"", with: "\"given\":\"C\""))
        #expect(try run(["--case", "code=1480"], in: folder).exitCode == 1)
        #expect(try run(["--case", "code=1480"], in: folder, approving: true).exitCode == 0)
        #expect(try run(["--case", "code=1480"], in: folder).exitCode == 0)
        #expect(try run(["--case", "code=1780"], in: folder).exitCode == 1)
    }

    @Test func `a case that is gone fails the run`() throws {
        let folder = try folder()
        try folder.write("a.yaml", Self.scenario.replacing("\"1780\", ", with: ""))
        let run = try run([], in: folder)
        #expect(run.exitCode == 1)
        #expect(run.stdout.contains("the scenario has no case kept [code=1780] any more"))
    }

    @Test func `a part of a scenario is neither compared nor approved`() throws {
        let folder = try folder()
        let part = try livsbuss(["run", "-q", "a.yaml:10"], in: folder)
        #expect(part.exitCode == 0)
        #expect(part.stderr.contains("not compared, for only a part of the scenario was run"))
        #expect(try livsbuss(["run", "-q", "a.yaml:10", "--approve"], in: folder).exitCode == 64)
    }

    @Test func `a run that fails is not approved`() throws {
        let folder = try folder()
        let kept = folder.read("a.golden")
        try folder.write(
            "a.yaml", Self.scenario.replacing("for: anna, within: 2d", with: "for: anna, data: {given: X}, within: 2d"))
        let run = try run([], in: folder, approving: true)
        #expect(run.exitCode == 1)
        #expect(run.stdout.contains("not approved  kept[code=0180] failed"), "\(run.stdout)")
        #expect(folder.read("a.golden") == kept)
    }

    @Test func `an approved run of no scenario is told`() throws {
        let folder = try folder()
        try folder.write("b.golden", folder.read("a.golden"))
        let run = try livsbuss(["run", "-q", "."], in: folder)
        #expect(run.exitCode == 2)
        #expect(run.stderr.contains("b.golden: the approved run of no scenario"))
    }

    @Test(arguments: [
        ["--filter", "k*"], ["--tag", "x"], ["--rerun-failed"], ["--copies", "2"], ["--skip", "019b"],
        ["--seeds", "1..2"],
    ])
    func `what is only a part of a run is not approved`(more: [String]) throws {
        let folder = try folder()
        let kept = folder.read("a.golden")
        #expect(try run(more, in: folder, approving: true).exitCode == 64)
        #expect(folder.read("a.golden") == kept)
    }

    @Test(arguments: ["skip: not now", "known_failure: the rule is not there"])
    func `a run with a scenario that is skipped or known to fail is not approved, nor are the others`(
        head: String
    ) throws {
        let folder = try folder()
        let kept = folder.read("a.golden")
        try folder.write("a.yaml", Self.scenario.replacing("given: A", with: "given: Ada"))
        try folder.write(
            "b.yaml",
            Self.scenario.replacing("scenario: kept", with: "scenario: other\n\(head)")
                .replacing("skatteverket.filing.name.v1, for: anna", with: "skatteverket.birth.v1, for: anna"))
        let run = try livsbuss(["run", "-q", ".", "--approve"], in: folder)
        #expect(run.exitCode == 1)
        #expect(run.stdout.contains("not approved  other"), "\(run.stdout)\(run.stderr)")
        #expect(folder.read("a.golden") == kept && folder.read("b.golden").isEmpty)
        struct Report: Decodable { var notApproved: [String] }
        let json = try livsbuss(["run", ".", "--json", "--approve"], in: folder).stdout
        #expect(try JSONDecoder().decode(Report.self, from: Data(json.utf8)).notApproved[0].hasPrefix("other"))
        #expect(try livsbuss(["run", "-q", "a.yaml", "--approve"], in: folder).exitCode == 0)
        #expect(folder.read("a.golden") != kept)
    }

    @Test func `of cases that failed last others are not missed`() throws {
        let folder = try folder()
        let kept = folder.read("a.golden")
        let place = try #require(kept.ranges(of: "\"given\":\"A\"").last)
        try folder.write("a.golden", kept.replacingCharacters(in: place, with: "\"given\":\"C\""))
        #expect(try run([], in: folder).exitCode == 1)
        try folder.write("a.golden", kept)
        let again = try run(["--rerun-failed"], in: folder)
        #expect(again.exitCode == 0, "\(again.stdout)\(again.stderr)")
    }
}
