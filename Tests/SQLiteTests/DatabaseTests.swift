import SQLite
import Testing

@Suite struct DatabaseTests {
    @Test func `a constraint error carries the statement and the extended code`() throws {
        let database = try Database(path: ":memory:")
        try database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, age CHECK (age >= 0))")
        try database.run("INSERT INTO t VALUES (1, 'Åsa', 3)")
        let cases: [(String, DatabaseError.Code, String)] = [
            ("INSERT INTO t VALUES (1, 'Bo', 3)", .constraintPrimaryKey, "UNIQUE constraint failed: t.id"),
            ("INSERT INTO t VALUES (2, 'Åsa', 3)", .constraintUnique, "UNIQUE constraint failed: t.name"),
            ("INSERT INTO t VALUES (2, NULL, 3)", .constraintNotNull, "NOT NULL constraint failed: t.name"),
            ("INSERT INTO t VALUES (2, 'Bo', -1)", .constraintCheck, "CHECK constraint failed: age >= 0"),
        ]
        for (sql, code, message) in cases {
            let error = #expect(throws: DatabaseError.self) { try database.run(sql) }
            #expect(error == DatabaseError(code: code, message: message, sql: sql, path: ":memory:"))
            #expect(error?.code.primary == .constraint)
        }
    }

    @Test func `an error reads as one line`() throws {
        let database = try Database(path: ":memory:")
        try database.execute("CREATE TABLE t (id UNIQUE); INSERT INTO t VALUES (1)")
        let error = #expect(throws: DatabaseError.self) { try database.run("INSERT INTO t\n  VALUES (1)") }
        #expect(
            error?.description
                == ":memory:: UNIQUE constraint failed: t.id (SQLITE_CONSTRAINT_UNIQUE 2067) in: "
                + "INSERT INTO t VALUES (1)")
    }

    @Test func `a script runs to its end, and its error names the failing statement only`() throws {
        let database = try Database(path: ":memory:")
        try database.execute("-- nothing\n;;CREATE TABLE t (a);\nINSERT INTO t VALUES (1); -- end\n")
        let error = #expect(throws: DatabaseError.self) {
            try database.execute("INSERT INTO t VALUES (2); INSERT INTO u VALUES (3); INSERT INTO t VALUES (4)")
        }
        #expect(error?.message == "no such table: u")
        #expect(try database.query("SELECT a FROM t") { $0.int(0) } == [1, 2])
    }

    @Test(arguments: ["", "  -- comment", "SELECT 1; SELECT 2", "SELECT 1;\0SELECT 2", "\0"])
    func `prepare takes exactly one statement`(sql: String) throws {
        let database = try Database(path: ":memory:")
        let error = #expect(throws: DatabaseError.self) { _ = try database.prepare(sql) }
        #expect(error?.code == .misuse)
    }

    @Test func `a wrong number of values and a wrong parameter are refused`() throws {
        let database = try Database(path: ":memory:")
        let error = #expect(throws: DatabaseError.self) { try database.run("SELECT ?, ?", 1) }
        #expect(error?.message == "1 values for 2 parameters")
        let select = try database.prepare("SELECT ?")
        #expect(throws: DatabaseError.self) { try select.bind(2, 1) }
        #expect(try select.step())
        let late = #expect(throws: DatabaseError.self) { try select.bind(1, 1) }
        #expect(late?.code == .misuse)
    }

    @Test func `a query inside a query on the same SQL sees its own rows`() throws {
        let database = try Database(path: ":memory:")
        let sql = "WITH n(i) AS (VALUES (1), (2), (3)) SELECT i FROM n"
        let nested = try database.query(sql) { (row) throws(DatabaseError) in
            "\(row.int(0)):" + (try database.query(sql) { $0.text(0) }).joined()
        }
        #expect(nested == ["1:123", "2:123", "3:123"])
    }

    @Test func `a statement works after its error`() throws {
        let database = try Database(path: ":memory:")
        try database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)")
        let insert = try database.prepare("INSERT INTO t VALUES (?)")
        for id in [1, 1, 2] {
            try insert.bind(1, id)
            do { try insert.run() } catch { #expect(error.code == .constraintPrimaryKey) }
        }
        #expect(database.lastInsertedRowID == 2)
        #expect(database.changes == 1)
        #expect(try database.query("SELECT count(*) FROM t") { $0.int(0) } == [2])
    }

    @Test(arguments: [0, 20, 4_096])
    func `a file that is not a database is refused at opening`(padding: Int) throws {
        let directory = try TemporaryDirectory()
        let bytes = Array("This is a photograph.".utf8) + [UInt8](repeating: 65, count: padding)
        let path = try directory.write(bytes, to: "photo.jpg")
        let error = #expect(throws: DatabaseError.self) { _ = try Database(path: path) }
        #expect(error?.code == .notADatabase)
        #expect(error?.path == path)
        #expect(error?.message == "file is not a database")
    }

    @Test func `a missing file cannot be opened for reading`() throws {
        let path = try TemporaryDirectory().path("none.db")
        let error = #expect(throws: DatabaseError.self) { _ = try Database(path: path, mode: .readOnly) }
        #expect(error?.code.primary == .cannotOpen)
        #expect(error?.description == "\(path): unable to open database file (SQLITE_CANTOPEN 14)")
    }

    @Test func `what one connection writes another reads, and may not write`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("å.db")
        let writer = try Database(path: path)
        #expect(try writer.pragma("journal_mode", "WAL") == "wal")
        try writer.execute("CREATE TABLE t (a); INSERT INTO t VALUES ('kvar')")
        let reader = try Database(path: path, mode: .readOnly)
        #expect(try reader.query("SELECT a FROM t") { $0.text(0) } == ["kvar"])
        let error = #expect(throws: DatabaseError.self) { try reader.run("DELETE FROM t") }
        #expect(error?.code == .readOnly)
    }

    @Test func `a statement outlives its database`() throws {
        var database: Database? = try Database(path: ":memory:")
        let select = try database!.prepare("SELECT 7")
        database = nil
        #expect(try select.step())
        #expect(select.int(0) == 7)
    }
}
