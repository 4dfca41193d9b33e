import SQLite

extension Schema {
    /// Whether the file is still empty; a file that is not a store of this version is refused.
    static func inspect(_ connection: Database, path: String) throws(StoreError) -> Bool {
        let version = try database { () throws(DatabaseError) in try connection.userVersion }
        let application = try database { () throws(DatabaseError) in try connection.pragma("application_id") }
        if application == String(applicationID) {
            guard version == StatusStore.schemaVersion else {
                throw .otherSchema(found: version, known: StatusStore.schemaVersion, path: path)
            }
            try checkDefinitions(connection, path: path)
            return false
        }
        let objects = try database { () throws(DatabaseError) in
            try connection.query("SELECT count(*) FROM sqlite_schema") { $0.int(0) }.first ?? 0
        }
        guard application == "0", version == 0, objects == 0 else { throw .notAStore(path: path) }
        return true
    }

    static func create(in connection: Database) throws(StoreError) {
        // Large pages are written a third faster than SQLite's usual 4 KiB: values of half a kilobyte fill them better.
        // The size can be set only before the first write.
        try database { () throws(DatabaseError) in _ = try connection.pragma("page_size", "16384") }
        try configure(connection)
        try database { () throws(DatabaseError) in
            try connection.transaction { () throws(DatabaseError) in
                try define(in: connection)
                try connection.pragma("application_id", "\(applicationID)")
                try connection.setUserVersion(StatusStore.schemaVersion)
            }
        }
    }

    private static func define(in connection: Database) throws(DatabaseError) {
        try connection.execute(tables)
        try connection.execute(views)
    }

    /// A store's own definitions are read from its file, so a damaged one would read other columns.
    private static func checkDefinitions(_ connection: Database, path: String) throws(StoreError) {
        let wanted = try database { () throws(DatabaseError) in
            let fresh = try Database(path: ":memory:")
            try define(in: fresh)
            return try definitions(fresh)
        }
        let found = try database { () throws(DatabaseError) in try definitions(connection) }
        guard found == wanted else {
            let name = zip(wanted, found).first { $0 != $1 }?.0.first ?? "of a table"
            throw .damaged("\(path): the definition of \(name) is not as it was written")
        }
    }

    private static func definitions(_ connection: Database) throws(DatabaseError) -> [[String]] {
        let sql = "SELECT name, tbl_name, type, sql FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name"
        return try connection.query(sql) { row in (0..<4).map { row.text($0) } }
            .filter { $0.first?.hasPrefix("sqlite_") == false }
    }

    /// What a writer's connection needs. The log is copied into the file when it has grown to 4,000 pages, 64 MB: with
    /// 25,000 the copying took so long at a time that the engine had to wait for it. With `NORMAL` a power cut can cost
    /// the latest checkpoints, never the file. A writer appends: 8 MB of pages are enough.
    static func configure(_ connection: Database) throws(StoreError) {
        try database { () throws(DatabaseError) in
            try connection.pragma("journal_mode", "WAL")
            try connection.pragma("synchronous", "NORMAL")
            try connection.pragma("wal_autocheckpoint", "4000")
            try connection.pragma("cache_size", "-8000")
        }
    }
}
