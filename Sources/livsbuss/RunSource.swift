import CitizenStatus
import CommandLineTool
import Reports
import Scenarios
import Terminal

/// Where a question about a run looks: a run log, or a store with the log beside it.
struct RunSource: Sendable {
    private var store: String?
    private var log: String?

    init(_ args: inout Arguments) {
        store = args.option(
            "store", value: "folder", "The store of a run; default the newest, \(Places.lastStore).",
            complete: .directories)
        log = args.option("log", value: "file", "A run log (JSON Lines) instead.", complete: .files)
        let (store, log) = (store, log)
        args.require(store == nil || log == nil, "--store and --log exclude each other")
    }

    func open() throws -> RunLog {
        if let log { return try Self.tell(RunLog(path: log)) }
        return try Self.open(store ?? StoreFolder.newest(Places.lastStore).path)
    }

    /// The last run that named no store of its own.
    static func newest() throws -> RunLog { try open(StoreFolder.newest(Places.lastStore).path) }

    /// A run by its path: the log itself, or a store's folder.
    static func open(_ path: String) throws -> RunLog {
        if Places.exists(path), !Places.isFolder(path) { return try tell(RunLog(path: path)) }
        let folder = StoreFolder(path)
        if Places.exists(folder.log) { return try tell(RunLog(path: folder.log)) }
        if let first = folder.jobs.first {
            throw Failure(
                .environment,
                "\(path): the run was played in \(folder.jobs.count) pass\(folder.jobs.count == 1 ? "" : "es"), each with a store of its own, and "
                    + "kept no log of the whole (--log makes one); ask one, as \(first.path)")
        }
        return try RunLog(store: folder.open())
    }

    private static func tell(_ log: RunLog) -> RunLog {
        if let truncation = log.truncation { TerminalOutput.standardError.writeLine("note: \(truncation)") }
        return log
    }
}
