import Hosting
import LifeEvents

/// Dead letters of the bus itself, which wait for their instants.
struct LetterBox {
    struct Letter {
        var id: EventID
        var topic: Int32
        var world: Int32
        var subject: Subject
        var value: [UInt8]
    }

    /// The most letters of one instant: past it outsiders' records are counted and told, and stay on their log.
    static let mostLetters = 200_000

    /// The most bytes of letters that wait: what an outsider pours in must not become the run's memory.
    static let mostBytes = 256 << 20

    private var waiting: [Instant: [Letter]] = [:]
    /// The ids of the letters of each instant.
    private var ids: [Instant: Set<EventID>] = [:]
    private var waitingBytes = 0
    private var instants = InstantHeap()
    private var unsaved: [(row: Int64, due: Instant, letter: Letter)] = []
    private var saved: [(row: Int64, due: Instant)] = []
    private var nextRow: Int64 = 0

    var nextDue: Instant? { instants.first }
    var hasUnsaved: Bool { !unsaved.isEmpty }

    /// How many letters wait for an instant.
    private func count(_ due: Instant) -> Int { waiting[due]?.count ?? 0 }

    /// Whether there is room for one more letter at an instant.
    func hasRoom(_ due: Instant) -> Bool { count(due) < Self.mostLetters && waitingBytes < Self.mostBytes }

    /// Whether a letter of an instant has this id.
    func has(_ id: EventID, _ due: Instant) -> Bool { ids[due]?.contains(id) ?? false }

    /// Adds a letter, whose id no other of its instant has.
    mutating func add(_ letter: Letter, due: Instant) {
        put(letter, due)
        unsaved.append((nextRow, due, letter))
        nextRow += 1
    }

    private mutating func put(_ letter: Letter, _ due: Instant) {
        if waiting[due] == nil { instants.insert(due) }
        let isNew = ids[due, default: []].insert(letter.id).inserted
        precondition(isNew, "two letters of one instant have one id")
        waiting[due, default: []].append(letter)
        waitingBytes += letter.value.count
    }

    /// Moves the letters of an instant into its bucket.
    mutating func takeDue(_ instant: Instant, into bucket: inout OutboxBucket) {
        while let next = instants.first, next <= instant {
            instants.remove(next)
            ids[next] = nil
            // order-free: the value of one key, a list
            for letter in waiting.removeValue(forKey: next) ?? [] {
                waitingBytes -= letter.value.count
                _ = letter.value.withUnsafeBytes {
                    bucket.append(letter.id, letter.topic, letter.world, letter.subject, $0)
                }
            }
        }
    }

    /// What waits, by instant.
    var pending: [(due: Instant, letter: Letter)] {
        // order-free: sorted by instant
        waiting.sorted { $0.key < $1.key }.flatMap { due, letters in letters.map { (due, $0) } }
    }

    // MARK: - Checkpoints

    /// Rows for letters that no checkpoint has, and without content for those that were published.
    mutating func changes(played: Instant) -> [(row: Int64, value: [UInt8]?)] {
        var changes: [(Int64, [UInt8]?)] = saved.filter { $0.due <= played }.map { ($0.row, nil) }
        saved.removeAll { $0.due <= played }
        for (row, due, letter) in unsaved where due > played {
            var writer = StateWriter()
            writer.number(due.milliseconds)
            writer.id(letter.id)
            writer.number(Int64(letter.topic))
            writer.number(Int64(letter.world))
            writer.subject(letter.subject)
            letter.value.withUnsafeBytes { writer.text($0) }
            changes.append((row, writer.bytes))
            saved.append((row, due))
        }
        unsaved = []
        return changes
    }

    /// Takes a row of a checkpoint; false if it cannot be read.
    mutating func restore(row: Int64, _ value: UnsafeRawBufferPointer, played: Instant) -> Bool {
        var reader = StateReader(value)
        guard let due = reader.number(), let id = reader.id(), let topic = reader.number(),
            let world = reader.number(), let subject = reader.subject(), let text = reader.text()
        else { return false }
        nextRow = max(nextRow, row + 1)
        saved.append((row, Instant(milliseconds: due)))
        guard due > played.milliseconds else { return true }
        put(
            Letter(
                id: id, topic: Int32(truncatingIfNeeded: topic), world: Int32(truncatingIfNeeded: world),
                subject: subject, value: Array(text)), Instant(milliseconds: due))
        return true
    }
}
