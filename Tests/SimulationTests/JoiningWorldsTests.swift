import CitizenStatus
import LifeEvents
import Testing

@testable import Simulation

/// Worlds that join as a run goes on, as a population's do.
@Suite struct JoiningWorldsTests {
    private static let seeds = Array(1...40 as ClosedRange<UInt64>)

    /// What must be the same.
    private struct Outcome: Equatable {
        var shown: [EventID]
        var total: Int
        var deadLetters: Int
        /// The digests in the store, world by world.
        var digests: [Int64: [UInt8]]

        init(_ shown: [GeneratedRun.Shown], _ result: RunResult, _ store: StatusStore) throws {
            self.shown = shown.map(\.id)
            total = result.total
            deadLetters = result.deadLetters
            var digests: [Int64: [UInt8]] = [:]
            try store.state(kind: StateKind.digest.rawValue) { digests[$0] = Array($1) }
            self.digests = digests
        }
    }

    private static func store() throws -> StatusStore {
        try StatusStore(path: ":memory:", topics: GeneratedRun.topics.map(\.name))
    }

    @Test(arguments: seeds, [false, true])
    func `a run that stops goes on with the worlds that had joined and those that had not`(
        seed: UInt64, isFaulty: Bool
    ) throws {
        let run = GeneratedRun(seed: seed, worlds: 5, isFaulty: isFaulty)
        let wholeStore = try Self.store()
        // The digests stand in the store of worlds that have ended at a checkpoint.
        let whole = try run.play(.init(joins: true, store: wholeStore, wantsCheckpoint: { _ in true }))
        let wanted = try Outcome(whole.shown, whole.result, wholeStore)
        #expect(wanted.digests.count == 5)
        var stream = RandomStream(state: seed &* 7_919)
        for sameLog in [true, false] {
            let stop = 1 + stream.uniform(below: whole.instants.count - 1)
            let records = ScriptedRecords(topics: GeneratedRun.topics.count)
            let kept = try Self.store()
            let first = try run.play(
                .init(
                    joins: true, store: kept, log: ScriptedLog(records), stop: stop,
                    wantsCheckpoint: { $0 % 3 == 0 }))
            #expect(first.result.isCut)
            let second = try run.play(
                .init(
                    joins: true, store: kept,
                    log: sameLog ? ScriptedLog(records) : ScriptedLog(topics: GeneratedRun.topics.count),
                    goesOn: (true, sameLog), wantsCheckpoint: { _ in true }))
            // What was journaled is shown again on going on.
            #expect(try Outcome(second.shown, second.result, kept) == wanted, "seed \(seed), stopped before \(stop)")
        }
    }

    @Test func `a source with fewer worlds than had joined is refused`() throws {
        let run = GeneratedRun(seed: 3, worlds: 5)
        let kept = try Self.store()
        let whole = try run.play(.init(joins: true, store: try Self.store()))
        _ = try run.play(
            .init(joins: true, store: kept, stop: whole.instants.count - 2, wantsCheckpoint: { _ in true }))
        let error = #expect(throws: ResumeError.self) {
            _ = try run.play(.init(joins: true, worlds: [0, 1], store: kept, goesOn: (true, false)))
        }
        #expect(error?.description.contains("5 worlds had joined the run, and the source has fewer") == true)
    }
}
