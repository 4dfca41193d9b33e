import Foundation
import Testing

/// The reports of the program as a person asks for them.
@Suite struct ReportTests {
    /// The death journey in a folder of its own, as it is or with one expectation that nobody meets.
    static func death(in folder: Folder, isWrong: Bool = false) throws {
        let text = try String(contentsOfFile: RealBinary.scenario("death"), encoding: .utf8)
        let wanted = "data: {kind: survivor, outcome: granted}"
        #expect(text.contains(wanted))
        try folder.write(
            "death.yaml", isWrong ? text.replacing(wanted, with: wanted.replacing("granted", with: "refused")) : text)
    }

    @Test func `a run log begins with its version, tells each message once and ends`() throws {
        let folder = try Folder()
        try Self.death(in: folder)
        let run = try livsbuss(["run", "-q", "death.yaml", "--log", "run.jsonl"], in: folder)
        #expect(run.exitCode == 0, "\(run.stderr)")
        let lines = folder.read("run.jsonl").split(separator: "\n")
        #expect(lines.first?.hasPrefix(#"{"event":"run.start","schema":1,"#) == true)
        #expect(lines.last?.hasPrefix(#"{"event":"run.end","passed":true,"#) == true)
        #expect(lines.count { $0.hasPrefix(#"{"event":"publish","#) } == 24)
        #expect(lines.count { $0.hasPrefix(#"{"event":"timer","#) } > 0)
        #expect(lines.count { $0.hasPrefix(#"{"event":"expect.pass","#) } == 16)
    }

    @Test func `a failed expectation is in the terminal, in JUnit and in annotations alike`() throws {
        let folder = try Folder()
        try Self.death(in: folder, isWrong: true)
        let run = try livsbuss(["run", "-q", "death.yaml", "--junit", "junit.xml", "--github"], in: folder)
        #expect(run.exitCode == 1)
        let sentence = "expected pensionsmyndigheten.pension-decision.v1 for widow"
        #expect(run.stdout.contains("    \(sentence)"))
        #expect(run.stdout.contains("::error file=death.yaml,line=55,col=7,"))
        #expect(folder.read("junit.xml").contains(">\(sentence)"))
    }

    @Test func `an approved run stays as it is, or fails with what differs`() throws {
        let folder = try Folder()
        try Self.death(in: folder)
        #expect(try livsbuss(["run", "-q", "death.yaml", "--approve"], in: folder).exitCode == 0)
        let golden = folder.read("death.golden")
        #expect(golden.split(separator: "\n").count == 7 + 24)
        #expect(try livsbuss(["run", "-q", "death.yaml", "--perturb", "2"], in: folder).exitCode == 0)
        try folder.write("death.golden", golden.replacing("\"share\":100", with: "\"share\":50"))
        let run = try livsbuss(["run", "-q", "death.yaml"], in: folder)
        #expect(run.exitCode == 1)
        #expect(run.stdout.contains("the run is not the approved one"))
        #expect(try livsbuss(["run", "-q", "death.yaml", "--approve"], in: folder).exitCode == 0)
        #expect(folder.read("death.golden") == golden)
    }
}
