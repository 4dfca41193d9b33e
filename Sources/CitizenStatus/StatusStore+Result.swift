import SQLite

/// What a run told when it ended.
public struct StoredResult: Equatable, Sendable {
    /// The report for people, without colours.
    public var text: String
    /// The report for programs: one JSON object.
    public var json: String
    /// The exit code of `livsbuss run`.
    public var exitCode: Int32

    /// A result of its parts.
    public init(text: String, json: String, exitCode: Int32) {
        self.text = text
        self.json = json
        self.exitCode = exitCode
    }
}

/// How far the run of a store has come.
public enum StoreProgress: Equatable, Sendable {
    /// Nothing is known of a run, as after a disk that was full from the start.
    case empty
    /// A run with these inputs has begun, and may go on from the last checkpoint if there is one.
    case begun(inputs: String)
    /// A run with these inputs has ended; nil: as one of several jobs, whose result is kept beside them.
    case finished(inputs: String, StoredResult?)
}

extension StatusStore {
    private static let inputs = "inputs"
    private static let finished = "finished"
    private static let text = "result-text"
    private static let json = "result-json"
    private static let exitCode = "result-exit-code"

    /// Notes what the run is made of.
    /// - Parameter inputs: equal for runs with equal inputs, and for no others.
    public func begin(inputs: String, seed: UInt64) throws(StoreError) {
        try setProperties([Self.inputs: inputs, "seed": String(seed)])
    }

    /// Notes that the run has ended, together with what it told: whoever asks later gets the same answer.
    /// - Throws: ``StoreError``; the run has then not ended and its last checkpoint stands.
    public func finish(_ result: StoredResult) throws(StoreError) {
        try setProperties([
            Self.finished: "yes", Self.text: result.text, Self.json: result.json,
            Self.exitCode: String(result.exitCode),
        ])
    }

    /// Makes the indices, and notes that no run goes on from the store: it was made from a log, which has no state of
    /// agencies and no result.
    public func finishRebuilt() throws(StoreError) {
        try finish()
        try setProperty(Self.finished, "yes")
    }

    /// How far the run has come.
    /// - Throws: ``StoreError/damaged(_:)`` if the notes of it are not as they were written.
    public func progress() throws(StoreError) -> StoreProgress {
        try StoreCheck(connection: connection).checkProperties()
        guard let inputs = try property(Self.inputs) else { return .empty }
        guard try property(Self.finished) != nil else { return .begun(inputs: inputs) }
        guard let text = try property(Self.text), let json = try property(Self.json),
            let code = try property(Self.exitCode).flatMap(Int32.init)
        else { return .finished(inputs: inputs, nil) }
        return .finished(inputs: inputs, StoredResult(text: text, json: json, exitCode: code))
    }
}

extension StoreFolder {
    /// How far the run of the store in this folder has come; ``StoreProgress/empty`` without a store.
    public func progress() throws(StoreError) -> StoreProgress {
        guard Self.size(of: database) > 0 else { return .empty }
        do {
            return try StatusStore(path: database, mode: .readOnly).progress()
        } catch {
            // The first write of a store can fail when its file has been made.
            if case .missing = error { return .empty }
            throw error
        }
    }
}
