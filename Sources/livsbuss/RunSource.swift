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
            "store", value: "folder", "The store of a run; default \(Places.lastStore).", complete: .directories)
        log = args.option("log", value: "file", "A run log (JSON Lines) instead.", complete: .files)
        let (store, log) = (store, log)
        args.require(store == nil || log == nil, "--store and --log exclude each other")
    }

    func open() throws -> RunLog {
        if let log { return try Self.tell(RunLog(path: log)) }
        return try Self.open(store ?? Places.lastStore)
    }

    /// A run by its path: the log itself, or a store's folder.
    static func open(_ path: String) throws -> RunLog {
        guard Places.exists(path) else { throw Failure(.environment, "\(path): there is no run here") }
        guard Places.isFolder(path) else { return try tell(RunLog(path: path)) }
        let log = "\(path)/\(Places.runLog)"
        if Places.exists(log) { return try tell(RunLog(path: log)) }
        return try RunLog(store: StatusStore(path: "\(path)/status.sqlite", mode: .readOnly))
    }

    private static func tell(_ log: RunLog) -> RunLog {
        if let truncation = log.truncation { TerminalOutput.standardError.writeLine("note: \(truncation)") }
        return log
    }
}
