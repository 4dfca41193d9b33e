import Foundation
import Testing

/// The reports of the program as a person asks for them.
@Suite struct ReportTests {
    /// The death journey in a folder of its own, as it is or with one expectation that nobody meets.
    static func death(in folder: Folder, isWrong: Bool = false) throws {
        let text = try String(contentsOfFile: RealBinary.scenario("death"), encoding: .utf8)
        let wanted = "data: {kind: survivor, survivorKind: widow, outcome: granted, month: 2026-04}"
        #expect(text.contains(wanted))
        try folder.write(
            "death.yaml", isWrong ? text.replacing(wanted, with: wanted.replacing("granted", with: "rejected")) : text)
    }

    @Test func `a run log begins with its version, tells each message once and ends`() throws {
        let folder = try Folder()
        try Self.death(in: folder)
        let run = try livsbuss(["run", "-q", "death.yaml", "--log", "run.jsonl"], in: folder)
        #expect(run.exitCode == 0, "\(run.stderr)")
        let lines = folder.read("run.jsonl").split(separator: "\n")
        #expect(lines.first?.hasPrefix(#"{"event":"run.start","schema":1,"#) == true)
        #expect(lines.last?.hasPrefix(#"{"event":"run.end","passed":true,"#) == true)
        #expect(lines.count { $0.hasPrefix(#"{"event":"publish","#) } == 52)
        #expect(lines.count { $0.hasPrefix(#"{"event":"timer","#) } > 0)
        #expect(lines.count { $0.hasPrefix(#"{"event":"expect.pass","#) } == 65)
    }

    @Test func `a failed expectation is in the terminal, in JUnit and in annotations alike`() throws {
        let folder = try Folder()
        try Self.death(in: folder, isWrong: true)
        let run = try livsbuss(["run", "-q", "death.yaml", "--junit", "junit.xml", "--github"], in: folder)
        #expect(run.exitCode == 1)
        let sentence =
            "expected pensionsmyndigheten.pension-decision.v1 for widow until the end, one came, but `outcome` is"
        #expect(run.stdout.contains("    failed[A001]: \(sentence)"), "\(run.stdout)")
        #expect(run.stdout.contains("::error file=death.yaml,line=255,col=7,"))
        #expect(folder.read("junit.xml").contains(">failed[A001]: \(sentence)"))
    }

    @Test func `an approved run stays as it is, or fails with what differs`() throws {
        let folder = try Folder()
        try Self.death(in: folder)
        #expect(try livsbuss(["run", "-q", "death.yaml", "--approve"], in: folder).exitCode == 0)
        let golden = folder.read("death.golden")
        #expect(golden.split(separator: "\n").count == 7 + 52)
        #expect(try livsbuss(["run", "-q", "death.yaml", "--perturb", "2"], in: folder).exitCode == 0)
        try folder.write("death.golden", golden.replacing("\"share\":100", with: "\"share\":50"))
        let run = try livsbuss(["run", "-q", "death.yaml"], in: folder)
        #expect(run.exitCode == 1)
        #expect(run.stdout.contains("the run is not the approved one"))
        #expect(try livsbuss(["run", "-q", "death.yaml", "--approve"], in: folder).exitCode == 0)
        #expect(folder.read("death.golden") == golden)
    }
}

/// Questions about a run that has ended.
@Suite struct ReportQuestionTests {
    @Test func `the last run can be traced and explained, from its log and from its store`() throws {
        let folder = try Folder()
        try ReportTests.death(in: folder)
        #expect(try livsbuss(["run", "-q", "death.yaml"], in: folder).exitCode == 0)
        let trace = try livsbuss(["trace", "widow"], in: folder)
        #expect(trace.exitCode == 0, "\(trace.stderr)")
        #expect(trace.stdout.contains("critical path 15 w: death-certificate (husband)"))
        let asked = ["explain", "skatteverket.civil-status.v1", "--agency", "pensionsmyndigheten"]
        let explained = try livsbuss(asked, in: folder).stdout
        #expect(explained.contains("acted  ‘remember a civil status’  Agencies/"), "\(explained)")
        #expect(explained.contains("caused by region-17 region.death-certificate.v1 (husband)"))
        // Without the log the store still knows who read what.
        try FileManager.default.removeItem(atPath: "\(folder.path)/.livsbuss/last/run.jsonl")
        #expect(try livsbuss(["trace", "widow"], in: folder).stdout == trace.stdout)
        #expect(try livsbuss(asked, in: folder).stdout.contains("acted  (by which rule is in no store"))
    }

    @Test func `runs of two seeds are alike, and one with another rule of time differs`() throws {
        let folder = try Folder()
        try ReportTests.death(in: folder)
        for seed in ["1", "2"] {
            let run = try livsbuss(["run", "-q", "death.yaml", "--seed", seed, "--log", "\(seed).jsonl"], in: folder)
            #expect(run.exitCode == 0)
        }
        #expect(try livsbuss(["diff", "1.jsonl", "2.jsonl"], in: folder).exitCode == 0)
        try folder.write("death.yaml", folder.read("death.yaml").replacing("at: +101d 14:00", with: "at: +99d 14:00"))
        // What the page says of days no longer comes true, and that is told; the run is played all the same.
        #expect(try livsbuss(["run", "-q", "death.yaml", "--store", "other"], in: folder).exitCode == 1)
        let diff = try livsbuss(["diff", "1.jsonl", "other"], in: folder)
        #expect(diff.exitCode == 1)
        #expect(diff.stdout.contains("time: 2026-06-10 14:00 → 2026-06-08 14:00"))
    }

    @Test(arguments: [
        (["trace", "nobody"], 2), (["trace", "widow", "--store", "nowhere"], 3), (["report", "death.yaml"], 2),
        (["report", "nowhere.jsonl"], 3), (["diff", "nowhere", "death.yaml"], 3), (["trace"], 64),
        (["trace", "widow", "--up", "--down"], 64), (["explain", "skatteverket.death.v1", "--agency", "kommun"], 64),
        (["run", "-q", "death.yaml", "--log", "no/such/folder.jsonl"], 3),
    ])
    func `what cannot be answered says which kind of trouble it is`(arguments: [String], code: Int) throws {
        let folder = try Folder()
        try ReportTests.death(in: folder)
        if arguments[0] != "run" { _ = try livsbuss(["run", "-q", "death.yaml"], in: folder) }
        let result = try livsbuss(arguments, in: folder)
        #expect(result.exitCode == Int32(code), "\(result.stderr)")
        #expect(!result.stderr.isEmpty)
    }
}

/// Coverage of the shipped journeys.
@Suite struct ReportCoverageTests {
    @Test func `the shipped scenarios meet topics, tiles, rules, refusals; a gate tells what is left out`() throws {
        let folder = try Folder()
        let run = try livsbuss(["run", "-q", ShippedScenarioTests.folder, "--log", "all.jsonl"], in: folder)
        #expect(run.exitCode == 0, "\(run.stderr)")
        let least = ["topic=100", "type=100", "tile=100", "status=100", "river=95", "refusal=85"]
        let gate = try livsbuss(["coverage"] + least.flatMap { ["--min", $0] } + ["all.jsonl"], in: folder)
        #expect(gate.exitCode == 0, "\(gate.stderr)")
        #expect(gate.stdout.contains("uncovered refusal"))
        #expect(try livsbuss(["coverage", "--min", "rivers=80", "all.jsonl"], in: folder).exitCode == 64)
    }

    @Test func `logs of several runs are counted as one`() throws {
        let folder = try Folder()
        let files = ["death", "first-child", "move"]
        for name in files {
            let run = try livsbuss(["run", "-q", RealBinary.scenario(name), "--log", "\(name).jsonl"], in: folder)
            #expect(run.exitCode == 0, "\(run.stderr)")
        }
        let failed = try livsbuss(
            ["coverage", "--json", "--min", "river=100", "--html", "c.html"] + files.map { "\($0).jsonl" }, in: folder)
        #expect(failed.exitCode == 1)
        #expect(failed.stderr.contains("coverage of river is "))
        #expect(failed.stdout.contains("\"undeclared\"") == false, "rules of the run are the rules of the program")
        #expect(folder.read("c.html").contains("3 journeys, 209 messages"))
    }
}
