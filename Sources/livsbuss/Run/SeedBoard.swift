import Scenarios
import Simulation
import Synchronization

/// Which seeds are still to be played, and what came of those that were; for several threads.
final class SeedBoard: Sendable {
    /// What a case came to with one seed.
    struct Verdict: Sendable {
        let failures: [ExpectationFailure]
        let digest: RunDigest
    }

    private struct State {
        /// Of each group of cases, the place of the seed that is played next.
        var next: [Int]
        /// By the seed's place, then by the case's.
        var verdicts: [[Verdict?]]
        var failure: (any Error)?
    }

    private let state: Mutex<State>
    private let seeds: Int

    init(groups: Int, seeds: Int, cases: Int) {
        self.seeds = seeds
        state = Mutex(
            State(
                next: Array(repeating: 0, count: groups),
                verdicts: Array(repeating: Array(repeating: nil, count: cases), count: seeds)))
    }

    /// The places of the seeds that a group plays next, so many of them at most; nil: it has played all, or one could not
    /// be played.
    func next(_ count: Int, of group: Int) -> Range<Int>? {
        precondition(count > 0, "a pass plays a seed")
        return state.withLock { state in
            guard state.failure == nil, state.next[group] < seeds else { return nil }
            let first = state.next[group]
            state.next[group] = min(first + count, seeds)
            return first..<state.next[group]
        }
    }

    /// Takes what some cases came to with a seed.
    func add(_ found: [Verdict], turn: Int, cases: [Int]) {
        precondition(found.count == cases.count, "a case was not played")
        state.withLock { state in
            for (place, verdict) in zip(cases, found) { state.verdicts[turn][place] = verdict }
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
