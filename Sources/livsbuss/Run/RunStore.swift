import CitizenStatus
import Scenarios
import Terminal

/// The store of a run: which folder, and what to do with what is in it already.
struct RunStore {
    /// That nobody else writes it.
    let lock: StoreLock
    private let options: RunOptions
    private let inputs: String

    var folder: StoreFolder { lock.folder }

    /// Takes the folder that the options name, or the first one without a name that nobody is writing.
    init(_ options: RunOptions, inputs: String) throws {
        self.options = options
        self.inputs = inputs
        if let named = options.store {
            lock = try StoreLock(StoreFolder(named))
        } else {
            lock = try StoreLock.firstFree(Places.lastStore)
            if lock.folder.path != Places.lastStore {
                TerminalOutput.standardError.writeLine(
                    "note: another run is writing \(Places.lastStore), so this run's store is \(lock.folder.path)")
            }
        }
        if options.store == nil || options.restarts { try lock.clear() }
    }

    /// One of several jobs' part of a run's store.
    init(job: Int, of whole: RunStore, inputs: String) throws {
        options = whole.options
        self.inputs = inputs
        lock = try StoreLock(whole.folder.job(job))
    }

    /// Whether a store may be asked for what its run told: where it was opened, and where nothing can be written.
    static func mayTell(_ opening: Result<RunStore, any Error>) -> Bool {
        guard case .failure(let error) = opening else { return true }
        if case .noStore? = error as? StoreError { return true }
        return false
    }

    /// What this very run told when it ended, where it has ended already.
    static func result(_ options: RunOptions, inputs: String) -> StoredResult? {
        guard let named = options.store, !options.restarts,
            case .finished(inputs, let result?)? = try? StoreFolder(named).progress()
        else { return nil }
        return result
    }

    /// Opens the store: to go on where a run with equal inputs has a checkpoint, else for a new run.
    /// - Throws: `Failure` for a store that holds another run; `StoreError`.
    func open(topics: [String]) throws -> (store: StatusStore, isResumed: Bool) {
        switch try progress() {
        case .empty where !folder.jobs.isEmpty, .begun where !folder.jobs.isEmpty:
            throw refusal("a run of several passes, not finished")
        case .empty: break
        case .begun(inputs):
            let store = try StatusStore(path: folder.database, topics: topics)
            if store.lastCheckpoint != nil, store.messageCount > 0 { return (store, true) }
        case .begun: throw refusal("a run with other inputs, not finished")
        case .finished(let other, _):
            throw refusal(other == inputs ? "this run, finished" : "a run with other inputs")
        }
        // Without a checkpoint nothing is worth keeping; half a beginning would be in the way.
        try lock.clear()
        let store = try StatusStore(path: folder.database, topics: topics)
        try store.begin(inputs: inputs, seed: options.seed)
        return (store, false)
    }

    /// Makes ready for the stores of several passes, which each are opened by themselves, and notes that the run has begun.
    /// - Parameter first: the inputs of the first pass, which say how the worlds are dealt out.
    /// - Returns: how many of them a former life of the run has begun.
    /// - Throws: `Failure` for a store that holds another run, before anything is written; `StoreError`.
    func beginParts(first: String) throws -> Int {
        switch try progress() {
        // Killed while it kept what it had told: the passes are whole, and their result is kept anew.
        case .empty, .begun(inputs):
            let jobs = folder.jobs
            switch try jobs.first?.progress() {
            case nil, .empty, .begun(first), .finished(first, _): break
            default: throw refusal("a run with other inputs or another number of passes, not finished")
            }
            try begin()
            return jobs.count
        case .begun: throw refusal("a run with other inputs, not finished")
        case .finished(let other, _): throw refusal(other == inputs ? "this run, finished" : "a run with other inputs")
        }
    }

    private func progress() throws(StoreError) -> StoreProgress { try folder.progress() }

    private func refusal(_ what: String) -> Failure {
        Failure(
            .environment,
            "\(folder.path): the store holds \(what); name another folder, or empty it with --restart")
    }

    /// Notes that a run of several passes has begun, in a store of its own beside those of the passes: from here on whoever
    /// asks knows that it has begun, and not that it has ended.
    func begin() throws {
        try StatusStore(path: folder.database).begin(inputs: inputs, seed: options.seed)
    }

    /// Keeps what such a run has told.
    func keep(_ result: StoredResult) throws {
        let store = try StatusStore(path: folder.database)
        try store.begin(inputs: inputs, seed: options.seed)
        try store.finish(result)
    }
}

extension StoredResult {
    /// Prints what was told as it was told first.
    func write(asJSON: Bool, to output: TerminalOutput) {
        output.write(asJSON ? json : text)
    }
}
