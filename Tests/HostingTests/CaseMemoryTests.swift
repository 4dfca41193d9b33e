import AgencyKit
import LifeEvents
import Testing

@testable import Hosting

/// What a case that is open takes beside its own state, and what an instant takes: a year has hundreds of thousands of open
/// journeys with a dozen cases each.
@Suite struct CaseMemoryTests {
    private static func key(_ number: Int) -> CaseKey {
        CaseKey(
            world: Int32(number / 3), agency: .kommun(number % 3),
            subject: Subject(seed: 1, scenario: "memory", case: "\(number)", name: "p"))
    }

    private static func timer(_ name: String) -> TimerRecord {
        TimerRecord(
            name: name, due: Instant(milliseconds: 9), setter: .custom(hash: (1, 1)), correlation: nil)
    }

    @Test func `a key takes 16 bytes, and is the one that was set`() {
        #expect(CaseKeys.bytesOfKey == 16)
        var keys = CaseKeys()
        for _ in 0..<4 { keys.appendPage() }
        for slot in 0..<1_500 { keys[slot] = Self.key(slot) }
        #expect((0..<1_500).allSatisfy { keys[$0] == Self.key($0) && keys.holds(Self.key($0), in: $0) })
        #expect(!keys.holds(Self.key(1), in: 2))
        var other = Self.key(7)
        other.agency = .kommun(2_000)
        #expect(!keys.holds(other, in: 7))
        (other.agency, other.world) = (Self.key(7).agency, 99)
        #expect(!keys.holds(other, in: 7))
    }

    @Test func `a case without timers takes no memory for those that it had`() {
        var table = CaseTable()
        let slot = table.add(Self.key(0), [Self.timer("a"), Self.timer("b"), Self.timer("c")])
        #expect(table.timers[slot].capacity == 3)
        var own = table.timers[slot]
        own.removeAll { $0.name == "b" }
        table.keep(slot, own)
        #expect(table.timers[slot].map(\.name) == ["a", "c"])
        #expect(table.timers[slot].capacity == 2)
        table.remove(Self.timer("a"), of: slot)
        #expect(table.timers[slot].capacity == 1)
        own.removeAll()
        table.keep(slot, own)
        #expect(table.timers[slot].capacity == 0)
        #expect(table.nextTimer() == nil)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `a world has the slots that were added to it, in their order`(seed: UInt64) {
        var stream = RandomStream(state: seed)
        var worlds = WorldSlots()
        var model: [Int32: [Int]] = [:]
        var free: [Int] = []
        var slots = 0
        for step in 0..<10_000 {
            let world = Int32(stream.uniform(below: 40))
            if stream.uniform(below: 20) == 0 {
                let removed = worlds.remove(world)
                #expect(removed == model.removeValue(forKey: world) ?? [], "seed \(seed), step \(step)")
                free += removed
            } else {
                let slot = free.popLast() ?? slots
                if slot == slots {
                    if slots.isMultiple(of: PagedArray<Int32>.pageSize) { worlds.appendPage() }
                    slots += 1
                }
                worlds.add(slot, to: world)
                model[world, default: []].append(slot)
            }
            #expect(worlds.slots(of: world) == model[world] ?? [], "seed \(seed), step \(step)")
        }
        worlds.removeAll()
        #expect((0..<40).allSatisfy { worlds.slots(of: $0).isEmpty })
    }

    @Test func `effects are counted through an instant, and from nothing at the next`() {
        var made = MadeEffects()
        made.appendPage()
        let (now, later) = (Instant(milliseconds: 1), Instant(milliseconds: 2))
        made.note(0, of: 4, at: now)
        #expect(made.count(of: 4, at: now) == 0)
        made.note(3, of: 4, at: now)
        made.note(EffectSettings.mostEffects, of: 5, at: now)
        made.note(7, of: 4, at: now)
        #expect(made.count(of: 4, at: now) == 7)
        #expect(made.count(of: 5, at: now) == EffectSettings.mostEffects)
        #expect(made.count(of: 4, at: later) == 0)
        made.forget(4)
        #expect(made.count(of: 4, at: now) == 0)
        made.note(1, of: 6, at: later)
        #expect([4, 5, 6].map { made.count(of: $0, at: later) } == [0, 0, 1])
    }

    @Test func `a chain without values takes 32 bytes, and so does one of a day`() {
        #expect(MemoryLayout<ChainHead>.stride <= 32)
        #expect(MemoryLayout<FactChain<Day>>.stride <= 32)
    }

    @Test func `a scripted message of a template takes 32 bytes until it is due`() {
        #expect(Script.bytesOfTemplateMessage <= 32)
    }

    // MARK: - Instants

    private static func fill(_ outbox: inout Outbox, _ count: Int, bytes: Int) -> Instant {
        let due = Instant(milliseconds: 60_000)
        let value = [UInt8](repeating: 0x20, count: bytes)
        for number in 0..<count {
            _ = value.withUnsafeBytes {
                outbox.add(
                    due, .v7(milliseconds: 60_000, ordinal: 0, hash62: UInt64(number)), topic: 0, world: 0,
                    subject: HostRun.person("Ek"), value: $0)
            }
        }
        return due
    }

    @Test(arguments: [(300_000, 450), (3, 450), (40, 3 << 20)])
    func `an instant takes hardly more memory than its messages have`(count: Int, bytes: Int) {
        var outbox = Outbox()
        let due = Self.fill(&outbox, count, bytes: bytes)
        let bucket = outbox.take(due) ?? OutboxBucket()
        #expect(bucket.bytes.count == count * bytes)
        #expect(bucket.bytes.capacity <= count * bytes + count * bytes / 100 + MessageBytes.chunkSize)
        outbox.recycle(bucket)
        // What an instant out of the ordinary had is not kept.
        #expect(outbox.spareBytes <= 5 * MessageBytes.chunkSize)
    }

    @Test func `an instant that a checkpoint still holds is not copied when it grows`() throws {
        var outbox = Outbox()
        let due = Self.fill(&outbox, 10_000, bytes: 450)
        let kept = try #require(outbox.bucket(due))
        var taken = outbox.take(due) ?? OutboxBucket()
        _ = [UInt8](repeating: 1, count: 100).withUnsafeBytes {
            taken.append(.custom(hash: (1, 1)), 0, 0, HostRun.person("Ek"), $0)
        }
        #expect(kept.entries.count == 10_000)
        #expect(kept.bytes.count == 4_500_000)
        func place(_ bucket: OutboxBucket, _ entry: Int) -> UnsafeRawPointer? {
            bucket.withValue(of: bucket.entries[entry]) { $0.baseAddress }
        }
        #expect(place(kept, 0) == place(taken, 0))
        #expect(place(kept, 2_000) == place(taken, 2_000))
        #expect(place(kept, 9_999) != place(taken, 9_999))
        #expect(taken.withValue(of: taken.entries[10_000]) { Array($0) } == [UInt8](repeating: 1, count: 100))
        #expect(taken.withValue(of: taken.entries[9_999]) { $0.allSatisfy { $0 == 0x20 } })
    }
}
