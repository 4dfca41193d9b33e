import CitizenStatus
import Foundation
import LifeEvents
import Terminal

extension StoreFolder {
    /// What the inputs of a run with several seeds are called in its store, which keeps what it came to and no messages.
    static let seedInputs = "seeds"
}

/// What stands in the folder of a run's store: the store of its one pass, or those of several, and whether it has ended.
struct StoredRun {
    let folder: StoreFolder
    /// The stores of the passes, in their order.
    let stores: [StatusStore]
    /// The folders of all passes, and of those that have a store.
    let (places, openPlaces): ([StoreFolder], [StoreFolder])
    let hasEnded: Bool

    /// - Throws: `Failure` for a run with several seeds, of which no messages are kept; `StoreError`.
    init(_ folder: StoreFolder) throws {
        self.folder = folder
        let progress = try folder.progress()
        try Self.refuseSeeds(folder, progress)
        let passes = folder.jobs.isEmpty ? [folder] : folder.jobs
        // A pass that was interrupted before its first instant has no store yet.
        let open = passes.count == 1 ? passes : try passes.filter { try $0.progress() != .empty }
        (places, openPlaces) = (passes, open)
        stores = try open.map { try $0.open() }
        if case .finished = progress { hasEnded = true } else { hasEnded = false }
    }

    private static func refuseSeeds(_ folder: StoreFolder, _ progress: StoreProgress) throws {
        switch progress {
        case .finished(StoreFolder.seedInputs, _):
            throw Failure(
                .environment,
                "\(folder.path): the run played several seeds and keeps none of their messages; play one alone, with "
                    + "--seed, and ask again (`livsbuss status` tells what the seeds came to)")
        case .begun(StoreFolder.seedInputs): throw Failure(.environment, unendedSeeds(folder))
        default: break
        }
    }

    private static func unendedSeeds(_ folder: StoreFolder) -> String {
        "\(folder.path): a run with several seeds has not ended: it was interrupted, or goes on; nothing of it is kept"
    }

    /// The messages that are kept.
    private var messageCount: Int64 { stores.reduce(0) { $0 + $1.messageCount } }

    /// How far a run came that has not ended, in a sentence; nil for one that has.
    var unended: String? {
        guard !hasEnded else { return nil }
        let reached = stores.compactMap(\.lastCheckpoint).max().map { "up to \(Stockholm.local($0))" }
        let messages = counted(Int(clamping: messageCount), "message")
        let what = "\(folder.path): the run has not ended: it was interrupted, or goes on; \(messages)"
        if places.count > 1 { return "\(what) of its \(places.count) passes are kept" }
        return "\(what) are kept, \(reached ?? "without a checkpoint")"
    }

    /// Says on standard error that the run has not ended, where it has not: what is told then is not the whole.
    func noteUnended() {
        if let unended { TerminalOutput.standardError.writeLine("note: \(unended)") }
    }

    // MARK: - What it came to

    /// What the run told when it ended.
    /// - Throws: `Failure` with how far it came where it has not ended.
    static func result(in folder: StoreFolder) throws -> StoredResult {
        let progress = try folder.progress()
        switch progress {
        case .finished(_, let result?): return result
        case .finished: throw Failure(.environment, "\(folder.path): the run has ended, but its result was not kept")
        case .begun(StoreFolder.seedInputs): throw Failure(.environment, unendedSeeds(folder))
        case .begun: break
        // Says in a sentence what the folder holds instead, where there is no pass of a run either.
        case .empty where folder.jobs.isEmpty:
            _ = try folder.open()
            throw Failure(.environment, "\(folder.path): no run has been played into this store yet")
        case .empty: break
        }
        let run = try StoredRun(folder)
        throw Failure(.environment, run.unended ?? "\(folder.path): the run has not ended")
    }

    /// The titles of the cases that failed in the last run, by what it told; nil where its store does not say.
    /// - Throws: `Failure` where it has not ended.
    static func failedTitles(in folder: StoreFolder) throws -> Set<String>? {
        switch try folder.progress() {
        case .finished(_, let result?):
            guard let found = try? JSONDecoder().decode(Told.self, from: Data(result.json.utf8)) else { return nil }
            return Set(
                (found.scenarios ?? []).flatMap { $0.failures.map(\.case) }
                    + (found.cases ?? []).filter { !$0.failedSeeds.isEmpty }.map(\.case))
        case .begun:
            throw Failure(.environment, "\(folder.path): the last run did not end, so nobody knows what fails")
        case .finished, .empty: return nil
        }
    }

    /// What a result as JSON says of failures: that of one seed, or of several.
    private struct Told: Decodable {
        struct Scenario: Decodable { var failures: [Failed] }
        struct Failed: Decodable { var `case`: String }
        struct Case: Decodable {
            var `case`: String
            var failedSeeds: [String]
        }
        var scenarios: [Scenario]?
        var cases: [Case]?
    }
}
