import LifeEvents

/// The messages of one instant between publishing and handling.
final class Flight {
    /// A record that was not published at this instant by the run.
    struct Extra {
        var id: EventID
        var world: Int32
        var isForeign: Bool
        var topic: Int32
        var start: Int
        var count: Int
    }

    var instant = Instant(milliseconds: 0)
    /// What was published, in canonical order.
    var due = Outbox.Bucket()
    /// Where in `bytes` the value of each published message stands as it was consumed; -1 until it has come.
    var arrivals: [Int] = []
    /// The values that were consumed.
    var bytes: [UInt8] = []
    /// What else belongs to the instant.
    var extras: [Extra] = []
    /// What faults do to the instant's records; nil: nothing.
    var strikes: Strikes?

    func reset(_ instant: Instant, _ due: consuming Outbox.Bucket) {
        self.instant = instant
        self.due = due
        arrivals.removeAll(keepingCapacity: true)
        arrivals.append(contentsOf: repeatElement(-1, count: self.due.entries.count))
        bytes.removeAll(keepingCapacity: true)
        extras.removeAll(keepingCapacity: true)
        strikes = nil
    }

    func takeDue() -> Outbox.Bucket {
        var taken = Outbox.Bucket()
        swap(&taken, &due)
        return taken
    }

    /// The place of a message among those published; nil if it is none of them.
    func place(of id: EventID) -> Int? {
        let place = due.entries.partitioningIndex { $0.id >= id }
        return place < due.entries.count && due.entries[place].id == id ? place : nil
    }

    /// Whether a value is that of the message at a place.
    func isSame(_ value: UnsafeRawBufferPointer, as place: Int) -> Bool {
        let entry = due.entries[place]
        return due.bytes.withUnsafeBytes { own in
            UnsafeRawBufferPointer(rebasing: own[entry.start..<entry.start + entry.count]).holdsSameBytes(as: value)
        }
    }

    /// Takes the value of the message at a place; false if it had come before.
    func arrive(_ value: UnsafeRawBufferPointer, at place: Int) -> Bool {
        guard arrivals[place] < 0 else { return false }
        arrivals[place] = bytes.count
        bytes.append(contentsOf: value)
        return true
    }

    func add(_ value: UnsafeRawBufferPointer, id: EventID, world: Int32, isForeign: Bool, topic: Int32) {
        extras.append(
            Extra(
                id: id, world: world, isForeign: isForeign, topic: topic, start: bytes.count, count: value.count))
        bytes.append(contentsOf: value)
    }
}
