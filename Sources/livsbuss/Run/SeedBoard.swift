import Scenarios
import Simulation
import Synchronization

/// What one pass of a run with several seeds plays: some cases, each with some seeds.
struct SeedTurn: Equatable, Sendable {
    /// The cases' places among the plan's.
    let cases: Range<Int>
    /// The seeds' places in their list.
    let seeds: Range<Int>

    /// Deals cases out to passes, each of which plays them with all seeds where that is no more than so many worlds.
    ///
    /// What a pass costs by itself is an exchange with the broker for each instant of its cases, so a case is played with as
    /// many seeds at once as may be. Neighbours stay together: cases of one folder have topics and days in common.
    /// - Parameters:
    ///   - workers: how many passes are played at once: each gets as much as another where there is enough for all.
    ///   - worlds: the most worlds of a pass.
    static func dealt(cases: Range<Int>, seeds: Int, workers: Int, worlds: Int) -> [SeedTurn] {
        precondition(seeds > 0 && workers > 0 && worlds > 0, "a pass plays a case with a seed")
        guard !cases.isEmpty else { return [] }
        // Where there are fewer cases than workers, seeds are dealt out too.
        let shares = cases.count < workers ? workers : 1
        let seedsAtOnce = min((seeds + shares - 1) / shares, worlds)
        let casesAtOnce = max(1, worlds / seedsAtOnce)
        var parts = (cases.count + casesAtOnce - 1) / casesAtOnce
        parts = min(cases.count, (parts + workers - 1) / workers * workers)
        return (0..<parts).flatMap { part in
            let own = cases.count * part / parts..<cases.count * (part + 1) / parts
            return stride(from: 0, to: seeds, by: seedsAtOnce).map { first in
                SeedTurn(
                    cases: cases.lowerBound + own.lowerBound..<cases.lowerBound + own.upperBound,
                    seeds: first..<min(first + seedsAtOnce, seeds))
            }
        }
    }
}

/// Which turns are still to be played, and what came of those that were; for several threads.
final class SeedBoard: Sendable {
    /// What a case came to with one seed.
    struct Verdict: Sendable {
        let failures: [ExpectationFailure]
        let digest: RunDigest
    }

    private struct State {
        /// Of each group, the turns that are still to be played, the last first.
        var turns: [[SeedTurn]]
        /// By the seed's place, then by the case's.
        var verdicts: [[Verdict?]]
        var failure: (any Error)?
    }

    private let state: Mutex<State>

    init(groups: [[SeedTurn]], seeds: Int, cases: Int) {
        state = Mutex(
            State(
                turns: groups.map { $0.reversed() },
                verdicts: Array(repeating: Array(repeating: nil, count: cases), count: seeds)))
    }

    /// What a group plays next; nil: it has played all, or something could not be played.
    func next(of group: Int) -> SeedTurn? {
        state.withLock { state in state.failure == nil ? state.turns[group].popLast() : nil }
    }

    /// Takes what some cases came to with the seed at a place of the list.
    func add(_ found: [Verdict], seed: Int, cases: [Int]) {
        precondition(found.count == cases.count, "a case was not played")
        state.withLock { state in
            for (place, verdict) in zip(cases, found) { state.verdicts[seed][place] = verdict }
        }
    }

    /// A seed could not be played. That ends all: the others could not be either.
    func fail(_ error: any Error) { state.withLock { $0.failure = $0.failure ?? error } }

    /// By the seed's place, then by the case's, when all have been played.
    /// - Throws: why a seed could not be played.
    func verdicts() throws -> [[Verdict]] {
        let (verdicts, failure) = state.withLock { ($0.verdicts, $0.failure) }
        if let failure { throw failure }
        return verdicts.map { row in
            let found = row.compactMap(\.self)
            precondition(found.count == row.count, "a case was not played with each seed")
            return found
        }
    }
}
