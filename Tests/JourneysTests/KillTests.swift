import Foundation
import Testing

/// A run that is killed at random moments goes on from its store as if nothing had been.
@Suite(.waits) struct KillTests {
    #if DEBUG
        /// So many that a run lasts longer than the waits for ten kills, on a machine that does nothing else too.
        private static let copies = 400
        /// The moments of a kill, in microseconds.
        private static let moments: ClosedRange<UInt32> = 100_000...1_500_000
    #else
        /// An optimised run is quicker, and so are the kills.
        private static let copies = 800
        private static let moments: ClosedRange<UInt32> = 20_000...300_000
    #endif
    private static let line =
        ["run"] + (DigestTests.names + ["faults/outage-of-forsakringskassan"]).map(RealBinary.scenario)
        + ["--copies", "\(copies)", "--json"]
    /// A run that nobody kills, played once for all tests.
    private static let undisturbed = Result {
        let run = try RealBinary.start(line, in: Folder())
        try #require(run.wait() <= 1, "\(run.standardError)")
        return try RunReport(run.standardOutput)
    }

    @Test func `ten kills in a row leave the digest as it is, on the embedded broker`() throws {
        try kill([])
    }

    @Test(.enabled(if: ApacheKafka.script != nil, "KAFKA_FOR_TESTS names no script"))
    func `ten kills in a row leave the digest as it is, on Apache Kafka`() throws {
        let kafka = try ApacheKafka()
        try kill(["--brokers", kafka.servers])
    }

    @Test func `kills in a row leave the digests as they are where several passes share the worlds`() throws {
        try kill(["--jobs", "3"], kills: 4, store: "killed/job-2")
    }

    /// Rules refuse filings, people are protected, messages are lost and come too late: what a verdict rests on must be known
    /// after a kill as well as what was said.
    @Test func `a verdict is the same however often the run was killed`() throws {
        let folder = try Folder()
        let line =
            ["run"] + ["birth", "arrived", "acceptance", "faults"].map { "\(RealBinary.repository)/Scenarios/\($0)" }
            + ["--copies", "4", "--json", "--store", "killed"]
        var resumed = 0
        for round in 0..<4 {
            let run = try RealBinary.start(line, in: folder)
            waitForKill(run, firstStore: round == 0 ? LiveStore(folder, "killed") : nil)
            guard run.isRunning else { break }
            run.kill(SIGKILL)
            _ = run.wait()
            if round > 0, saysWhereFrom(run) { resumed += 1 }
        }
        let last = try RealBinary.start(line, in: folder)
        #expect(last.wait() == 0, "\(last.standardOutput.prefix(4_000))")
        if saysWhereFrom(last) { resumed += 1 }
        #expect(resumed > 0)
    }

    private func kill(_ options: [String], kills: Int = 10, store: String = "killed") throws {
        let folder = try Folder()
        let disturbed = Self.line + options + ["--store", "killed"]
        var resumed = 0
        for round in 0..<kills {
            let run = try RealBinary.start(disturbed, in: folder)
            waitForKill(run, firstStore: round == 0 ? LiveStore(folder, store) : nil)
            try #require(run.isRunning, "it ended before kill \(round + 1): \(run.standardError)")
            run.kill(SIGKILL)
            #expect(run.wait() == 128 + SIGKILL)
            if round > 0, saysWhereFrom(run) { resumed += 1 }
        }
        let last = try RealBinary.start(disturbed, in: folder)
        try #require(last.wait() <= 1, "\(last.standardError)")
        if saysWhereFrom(last) { resumed += 1 }
        // A kill may come before a pass's first checkpoint.
        #expect(resumed >= kills - 2, "\(last.standardError)")
        let (left, right) = (try RunReport(last.standardOutput), try Self.undisturbed.get())
        #expect(left.digests == right.digests)
        #expect(left.scenarios.map(\.messages) == right.scenarios.map(\.messages))
    }

    /// Until the kill's moment, the one wait that a test may have: at random after the run has gone on, or after the first
    /// run has kept something to go on from.
    private func waitForKill(_ run: Child, firstStore: LiveStore?) {
        if let firstStore {
            firstStore.waitForCheckpoint(of: run)
        } else {
            while run.isRunning, !saysWhereFrom(run) { usleep(10_000) }
        }
        usleep(.random(in: Self.moments))
    }

    private func saysWhereFrom(_ run: Child) -> Bool {
        (run.standardError + run.standardOutput).contains(/resumed(: [1-9]| from 20\d\d-)/)
    }
}
