import Foundation
import SQLite
import Testing

/// A database and the file it stands in.
@Suite struct FileTests {
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func make(_ name: String) throws -> String {
        let path = directory.path(name)
        let database = try Database(path: path)
        try database.pragma("journal_mode", "WAL")
        try database.execute("CREATE TABLE t (a); INSERT INTO t VALUES (7)")
        return path
    }

    @Test(arguments: ["plain.db", "a b%20.db", "what?immutable=0.db", "hash#1.db", "å.db"])
    func `a file that nobody writes is read without a file beside it, whatever its name`(name: String) throws {
        let path = try make(name)
        // SQLite follows no link for the file it shares with others, so it can make none.
        try FileManager.default.createSymbolicLink(
            atPath: path + "-shm", withDestinationPath: directory.path("nowhere"))
        #expect(throws: DatabaseError.self) { _ = try Database(path: path, mode: .readOnly) }
        let database = try Database(path: path, mode: .immutable)
        #expect(try database.query("SELECT a FROM t") { $0.int(0) } == [7])
        #expect(throws: DatabaseError.self) { try database.run("INSERT INTO t VALUES (8)") }
        #expect(throws: DatabaseError.self) { _ = try Database(path: path + "-none", mode: .immutable) }
    }

    @Test func `a file that was removed or replaced has moved`() throws {
        let path = try make("a.db")
        let database = try Database(path: path)
        #expect(!database.hasMoved)
        try FileManager.default.moveItem(atPath: path, toPath: path + "-old")
        #expect(database.hasMoved)
        try FileManager.default.copyItem(atPath: path + "-old", toPath: path)
        #expect(database.hasMoved)
        #expect(try !Database(path: ":memory:").hasMoved)
    }

    @Test func `a column tells how it is stored`() throws {
        let database = try Database(path: ":memory:")
        let found = try database.query("SELECT NULL, 1, 1.0, '1', x'31'") { row in (0..<5).map { row.storage($0) } }
        #expect(found == [[.null, .integer, .real, .text, .blob]])
    }
}
