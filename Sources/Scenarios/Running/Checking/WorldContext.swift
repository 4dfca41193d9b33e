import JSON
import LifeEvents
import Simulation

/// What is known of a world while its expectations are checked.
struct WorldContext {
    let instance: ScenarioInstance
    var journal = WorldJournal()
    /// The publishing steps by the ids of their messages.
    let steps: [EventID: String]

    init(_ instance: ScenarioInstance) {
        self.instance = instance
        // order-free: a dictionary from a dictionary
        steps = Dictionary(instance.messages.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
    }

    func name(_ key: Subject) -> String { instance.name(of: key) ?? key.description }

    /// A message in words: `skatteverket.birth.v1 at 2026-03-02T08:01 for child (caused_by notice)`.
    func describe(
        type: String, time: Instant, subject: Subject, source: AgencyID?, id: EventID, cause: EventID?
    ) -> String {
        var text = "\(type) at \(time.asWritten) for \(name(subject))"
        // Of a type that many agencies publish it matters which one did.
        if let source, source.number != nil || type == StatusTile.type.name { text += " from \(source)" }
        if let step = steps[id] {
            text += " (step \(step))"
        } else if let step = journal.nearestCause(cause, in: steps) {
            text += " (caused_by \(step))"
        }
        return text
    }

    func describe(_ entry: WorldJournal.Entry) -> String {
        describe(
            type: entry.type, time: entry.time, subject: entry.subject, source: entry.source, id: entry.id,
            cause: entry.cause)
    }

    func describe(_ envelope: EventEnvelope, _ type: String) -> String {
        describe(
            type: type, time: envelope.time, subject: envelope.subject, source: envelope.source, id: envelope.id,
            cause: envelope.causationID)
    }
}

/// A message as it is compared with patterns: on the bus, or the original in a dead letter.
struct MatchedMessage {
    let envelope: EventEnvelope
    let type: String
    let data: JSONValue?
}

/// How a message differs from a pattern.
struct Mismatch {
    /// The more, the further.
    var distance: Int
    /// The first difference in words.
    var text: String

    mutating func add(_ other: Mismatch) {
        if distance == 0 { text = other.text }
        distance += other.distance
    }

    static let none = Mismatch(distance: 0, text: "")
}
