import Foundation
import Testing

/// A run that is interrupted ends cleanly, says how to go on, and goes on to the same end.
@Suite(.waits) struct InterruptTests {
    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(CInt, Int32)])
    func `a run that a signal ends keeps what it has played, and goes on with it`(
        _ signal: CInt, _ exitCode: Int32
    ) throws {
        let folder = try Folder()
        let line = ["run", RealBinary.scenario("move"), "--json"]
        let undisturbed = try livsbuss(line, in: folder)
        // A paced run, so that it is still waiting when the signal comes: its log says that it plays.
        let paced = ["run", RealBinary.scenario("move"), "--speed", "20000", "--store", "kept"]
        let run = try RealBinary.start(paced, in: folder)
        while run.isRunning, !folder.read("kept/run.jsonl").contains("citizen.status-tile") { usleep(20_000) }
        run.kill(signal)
        #expect(run.wait() == exitCode)
        #expect(run.standardError.contains("what was played is kept. Go on with the same command"))
        for question in [["status", "mother"], ["dlq", "list"], ["ledger", "mother"]] {
            let asked = try livsbuss(question + ["--store", "kept"], in: folder)
            #expect(
                asked.exitCode == 0 && asked.stderr.contains("the run has not ended"), "\(question) \(asked.stderr)")
        }
        let status = try livsbuss(["status", "--store", "kept"], in: folder)
        #expect(status.exitCode == 3 && status.stderr.contains("messages are kept, up to"), "\(status.stderr)")
        let resumed = try livsbuss(line + ["--store", "kept"], in: folder)
        #expect(resumed.exitCode == 0, "\(resumed.stderr)")
        #expect(resumed.stderr.contains("resumed from"))
        #expect(try RunReport(resumed.stdout).digests == RunReport(undisturbed.stdout).digests)
    }
}
