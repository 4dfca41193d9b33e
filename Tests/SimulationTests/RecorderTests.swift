import CitizenStatus
import Hosting
import LifeEvents
import Testing

@testable import Simulation

/// What lasts of a run: the digests, and what the journal knows.
@Suite struct RecorderTests {
    private typealias Bench = GateBench

    /// Records instants of many messages of three worlds, in slices of at most so many.
    /// - Parameter after: done after each instant but the last; the worlds that end with it.
    private static func record(
        _ size: Int, worlds: Set<Int32> = [0, 1, 2], into store: StatusStore? = nil,
        after: (Recorder, Instant) throws -> [Int32] = { _, _ in [] }
    ) throws -> (digests: [RunDigest], recorder: Recorder) {
        let recorder = Recorder(store: store)
        var previous: Instant?
        var ended: Set<Int32> = []
        for (minute, count) in [(1, 1), (2, 1_500), (3, 40)] as [(Int64, Int)] {
            let instant = Bench.minute(minute)
            defer { previous = instant }
            if let previous {
                let now = try after(recorder, previous)
                recorder.end(now)
                ended.formUnion(now)
            }
            var slice = Slice(instant: instant)
            func pass() throws {
                guard !slice.messages.isEmpty else { return }
                slice.instant = instant
                try recorder.record(&slice, [], isDeadLetterTopic: [false])
            }
            for number in 0..<count where worlds.subtracting(ended).contains(Int32(number % 3)) {
                let id = EventID.v7(
                    milliseconds: instant.milliseconds, ordinal: UInt16(number), hash62: UInt64(number))
                try Bench.value(id, "\(number)", at: instant).withUnsafeBytes {
                    slice.append($0, id: id, world: Int32(number % 3), topic: 0, isOutside: false)
                }
                if slice.messages.count == size { try pass() }
            }
            try pass()
        }
        return (try recorder.finish(worlds: 3, tells: true), recorder)
    }

    @Test(arguments: [1, 7, 4_096])
    func `a digest does not depend on how an instant is sliced`(size: Int) throws {
        #expect(try Self.record(size).digests == Self.record(100).digests)
    }

    @Test(arguments: [0, 1, 2])
    func `a world's digest is the same alone and beside others`(world: Int32) throws {
        let all = try Self.record(7).digests
        #expect(try Self.record(7, worlds: [world]).digests[Int(world)] == all[Int(world)])
        #expect(Set(all).count == 3)
    }

    @Test(arguments: [1, 7, 4_096])
    func `a world that has ended keeps its digest in the store, and none in memory`(size: Int) throws {
        func play(_ after: (Recorder, Instant) throws -> Void) throws -> [RunDigest] {
            let store = try StatusStore(path: ":memory:", topics: ["skatteverket.note.v1"])
            return try Self.record(size, into: store) { recorder, instant in
                try after(recorder, instant)
                return instant == Bench.minute(2) ? [0, 2] : []
            }.digests
        }
        let kept = try play { _, _ in }
        var held: [Int] = []
        let forgotten = try play { recorder, instant in
            try recorder.checkpoint([], instant)
            held.append(try recorder.heldDigests)
        }
        #expect(forgotten == kept && Set(kept).count == 3)
        #expect(held == [1, 3])
    }

    @Test func `only digests are in memory of worlds that are played, or have ended since the last checkpoint`() throws
    {
        let store = try StatusStore(path: ":memory:", topics: ["skatteverket.note.v1"])
        let (digests, recorder) = try Self.record(7, into: store) { recorder, instant in
            try recorder.checkpoint([], instant)
            return []
        }
        recorder.end([0, 2])
        #expect(try recorder.heldDigests == 3)
        try recorder.checkpoint([], Bench.minute(4))
        #expect(try recorder.heldDigests == 1)
        #expect(try recorder.finish(worlds: 3, tells: true) == digests)
        #expect(try recorder.finish(worlds: 3, tells: false).isEmpty)
    }

    @Test func `it knows what was recorded byte for byte, also what is not yet kept`() throws {
        let store = try StatusStore(path: ":memory:", topics: ["skatteverket.note.v1"])
        let recorder = Recorder(store: store)
        var slice = Slice(instant: Bench.minute(1))
        let id = EventID.v7(milliseconds: Bench.minute(1).milliseconds, ordinal: 0, hash62: 5)
        let value = try Bench.value(id, at: Bench.minute(1))
        value.withUnsafeBytes { slice.append($0, id: id, world: 0, topic: 0, isOutside: false) }
        try recorder.record(&slice, [], isDeadLetterTopic: [false])
        let known = try recorder.has([
            (id, Bench.minute(1), value), (id, Bench.minute(1), value + [32]), (id, Bench.minute(2), value),
            (.v7(milliseconds: 1, ordinal: 0, hash62: 5), Bench.minute(1), value),
        ])
        #expect(known == [true, false, false, false])
    }
}
