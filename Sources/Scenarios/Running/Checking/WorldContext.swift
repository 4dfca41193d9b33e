import JSON
import LifeEvents
import Simulation

/// What is known of a world while its expectations are checked.
struct WorldContext {
    let instance: ScenarioInstance
    let plan: CheckPlan
    var journal: WorldJournal

    init(_ instance: ScenarioInstance, _ plan: CheckPlan) {
        self.instance = instance
        self.plan = plan
        journal = WorldJournal(plan.tables)
    }

    var tables: CheckTables { plan.tables }

    /// The agencies of the world that the run plays: a bit of a fate stands for each.
    var agencies: [AgencyID] { plan.hearers.agencies }

    /// The publishing step that led to a message; nil if none did.
    func step(behind cause: EventID?) -> String? { journal.nearestCause(cause) { instance.step(of: $0) } }

    func name(_ key: Subject) -> String { instance.name(of: key) ?? key.description }

    /// A message in words: `skatteverket.birth.v1 at 2026-03-02T08:01 for child (caused_by notice)`.
    func describe(
        type: String, time: Instant, subject: Subject, source: AgencyID?, id: EventID, cause: EventID?
    ) -> String {
        var text = "\(type) at \(time.asWritten) for \(name(subject))"
        // Of a type that many agencies publish it matters which one did.
        if let source, source.number != nil || type == StatusTile.type.name { text += " from \(source)" }
        if let step = instance.step(of: id) {
            text += " (step \(step))"
        } else if let step = step(behind: cause) {
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
