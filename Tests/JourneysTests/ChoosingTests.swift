import Foundation
import Testing

/// Which scenarios are played, and what is thought of those that are known to fail.
@Suite struct ChoosingTests {
    private static func scenario(_ name: String, _ head: String = "", expects type: String) -> String {
        """
        scenario: \(name)
        version: 1
        start: 2026-03-02T08:00
        until: +10d
        \(head)
        given:
          agencies: [skatteverket]
          citizens: {anna: {born: 1990-01-01, municipality: "1780"}}
        steps:
          - {id: name, at: +0d 09:00, citizen: anna, action: file, form: name, to: skatteverket, data: {given: A, family: B}}
          - expect: {message: \(type), within: 2d}

        """
    }

    private static let good = "skatteverket.filing.name.v1"
    private static let bad = "skatteverket.birth.v1"

    private func folder() throws -> Folder {
        let folder = try Folder()
        try folder.write("a.yaml", Self.scenario("birth-a", "tags: [payments, first]", expects: Self.good))
        try folder.write("b.yaml", Self.scenario("birth-b", "tags: [payments]", expects: Self.bad))
        try folder.write("c.yaml", Self.scenario("death-c", "skip: waits for a rule", expects: Self.bad))
        try folder.write("d.yaml", Self.scenario("death-d", "known_failure: the rule is not there", expects: Self.bad))
        return folder
    }

    @Test(
        arguments: [
            (["--filter", "birth-*"], ["passed  birth-a", "failed  birth-b"], 1),
            (["--filter", "death-d"], ["known   death-d"], 0), (["--tag", "first"], ["passed  birth-a"], 0),
            (["--tag", "first", "--tag", "payments"], ["passed  birth-a", "failed  birth-b"], 1),
            (["--tag", "payments", "--filter", "*-a"], ["passed  birth-a"], 0),
        ] as [([String], [String], Int32)])
    func `scenarios are chosen by name and tag`(options: [String], shown: [String], code: Int32) throws {
        let run = try livsbuss(["run", "-q", "."] + options, in: folder())
        #expect(run.exitCode == code, "\(run.stdout)\(run.stderr)")
        let lines = run.stdout.split(separator: "\n").filter { !$0.hasPrefix(" ") && $0.contains("messages") }
        #expect(lines.map { line in shown.contains { line.hasPrefix($0) } } == shown.map { _ in true }, "\(lines)")
    }

    @Test(arguments: [["--filter", "x*"], ["--tag", "none"]])
    func `choosing nothing is a mistake`(options: [String]) throws {
        let run = try livsbuss(["run", "-q", "."] + options, in: folder())
        #expect(run.exitCode == 5)
        #expect(run.stderr.contains("no scenario of this run"))
    }

    @Test func `what is skipped is told with its reason, and not played`() throws {
        let run = try livsbuss(["run", "-q", "."], in: folder())
        #expect(run.stderr.contains("skipped: death-c: waits for a rule"))
        #expect(!run.stdout.contains("death-c"))
        let alone = try livsbuss(["run", "-q", "c.yaml"], in: folder())
        #expect(alone.exitCode == 5)
        #expect(alone.stdout == "nothing was played: the one scenario is skipped: death-c: waits for a rule\n")
    }

    @Test func `a known failure is no failure, and one that passes is`() throws {
        let folder = try folder()
        let run = try livsbuss(["run", "-q", "d.yaml", "--junit", "j.xml", "--html", "h.html"], in: folder)
        #expect(run.exitCode == 0)
        #expect(run.stdout.contains("fails as it is known to: the rule is not there"))
        #expect(folder.read("j.xml").contains("<skipped message=\"known failure: the rule is not there\"/>"))
        #expect(folder.read("j.xml").contains("failures=\"0\""))
        try folder.write("d.yaml", Self.scenario("death-d", "known_failure: the rule is not there", expects: Self.good))
        let passing = try livsbuss(["run", "-q", "d.yaml"], in: folder)
        #expect(passing.exitCode == 1)
        #expect(passing.stdout.contains("failed[A015]: expected to fail, for “the rule is not there”, it passed"))
        let seeds = try livsbuss(["run", "d.yaml", "--seeds", "1..2"], in: folder)
        #expect(seeds.exitCode == 1 && seeds.stdout.contains("failed[A015]"))
    }

    @Test func `what failed last is run again, until nothing fails`() throws {
        let folder = try folder()
        #expect(try livsbuss(["run", "-q", "."], in: folder).exitCode == 1)
        let again = try livsbuss(["run", "-q", ".", "--rerun-failed"], in: folder)
        #expect(again.exitCode == 1)
        #expect(again.stdout.contains("failed  birth-b") && !again.stdout.contains("birth-a"))
        try folder.write("b.yaml", Self.scenario("birth-b", expects: Self.good))
        #expect(try livsbuss(["run", "-q", ".", "--rerun-failed"], in: folder).exitCode == 0)
        let nothing = try livsbuss(["run", "-q", ".", "--rerun-failed"], in: folder)
        #expect(nothing.exitCode == 5 && nothing.stderr.contains("nothing failed in the last run"))
    }

    @Test func `with several seeds what is known, skipped and common is told, as text, JSON and JUnit`() throws {
        let folder = try folder()
        try folder.write("e.yaml", Self.scenario("birth-e", expects: Self.bad))
        let arguments = ["run", ".", "--seeds", "3..5"]
        let run = try livsbuss(arguments + ["--junit", "j.xml"], in: folder)
        #expect(run.exitCode == 1)
        for line in [
            "failed  birth-b  with all 3 seeds", "repro: livsbuss run ./b.yaml --seed 3",
            "known   death-d  fails with all 3 seeds", "fails as it is known to: the rule is not there",
            "skipped death-c: waits for a rule", "failed cases have in common",
            "2 of 2  A001 skatteverket.birth.v1, with all 3 seeds",
            "passed  1 of 4 cases with all of 3 seeds: 3..5, 1 known to fail, 1 skipped",
        ] { #expect(run.stdout.contains(line), "\(line)\n\(run.stdout)") }
        let xml = folder.read("j.xml")
        for part in [
            "tests=\"5\" failures=\"2\" errors=\"0\"", "<skipped message=\"known failure: the rule is not there\"/>",
            "<skipped message=\"waits for a rule\"/>", "with all 3 seeds", "name=\"seeds\" value=\"3..5\"",
            "repro: livsbuss run ./b.yaml --seed 3",
        ] { #expect(xml.contains(part), "\(part)\n\(xml)") }
        struct Report: Decodable {
            struct Case: Decodable {
                var `case`: String
                var failedSeeds: [String]
                var repro: String?
                var knownFailure: String?
                var knownSeeds: [String]?
            }
            struct Common: Decodable {
                var failure: String
                var cases: [String]
                var seeds: [String]
            }
            struct Skipped: Decodable { var name: String }
            var passed: Bool
            var cases: [Case]
            var common: [Common]
            var skipped: [Skipped]
        }
        let json = try livsbuss(arguments + ["--json"], in: folder).stdout
        let report = try JSONDecoder().decode(Report.self, from: Data(json.utf8))
        #expect(!report.passed && report.skipped.map(\.name) == ["death-c"])
        #expect(report.common.map(\.cases) == [["birth-b", "birth-e"]] && report.common[0].seeds == ["3", "4", "5"])
        let known = try #require(report.cases.first { $0.case == "death-d" })
        #expect(known.failedSeeds.isEmpty && known.knownSeeds == ["3", "4", "5"])
        #expect(
            known.repro?.hasPrefix("livsbuss run ./d.yaml --seed 3") == true
                && known.knownFailure == "the rule is not there")
        // What the seeds came to is what the last run came to.
        #expect(try livsbuss(["status", "--json"], in: folder).stdout == json)
        let again = try livsbuss(["run", "-q", ".", "--rerun-failed"], in: folder)
        #expect(again.stdout.contains("birth-b") && again.stdout.contains("birth-e"), "\(again.stdout)")
        #expect(!again.stdout.contains("birth-a") && !again.stdout.contains("death-d"))
    }

    @Test(arguments: [
        (["c.yaml"], "the one scenario is skipped: death-c: waits for a rule"),
        ([".", "--filter", "x*"], "--filter x*: no scenario of this run has such a name"),
        ([".", "--tag", "none"], "--tag none: no scenario of this run has it"),
        (["a.yaml", "--case", "n=1"], "--case n=1: no scenario of this run has a matrix"),
        (["c.yaml", "--seeds", "1..2"], "the one scenario is skipped: death-c: waits for a rule"),
    ])
    func `where nothing is played every report says so, and none is green`(paths: [String], reason: String) throws {
        let folder = try folder()
        let reports = ["--junit", "j.xml", "--json"]
        let more = paths.contains("--seeds") ? [] : ["--html", "h.html", "--log", "l.jsonl", "--mermaid", "m.mmd"]
        let run = try livsbuss(["run"] + paths + reports + more, in: folder)
        #expect(run.exitCode == 5)
        struct Report: Decodable {
            var passed: Bool
            var error: String
            var exitCode: Int
        }
        let report = try JSONDecoder().decode(Report.self, from: Data(run.stdout.utf8))
        #expect(!report.passed && report.exitCode == 5 && report.error.hasPrefix(reason), "\(run.stdout)")
        #expect(
            folder.read("j.xml").contains("<error type=\"unplayed\" message=\"\(reason)"), "\(folder.read("j.xml"))")
        #expect(folder.read("j.xml").contains("errors=\"1\""))
        guard !more.isEmpty else { return }
        #expect(folder.read("h.html").contains("<h1 class=\"no\">Nothing was played</h1>"))
        #expect(folder.read("h.html").contains(reason) && folder.read("m.mmd").contains("nothing was played"))
        let again = try livsbuss(["report", "l.jsonl", "--junit", "again.xml"], in: folder)
        #expect(again.exitCode == 1 && folder.read("again.xml") == folder.read("j.xml"))
    }
}
