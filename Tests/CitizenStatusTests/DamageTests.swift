import CitizenStatus
import Foundation
import LifeEvents
import SQLite
import Testing

/// A store whose file was damaged is refused, or is as it was at one of its checkpoints; it is never something else.
@Suite struct DamageTests {
    let directory: TemporaryDirectory
    let whole: String

    init() throws {
        directory = try TemporaryDirectory()
        whole = directory.path("whole.db")
    }

    /// Fills a store with rows of every table, and hands it over after each checkpoint.
    private func fill(_ store: StatusStore, checkpoints: Int64 = 4, each: (Int64) throws -> Void) throws {
        try store.begin(inputs: "abc", seed: 1)
        try store.register([
            LedgerRight(
                type: "arbetsformedlingen.decision.v1", owner: "arbetsformedlingen", branch: "arbetsformedlingen",
                offer: "all", purpose: "unemployment")
        ])
        for world in 0..<3 as Range<Int32> {
            try store.recordWorld(world: world, name: "w\(world)", scenario: "first-child")
            try store.recordPerson(key: world == 0 ? anna : bo, world: world, name: "n", scenario: "s", caseName: "c")
        }
        for hour in 1...checkpoints {
            var batch = InstantBatch(hour: hour)
            for ordinal in 0..<20 as Range<UInt16> {
                batch.addTile(id(hour, ordinal * 2), "U\(ordinal % 11 + 1)", tile: "t\(ordinal % 4)", of: bo)
                batch.add(id(hour, ordinal * 2 + 1), data: #"{"n":\#(ordinal)}"#)
                batch.readings.append(Reading(entry: Int32(ordinal), agency: .arbetsformedlingen))
            }
            batch.add("broken", id: try #require(EventID(text: "not ours \(hour)")), topic: 2, dead: true)
            try store.append(batch)
            let state = (0..<5 as Range<Int64>).map { key in
                StateChange(kind: 10, key: hour + key, value: Array("page \(key) of \(hour)".utf8))
            }
            try store.checkpoint(
                state + [StateChange(kind: 10, key: hour, value: nil)], instant: at(hour))
            try each(hour)
        }
    }

    /// What became of a copy of the store after its bytes were changed.
    private func refusal(_ files: [String: Data], allowing states: [[String]]) throws -> Bool {
        let path = directory.path("damaged.db")
        for ending in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: path + ending)
            if let data = files[ending] { try data.write(to: URL(fileURLWithPath: path + ending)) }
        }
        do {
            _ = try StatusStore(path: path, topics: topics)
        } catch {
            return true
        }
        let found = try dump(path)
        let isKnown = states.contains(found)
        #expect(isKnown)
        return false
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `a bit that flips anywhere in the file is found, or changes no row`(seed: UInt64) throws {
        do { try fill(try StatusStore(path: whole, topics: topics)) { _ in } }
        let rows = try dump(whole)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: whole))
        var random = SeededNumbers(seed: seed)
        var refused = 0
        for _ in 0..<80 {
            var damaged = bytes
            let place = Int.random(in: 0..<bytes.count, using: &random)
            damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            if try refusal(["": damaged], allowing: [rows]) { refused += 1 }
        }
        #expect(refused > 5, "the file is mostly rows")
    }

    @Test func `of a damaged log the checkpoints before the damage stand, or the store is refused`() throws {
        let store = try StatusStore(path: whole, topics: topics)
        // Before the first checkpoint there is a new store, or one with the run's beginning.
        var states: [[String]] = [[], try dump(whole)]
        func copy() throws -> [String: Data] {
            var files: [String: Data] = [:]
            for ending in ["", "-wal"] {
                files[ending] = try Data(contentsOf: URL(fileURLWithPath: whole + ending))
            }
            return files
        }
        try store.begin(inputs: "abc", seed: 1)
        states.append(try dump(whole))
        var files: [String: Data] = [:]
        try fill(store) { _ in
            states.append(try dump(whole))
            files = try copy()
        }
        // What an empty log leaves is a new store with this run's topics.
        let fresh = directory.path("fresh.db")
        _ = try StatusStore(path: fresh, topics: topics)
        states.append(try dump(fresh))
        var random = SeededNumbers(seed: 5)
        var kinds: [String: Int] = [:]
        for round in 0..<90 {
            var damaged = files
            let log = try #require(files["-wal"])
            let place = Int.random(in: 0..<log.count, using: &random)
            switch round % 3 {
            case 0: damaged["-wal"]?[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: damaged["-wal"] = log.prefix(place)
            default:
                damaged["-wal"]?.replaceSubrange(
                    place..<min(place + 4_096, log.count), with: Data(count: min(4_096, log.count - place)))
            }
            kinds[try refusal(damaged, allowing: states) ? "refused" : "stands", default: 0] += 1
        }
        #expect(kinds["stands", default: 0] > 0)
    }

    /// Statements with which somebody, or a medium, changes one row of a kind, and what the refusal names.
    @Test(arguments: [
        ("UPDATE messages SET value = x'00' WHERE seq = 70", "table messages: rows 1 to"),
        ("UPDATE messages SET instant = instant + 1 WHERE seq = 1", "table messages: rows 1 to"),
        ("UPDATE messages SET subject = NULL WHERE seq = 5", "table messages"),
        ("DELETE FROM messages WHERE seq = 100", "table messages"),
        ("UPDATE tiles SET code = 3 WHERE seq = 1", "table tiles"),
        ("DELETE FROM readings WHERE id = 4", "table readings"),
        ("INSERT INTO readings VALUES (100000, 1, 1, 1, 1)", "table readings: row 100000"),
        ("UPDATE readings SET use = 2 WHERE id = 4", "table readings"),
        ("UPDATE rights SET purpose = 'm' WHERE id = 1", "table rights"),
        ("UPDATE engine_state SET value = x'00' WHERE id & 7 = 6", "kind 10"),
        ("DELETE FROM engine_state WHERE id = (SELECT max(id) FROM engine_state)", "table engine_state"),
        ("UPDATE persons SET name = 'm' WHERE id = 2", "table persons"),
        ("UPDATE worlds SET scenario = 'm' WHERE world = 2", "table worlds"),
        ("UPDATE properties SET value = '0' WHERE name = 'last-checkpoint'", "table properties"),
        ("UPDATE foreign_names SET text = 'm' WHERE id = 1", "table foreign_names"),
        ("UPDATE agencies SET name = 'm' WHERE id = 1", "table agencies"),
        ("DELETE FROM dead_letters WHERE seq > 100", "table dead_letters"),
        ("DELETE FROM checksums WHERE part = 9", "table messages"),
        ("DROP VIEW facts", "the definition of"),
    ])
    func `a changed row is refused and its table named`(change: String, named: String) throws {
        do { try fill(try StatusStore(path: whole, topics: topics)) { _ in } }
        try Database(path: whole).execute(change)
        let error = #expect(throws: StoreError.self) { _ = try StatusStore(path: whole, topics: topics) }
        #expect("\(try #require(error))".contains(named), "\(error.map { "\($0)" } ?? "")")
    }

    @Test func `a store that is opened and closed again and again is never taken for damaged`() throws {
        for hour in 1...8 as ClosedRange<Int64> {
            let store = try StatusStore(path: whole, topics: topics)
            for part in 0..<40 as Range<UInt16> {
                try store.append(hour: hour) {
                    for ordinal in 0..<30 as Range<UInt16> { $0.addTile(id(hour, part * 30 + ordinal), "U2") }
                }
                if part % 7 == 0 { try store.checkpoint([.init(kind: 2, key: 1, value: [1])], instant: at(hour)) }
            }
            try store.checkpoint(instant: at(hour))
            try store.setProperties(["a": "\(hour)", "b": "2"])
            try store.check()
        }
        // More rows than one checksum stands for.
        #expect(try StatusStore(path: whole, topics: topics).messageCount == 8 * 1_200)
    }
}
