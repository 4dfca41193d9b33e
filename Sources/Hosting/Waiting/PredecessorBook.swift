import LifeEvents

/// Events that fact chains keep until their predecessors are here, and how long they may.
///
/// The chain itself stands in the agency's case and takes the event in the handling of its predecessor, whenever that
/// comes; so nothing is offered again and again. What the case does not know is time: here stands since when each event
/// waits, and past ``longestWaitDays`` it becomes a dead letter. The chain keeps it all the same, so that a predecessor that
/// comes later is followed.
struct PredecessorBook {
    /// An event that waits at one agency.
    struct Event {
        /// The id by which the run knows it.
        var id: EventID
        /// The event that it changes.
        var previous: EventID
        /// Who keeps it.
        var reader: ActingBranch
        var world: Int32
        var subject: Subject
        var topic: Int32
        var isOutside: Bool
        /// When it was handled.
        var since: Instant
        var value: [UInt8]
        /// Its number in checkpoints.
        var row: Int64 = 0

        var agency: AgencyID { reader.agency }
    }

    /// How long an event may wait: longer than any post, batch or outage of the journeys takes.
    static let longestWaitDays: Int64 = 30
    private static let longestWait = VirtualDuration.days(longestWaitDays)
    /// The most events that wait in all worlds together, and the most bytes of them: what outsiders pour in must not
    /// become the run's memory. Past it the next becomes a dead letter at once.
    static let mostEvents = 10_000
    static let mostBytes = 64 << 20

    private var worlds: [Int32: [Event]] = [:]
    /// The worlds with an event whose time is over at an instant.
    private var due: [Instant: [Int32]] = [:]
    private var deadlines = InstantHeap()
    private var count = 0
    private var bytes = 0
    private let resolution: Int64
    /// What no checkpoint has.
    private var added: [Event] = []
    private var gone: [Int64] = []
    private var nextRow: Int64 = 0

    init(resolution: Int64) { self.resolution = resolution }

    /// Whether nothing waits, which is nearly always so.
    var isEmpty: Bool { count == 0 }
    /// When the time of an event that waits is over.
    var nextDeadline: Instant? { deadlines.first }

    private func deadline(_ event: Event) -> Instant { (event.since + Self.longestWait).roundedUp(to: resolution) }

    /// Adds an event; false if there is no room.
    mutating func add(_ event: Event) -> Bool {
        guard count < Self.mostEvents, bytes + event.value.count <= Self.mostBytes else { return false }
        var event = event
        event.row = nextRow
        nextRow += 1
        put(event)
        added.append(event)
        return true
    }

    private mutating func put(_ event: Event) {
        worlds[event.world, default: []].append(event)
        count += 1
        bytes += event.value.count
        let deadline = deadline(event)
        if due[deadline]?.contains(event.world) == true { return }
        due[deadline, default: []].append(event.world)
        deadlines.insert(deadline)
    }

    private mutating func remove(from world: Int32, where isMeant: (Event) -> Bool) -> [Event] {
        guard let all = worlds[world] else { return [] }
        let taken = all.filter(isMeant)
        guard !taken.isEmpty else { return [] }
        let left = all.filter { !isMeant($0) }
        worlds[world] = left.isEmpty ? nil : left
        for event in taken {
            count -= 1
            bytes -= event.value.count
            gone.append(event.row)
        }
        for event in taken {
            let deadline = deadline(event)
            guard !left.contains(where: { self.deadline($0) == deadline }) else { continue }
            due[deadline]?.removeAll { $0 == world }
            guard due[deadline]?.isEmpty == true else { continue }
            due[deadline] = nil
            deadlines.remove(deadline)
        }
        return taken
    }

    /// A case has taken an event: what waited for it there waits no more, nor what waited for that.
    mutating func arrived(_ id: EventID, at reader: ActingBranch, subject: Subject, world: Int32) {
        var arrived = [id]
        while let next = arrived.popLast() {
            arrived += remove(from: world) { $0.previous == next && $0.reader == reader && $0.subject == subject }
                .map(\.id)
        }
    }

    /// The events whose time is over by an instant, in the order of their ids.
    mutating func takeOverdue(_ instant: Instant) -> [Event] {
        var overdue: [Event] = []
        while let next = deadlines.first, next <= instant, let world = due[next]?.first {
            // The deadline goes with the last of its events.
            overdue += remove(from: world) { ($0.since + Self.longestWait) <= instant }
        }
        return overdue.sorted {
            ($0.id, $0.agency, $0.reader.branch?.name ?? "", $0.reader.section ?? "")
                < ($1.id, $1.agency, $1.reader.branch?.name ?? "", $1.reader.section ?? "")
        }
    }

    /// Forgets a world that has ended; what has waited in it to the end, in the order in which it came.
    mutating func end(_ world: Int32) -> [Event] { remove(from: world) { _ in true } }

    /// What waits in all worlds, in the order in which it came.
    var all: [Event] {
        // order-free: sorted by the number of the row
        worlds.values.flatMap(\.self).sorted { $0.row < $1.row }
    }

    // MARK: - Checkpoints

    /// Rows for what no checkpoint has, and without content for what waits no more.
    mutating func changes() -> [(row: Int64, value: [UInt8]?)] {
        defer {
            added.removeAll()
            gone.removeAll()
        }
        let left = Set(gone)
        return added.filter { !left.contains($0.row) }.map { ($0.row, $0.bytes) } + gone.map { ($0, nil) }
    }

    /// Takes a row of a checkpoint; false if it cannot be read.
    mutating func restore(row: Int64, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard var event = Event(bytes) else { return false }
        event.row = row
        nextRow = max(nextRow, row + 1)
        put(event)
        return true
    }
}

extension PredecessorBook.Event {
    fileprivate var bytes: [UInt8] {
        var writer = StateWriter()
        func text(_ text: String) { Array(text.utf8).withUnsafeBytes { writer.text($0) } }
        text("\(id)")
        text("\(previous)")
        text("\(agency)")
        text(reader.branch?.name ?? "")
        text(reader.section ?? "")
        writer.number(Int64(world))
        writer.subject(subject)
        writer.number(Int64(topic))
        writer.number(isOutside ? 1 : 0)
        writer.number(since.milliseconds)
        value.withUnsafeBytes { writer.text($0) }
        return writer.bytes
    }

    fileprivate init?(_ bytes: UnsafeRawBufferPointer) {
        var reader = StateReader(bytes)
        guard let id = reader.text().flatMap({ EventID(utf8: $0) }),
            let previous = reader.text().flatMap({ EventID(utf8: $0) }),
            let agency = reader.text().flatMap({ AgencyID(String(decoding: $0, as: UTF8.self)) }),
            let branch = reader.text().map({ String(decoding: $0, as: UTF8.self) }),
            let known = branch.isEmpty ? .some(nil) : Branch(text: branch).map(Optional.some),
            let section = reader.text().map({ String(decoding: $0, as: UTF8.self) }),
            let world = reader.number(), let subject = reader.subject(), let topic = reader.number(),
            let isOutside = reader.number(), let since = reader.number(), let value = reader.text()
        else { return nil }
        self.init(
            id: id, previous: previous,
            reader: ActingBranch(agency: agency, branch: known, section: section.isEmpty ? nil : section),
            world: Int32(truncatingIfNeeded: world), subject: subject,
            topic: Int32(truncatingIfNeeded: topic), isOutside: isOutside == 1, since: Instant(milliseconds: since),
            value: Array(value))
    }
}
