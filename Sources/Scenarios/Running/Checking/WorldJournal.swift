import LifeEvents
import Simulation

/// What is kept of each message of a world while it is played: everything but its payload.
struct WorldJournal {
    struct Entry {
        let id: EventID
        let type: String
        let subject: Subject
        let source: AgencyID?
        let time: Instant
        let cause: EventID?
        let change: ChangeType?
        let previous: EventID?
        let isOutside: Bool
        /// Whether what becomes of it at agencies is seen, too; not so for what a resumed run has played before.
        let isLive: Bool
        /// Which of the world's agencies were offered it, and which handled it: a bit for each.
        var offered: UInt64 = 0
        var handled: UInt64 = 0
        /// Whether it was sent again from a dead letter: then an agency may handle it that has begun to before.
        var isRedriven = false
        /// Which of the agencies of owners with many it concerns, by what it says.
        var concerned: UInt64 = 0
    }

    private(set) var entries: [Entry] = []
    private var places: [EventID: Int32] = [:]

    /// Takes a message; false if its id is known.
    mutating func add(_ message: ObservedMessage, isLive: Bool) -> Bool {
        let envelope = message.envelope
        guard places[envelope.id] == nil else { return false }
        places[envelope.id] = Int32(entries.count)
        entries.append(
            Entry(
                id: envelope.id, type: message.type, subject: envelope.subject, source: envelope.source,
                time: envelope.time, cause: envelope.causationID, change: envelope.change,
                previous: envelope.previousID, isOutside: message.isOutside, isLive: isLive))
        return true
    }

    func place(of id: EventID) -> Int? { places[id].map(Int.init) }

    subscript(_ place: Int) -> Entry {
        get { entries[place] }
        set { entries[place] = newValue }
    }

    subscript(_ id: EventID) -> Entry? { places[id].map { entries[Int($0)] } }

    /// Whether a message was caused by another, directly or through others. The cause of a cause is known before it.
    func isCaused(_ cause: EventID?, by wanted: EventID) -> Bool {
        var next = cause
        while let id = next {
            if id == wanted { return true }
            next = self[id]?.cause
        }
        return false
    }

    /// The nearest cause that is one of these.
    func nearestCause<Name>(_ cause: EventID?, in names: [EventID: Name]) -> Name? {
        var next = cause
        while let id = next {
            if let name = names[id] { return name }
            next = self[id]?.cause
        }
        return nil
    }
}
