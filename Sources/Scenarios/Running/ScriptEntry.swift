import Hosting
import LifeEvents
import Simulation

/// A message that a scenario publishes itself, an opening fact or a step's, before it is written for a world.
///
/// Its due time and its ordinal are the same in every world of the scenario.
struct ScriptEntry: Sendable {
    let type: String
    let source: AgencyID
    /// Whom it is about, by the name in the scenario.
    let subject: String
    let occurred: Instant?
    let data: DataNode
    let change: PublishStep.Change?
    let purpose: Purpose?
    /// The publishing step's id; nil for an opening fact.
    let step: String?
    /// What its id is hashed from, beside the world.
    let names: [String]
    /// Where it is written.
    let span: SourceSpan
    /// When it is published, after what the scenario's faults delay.
    let due: Instant
    /// What delays it.
    let delays: [AgencyFaults.Move]
    /// The tile that it answers, where a plane plays people.
    var reaction: Reaction?
    /// Its place among the messages of its instant: part of its id, and so of the order in which it is handled.
    var ordinal = 0

    /// Its id in a world.
    /// - Parameter hash: of the world and ``names``.
    func id(hash: UInt64) -> EventID {
        .v7(milliseconds: due.milliseconds, ordinal: UInt16(ordinal), hash62: hash)
    }
}

extension ScriptEntry {
    /// The times that an id has room for, in milliseconds since 1970: 48 bits.
    private static let idTimes: Range<Int64> = 0..<1 << 48

    /// The opening facts and the publishing steps of a scenario, each in the file's order, with their ordinals.
    /// - Parameters:
    ///   - resolution: milliseconds between two possible instants.
    ///   - key: the key of a person of some world of the scenario.
    /// - Throws: ``ScriptError`` if a message has no room in its id.
    static func all(
        of scenario: Scenario, resolution: Int64, key: (_ name: String) -> Subject
    ) throws(ScriptError) -> [ScriptEntry] {
        let timeline = scenario.timeline
        let plan = scenario.faultPlan(key: key)
        let start = scenario.start.value.roundedUp(to: resolution)
        var entries = scenario.facts.enumerated().map { number, fact in
            ScriptEntry(
                type: fact.type.value, source: fact.source, subject: fact.subject.value,
                occurred: fact.occurred?.resolve(on: timeline), data: fact.data, change: nil, purpose: nil, step: nil,
                names: ["given", fact.type.value, fact.subject.value, String(number)], span: fact.span, due: start,
                delays: [])
        }
        for step in scenario.steps {
            guard case .publish(let publication) = step.action, let at = step.at?.resolve(on: timeline) else {
                continue
            }
            let planned = at.roundedUp(to: resolution)
            let (due, delays) =
                plan?.due(
                    at: planned, type: publication.type.value, from: publication.source,
                    about: key(publication.subject.value), resolution: resolution) ?? (planned, [])
            entries.append(
                ScriptEntry(
                    type: publication.type.value, source: publication.source, subject: publication.subject.value,
                    occurred: publication.occurred?.resolve(on: timeline), data: publication.data,
                    change: publication.change, purpose: publication.purpose, step: step.id.value,
                    names: ["step", step.id.value],
                    span: step.id.span, due: due, delays: delays, reaction: step.reaction))
        }
        for entry in entries where !idTimes.contains(entry.due.milliseconds) {
            throw ScriptError(
                span: entry.span, reason: "a message's id has no room for its time: it must be from 1970 to 10889")
        }
        try number(&entries, start: start)
        return entries
    }
}
