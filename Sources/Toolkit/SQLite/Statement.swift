import CSQLite

/// One compiled statement, owned by one holder and finalized when that holder lets go.
///
/// Parameters count from 1 and columns from 0, as in SQLite. A loop binds, runs and binds again:
///
/// ```swift
/// let insert = try database.prepare("INSERT INTO citizen (id, name) VALUES (?, ?)")
/// for citizen in citizens {
///     try insert.bind(1, citizen.id)
///     try insert.bind(2, text: citizen.name)
///     try insert.run()
/// }
/// ```
///
/// A statement that lives longer than its ``Database`` keeps the connection, and so the file, open.
public struct Statement: ~Copyable {
    let handle: OpaquePointer

    init(handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        sqlite3_finalize(handle)
    }

    /// The SQL as it was written.
    public var sql: String { sqlite3_sql(handle).map { String(cString: $0) } ?? "" }

    /// How many parameters there are to bind.
    public var parameterCount: Int32 { sqlite3_bind_parameter_count(handle) }

    /// Takes the next row. After the last row, and after an error, the statement is reset and can be bound again.
    ///
    /// - Returns: true when there is a row to read.
    public func step() throws(DatabaseError) -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE {
            sqlite3_reset(handle)
            return false
        }
        let error = failure(code)
        sqlite3_reset(handle)
        throw error
    }

    /// Steps to the end, dropping rows if there are any, and resets. The bound values stay.
    public func run() throws(DatabaseError) {
        while try step() {}
    }

    /// Makes the statement ready for binds and a new run; needed only when rows were left unread.
    public func reset() {
        // The code it returns repeats what `step` has thrown already.
        sqlite3_reset(handle)
    }

    /// Sets every parameter to NULL. Frees copied values, and forgets memory that was bound without copying.
    public func clearBindings() {
        sqlite3_clear_bindings(handle)
    }

    func check(_ code: Int32) throws(DatabaseError) {
        if code != SQLITE_OK { throw failure(code) }
    }

    private func failure(_ code: Int32) -> DatabaseError {
        DatabaseError(code: code, connection: sqlite3_db_handle(handle), sql: sql)
    }
}
