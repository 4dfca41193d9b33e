import CitizenStatus
import Glibc
import Hosting
import LifeEvents
import Synchronization
import Testing

@testable import Simulation

/// What stands between a run and its store: bounded, in order, and no fault of it stays unsaid.
@Suite struct ProjectorTests {
    private typealias Bench = GateBench

    /// What a thread of a test has done, for another to see.
    private final class Progress: Sendable {
        let handedOver = Atomic<Int>(0)
        let isOver = Atomic<Bool>(false)
    }

    private static func store() throws -> StatusStore {
        try StatusStore(path: ":memory:", topics: GeneratedRun.topics.map(\.name))
    }

    /// So many messages of a minute, each of so many bytes.
    private static func batch(_ minute: Int64, count: Int, bytes: Int = 40) -> InstantBatch {
        var batch = InstantBatch(instant: Bench.minute(minute))
        let value = [UInt8](repeating: UInt8(ascii: "x"), count: bytes)
        for number in 0..<count {
            let id = EventID.v7(
                milliseconds: batch.instant.milliseconds, ordinal: UInt16(number), hash62: UInt64(number))
            value.withUnsafeBytes { batch.append($0, id: id, topic: 0, world: 0) }
        }
        return batch
    }

    /// A row that is only written once `mayGo` says so; the thread that writes it waits until then.
    private static func row(bytes: Int = 8, when mayGo: @escaping @Sendable () -> Bool) -> StateRow {
        StateRow(.counters, 0, size: bytes) {
            while !mayGo() { sched_yield() }
            return [UInt8](repeating: 1, count: 8)
        }
    }

    /// What is handed over while the thread writes nothing: by messages, by large messages, by a checkpoint's rows.
    enum Load: CaseIterable { case portions, largeMessages, checkpoints }

    @Test(arguments: Load.allCases)
    func `a run waits when too much is not written yet`(load: Load) throws {
        let projector = Projector(store: try Self.store())
        let progress = Progress()
        // The first portion starts the thread; the checkpoint keeps it busy until the other side waits or is done.
        try projector.submit(Self.batch(1, count: 600))
        try projector.checkpoint(
            [Self.row { projector.isFull || progress.isOver.load(ordering: .acquiring) }], Bench.minute(1))
        let total = 100
        let other = WorkerThread {
            for number in 0..<total where !projector.isFull {
                let minute = Bench.minute(Int64(number) + 2)
                switch load {
                case .portions: try? projector.submit(Self.batch(Int64(number) + 2, count: 512))
                case .largeMessages: try? projector.submit(Self.batch(Int64(number) + 2, count: 512, bytes: 2_048))
                case .checkpoints: try? projector.checkpoint([Self.row(bytes: 1 << 20) { true }], minute)
                }
                progress.handedOver.add(1, ordering: .relaxed)
            }
            progress.isOver.store(true, ordering: .releasing)
        }
        other.join()
        let most = progress.handedOver.load(ordering: .relaxed)
        switch load {
        case .portions: #expect(most <= 40)
        case .largeMessages, .checkpoints: #expect(most <= 25, "24 MiB may wait, and the one that goes past it")
        }
        try projector.drain()
        projector.stop()
        #expect(!projector.isFull)
    }

    @Test func `an error of the store is met by the next hand-over and by the end`() throws {
        struct DiskFull: Error {}
        let projector = Projector(store: try Self.store())
        try projector.submit(Self.batch(1, count: 600))
        try projector.checkpoint([StateRow(.counters, 0, size: 0) { throw DiskFull() }], Bench.minute(1))
        #expect(throws: DiskFull.self) { try projector.drain() }
        #expect(throws: DiskFull.self) { try projector.submit(Self.batch(2, count: 600)) }
        #expect(throws: DiskFull.self) { try projector.checkpoint([], Bench.minute(2)) }
        projector.stop()
    }

    @Test func `what was handed over is written before its thread ends`() throws {
        let projector = Projector(store: try Self.store())
        let calls = Atomic<Int>(0)
        try projector.submit(Self.batch(1, count: 600))
        let row = Self.row { calls.add(1, ordering: .relaxed).newValue > 1_000 }
        try projector.checkpoint([row], Bench.minute(1))
        projector.stop()
        #expect(calls.load(ordering: .relaxed) > 1_000)
        let isKnown = projector.digests[0] != nil
        #expect(isKnown)
    }

    @Test func `a run of few messages starts no thread and writes at its checkpoint`() throws {
        let projector = Projector(store: try Self.store())
        try projector.submit(Self.batch(1, count: 3))
        let isKnownBefore = projector.digests[0] != nil
        try projector.checkpoint([], Bench.minute(1))
        let isKnown = projector.digests[0] != nil
        #expect(!isKnownBefore && isKnown)
    }
}

@Suite struct WorkerThreadTests {
    @Test func `whoever joins a thread sees all that it did`() {
        let sum = Atomic<Int>(0)
        let threads = (1...8).map { number in WorkerThread { sum.add(number, ordering: .relaxed) } }
        for thread in threads { thread.join() }
        #expect(sum.load(ordering: .relaxed) == 36)
    }

    @Test func `one who waits goes on when it is told`() {
        let monitor = Monitor()
        let isOpen = Atomic<Bool>(false)
        let passed = Atomic<Int>(0)
        let threads = (0..<4).map { _ in
            WorkerThread {
                monitor.lock()
                while !isOpen.load(ordering: .relaxed) { monitor.wait() }
                monitor.unlock()
                passed.add(1, ordering: .relaxed)
            }
        }
        monitor.lock()
        isOpen.store(true, ordering: .relaxed)
        monitor.broadcast()
        monitor.unlock()
        for thread in threads { thread.join() }
        #expect(passed.load(ordering: .relaxed) == 4)
    }
}
