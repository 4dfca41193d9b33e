/// One step of a schema: the SQL that takes a file from the version before to this one.
public struct Migration: Sendable {
    /// The version the file has afterwards; 1 or more.
    public let version: Int32
    /// A script without BEGIN and COMMIT.
    public let sql: String

    /// A step to `version`.
    public init(version: Int32, sql: String) {
        self.version = version
        self.sql = sql
    }
}

/// The steps of a schema in order, kept in the file's ``Database/userVersion``.
///
/// A step that has been released is never edited; a change is a new step.
public struct Migrations: Sendable {
    private let steps: [Migration]

    /// - Precondition: versions are positive and rise.
    public init(_ steps: [Migration]) {
        precondition(
            zip([0] + steps.map(\.version), steps.map(\.version)).allSatisfy { $0 < $1 },
            "migration versions must be positive and rise")
        self.steps = steps
    }

    /// The version a file has when every step is applied.
    public var latest: Int32 { steps.last?.version ?? 0 }

    /// Brings a file up to ``latest``, one transaction a step; what is done stays done when a later step fails.
    ///
    /// A file that is up to date is only read, so it may be open read-only or in use elsewhere.
    ///
    /// - Returns: how many steps were applied here.
    @discardableResult
    public func apply(to database: Database) throws(MigrationError) -> Int {
        let found = try version(of: database)
        var applied = 0
        for step in steps where step.version > found {
            if try apply(step, to: database) { applied += 1 }
        }
        // Another process may have gone further between the look above and the first transaction.
        _ = try version(of: database)
        return applied
    }

    /// The version of a file, refused when it is above what is known here.
    private func version(of database: Database) throws(MigrationError) -> Int32 {
        let found: Int32
        do {
            found = try database.userVersion
        } catch {
            throw .unreadable(error)
        }
        if found > latest { throw .newer(found: found, known: latest, path: database.path) }
        return found
    }

    private func apply(_ step: Migration, to database: Database) throws(MigrationError) -> Bool {
        do {
            return try database.transaction { () throws(DatabaseError) in
                // Under the lock: another process may have applied the step meanwhile.
                guard try database.userVersion < step.version else { return false }
                try database.execute(step.sql)
                try database.setUserVersion(step.version)
                return true
            }
        } catch {
            throw .failed(version: step.version, error)
        }
    }
}
