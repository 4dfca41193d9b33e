import CitizenStatus
import Hosting
import LifeEvents

/// Writes the journal, the tiles and the digests of a run, on a thread of its own once there is enough to write.
///
/// The conductor's thread hands over slices and goes on; what it hands over is worked off in order. Batches, never messages,
/// cross to the thread. `drain` waits until nothing is left; then the store and the digests may be used by the caller.
///
/// Unchecked: the queue, the failure and the spare batches are touched only under `condition`; the store and the digests
/// by the thread while there is work in the queue, and by the owner only after `drain`, which waits for that work.
final class Projector: @unchecked Sendable {
    enum Work {
        /// Messages, and the worlds that have ended before the last of them.
        case batches([InstantBatch], ended: [Int32])
        /// Some rows of the next checkpoint.
        case rows([StateRow])
        case checkpoint([StateRow], Instant)
        case stop
    }

    let store: StatusStore?
    var digests = DigestBook()

    private let condition = Monitor()
    private var queue: [Work] = []
    private var failure: (any Error)?
    private var isIdle = true
    private var thread: WorkerThread?
    private var queuedBytes = 0
    private var spares: [InstantBatch] = []
    private var spareBytes = 0
    /// Handed in by the owner's thread and not yet passed on.
    private var collected: [InstantBatch] = []
    private var collectedMessages = 0
    private var collectedEnds: [Int32] = []
    private var collectedRows: [StateRow] = []
    private var collectedRowBytes = 0

    /// So many messages go over to the thread at once.
    private static let portion = 512
    /// So many portions may wait before the conductor does.
    private static let depth = 40
    /// So many bytes, of values and of a checkpoint's rows, may wait before the conductor does: large records must not
    /// pile up in memory.
    private static let mostQueuedBytes = 24 << 20
    /// So many bytes of a checkpoint's rows go over at once.
    private static let rowPortionBytes = 1 << 20
    /// So many bytes of used memory are kept for batches to come: enough for a few ordinary ones.
    private static let mostSpareBytes = 8 << 20

    init(store: StatusStore?) {
        self.store = store
    }

    /// Whether whoever hands over the next portion waits.
    var isFull: Bool {
        condition.lock()
        defer { condition.unlock() }
        return isFullUnderLock
    }

    private var isFullUnderLock: Bool { queue.count >= Self.depth || queuedBytes > Self.mostQueuedBytes }

    /// A batch whose memory was used before.
    func spare() -> InstantBatch {
        condition.lock()
        defer { condition.unlock() }
        guard let spare = spares.popLast() else { return InstantBatch(instant: Instant(milliseconds: 0)) }
        spareBytes -= spare.capacity
        return spare
    }

    /// Takes over the messages of a slice.
    /// - Throws: what went wrong with something handed over before.
    func submit(_ batch: consuming InstantBatch) throws {
        collectedMessages += batch.entries.count
        collected.append(batch)
        if collectedMessages >= Self.portion { try passOn() }
    }

    /// Worlds have ended; whether all their messages are written by now does not matter.
    func end(_ worlds: [Int32]) {
        // Without a store there is no other place for their digests.
        if store != nil { collectedEnds += worlds }
    }

    /// Takes over a row of the next checkpoint.
    /// - Throws: what went wrong with something handed over before.
    func keep(_ row: StateRow) throws {
        collectedRows.append(row)
        collectedRowBytes += row.size
        guard collectedRowBytes >= Self.rowPortionBytes else { return }
        try work(on: .rows(takeRows()))
    }

    private func takeRows() -> [StateRow] {
        defer { (collectedRows, collectedRowBytes) = ([], 0) }
        return collectedRows
    }

    /// Keeps everything submitted, with the engine's own state and the rows that were taken over, in one transaction.
    func checkpoint(_ rows: [StateRow], _ instant: Instant) throws {
        try work(on: .checkpoint(takeRows() + rows, instant))
    }

    /// Has something done after all that was submitted before.
    private func work(on work: consuming Work) throws {
        if thread != nil {
            try passOn()
            try enqueue(work)
        } else {
            try workOff(takeCollected())
            try workOff(work)
        }
    }

    /// Waits until everything handed over is written.
    /// - Throws: what went wrong meanwhile.
    func drain() throws {
        guard thread != nil else { return try workOff(takeCollected()) }
        try passOn()
        condition.lock()
        defer { condition.unlock() }
        while failure == nil, !(queue.isEmpty && isIdle) { condition.wait() }
        if let failure { throw failure }
    }

    /// Ends the thread, when what is queued is written.
    func stop() {
        guard thread != nil else { return }
        condition.lock()
        queue.append(.stop)
        condition.broadcast()
        condition.unlock()
        thread?.join()
        thread = nil
    }

    private func takeCollected() -> Work {
        defer {
            collected = []
            collectedMessages = 0
            collectedEnds = []
        }
        return .batches(collected, ended: collectedEnds)
    }

    private func passOn() throws {
        guard !collected.isEmpty || !collectedEnds.isEmpty else { return }
        if thread == nil {
            thread = WorkerThread { self.work() }
        }
        try enqueue(takeCollected())
    }

    private func enqueue(_ work: Work) throws {
        condition.lock()
        defer { condition.unlock() }
        while failure == nil, isFullUnderLock { condition.wait() }
        if let failure { throw failure }
        queuedBytes += Self.bytes(of: work)
        queue.append(work)
        condition.broadcast()
    }

    // MARK: - On the thread

    private func work() {
        while true {
            condition.lock()
            while queue.isEmpty { condition.wait() }
            let work = queue.removeFirst()
            let bytes = Self.bytes(of: work)
            isIdle = false
            condition.broadcast()
            let hasFailed = failure != nil
            condition.unlock()
            if case .stop = work { return }
            var problem: (any Error)?
            if !hasFailed {
                do { try workOff(consume work) } catch { problem = error }
            }
            condition.lock()
            if let problem { failure = problem }
            queuedBytes -= bytes
            isIdle = true
            condition.broadcast()
            condition.unlock()
        }
    }

    private func workOff(_ work: consuming Work) throws {
        // Consumed, so that the batches' memory has one owner when it is to be used again.
        switch consume work {
        case .batches(var batches, let ended):
            batches.reverse()
            while let batch = batches.popLast() {
                digests.absorb(batch)
                try store?.append(batch)
                recycle(batch)
            }
            digests.end(ended)
        case .rows(let rows): try apply(rows)
        case .checkpoint(let rows, let instant):
            guard let store else { return }
            try apply(rows)
            try digests.takeChanges { world, digest in
                try store.apply(
                    StateChange(kind: StateKind.digest.rawValue, key: Int64(world), value: digest.bytes))
            }
            try store.checkpoint(instant: instant)
        case .stop: break
        }
    }

    private func apply(_ rows: consuming [StateRow]) throws {
        guard let store else { return }
        // Each row is let go of when it is written.
        rows.reverse()
        while let row = rows.popLast() {
            let value = try row.content { try store.stateRow(kind: row.kind, key: $0) }
            try store.apply(StateChange(kind: row.kind, key: row.key, value: value))
        }
    }

    private static func bytes(of work: Work) -> Int {
        switch work {
        case .batches(let batches, _): batches.reduce(0) { $0 + $1.bytes.count }
        case .rows(let rows), .checkpoint(let rows, _): rows.reduce(0) { $0 + $1.size }
        case .stop: 0
        }
    }

    private func recycle(_ batch: consuming InstantBatch) {
        batch.entries.removeAll(keepingCapacity: true)
        batch.bytes.removeAll(keepingCapacity: true)
        batch.readings.removeAll(keepingCapacity: true)
        condition.lock()
        defer { condition.unlock() }
        let capacity = batch.capacity
        guard spareBytes + capacity <= Self.mostSpareBytes else { return }
        spareBytes += capacity
        spares.append(batch)
    }
}

extension InstantBatch {
    /// How much memory it holds, about, in bytes.
    fileprivate var capacity: Int {
        bytes.capacity + entries.capacity * MemoryLayout<JournalEntry>.stride
            + readings.capacity * MemoryLayout<Reading>.stride
    }
}
