public import SQLite

/// Why a status store could not be opened, written or read.
public enum StoreError: Error, Equatable, Sendable {
    /// The file was written with another layout than this program knows; it is left as it is.
    case otherSchema(found: Int32, known: Int32, path: String)
    /// The file is an SQLite database of something else.
    case notAStore(path: String)
    /// The file is no database at all.
    case notADatabase(path: String)
    /// The file is to be read and is not there.
    case missing(path: String)
    /// What was handed over contradicts itself; nothing of it was kept.
    case wrongBatch(String)
    /// A row that this program cannot have written.
    case damaged(String)
    /// An earlier write failed and was undone back to the last checkpoint; the store has to be opened anew.
    case unusable(path: String)
    /// Another process is writing the store.
    case inUse(path: String, process: Int32?)
    /// The file was removed, or another put in its place, while it was written.
    case removed(path: String)
    /// A store that no run has ended, on a medium that cannot be written: its log cannot be read there.
    case needsWriting(path: String)
    /// A file or folder that this program has not made stands where one of a store would.
    case foreign(path: String)
    /// A folder that holds no store; the sentence says what it holds instead.
    case noStore(String)
    /// SQLite refused.
    case database(DatabaseError)
}

extension StoreError: CustomStringConvertible {
    /// One sentence for a person.
    public var description: String {
        switch self {
        case .otherSchema(let found, let known, let path):
            "\(path): the store has schema version \(found), this program reads and writes version \(known); "
                + "run again into a new store or use the program that wrote it"
        case .notAStore(let path):
            "\(path): this SQLite database is no status store"
        case .notADatabase(let path):
            "\(path): this file is no SQLite database"
        case .missing(let path):
            "\(path): there is no status store"
        case .wrongBatch(let reason):
            "the messages of an instant could not be stored: \(reason)"
        case .damaged(let reason):
            "the status store is damaged: \(reason)"
        case .unusable(let path):
            "\(path): an earlier write failed, so the store must be opened again from its last checkpoint"
        case .inUse(let path, let process):
            "\(path): \(process.map { "the process \($0)" } ?? "another process") is writing this store; wait for it, "
                + "or name another folder with --store"
        case .removed(let path):
            "\(path): the store was removed while the run went on, so nothing of the run is kept"
        case .needsWriting(let path):
            "\(path): the run that wrote this store did not end, and its log cannot be read where nothing can be "
                + "written; copy the folder and ask the copy"
        case .foreign(let path):
            "\(path): Livsbuss did not make this, so it is neither removed nor written over; name another folder"
        case .noStore(let sentence):
            sentence
        case .database(let error):
            "the status store failed: \(error)"
        }
    }
}

extension StoreError {
    /// An error of SQLite; that a file is malformed is said as such.
    init(_ error: DatabaseError) {
        self = error.code.primary == .corrupt ? .damaged("\(error)") : .database(error)
    }
}

/// Runs a call into SQLite and gives its error as the store's.
func database<Result: ~Copyable>(_ body: () throws(DatabaseError) -> Result) throws(StoreError) -> Result {
    do {
        return try body()
    } catch {
        throw StoreError(error)
    }
}
