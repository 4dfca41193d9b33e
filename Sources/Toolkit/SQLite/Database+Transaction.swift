extension Database {
    /// When a transaction takes its lock.
    public enum TransactionKind: String, Sendable {
        /// At the first statement that needs it. A later write can fail as busy with no way to wait.
        case deferred = "BEGIN DEFERRED"
        /// For writing, at once.
        case immediate = "BEGIN IMMEDIATE"
    }

    /// Opens a transaction. They do not nest.
    public func begin(_ kind: TransactionKind = .immediate) throws(DatabaseError) {
        try run(kind.rawValue)
    }

    /// Ends the transaction and keeps its work.
    ///
    /// When it fails, as with SQLITE_BUSY or a deferred constraint, the transaction is still open: commit again or
    /// roll back.
    public func commit() throws(DatabaseError) {
        try run("COMMIT")
    }

    /// Ends the transaction and undoes its work. Without a transaction it does nothing: SQLite has then rolled back
    /// by itself, as it may at SQLITE_FULL or SQLITE_IOERR.
    public func rollback() throws(DatabaseError) {
        if isInTransaction { try run("ROLLBACK") }
    }

    /// Runs `body` in a transaction: all of it is kept, or, when the body or the commit throws, none.
    ///
    /// A closure that throws is written `{ () throws(DatabaseError) in … }`.
    public func transaction<Result>(
        _ kind: TransactionKind = .immediate, _ body: () throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> Result {
        try begin(kind)
        do {
            let result = try body()
            try commit()
            return result
        } catch {
            // The first error is the cause. If the rollback fails as well there is nothing better to tell.
            try? rollback()
            throw error
        }
    }

    /// Runs a body that may throw errors of any type in a transaction; else as the typed form.
    public func transaction<Result>(
        _ kind: TransactionKind = .immediate, _ body: () throws -> Result
    ) throws -> Result {
        try begin(kind)
        do {
            let result = try body()
            try commit()
            return result
        } catch {
            try? rollback()
            throw error
        }
    }
}
