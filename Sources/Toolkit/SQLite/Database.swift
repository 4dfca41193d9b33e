import CSQLite

/// A connection to one SQLite file.
///
/// It is opened without SQLite's own locks and is not `Sendable`: one thread or task at a time, kept by the compiler.
///
/// ```swift
/// let database = try Database(path: "run.db", mode: .readWriteCreate)
/// try database.pragma("journal_mode", "WAL")
/// let names = try database.query("SELECT name FROM citizen WHERE born > ?", "1980-01-01") { $0.text(0) }
/// ```
public final class Database {
    /// What may be done with the file.
    public enum Mode: Sendable {
        /// Reading and writing; a missing file is created.
        case readWriteCreate
        /// Reading; a missing file is an error.
        case readOnly
        /// Reading a file that nobody writes, such as one on a medium that cannot be written: no lock is taken, and what
        /// a write-ahead log beside it holds is not seen.
        case immutable
    }

    /// The path as it was given; `:memory:` is a database without a file.
    public let path: String

    private let handle: OpaquePointer
    var cache = StatementCache()

    /// Opens a file and reads its header, so that a file that is not a database is refused here and not later.
    ///
    /// - Parameter busyTimeout: how long a statement waits for another process's lock before it fails as busy.
    public init(
        path: String, mode: Mode = .readWriteCreate, busyTimeout: Duration = .seconds(5)
    ) throws(DatabaseError) {
        let access =
            switch mode {
            case .readWriteCreate: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            case .readOnly: SQLITE_OPEN_READONLY
            case .immutable: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
            }
        let name = mode == .immutable ? Self.immutableURI(path) : path
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(name, &opened, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let opened else {
            let error = DatabaseError(code: code, connection: opened, sql: nil, path: path)
            // A failed open still gives a connection, to ask for the error.
            sqlite3_close_v2(opened)
            throw error
        }
        self.path = path
        handle = opened
        let milliseconds = min(max(busyTimeout / .milliseconds(1), 0), Double(Int32.max))
        sqlite3_busy_timeout(opened, Int32(milliseconds))
        try pragma("schema_version")
    }

    deinit {
        cache.removeAll()
        // Unlike `sqlite3_close` this waits for statements still held elsewhere instead of failing.
        sqlite3_close_v2(handle)
    }

    /// Whether a transaction is open.
    public var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Whether the file is no longer where it was opened: removed, or another in its place. What is written then is
    /// lost. False without a file.
    public var hasMoved: Bool {
        var moved: Int32 = 0
        let code = sqlite3_file_control(handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved)
        return code == SQLITE_OK && moved != 0
    }

    /// The path as SQLite's `file:` form has it, in which `?`, `#` and `%` are signs of their own.
    private static func immutableURI(_ path: String) -> String {
        let escaped = path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
        return "file:\(escaped)?immutable=1"
    }

    /// How many rows the latest INSERT, UPDATE or DELETE touched.
    public var changes: Int { Int(sqlite3_changes64(handle)) }

    /// The row id of the latest INSERT.
    public var lastInsertedRowID: Int64 { sqlite3_last_insert_rowid(handle) }

    /// Compiles one statement to keep and run many times.
    ///
    /// Empty SQL and SQL with a second statement are refused.
    public func prepare(_ sql: String) throws(DatabaseError) -> Statement {
        let utf8 = sql.utf8.span
        return try utf8.withUnsafeBufferPointer { (text) throws(DatabaseError) -> Statement in
            var rest = text[...]
            let first = try compileNext(of: &rest, persistent: true)
            guard let first else {
                throw DatabaseError(code: .misuse, message: "there is no statement to prepare", sql: sql, path: path)
            }
            let statement = Statement(handle: first)
            if let second = try compileNext(of: &rest, persistent: false) {
                sqlite3_finalize(second)
                throw DatabaseError(
                    code: .misuse, message: "prepare takes one statement; use execute for a script", sql: sql,
                    path: path)
            }
            return statement
        }
    }

    /// Runs a script of any number of statements. It stops at the first that fails, which the error carries.
    ///
    /// Earlier statements stay done, unless a transaction is around them.
    public func execute(_ sql: String) throws(DatabaseError) {
        let utf8 = sql.utf8.span
        try utf8.withUnsafeBufferPointer { (text) throws(DatabaseError) in
            var rest = text[...]
            while let next = try compileNext(of: &rest, persistent: false) {
                try Statement(handle: next).run()
            }
        }
    }

    /// Compiles the first statement of `text` and moves past it; nil when only space and comments are left.
    private func compileNext(
        of text: inout Slice<UnsafeBufferPointer<UInt8>>, persistent: Bool
    ) throws(DatabaseError) -> OpaquePointer? {
        while !text.isEmpty {
            let rest = UnsafeBufferPointer(rebasing: text)
            let count = Int32(clamping: rest.count)
            let flags = persistent ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
            var statement: OpaquePointer?
            var tail: UnsafePointer<CChar>?
            let (code, used) = rest.withMemoryRebound(to: CChar.self) { characters in
                let code = sqlite3_prepare_v3(handle, characters.baseAddress, count, flags, &statement, &tail)
                return (code, tail.flatMap { end in characters.baseAddress.map { end - $0 } } ?? 0)
            }
            let sql = String(decoding: used > 0 ? UnsafeBufferPointer(rebasing: rest[..<used]) : rest, as: UTF8.self)
            if code != SQLITE_OK {
                throw DatabaseError(code: code, connection: handle, sql: sql)
            }
            text = text.dropFirst(used)
            if let statement { return statement }
            // SQLite stops at a NUL and would leave out whatever comes after it.
            if used == 0 || text.first == 0 {
                throw DatabaseError(code: .misuse, message: "the SQL contains a NUL character", sql: sql, path: path)
            }
        }
        return nil
    }
}
