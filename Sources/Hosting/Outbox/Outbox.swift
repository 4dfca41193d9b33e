import LifeEvents

/// Messages waiting for their instants: one bucket of entries and bytes for each instant.
struct Outbox {
    private var buckets: [OutboxBucket] = []
    private var free: [Int] = []
    private var places: [Instant: Int] = [:]
    private var instants = InstantHeap()
    private var spares = SpareChunks()
    /// Where there is room for the values of an instant out of the ordinary.
    var room: OverflowRoom?
    /// Where the last message went: most go to the next instant.
    private var last: (due: Instant, place: Int)?

    /// The earliest instant with a message.
    var next: Instant? { instants.first }

    /// - Returns: the entry's place in its bucket, until the bucket is taken.
    @discardableResult
    mutating func add(
        _ due: Instant, _ id: EventID, topic: Int32, world: Int32, subject: Subject, value: UnsafeRawBufferPointer
    ) -> Int {
        let place = place(of: due)
        // A bucket that waits for long takes hardly more than it needs.
        return buckets[place].append(id, topic, world, subject, value, isNext: due == instants.first, &spares)
    }

    private mutating func place(of due: Instant) -> Int {
        if let last, last.due == due { return last.place }
        let place: Int
        if let known = places[due] {
            place = known
        } else {
            if let unused = free.popLast() {
                place = unused
            } else {
                place = buckets.count
                buckets.append(OutboxBucket(room: room))
            }
            places[due] = place
            instants.insert(due)
        }
        last = (due, place)
        return place
    }

    /// Lends an entry that still waits, with its value.
    func withEntry<Result>(
        _ due: Instant, _ index: Int, _ body: (OutboxEntry, UnsafeRawBufferPointer) -> Result
    ) -> Result? {
        guard let place = places[due] else { return nil }
        let entry = buckets[place].entries[index]
        return buckets[place].withValue(of: entry) { body(entry, $0) }
    }

    /// The messages of an instant, which share their memory with the caller until one of both changes them.
    func bucket(_ instant: Instant) -> OutboxBucket? { places[instant].map { buckets[$0] } }

    /// Everything that waits, by instant.
    var waiting: [(due: Instant, entry: OutboxEntry)] {
        // order-free: sorted by instant.
        places.sorted { $0.key < $1.key }.flatMap { due, place in buckets[place].entries.map { (due, $0) } }
    }

    /// Forgets everything due by an instant: a former life has published it.
    mutating func dropEntries(through limit: Instant) {
        while let next = instants.first, next <= limit { _ = take(next) }
    }

    /// Takes the messages of an instant, in the order in which they were made.
    mutating func take(_ instant: Instant) -> OutboxBucket? {
        guard let place = places.removeValue(forKey: instant) else { return nil }
        instants.remove(instant)
        if last?.due == instant { last = nil }
        var bucket = OutboxBucket(room: room)
        swap(&bucket, &buckets[place])
        free.append(place)
        return bucket
    }

    /// How much memory is kept for buckets to come, bytes.
    var spareBytes: Int { spares.capacity }

    /// Takes back an emptied bucket's memory.
    mutating func recycle(_ bucket: consuming OutboxBucket) { spares.give(bucket.takeBytes()) }
}
