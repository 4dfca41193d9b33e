import SQLite
import Testing

@Suite struct MigrationTests {
    private let first = Migration(version: 1, sql: "CREATE TABLE citizen (id INTEGER PRIMARY KEY)")
    private let second = Migration(
        version: 2, sql: "ALTER TABLE citizen ADD COLUMN name TEXT; CREATE INDEX by_name ON citizen (name)")

    @Test func `a new file gets every step and an old one the rest`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("run.db")
        #expect(try Migrations([first]).apply(to: Database(path: path)) == 1)
        let database = try Database(path: path)
        try database.run("INSERT INTO citizen VALUES (7)")
        #expect(try Migrations([first, second]).apply(to: database) == 1)
        #expect(try Migrations([first, second]).apply(to: database) == 0)
        #expect(try database.userVersion == 2)
        #expect(try database.query("SELECT id, name FROM citizen") { $0.value(0) } == [7])
    }

    @Test func `a newer file is refused untouched`() throws {
        let directory = try TemporaryDirectory()
        let database = try Database(path: directory.path("run.db"))
        try Migrations([first, second]).apply(to: database)
        let error = #expect(throws: MigrationError.self) { try Migrations([first]).apply(to: database) }
        #expect(error == .newer(found: 2, known: 1, path: database.path))
        #expect(
            error?.description
                == "\(database.path): the file has schema version 2, but this program knows only up to 1")
    }

    @Test func `a step that fails is undone whole and the steps before it stay`() throws {
        let database = try Database(path: ":memory:")
        let broken = Migration(version: 2, sql: "CREATE TABLE extra (a); CREATE TABLE citizen (b)")
        let error = #expect(throws: MigrationError.self) { try Migrations([first, broken]).apply(to: database) }
        guard case .failed(2, let cause) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(cause.message == "table citizen already exists")
        #expect(try database.userVersion == 1)
        #expect(try database.query("SELECT name FROM sqlite_schema WHERE name = 'extra'") { $0.text(0) } == [])
    }

    @Test func `an up-to-date file may be open for reading only`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("run.db")
        try Migrations([first]).apply(to: Database(path: path))
        #expect(try Migrations([first]).apply(to: Database(path: path, mode: .readOnly)) == 0)
    }

    @Test func `versions must rise`() async {
        await #expect(processExitsWith: .failure) {
            _ = Migrations([Migration(version: 2, sql: ""), Migration(version: 2, sql: "")])
        }
    }
}
