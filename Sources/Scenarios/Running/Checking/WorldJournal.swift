import LifeEvents
import Simulation

/// What is kept of each message of a world while it is played: everything but its payload, in 48 bytes.
struct WorldJournal {
    /// A message of the journal.
    struct Entry {
        let id: EventID
        let subject: Subject
        let time: Instant
        let cause: EventID?
        let kind: CheckTables.Kind
        let fate: CheckTables.Fate

        var type: String { kind.type }
        var source: AgencyID? { kind.source }
        var change: ChangeType? { kind.change }
        var isOutside: Bool { kind.isOutside }
        var isLive: Bool { kind.isLive }
    }

    /// The places of other messages are -1 where there is none, or where it was not there when this one came.
    private struct Row {
        let id: EventID
        let subject: Subject
        let kind: Int32
        var fate: Int32 = 0
        let cause: Int32
        let previous: Int32
        /// What changes this one.
        var successor: Int32 = -1
    }

    private let tables: CheckTables
    private var rows: [Row] = []
    /// The places of messages that are neither outsiders' nor came out of order, and so are sorted by id; empty while all
    /// are such.
    private var sorted: [Int32] = []
    /// All others.
    private var others: [EventID: Int32] = [:]
    /// The instants of messages whose ids do not tell them.
    private var times: [Int32: Instant] = [:]

    init(_ tables: CheckTables) { self.tables = tables }

    var count: Int { rows.count }

    /// The bytes that the journal has taken, tables apart.
    var byteCount: Int {
        rows.capacity * MemoryLayout<Row>.stride + sorted.capacity * MemoryLayout<Int32>.stride
            + others.capacity * MemoryLayout<(EventID, Int32)>.stride
            + times.capacity * MemoryLayout<(Int32, Instant)>.stride
    }

    // MARK: - Taking in

    /// Takes a message; nil if its id is known.
    mutating func add(_ message: ObservedMessage, isLive: Bool) -> Int? {
        let envelope = message.envelope
        guard place(of: envelope.id) == nil else { return nil }
        // Most worlds are small and there are many of them, so room is made in smaller portions than an array would.
        if rows.count == rows.capacity { rows.reserveCapacity(rows.count + max(8, rows.count / 4)) }
        let place = Int32(rows.count)
        let kind = CheckTables.Kind(
            type: message.type, source: envelope.source, change: envelope.change, isOutside: message.isOutside,
            isLive: isLive)
        let row = Row(
            id: envelope.id, subject: envelope.subject, kind: tables.number(of: kind),
            cause: known(envelope.causationID), previous: known(envelope.previousID))
        let isNext = sortedCount == 0 || rows[sortedPlace(sortedCount - 1)].id < envelope.id
        if message.isOutside || !isNext {
            if others.isEmpty { sorted = Array(0..<place) }
            others[envelope.id] = place
        } else if !others.isEmpty {
            sorted.append(place)
        }
        rows.append(row)
        if time(told: envelope.id) != envelope.time { times[place] = envelope.time }
        return Int(place)
    }

    private func known(_ id: EventID?) -> Int32 { id.flatMap { place(of: $0) }.map { Int32($0) } ?? -1 }

    private func time(told id: EventID) -> Instant? {
        id.isVersion7 ? Instant(milliseconds: id.milliseconds) : nil
    }

    /// Changes what is known of the fate of a message.
    mutating func change(_ place: Int, _ change: (inout CheckTables.Fate) -> Void) {
        var fate = tables.fates[Int(rows[place].fate)]
        change(&fate)
        rows[place].fate = tables.number(of: fate)
    }

    // MARK: - Asking

    private var sortedCount: Int { others.isEmpty ? rows.count : sorted.count }

    private func sortedPlace(_ number: Int) -> Int { others.isEmpty ? number : Int(sorted[number]) }

    func place(of id: EventID) -> Int? {
        if let other = others[id] { return Int(other) }
        var (low, high) = (0, sortedCount)
        while low < high {
            let middle = (low + high) / 2
            if rows[sortedPlace(middle)].id < id { low = middle + 1 } else { high = middle }
        }
        guard low < sortedCount else { return nil }
        let place = sortedPlace(low)
        return rows[place].id == id ? place : nil
    }

    subscript(_ place: Int) -> Entry {
        let row = rows[place]
        return Entry(
            id: row.id, subject: row.subject, time: times[Int32(place)] ?? time(told: row.id) ?? .earliest,
            cause: row.cause >= 0 ? rows[Int(row.cause)].id : nil, kind: tables.kinds[Int(row.kind)],
            fate: tables.fates[Int(row.fate)])
    }

    subscript(_ id: EventID) -> Entry? { place(of: id).map { self[$0] } }

    // MARK: - Chains

    /// What changes a message; nil if nothing does.
    func successor(of place: Int) -> Entry? {
        let next = rows[place].successor
        return next >= 0 ? self[Int(next)] : nil
    }

    /// What annuls a message, or a later one of its chain; nil while it holds, or has ended.
    func annulment(of place: Int) -> Entry? {
        var next = Int(rows[place].successor)
        while next >= 0, rows[next].successor >= 0 { next = Int(rows[next].successor) }
        return next >= 0 && self[next].change == .annulled ? self[next] : nil
    }

    /// Whether another fact of the same type about the same subject was told between two messages.
    func hasAnother(of entry: Entry, after place: Int, before end: EventID) -> Bool {
        let last = self.place(of: end) ?? rows.count
        return (place + 1..<max(place + 1, last)).contains { next in
            rows[next].subject == entry.subject && self[next].type == entry.type && self[next].change == nil
        }
    }

    /// A message changes another. If it annuls an end, what ended is as if nothing had changed it.
    mutating func follow(_ former: Int, by place: Int) {
        rows[former].successor = Int32(place)
        let restored = rows[former].previous
        if self[place].change == .annulled, self[former].change == .ceased, restored >= 0 {
            rows[Int(restored)].successor = -1
        }
    }

    // MARK: - Causes

    /// Whether a message was caused by another, directly or through others.
    func isCaused(_ cause: EventID?, by wanted: EventID) -> Bool {
        nearestCause(cause) { $0 == wanted ? true : nil } ?? false
    }

    /// The nearest cause of which something is known.
    ///
    /// A cause counts only where it was there first, so that no two messages can be each other's cause.
    func nearestCause<Known>(_ cause: EventID?, _ known: (EventID) -> Known?) -> Known? {
        guard let cause else { return nil }
        if let found = known(cause) { return found }
        var next = place(of: cause).map { rows[$0].cause } ?? -1
        while next >= 0 {
            let row = rows[Int(next)]
            if let found = known(row.id) { return found }
            next = row.cause
        }
        return nil
    }
}
