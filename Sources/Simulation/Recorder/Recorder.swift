import CitizenStatus
import Contracts
import Hosting
import LifeEvents

/// The kinds of a run's state in the store; a runner's cases have the kind 13 + the runner's place.
enum StateKind: Int32 {
    case predecessors = 0
    case effects = 1
    case digest = 2
    case position = 3
    case outside = 4
    case wireFaults = 5
    case absences = 6
    case letters = 7
    case counters = 8
    case pending = 9
    case protection = 10
    case deliveries = 11
    case consents = 12
    case checkNotes = 13
    case firstCase = 14
}

/// A row of a run's state, written when its content is asked for: pages of thousands of cases must not all stand in memory.
struct StateRow: Sendable {
    /// What the row is.
    let kind: Int32
    /// Its number within its kind.
    let key: Int64
    /// Its content; nil: the row goes. May be asked for on another thread.
    let content: @Sendable (CasePage.FormerPages) throws -> [UInt8]?
    /// How much memory it holds until it is written, about, in bytes.
    let size: Int

    init(_ kind: StateKind, _ key: Int64, _ value: [UInt8]?) {
        self.kind = kind.rawValue
        self.key = key
        content = { _ in value }
        size = value?.count ?? 0
    }

    init(_ kind: StateKind, _ key: Int64, size: Int, content: @escaping @Sendable () throws -> [UInt8]?) {
        self.kind = kind.rawValue
        self.key = key
        self.size = size
        self.content = { _ in try content() }
    }

    init(_ change: HostChange) {
        kind = change.kind.rawValue
        key = change.key
        content = { _ in try change.value() }
        size = change.size
    }

    /// A page of the cases of a runner, by its place.
    init(_ page: CasePage, runner: Int) {
        kind = StateKind.firstCase.rawValue + Int32(runner)
        key = page.number
        content = { try page.value($0) }
        size = page.size
    }
}

/// What lasts of a run: journal, tiles, digests, checkpoints. Nothing it does comes back into the run.
final class Recorder {
    let store: StatusStore?
    private let projector: Projector

    init(store: StatusStore?) {
        self.store = store
        projector = Projector(store: store)
    }

    deinit { projector.stop() }

    /// Names the rights by which readings count.
    func register(_ rights: [ReadingRight]) throws { try store?.register(rights.map { LedgerRight($0) }) }

    /// Takes over the messages of a slice and who read them; the slice's memory is exchanged for other.
    /// - Throws: what went wrong with something recorded before: `StoreError`.
    func record(
        _ slice: inout Slice, _ readings: [HandlingRecord.Reading], isDeadLetterTopic: [Bool]
    ) throws {
        var batch = projector.spare()
        batch.instant = slice.instant
        for message in slice.messages {
            batch.entries.append(
                JournalEntry(
                    id: message.id, world: message.world, isOutside: message.isOutside,
                    isDeadLetter: isDeadLetterTopic[Int(message.topic)], start: Int32(message.start),
                    count: Int32(message.count), topic: message.topic))
        }
        for reading in readings {
            batch.readings.append(
                Reading(
                    entry: reading.message, agency: reading.agency, right: reading.right,
                    use: ReadingUse(reading.use)))
        }
        swap(&batch.bytes, &slice.bytes)
        slice.removeAll()
        try projector.submit(batch)
    }

    /// Takes over a row of the next checkpoint; waits while too much of it is not yet written.
    func keep(_ row: StateRow) throws { try projector.keep(row) }

    /// Keeps everything recorded, with the parts' own state and the rows that were taken over, in one transaction.
    func checkpoint(_ rows: [StateRow], _ instant: Instant) throws { try projector.checkpoint(rows, instant) }

    /// Waits until everything recorded is written.
    func drain() throws { try projector.drain() }

    /// Which of some messages the journal has, byte for byte. Waits for what is not yet written.
    func has(_ messages: [(id: EventID, instant: Instant, value: [UInt8])]) throws -> [Bool] {
        guard let store else { return messages.map { _ in true } }
        try projector.drain()
        return try messages.map { try store.hasMessage($0.id, at: $0.instant, value: $0.value) }
    }

    /// The dead letter of the journal with an id; nil if there is none, or no journal. Waits for what is not yet written.
    func deadLetter(_ id: String) throws -> DeadLetterRow? {
        guard let store, let id = EventID(text: id) else { return nil }
        try projector.drain()
        return try store.deadLetter(id)
    }

    /// Sets the digest of a world that was kept.
    func restore(_ digest: RunDigest, world: Int32) { projector.digests.restore(digest, world: world) }

    /// Worlds have ended: nothing of them comes any more.
    func end(_ worlds: [Int32]) { projector.end(worlds) }

    /// How many digests are in memory; all others stand in the store. Waits for what is not yet written.
    var heldDigests: Int {
        get throws {
            try projector.drain()
            return projector.digests.count
        }
    }

    /// Ends the record of a run.
    /// - Parameter tells: whether the digests are wanted, which may be millions.
    /// - Returns: the digest of each world; empty if they are not wanted.
    func finish(worlds: Int, tells: Bool) throws -> [RunDigest] {
        try projector.drain()
        projector.digests.endInstant()
        // The indices that this makes are what the tiles of many worlds are found by.
        try store?.finish()
        guard tells else { return [] }
        var digests = [RunDigest](repeating: RunDigest(), count: worlds)
        try store?.state(kind: StateKind.digest.rawValue) { world, value in
            guard let digest = RunDigest(bytes: value), digests.indices.contains(Int(world)) else {
                throw ResumeError(description: "\(store?.path ?? ""): a digest in the store cannot be read")
            }
            digests[Int(world)] = digest
        }
        for world in digests.indices { digests[world] = projector.digests[Int32(world)] ?? digests[world] }
        try store?.eachWorldsTiles(0..<Int32(worlds)) { world, lines in
            digests[Int(world)] = projector.digests.completed(digests[Int(world)], with: lines)
        }
        return digests
    }
}

extension ReadingUse {
    init(_ use: HandlingRecord.Use) {
        self =
            switch use {
            case .used: .used
            case .unused: .unused
            case .kept: .kept
            case .denied: .denied
            }
    }
}

extension LedgerRight {
    init(_ right: ReadingRight) {
        var refusal: String?
        let offer: String
        switch right.offer {
        case .all: offer = "all"
        case .concerned: offer = "concerned"
        case .caseHolder: offer = "case"
        case .none(let reason):
            offer = "none"
            refusal = reason
        }
        self.init(
            type: right.type.name, owner: right.party.owner.description, branch: right.party.branch.name, offer: offer,
            refusal: refusal, purpose: right.purpose, basis: right.legalBasis,
            informationClass: right.informationClass?.rawValue, groups: right.groups, hidden: right.hiddenFields)
    }
}
