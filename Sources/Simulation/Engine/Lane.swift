import AgencyKit
import LifeEvents

/// A part of the cases of a run with a clock of its own, and the agencies that play in them.
///
/// Cases are worlds of their own, so nothing passes from one lane to another. One thread plays all lanes: while the
/// messages of one travel, another's are handled.
final class Lane {
    let number: Int
    let runners: [AgencyRunner]
    var outbox = Outbox()
    /// What is on its way; nil between two instants.
    var flight: Flight?
    /// The last instant that was played.
    var played: Instant?
    /// The last instant that any of its cases plays.
    var end: Instant?
    /// The cases that are played, by their end.
    var endings: [Instant: [Int32]] = [:]
    var endInstants = InstantHeap()
    /// Outsiders' records that wait for their instant.
    var admitted: [ForeignRecord] = []
    /// Messages of the run met before their instant: a resumed run finds its former life's on the log.
    var parked: [Instant: [ForeignRecord]] = [:]
    /// Effects that are in no checkpoint.
    var newEffects: [PendingEffect] = []
    /// The pages of effects in the store, with the last due time in each.
    var effectPages: [(number: Int64, lastDue: Instant)] = []
    var nextEffectPage: Int64 = 0

    private var spare: Flight?

    init(_ number: Int, _ runners: [AgencyRunner]) {
        self.number = number
        self.runners = runners
    }

    /// The instant at which the lane is, or was last.
    var now: Instant? { flight?.instant ?? played }

    /// Puts messages on their way.
    func depart(_ instant: Instant, _ due: consuming Outbox.Bucket) {
        let next = spare ?? Flight()
        spare = nil
        next.reset(instant, due)
        flight = next
    }

    /// Takes back the memory of a flight that was handled.
    func recycle(_ flight: Flight) {
        outbox.recycle(flight.takeDue())
        spare = flight
    }
}

/// The messages of one instant of a lane between publishing and handling.
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

    func reset(_ instant: Instant, _ due: consuming Outbox.Bucket) {
        self.instant = instant
        self.due = due
        arrivals.removeAll(keepingCapacity: true)
        arrivals.append(contentsOf: repeatElement(-1, count: self.due.entries.count))
        bytes.removeAll(keepingCapacity: true)
        extras.removeAll(keepingCapacity: true)
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

/// An effect that waits in the outbox and is in no checkpoint.
struct PendingEffect {
    var due: Instant
    var index: Int
}
