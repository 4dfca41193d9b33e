import AgencyKit
import LifeEvents
import Testing

@testable import Hosting

/// What waits: each against a plain list that does the same.
@Suite struct OutboxTests {
    private static func id(_ number: Int) -> EventID {
        .v7(milliseconds: 1_000, ordinal: UInt16(number % 4_096), hash62: UInt64(number))
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `an outbox gives each message once, at its instant, with its own bytes`(seed: UInt64) {
        var stream = RandomStream(state: seed)
        var outbox = Outbox()
        var model: [(due: Instant, id: EventID, value: [UInt8])] = []
        var made = 0
        for _ in 0..<300 {
            for _ in 0..<stream.uniform(below: 20) {
                let due = Instant(
                    milliseconds: Int64(1 + stream.uniform(below: 50)) * 60_000 + Int64(made / 100) * 60_000)
                let value = [UInt8](repeating: UInt8(truncatingIfNeeded: made), count: stream.uniform(below: 300))
                let place = value.withUnsafeBytes {
                    outbox.add(
                        due, Self.id(made), topic: 1, world: 2, subject: HostRun.person("Ek"), value: $0)
                }
                model.append((due, Self.id(made), value))
                let isLent = outbox.withEntry(due, place) { $0.id == Self.id(made) && Array($1) == value }
                #expect(isLent == true)
                made += 1
            }
            #expect(outbox.next == model.map(\.due).min())
            #expect(outbox.waiting.count == model.count)
            guard stream.uniform(below: 2) == 0, let next = outbox.next, let bucket = outbox.take(next) else {
                continue
            }
            let due = model.filter { $0.due == next }
            model.removeAll { $0.due == next }
            #expect(bucket.entries.map(\.id) == due.map(\.id))
            #expect(bucket.entries.map { bucket.withValue(of: $0) { Array($0) } } == due.map(\.value))
            outbox.recycle(bucket)
        }
        let limit = Instant(milliseconds: 40 * 60_000)
        outbox.dropEntries(through: limit)
        #expect(Set(outbox.waiting.map(\.entry.id)) == Set(model.filter { $0.due > limit }.map(\.id)))
    }

    @Test func `a bucket in canonical order finds its messages by id, and no others`() {
        var bucket = OutboxBucket()
        for number in [5, 1, 9, 3, 7] {
            [UInt8]("\(number)".utf8).withUnsafeBytes {
                _ = bucket.append(Self.id(number), 0, 0, HostRun.person("Ek"), $0)
            }
        }
        #expect(!bucket.isSorted)
        bucket.sort()
        #expect(bucket.isSorted)
        #expect((0..<11).map { bucket.place(of: Self.id($0)) } == [nil, 0, nil, 1, nil, 2, nil, 3, nil, 4, nil])
        _ = [UInt8]().withUnsafeBytes { bucket.append(Self.id(9), 0, 0, HostRun.person("Ek"), $0) }
        #expect(!bucket.isSorted)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `a heap of instants has each once, the earliest first`(seed: UInt64) {
        var stream = RandomStream(state: seed)
        var heap = InstantHeap()
        var model: Set<Int64> = []
        for _ in 0..<2_000 {
            let number = Int64(stream.uniform(below: 100))
            if stream.uniform(below: 3) > 0 {
                heap.insert(Instant(milliseconds: number))
                model.insert(number)
            } else {
                heap.remove(Instant(milliseconds: number))
                model.remove(number)
            }
            #expect(heap.first?.milliseconds == model.min())
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `a heap of timers gives them by due time and then by case`(seed: UInt64) {
        var stream = RandomStream(state: seed)
        var heap = TimerHeap()
        var model: [(due: Int64, slot: Int)] = []
        for _ in 0..<2_000 {
            if model.isEmpty || stream.uniform(below: 5) > 1 {
                let entry = (due: Int64(stream.uniform(below: 50)), slot: stream.uniform(below: 50))
                heap.insert(Instant(milliseconds: entry.due), entry.slot)
                model.append(entry)
                model.sort { $0 < $1 }
            } else {
                #expect(heap.first?.0.milliseconds == model[0].due)
                #expect(heap.first?.1 == model[0].slot)
                heap.removeFirst()
                model.removeFirst()
            }
        }
        for entry in model {
            #expect(heap.first?.0.milliseconds == entry.due)
            #expect(heap.first?.1 == entry.slot)
            heap.removeFirst()
        }
        #expect(heap.first == nil)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `a window of worlds has each that is played, however they come and go`(seed: UInt64) {
        var stream = RandomStream(state: seed)
        var window = WorldWindow<Int>()
        var model: [Int32: Int] = [:]
        var next: Int32 = Int32(stream.uniform(below: 3))
        for _ in 0..<20_000 {
            if stream.uniform(below: 2) == 0 {
                window[next] = Int(next) * 3
                model[next] = Int(next) * 3
                next += 1 + Int32(stream.uniform(below: 10) / 9)
            } else {
                // Most that end are among the oldest; now and then none is left, or one ends twice.
                let oldest = model.keys.min() ?? 0
                let ended = oldest + Int32(stream.uniform(below: 3))
                window[ended] = nil
                model[ended] = nil
            }
            let asked = (model.keys.min() ?? next) - 2 + Int32(stream.uniform(below: 8))
            #expect(window[asked] == model[asked])
        }
        #expect((-5..<next + 5).allSatisfy { window[$0] == model[$0] })
    }
}

/// The host of what scenarios publish.
@Suite struct ScriptTests {
    private static func message(_ number: Int, minute: Int64, topic: String = "skatteverket.word.v1") -> ScriptedMessage
    {
        ScriptedMessage(
            due: HostRun.minute(minute), id: .v7(milliseconds: 1, ordinal: 0, hash62: UInt64(number)), topic: topic,
            subject: HostRun.person("Ek"), value: Array("\(number)".utf8))
    }

    private static func values(_ bucket: OutboxBucket) -> [String] {
        bucket.entries.map { bucket.withValue(of: $0) { String(decoding: $0, as: UTF8.self) } }
    }

    @Test func `its messages leave at their instants, those of all worlds together`() throws {
        var script = Script()
        try script.add(
            [Self.message(1, minute: 5), Self.message(2, minute: 3)], world: 0, index: HostRun.settings.topicIndex)
        try script.add(
            [Self.message(3, minute: 5), Self.message(4, minute: 9)], world: 1, index: HostRun.settings.topicIndex)
        var found: [String] = []
        while let next = script.nextDue, next < HostRun.minute(9) {
            var bucket = OutboxBucket()
            script.takeDue(next, into: &bucket)
            found.append(Self.values(bucket).joined(separator: ","))
            #expect(bucket.entries.allSatisfy { $0.topic == HostRun.settings.topicIndex("skatteverket.word.v1") })
        }
        #expect(found == ["2", "1,3"])
        #expect(script.waiting.map(\.world) == [1])
        var empty = OutboxBucket()
        script.takeDue(HostRun.minute(6), into: &empty)
        #expect(empty.entries.isEmpty)
    }

    @Test func `what a former life has published does not leave again`() throws {
        var script = Script()
        try script.add(
            (0..<5).map { Self.message($0, minute: Int64($0)) }, world: 0, index: HostRun.settings.topicIndex)
        script.drop(through: HostRun.minute(2))
        #expect(script.waiting.map(\.due) == [3, 4].map(HostRun.minute))
    }

    @Test func `a topic that no manifest has is said, and nothing of the world is added`() {
        var script = Script()
        #expect(throws: UnknownTopic.self) {
            try script.add(
                [Self.message(1, minute: 1), Self.message(2, minute: 1, topic: "kommun.nothing.v1")], world: 0,
                index: HostRun.settings.topicIndex)
        }
        #expect(script.nextDue == nil)
    }
}
