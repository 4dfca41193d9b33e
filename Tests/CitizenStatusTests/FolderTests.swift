import CitizenStatus
import Foundation
import LifeEvents
import SQLite
import Testing

/// The folder of a store: whose it is, who writes it, and what may be removed.
@Suite struct FolderTests {
    let directory: TemporaryDirectory
    var folder: StoreFolder { StoreFolder(directory.path("a/b")) }

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func write(_ name: String, _ text: String = "somebody's") throws {
        let path = "\(folder.path)/\(name)"
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }

    private func files() -> [String] {
        (FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []).sorted()
    }

    private func fill(_ folder: StoreFolder) throws {
        let store = try StatusStore(path: folder.database, topics: topics)
        try store.begin(inputs: "abc", seed: 1)
        try store.append(hour: 1) { $0.addTile(id(1), "U2") }
        try store.checkpoint(instant: at(1))
    }

    @Test(arguments: ["status.sqlite", "status.sqlite-wal", "run.jsonl", "livsbuss-store"])
    func `somebody's file with the name of one of a store's is refused and stays`(name: String) throws {
        try write(name)
        try write("job-1/mine/thesis.tex")
        let before = files()
        let error = #expect(throws: StoreError.self) { _ = try StoreLock(folder).clear() }
        #expect(error == .foreign(path: "\(folder.path)/\(name)"))
        #expect(files() == before)
    }

    @Test func `another program's database is refused even in a folder that Livsbuss has marked`() throws {
        do { _ = try StoreLock(folder) }
        try Database(path: folder.database).execute("CREATE TABLE mine (a)")
        #expect(throws: StoreError.foreign(path: folder.database)) { _ = try StoreLock(folder) }
    }

    @Test func `emptying a folder removes a store and its jobs, and nothing that has another name`() throws {
        try write("notes.txt")
        try write("job-3/status.sqlite")
        try write("job-2/mine")
        for place in [folder, folder.job(1), folder.job(2)] {
            _ = try StoreLock(place)
            try fill(place)
        }
        try write("run.jsonl")
        #expect(folder.jobs.map(\.path) == [folder.job(1).path, folder.job(2).path])
        try StoreLock(folder).clear()
        #expect(files() == ["job-2", "job-2/mine", "job-3", "job-3/status.sqlite", "livsbuss-store", "notes.txt"])
    }

    @Test func `a store from before there were markers is known by what stands in its header`() throws {
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        try fill(folder)
        try Database(path: folder.database).setUserVersion(2)
        try write("run.jsonl")
        #expect(folder.isOurs)
        #expect(throws: StoreError.otherSchema(found: 2, known: StatusStore.schemaVersion, path: folder.database)) {
            _ = try folder.open()
        }
        try StoreLock(folder).clear()
        #expect(files() == ["livsbuss-store"])
    }

    @Test func `a store that is written is refused to others with the process's number, and free afterwards`() throws {
        do {
            let first = try StoreLock(folder)
            #expect(throws: StoreError.inUse(path: folder.path, process: getpid())) { _ = try StoreLock(folder) }
            #expect("\(StoreError.inUse(path: "p", process: 17))".contains("the process 17 is writing"))
            _ = first.folder
        }
        _ = try StoreLock(folder)
    }

    @Test func `runs without a store of their own get one each, and questions go to the newest`() throws {
        let path = directory.path("last")
        #expect(StoreFolder.newest(path).path == path)
        let first = try StoreLock.firstFree(path)
        let second = try StoreLock.firstFree(path)
        #expect([first, second].map(\.folder.path) == [path, path + "-2"])
        // The clock of a file system may stand still between two runs.
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: path + "/livsbuss-store")
        #expect(StoreFolder.newest(path).path == path + "-2")
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: path + "-2/livsbuss-store")
        #expect(StoreFolder.newest(path).path == path)
    }

    @Test(
        arguments: [
            (nil, "there is no such folder"), ("", "the folder is empty"), ("x", "which holds `x`"),
            ("status.sqlite", "no run has written"),
        ] as [(String?, String)])
    func `a folder without a store is told for what it is`(name: String?, sentence: String) throws {
        if let name { try write(name.isEmpty ? "x" : name, "") }
        if name == "" { try FileManager.default.removeItem(atPath: "\(folder.path)/x") }
        let error = #expect(throws: StoreError.self) { _ = try folder.open() }
        #expect("\(try #require(error))".contains(sentence))
    }

    @Test func `a store that is removed while it is written ends the run`() throws {
        let lock = try StoreLock(folder)
        let store = try StatusStore(path: lock.folder.database, topics: topics)
        try store.append(hour: 1) { $0.addTile(id(1), "U2") }
        try store.checkpoint(instant: at(1))
        try FileManager.default.removeItem(atPath: folder.path)
        try store.append(hour: 2) { $0.addTile(id(2), "U2") }
        #expect(throws: StoreError.removed(path: folder.database)) { try store.checkpoint(instant: at(2)) }
        #expect(throws: StoreError.unusable(path: folder.database)) {
            try store.finish(StoredResult(text: "", json: "", exitCode: 0))
        }
    }

    @Test func `a finished store is read where nothing can be written beside it, and another is told to be copied`()
        throws
    {
        do { _ = try StoreLock(folder) }
        do {
            try fill(folder)
            let store = try StatusStore(path: folder.database, topics: topics)
            try store.finish(StoredResult(text: "passed", json: "{}", exitCode: 0))
            try store.finish()
        }
        // A link in the place of the file that SQLite would make is followed by nobody: the same as on a medium that
        // cannot be written, and for the superuser too.
        try FileManager.default.createSymbolicLink(
            atPath: folder.database + "-shm", withDestinationPath: directory.path("nowhere"))
        let store = try folder.open()
        #expect(try store.tiles(of: anna).map(\.code) == [2])
        #expect(try store.progress() == .finished(inputs: "abc", StoredResult(text: "passed", json: "{}", exitCode: 0)))
        try write("status.sqlite-wal", "a log")
        #expect(throws: StoreError.needsWriting(path: folder.database)) { _ = try folder.open() }
    }

    @Test func `how far a run has come is kept, with what it told at its end`() throws {
        _ = try StoreLock(folder)
        #expect(try folder.progress() == .empty)
        do {
            let store = try StatusStore(path: folder.database, topics: topics)
            #expect(try folder.progress() == .empty)
            try store.begin(inputs: "abc", seed: 7)
            #expect(try folder.progress() == .begun(inputs: "abc"))
            let result = StoredResult(text: "failed  å\n", json: "{\"a\":1}\n", exitCode: 1)
            try store.finish(result)
            #expect(try folder.progress() == .finished(inputs: "abc", result))
        }
        try Database(path: folder.database).execute("UPDATE properties SET value = 'passed' WHERE name = 'result-text'")
        #expect(throws: StoreError.self) { _ = try folder.progress() }
    }
}
