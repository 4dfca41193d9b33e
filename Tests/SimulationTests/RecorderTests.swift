import CitizenStatus
import Hosting
import LifeEvents
import Testing

@testable import Simulation

/// What lasts of a run: the digests, and what the journal knows.
@Suite struct RecorderTests {
    private typealias Bench = GateBench

    /// Records instants of many messages of three worlds, in slices of at most so many.
    private static func record(
        _ size: Int, worlds: Set<Int32> = [0, 1, 2], into store: StatusStore? = nil
    ) throws -> (digests: [RunDigest], recorder: Recorder) {
        let recorder = Recorder(store: store)
        for (minute, count) in [(1, 1), (2, 1_500), (3, 40)] as [(Int64, Int)] {
            let instant = Bench.minute(minute)
            var slice = Slice(instant: instant)
            func pass() throws {
                guard !slice.messages.isEmpty else { return }
                slice.instant = instant
                try recorder.record(&slice, [], isDeadLetterTopic: [false])
            }
            for number in 0..<count where worlds.contains(Int32(number % 3)) {
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
