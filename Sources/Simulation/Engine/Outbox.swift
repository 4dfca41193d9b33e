import LifeEvents

/// A message waiting for its instant.
struct OutboxEntry {
    var id: EventID
    var topic: Int32
    var world: Int32
    var subject: PersonKey
    var start: Int
    var count: Int
}

/// Messages waiting for their instants: one bucket of entries and bytes for each instant.
struct Outbox {
    struct Bucket {
        var entries: [OutboxEntry] = []
        var bytes: [UInt8] = []
    }

    private var buckets: [Instant: Bucket] = [:]
    private var instants = InstantHeap()

    /// The earliest instant with a message.
    var next: Instant? { instants.first }

    mutating func add(
        _ due: Instant, _ id: EventID, topic: Int32, world: Int32, subject: PersonKey, value: UnsafeRawBufferPointer
    ) {
        if buckets[due] == nil { instants.insert(due) }
        buckets[due, default: Bucket()].append(id, topic, world, subject, value)
    }

    /// Takes the messages of an instant, in canonical order.
    mutating func take(_ instant: Instant) -> Bucket? {
        guard var bucket = buckets.removeValue(forKey: instant) else { return nil }
        instants.remove(instant)
        bucket.entries.sort { $0.id < $1.id }
        return bucket
    }

    /// The instants that have messages, in order, with their buckets: for a checkpoint.
    func sorted() -> [(Instant, Bucket)] {
        buckets.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

extension Outbox.Bucket {
    mutating func append(
        _ id: EventID, _ topic: Int32, _ world: Int32, _ subject: PersonKey, _ value: UnsafeRawBufferPointer
    ) {
        entries.append(
            OutboxEntry(
                id: id, topic: topic, world: world, subject: subject, start: bytes.count, count: value.count))
        bytes.append(contentsOf: value)
    }
}

/// Distinct instants, the earliest first.
struct InstantHeap {
    private var sorted: [Instant] = []

    var first: Instant? { sorted.last }

    mutating func insert(_ instant: Instant) {
        // Kept in falling order: most insertions are near the end, where the next instants stand.
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] > instant { low = middle + 1 } else { high = middle }
        }
        if low < sorted.count, sorted[low] == instant { return }
        sorted.insert(instant, at: low)
    }

    mutating func remove(_ instant: Instant) {
        if let place = sorted.lastIndex(of: instant) { sorted.remove(at: place) }
    }
}
