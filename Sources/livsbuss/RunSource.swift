import CitizenStatus
import CommandLineTool
import Reports
import Scenarios
import Terminal

/// Where a question about a run looks: a run log, or a store with the log beside it.
struct RunSource: Sendable {
    private var store: String?
    private var log: String?
    private var choice: WorldChoice?

    init(_ args: inout Arguments) {
        store = args.option(
            "store", value: "folder", "The store of a run; default the newest, \(Places.lastStore).",
            complete: .directories)
        log = args.option("log", value: "file", "A run log (JSON Lines) instead.", complete: .files)
        let onlyCase: String? = args.option(
            "case", value: "name", "Only of this case, by its title or some of its values.")
        choice = onlyCase.map { WorldChoice($0) }
        let (store, log) = (store, log)
        args.require(onlyCase != "", "--case needs a case's name")
        args.require(store == nil || log == nil, "--store and --log exclude each other")
    }

    func open() throws -> RunLog {
        let found =
            try log.map { try Self.tell(RunLog(path: $0)) }
            ?? Self.open(store ?? StoreFolder.newest(Places.lastStore).path)
        return try choice.map { try found.only($0) } ?? found
    }

    /// The titles of the cases that failed in the last run that named no store of its own.
    /// - Throws: `Failure` where there is none, and where it did not end.
    static func lastFailed() throws -> Set<String> {
        let folder = StoreFolder.newest(Places.lastStore)
        if let titles = try StoredRun.failedTitles(in: folder) { return titles }
        let log = try open(folder.path)
        guard log.isComplete else {
            throw Failure(.environment, "\(log.name): the last run did not end, so nobody knows what fails")
        }
        return Set(log.failedTitles)
    }

    /// A run by its path: the log itself, or a store's folder.
    static func open(_ path: String) throws -> RunLog {
        if Places.exists(path), !Places.isFolder(path) { return try tell(RunLog(path: path)) }
        let folder = StoreFolder(path)
        if Places.exists(folder.log) {
            let log = try RunLog(path: folder.log)
            // Of passes that were interrupted the log of the whole has nothing yet, but their stores have.
            if log.defect == nil || folder.jobs.isEmpty { return tell(log) }
        }
        let run = try StoredRun(folder)
        run.noteUnended()
        if run.places.count > 1 {
            TerminalOutput.standardError.writeLine(
                "note: \(path): the \(run.places.count) passes of the run kept no log of the whole (--log makes one): "
                    + "messages, who read them and tiles are known, and no rules, timers and expectations")
        }
        return try RunLog(stores: run.stores, name: path)
    }

    private static func tell(_ log: RunLog) -> RunLog {
        if let defect = log.defect { TerminalOutput.standardError.writeLine("note: \(defect)") }
        return log
    }
}
