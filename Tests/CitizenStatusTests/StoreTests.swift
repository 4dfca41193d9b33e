import CitizenStatus
import Foundation
import LifeEvents
import SQLite
import Testing

@Suite struct StoreTests {
    let directory: TemporaryDirectory
    var path: String { directory.path("status.db") }

    init() throws {
        directory = try TemporaryDirectory()
    }

    @Test func `a store opened again goes on where its last checkpoint was`() throws {
        let foreign = try #require(EventID(text: "a foreign id"))
        do {
            let store = try StatusStore(path: path, topics: topics)
            #expect(store.lastCheckpoint == nil)
            try store.recordPerson(key: bo, world: 2, name: "bo", scenario: "first-child", caseName: "a")
            try store.append(hour: 1) {
                $0.addTile(id(1), "U2")
                $0.addTile(foreign, "U2", tile: "x", outside: true)
            }
            try store.checkpoint(instant: at(1))
            try store.append(hour: 2) { $0.addTile(id(2), "U9", tile: "lost", of: bo) }
        }
        let store = try StatusStore(path: path, topics: ["new.topic.v1"] + topics)
        #expect(store.lastCheckpoint == at(1) && store.messageCount == 2)
        try store.append(hour: 2) {
            $0.addTile(id(2), "U4")
            $0.addTile(id(2, 1), "U1", of: bo)
        }
        try store.checkpoint(instant: at(2))
        #expect(try store.tiles(of: anna).map(\.code) == [4, 2])
        #expect(try store.message(id: foreign)?.id == foreign)
        #expect(try store.message(id: id(1))?.topic == topics[0])
        #expect(try store.message(id: id(2))?.topic == "new.topic.v1")
        #expect(try store.persons().map(\.key) == [bo, anna])

        let reader = try StatusStore(path: path, mode: .readOnly)
        #expect(reader.messageCount == 4)
        #expect(try reader.tiles(of: anna) == store.tiles(of: anna))
        #expect(throws: StoreError.self) { try reader.setProperty("a", "b") }
    }

    @Test func `state rows are written, replaced and deleted with the checkpoint`() throws {
        let store = try StatusStore(path: path, topics: topics)
        try store.checkpoint(
            [
                StateChange(kind: 1, key: 2, value: [2]), StateChange(kind: 1, key: 0, value: [1]),
                StateChange(kind: 2, key: 2, value: []), StateChange(kind: 1, key: 3, value: [3]),
            ], instant: at(1))
        try store.checkpoint(
            [StateChange(kind: 1, key: 2, value: [9, 9]), StateChange(kind: 1, key: 3, value: nil)], instant: at(2))
        let again = try StatusStore(path: path, topics: topics)
        var found: [String] = []
        try again.state(kind: 1) { key, bytes in found.append("\(key) \(Array(bytes))") }
        try again.state(kind: 2) { key, bytes in found.append("\(key) \(Array(bytes))") }
        #expect(found == ["0 [1]", "2 [9, 9]", "2 []"])
        #expect(again.lastCheckpoint == at(2))
    }

    @Test func `properties outside a checkpoint are kept at once and inside with it`() throws {
        do {
            let store = try StatusStore(path: path, topics: topics)
            try store.setProperty("seed", "1")
            try store.append(hour: 1) { $0.add(id(1)) }
            try store.setProperty("seed", "2")
            #expect(try store.property("seed") == "2")
        }
        let store = try StatusStore(path: path, mode: .readOnly)
        #expect(try store.property("seed") == "1" && store.property("finished") == nil)
    }

    @Test func `persons are found by name in every case`() throws {
        let store = try StatusStore(path: path, topics: topics)
        let other = Subject(seed: 1, scenario: "first-child", case: "b", name: "anna")
        try store.append(hour: 1) { $0.add(id(1)) }
        try store.recordWorld(world: 0, name: "a", scenario: "first-child")
        try store.recordPerson(key: anna, world: 0, name: "Anna", scenario: "first-child", caseName: "a")
        try store.recordPerson(key: other, world: 1, name: "anna", scenario: "first-child", caseName: "b")
        try store.finish()
        #expect(try store.person(named: "anna").map(\.key) == [anna, other])
        #expect(try store.person(named: "anna").map(\.caseName) == ["a", "b"])
        #expect(try store.person(key: other)?.world == 1)
        #expect(try store.person(named: "carl").isEmpty)
        #expect(try store.worlds().map(\.name) == ["a"])
    }

    @Test func `a file of another schema version is refused with both versions and left alone`() throws {
        _ = try StatusStore(path: path, topics: topics)
        try Database(path: path).setUserVersion(99)
        let expected = StoreError.otherSchema(found: 99, known: StatusStore.schemaVersion, path: path)
        #expect(throws: expected) { _ = try StatusStore(path: path, topics: topics) }
        #expect("\(expected)".contains("99") && "\(expected)".contains("version \(StatusStore.schemaVersion)"))
        #expect(try Database(path: path).userVersion == 99)
    }

    @Test func `what is no status store is refused`() throws {
        try Database(path: directory.path("other.db")).execute("CREATE TABLE t (a)")
        #expect(throws: StoreError.notAStore(path: directory.path("other.db"))) {
            _ = try StatusStore(path: directory.path("other.db"))
        }
        try Data(repeating: 0x41, count: 9_000).write(to: URL(filePath: directory.path("text")))
        #expect(throws: StoreError.notADatabase(path: directory.path("text"))) {
            _ = try StatusStore(path: directory.path("text"))
        }
        #expect(throws: StoreError.missing(path: directory.path("none"))) {
            _ = try StatusStore(path: directory.path("none"), mode: .readOnly)
        }
    }

    @Test func `a rebuilt store has the same rows`() throws {
        let store = try StatusStore(path: path, topics: topics)
        try store.recordWorld(world: 0, name: "a", scenario: "first-child")
        try store.setProperty("seed", "7")
        try store.recordPerson(key: bo, world: 0, name: "bo", scenario: "first-child", caseName: "a")
        let foreign = try #require(EventID(text: "rebuilt-1"))
        for hour in 1...20 as ClosedRange<Int64> {
            var batch = InstantBatch(hour: hour)
            batch.add(id(hour, 0))
            batch.addTile(id(hour, 1), "U\(hour % 11 + 1)", tile: "t\(hour % 3)", agency: "kommun-\(1_000 + hour)")
            batch.addTile(id(hour, 2), "U4", of: bo, more: #","about":"\#(anna)""#, world: 1)
            if hour == 7 { batch.addTile(foreign, "U9", tile: "foreign", time: at(-50), outside: true) }
            if hour == 8 { batch.add("broken", id: id(hour, 5), topic: 2, dead: true) }
            batch.readings = [
                Reading(entry: 2, agency: .arbetsformedlingen), Reading(entry: 0, agency: .kommun(Int(hour))),
            ]
            try store.append(batch)
            if hour % 4 == 0 { try store.checkpoint([StateChange(kind: 1, key: hour, value: [1])], instant: at(hour)) }
        }
        try store.rebuild(into: directory.path("copy.db"))
        // Checksums stand for as many rows as came between two checkpoints.
        let own: Set = ["engine_state", "checksums"]
        let copied = try dump(directory.path("copy.db"), without: own)
        #expect(try copied == dump(path, without: own) && copied.count > 100)
        let copy = try StatusStore(path: directory.path("copy.db"), mode: .readOnly)
        #expect(copy.messageCount == store.messageCount)
        #expect(try copy.lines(world: nil) == store.lines(world: nil))
        #expect(try Set(copy.persons()) == Set(store.persons()) && copy.worlds() == store.worlds())
        #expect(try copy.deadLetters() == store.deadLetters() && copy.property("seed") == "7")
        for person in [anna, bo] {
            #expect(try copy.history(of: person) == store.history(of: person))
            #expect(try copy.messages(of: person) == store.messages(of: person))
        }
        for hour in 1...20 as ClosedRange<Int64> {
            #expect(try copy.readers(of: id(hour, 0)) == [.kommun(Int(hour))])
        }
        #expect(throws: StoreError.notAStore(path: directory.path("copy.db"))) {
            try store.rebuild(into: directory.path("copy.db"))
        }
    }
}
