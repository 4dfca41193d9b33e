import SQLite
import Testing

private struct Halt: Error {}

@Suite struct TransactionTests {
    private let database: Database

    init() throws {
        database = try Database(path: ":memory:")
        try database.execute("CREATE TABLE t (a)")
    }

    private func rows() throws -> [Int] {
        try database.query("SELECT a FROM t ORDER BY a") { $0.int(0) }
    }

    @Test func `a transaction gives the body's result and keeps its work`() throws {
        let result = try database.transaction { () throws(DatabaseError) in
            try database.run("INSERT INTO t VALUES (?)", 1)
            #expect(database.isInTransaction)
            return "done"
        }
        #expect(result == "done")
        #expect(!database.isInTransaction)
        #expect(try rows() == [1])
    }

    @Test func `a body that throws leaves nothing behind`() throws {
        #expect(throws: Halt.self) {
            try database.transaction {
                try database.run("INSERT INTO t VALUES (1)")
                throw Halt()
            }
        }
        let error = #expect(throws: DatabaseError.self) {
            try database.transaction { () throws(DatabaseError) in
                try database.run("INSERT INTO t VALUES (2)")
                try database.run("INSERT INTO nowhere VALUES (2)")
            }
        }
        #expect(error?.message == "no such table: nowhere")
        #expect(!database.isInTransaction)
        #expect(try rows() == [])
    }

    @Test func `a throw out of a half-read statement is rolled back`() throws {
        try database.execute("INSERT INTO t VALUES (1), (2), (3)")
        let select = try database.prepare("SELECT a FROM t")
        #expect(throws: Halt.self) {
            try database.transaction {
                #expect(try select.step())
                try database.run("DELETE FROM t")
                throw Halt()
            }
        }
        #expect(!database.isInTransaction)
        select.reset()
        #expect(try rows() == [1, 2, 3])
    }

    @Test func `a commit that fails is rolled back and its error thrown`() throws {
        try database.pragma("foreign_keys", "ON")
        try database.execute(
            "CREATE TABLE parent (id INTEGER PRIMARY KEY);"
                + "CREATE TABLE child (parent REFERENCES parent(id) DEFERRABLE INITIALLY DEFERRED)")
        let error = #expect(throws: DatabaseError.self) {
            try database.transaction { () throws(DatabaseError) in
                try database.run("INSERT INTO child VALUES (9)")
            }
        }
        #expect(error?.code == .constraintForeignKey)
        #expect(error?.sql == "COMMIT")
        #expect(!database.isInTransaction)
        #expect(try database.query("SELECT count(*) FROM child") { $0.int(0) } == [0])
        try database.transaction { () throws(DatabaseError) in try database.run("INSERT INTO t VALUES (5)") }
        #expect(try rows() == [5])
    }

    @Test func `a transaction inside a transaction is refused and undoes the outer one`() throws {
        let error = #expect(throws: DatabaseError.self) {
            try database.transaction { () throws(DatabaseError) in
                try database.run("INSERT INTO t VALUES (1)")
                try database.transaction { () throws(DatabaseError) in try database.run("INSERT INTO t VALUES (2)") }
            }
        }
        #expect(error?.message == "cannot start a transaction within a transaction")
        #expect(try rows() == [])
    }

    @Test func `a full disk is told as such and nothing of the batch is kept`() throws {
        let directory = try TemporaryDirectory()
        let database = try Database(path: directory.path("full.db"))
        try database.execute("CREATE TABLE t (a)")
        try database.pragma("max_page_count", "8")
        let insert = try database.prepare("INSERT INTO t VALUES (zeroblob(?))")
        let error = #expect(throws: DatabaseError.self) {
            try database.transaction { () throws(DatabaseError) in
                for _ in 0..<100 {
                    try insert.bind(1, 1_000)
                    try insert.run()
                }
            }
        }
        #expect(error?.code == .full)
        #expect(error?.message == "database or disk is full")
        #expect(!database.isInTransaction)
        #expect(try database.query("SELECT count(*) FROM t") { $0.int(0) } == [0])
    }

    @Test func `two writers: the second is busy, and may try again`() throws {
        let directory = try TemporaryDirectory()
        let first = try Database(path: directory.path("two.db"), busyTimeout: .zero)
        let second = try Database(path: directory.path("two.db"), busyTimeout: .zero)
        try first.begin()
        let error = #expect(throws: DatabaseError.self) { try second.begin() }
        #expect(error?.code == .busy)
        try first.rollback()
        try first.rollback()
        try second.begin()
        try second.commit()
    }
}
