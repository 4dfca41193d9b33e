import LifeEvents

/// A message waiting for its instant.
struct OutboxEntry {
    var id: EventID
    var topic: Int32
    var world: Int32
    var subject: Subject
    var start: Int
    var count: Int
}

/// Messages waiting for their instants: one bucket of entries and bytes for each instant.
struct Outbox {
    struct Bucket {
        var entries: [OutboxEntry] = []
        var bytes: [UInt8] = []
        /// Scripted messages that are written when the bucket is taken.
        var unwritten: [Unwritten] = []
    }

    struct Unwritten {
        var id: EventID
        var topic: Int32
        var world: Int32
        var subject: Subject
        var template: MessageTemplate
        var own: TemplateValues
    }

    private var buckets: [Bucket] = []
    private var free: [Int] = []
    private var places: [Instant: Int] = [:]
    private var instants = InstantHeap()
    /// Memory of a bucket that was taken, for the next.
    private var spare: [UInt8] = []
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
        makeRoom(for: value.count, in: place, isNext: due == instants.first)
        return buckets[place].append(id, topic, world, subject, value)
    }

    /// Lets a bucket grow: fast if it is the next to be taken; one that waits for long takes hardly more than it needs.
    private mutating func makeRoom(for count: Int, in place: Int, isNext: Bool) {
        let needed = buckets[place].bytes.count + count
        guard needed > buckets[place].bytes.capacity else { return }
        if isNext, spare.capacity >= needed {
            spare.append(contentsOf: buckets[place].bytes)
            buckets[place].bytes = spare
            spare = []
        } else {
            buckets[place].bytes.reserveCapacity(isNext ? needed * 2 : needed + needed / 4)
        }
    }

    mutating func add(
        _ due: Instant, _ id: EventID, topic: Int32, world: Int32, subject: Subject, template: MessageTemplate,
        own: TemplateValues
    ) {
        buckets[place(of: due)].unwritten.append(
            Unwritten(id: id, topic: topic, world: world, subject: subject, template: template, own: own))
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
                buckets.append(Bucket())
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
        return buckets[place].bytes.withUnsafeBytes {
            body(entry, UnsafeRawBufferPointer(rebasing: $0[entry.start..<entry.start + entry.count]))
        }
    }

    /// Everything that waits, by instant; scripted messages that are not yet written are left out.
    var waiting: [(due: Instant, entry: OutboxEntry)] {
        // order-free: sorted by instant.
        places.sorted { $0.key < $1.key }.flatMap { due, place in buckets[place].entries.map { (due, $0) } }
    }

    /// Forgets everything due by an instant: a former life has published it.
    mutating func dropEntries(through limit: Instant) {
        while let next = instants.first, next <= limit { _ = take(next) }
    }

    /// Takes the messages of an instant, in canonical order.
    mutating func take(_ instant: Instant) -> Bucket? {
        guard let place = places.removeValue(forKey: instant) else { return nil }
        instants.remove(instant)
        if last?.due == instant { last = nil }
        var bucket = Bucket()
        swap(&bucket, &buckets[place])
        free.append(place)
        bucket.writeAll()
        bucket.entries.sort { $0.id < $1.id }
        return bucket
    }

    /// Takes back an emptied bucket's memory.
    mutating func recycle(_ bucket: consuming Bucket) {
        bucket.bytes.removeAll(keepingCapacity: true)
        spare = bucket.bytes
    }
}

extension Outbox.Bucket {
    mutating func writeAll() {
        for message in unwritten {
            let start = bytes.count
            message.template.write(message.own, into: &bytes)
            entries.append(
                OutboxEntry(
                    id: message.id, topic: message.topic, world: message.world, subject: message.subject,
                    start: start, count: bytes.count - start))
        }
        unwritten.removeAll()
    }

    mutating func append(
        _ id: EventID, _ topic: Int32, _ world: Int32, _ subject: Subject, _ value: UnsafeRawBufferPointer
    ) -> Int {
        entries.append(
            OutboxEntry(
                id: id, topic: topic, world: world, subject: subject, start: bytes.count, count: value.count))
        bytes.append(contentsOf: value)
        return entries.count - 1
    }
}

/// Distinct instants, the earliest first.
struct InstantHeap {
    private var sorted: [Instant] = []

    var first: Instant? { sorted.last }

    mutating func insert(_ instant: Instant) {
        // Kept in falling order: most insertions are near the end, where the next instants stand.
        let place = sorted.partitioningIndex { $0 <= instant }
        if place < sorted.count, sorted[place] == instant { return }
        sorted.insert(instant, at: place)
    }

    mutating func remove(_ instant: Instant) {
        if let place = sorted.lastIndex(of: instant) { sorted.remove(at: place) }
    }
}

extension Array {
    /// The first place whose element belongs to the second part, in an array whose elements are so parted.
    func partitioningIndex(where belongsToSecondPart: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if belongsToSecondPart(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
