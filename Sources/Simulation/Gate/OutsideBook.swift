import AgencyKit
import Hosting
import LifeEvents

/// A record from outside that is admitted at an instant.
struct OutsideRecord {
    var instant: Instant
    var id: EventID
    var world: Int32
    var topic: Int32
    /// Where it stands on the log.
    var partition: Int32
    var offset: Int64
    var value: [UInt8]
    /// The dead letter that it comes from, if it does.
    var redrive: Redrive?

    /// That a record is the original of a dead letter, sent again: the run knows its id from before, so that it is told
    /// from others by the letter it comes from.
    struct Redrive {
        /// The letter with the number of the redrive.
        var letter: EventID
        /// Who could not handle it then, and alone is given it; nil: nobody was given it then.
        var addressee: AgencyID?
    }

    /// By place on the log: what one has said of a subject on a topic keeps its order, a correction comes after what it
    /// corrects.
    fileprivate var order: (Int32, Int32, Int64) { (topic, partition, offset) }
}

/// A record of the run's former life that was met before its instant.
struct HeldRecord {
    var topic: Int32
    var partition: Int32
    var offset: Int64
    var key: [UInt8]?
    var headers: [DeadLetter.Header]
    var value: [UInt8]

    /// About so many bytes of memory it takes.
    var size: Int {
        value.count + (key?.count ?? 0)
            + headers.reduce(200) { $0 + 80 + $1.name.utf8.count + ($1.value?.count ?? 0) }
    }
}

/// What outsiders have said: what waits for its instant, what was said before, and how much of it there may be.
struct OutsideBook {
    /// The most records that are admitted at one instant, and the most bytes of them: what an outsider pours in must not
    /// become the run's memory. Two seconds' worth of the fastest client.
    static let mostRecords = 200_000
    static let mostBytes = 256 << 20
    /// The most pairs of source and id that are remembered, about 50 bytes each; the oldest are forgotten first.
    static let mostRemembered = 1_000_000
    /// The most bytes of a former life's records that are held for their instants: a checkpoint is at most some seconds
    /// of work old.
    static let mostHeldBytes = 512 << 20

    private var waiting: [OutsideRecord] = []
    private var waitingBytes = 0
    /// By source and id: a hash of the value.
    private var seen: [EventID: UInt64] = [:]
    private var order: [EventID] = []
    private var oldest = 0
    private var held: [Instant: [HeldRecord]] = [:]
    private var heldBytes = 0
    /// Records that say they are the run's own of an earlier instant, and are to be looked up in the journal.
    private(set) var claims: [Claim] = []
    private var claimBytes = 0
    /// Rows that no checkpoint has, by number.
    private var unsaved: [(row: Int64, record: OutsideRecord)] = []
    private var nextRow: Int64 = 0

    /// A record with the form of one of the run's own, of an instant that is over.
    struct Claim {
        var id: EventID
        var instant: Instant
        var record: HeldRecord
        /// The dead letter that the record says it comes from; nil: it has the form of one of the run's own.
        var redrive: RedriveHeader?
    }

    /// The earliest instant that something waits for.
    private(set) var nextDue: Instant?
    /// What waits for its instant.
    var pending: [OutsideRecord] { waiting }
    var hasUnsaved: Bool { !unsaved.isEmpty }

    enum Entry { case new, again, contradiction, tooMany }

    /// Admits a record, unless it was admitted before.
    mutating func admit(_ record: OutsideRecord) -> Entry {
        let hash = record.value.withUnsafeBytes { SipHash24.hash(bytes: $0, key: .init(0x6F75_7473, 2)) }
        let name = record.redrive?.letter ?? record.id
        if let known = seen[name] { return known == hash ? .again : .contradiction }
        guard waiting.count < Self.mostRecords, waitingBytes + record.value.count <= Self.mostBytes else {
            return .tooMany
        }
        remember(name, hash)
        wait(record)
        unsaved.append((nextRow, record))
        nextRow += 1
        return .new
    }

    private mutating func wait(_ record: OutsideRecord) {
        waiting.append(record)
        waitingBytes += record.value.count
        nextDue = min(nextDue ?? record.instant, record.instant)
    }

    private mutating func remember(_ id: EventID, _ hash: UInt64) {
        seen[id] = hash
        order.append(id)
        guard order.count - oldest > Self.mostRemembered else { return }
        seen[order[oldest]] = nil
        oldest += 1
        if oldest > Self.mostRemembered {
            order.removeFirst(oldest)
            oldest = 0
        }
    }

    /// The records that are admitted at an instant, in the order of the log.
    mutating func take(_ instant: Instant) -> [OutsideRecord] {
        guard let nextDue, nextDue <= instant else { return [] }
        let due = waiting.filter { $0.instant <= instant }.sorted { $0.order < $1.order }
        waiting.removeAll { $0.instant <= instant }
        waitingBytes = waiting.reduce(0) { $0 + $1.value.count }
        self.nextDue = waiting.map(\.instant).min()
        return due
    }

    // MARK: - A former life

    /// Holds a record until its instant; false if there is no room.
    mutating func hold(_ record: HeldRecord, until instant: Instant) -> Bool {
        guard heldBytes + record.size <= Self.mostHeldBytes else { return false }
        heldBytes += record.size
        held[instant, default: []].append(record)
        return true
    }

    /// Takes what is held until any instant.
    mutating func takeAllHeld() -> [HeldRecord] {
        // order-free: the greatest of the keys
        held.keys.max().map { takeHeld($0) } ?? []
    }

    mutating func takeHeld(_ instant: Instant) -> [HeldRecord] {
        guard !held.isEmpty else { return [] }
        var due: [HeldRecord] = []
        for known in held.keys.sorted() where known <= instant {
            // order-free: the value of one key, a list
            due += held.removeValue(forKey: known) ?? []
        }
        for record in due { heldBytes -= record.size }
        return due
    }

    // MARK: - Claims

    mutating func claim(_ claim: Claim) -> Bool {
        guard claims.count < Self.mostRecords, claimBytes + claim.record.size <= Self.mostBytes else {
            return false
        }
        claims.append(claim)
        claimBytes += claim.record.size
        return true
    }

    mutating func takeClaims() -> [Claim] {
        defer {
            claims = []
            claimBytes = 0
        }
        return claims
    }

    // MARK: - Checkpoints

    /// Rows for what no checkpoint has.
    mutating func changes() -> [(row: Int64, value: [UInt8])] {
        defer { unsaved = [] }
        return unsaved.map { row, record in
            var writer = StateWriter()
            writer.number(record.instant.milliseconds)
            writer.number(Int64(record.topic))
            writer.number(Int64(record.world))
            writer.number(Int64(record.partition))
            writer.number(record.offset)
            Array("\(record.id)".utf8).withUnsafeBytes { writer.text($0) }
            record.value.withUnsafeBytes { writer.text($0) }
            if let redrive = record.redrive {
                Array("\(redrive.letter)".utf8).withUnsafeBytes { writer.text($0) }
                Array((redrive.addressee.map { "\($0)" } ?? "").utf8).withUnsafeBytes { writer.text($0) }
            }
            return (row, writer.bytes)
        }
    }

    /// Takes a row of a checkpoint; false if it cannot be read.
    mutating func restore(row: Int64, _ value: UnsafeRawBufferPointer, played: Instant) -> Bool {
        var reader = StateReader(value)
        guard let time = reader.number(), let topic = reader.number(), let world = reader.number(),
            let partition = reader.number(), let offset = reader.number(), let name = reader.text(),
            let id = EventID(utf8: name), let text = reader.text()
        else { return false }
        var redrive: OutsideRecord.Redrive?
        if !reader.isAtEnd {
            guard let letter = reader.text().flatMap({ EventID(utf8: $0) }), let agency = reader.text() else {
                return false
            }
            redrive = OutsideRecord.Redrive(
                letter: letter, addressee: AgencyID(String(decoding: agency, as: UTF8.self)))
        }
        nextRow = max(nextRow, row + 1)
        remember(redrive?.letter ?? id, SipHash24.hash(bytes: text, key: .init(0x6F75_7473, 2)))
        let instant = Instant(milliseconds: time)
        guard instant > played else { return true }
        wait(
            OutsideRecord(
                instant: instant, id: id, world: Int32(truncatingIfNeeded: world),
                topic: Int32(truncatingIfNeeded: topic), partition: Int32(truncatingIfNeeded: partition),
                offset: offset, value: Array(text), redrive: redrive))
        return true
    }
}
