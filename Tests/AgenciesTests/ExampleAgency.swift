import AgencyKit
import LifeEvents

// A whole agency in one file, to be copied. docs/agency.md tells what each part is for.

extension Owner {
    static let csn = Owner("csn")
}

/// A decision on student aid (beslut om studiemedel).
struct StudyAid: LifeEvent {
    static let type = EventType("csn.study-aid.v1")

    var from: Day
    /// The last day paid for.
    var through: Day
}

/// What CSN remembers of one person.
struct CsnCase: AgencyCase {
    /// The decision on aid, until its last day.
    @Part var aid: FactChain<StudyAid>
    /// The death we acted on, with its day.
    @Part var death: FactChain<Day>

    init() {}
}

/// CSN's deadlines. `[A]` marks an assumption; the rest has its source.
enum CsnRules {
    /// Aid ends at midnight after its last day [A].
    static func end(through day: Day) -> Instant { Stockholm.instant(day.adding(days: 1)) }
}

/// CSN: pays student aid until its last day or the student's death.
struct Csn: Agency {
    typealias Case = CsnCase

    enum Timer: String, CaseIterable, Sendable {
        /// The last day paid for is over.
        case end = "aid-ends"
    }

    static let owner = Owner.csn

    static let publications = [Publication(StudyAid.self), Publication(StatusTile.self)]

    var rivers: [River<Self>] {
        [
            River(
                "follow a decision", hears: StudyAid.self,
                mine: [
                    Condition("is of the decision we hold, or the first") { state, event in
                        event.belongs(to: state.aid)
                    }
                ],
                whole: [
                    Condition("does not end before it begins") { _, event in event.data.from <= event.data.through }
                ],
                handle: { state, event, effects in
                    Self.follow(try state.aid.take(event, event.data), &effects)
                }),
            River(
                "follow an annulment", hears: Annulled<StudyAid>.self,
                mine: [Condition("is of the decision we hold") { state, event in event.belongs(to: state.aid) }],
                handle: { state, event, effects in Self.follow(try state.aid.take(event), &effects) }),
            River(
                "stop at death", hears: Death.self,
                mine: [
                    Condition("is or was paid aid") { state, _ in state.aid.head != nil },
                    Condition("follows what we know of the death") { state, event in event.follows(state.death) },
                ],
                handle: Self.stop),
            River(
                "resume when nobody died", hears: Annulled<Death>.self,
                mine: [Condition("is the death we know") { state, event in event.annuls(state.death) }],
                handle: Self.resume),
        ]
    }

    func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        state.aid = FactChain()
        try effects.set(Tile(.stopped, .stopped, "Studiemedlet är slut"))
    }
}

extension Csn {
    static func follow(_ outcome: ChainOutcome<StudyAid>, _ effects: inout Effects<Timer>) {
        switch outcome {
        case .became(let head), .restored(let head):
            effects.setTimer(.end, at: CsnRules.end(through: head.value.through))
        case .ended, .annulled:
            effects.cancelTimer(.end)
        case .collapsed, .superseded, .awaitsPredecessor, .repeated, .notOfChain:
            break
        }
    }

    static func stop(_ state: inout Case, _ event: Event<Death>, _ effects: inout Effects<Timer>) throws {
        try state.death.take(event, event.data.deathDate)
        // A corrected death: aid has ended already.
        guard state.aid.holds, let head = state.aid.head else { return }
        try effects.cease(head.value, in: &state.aid, occurredOn: event.data.deathDate)
        effects.cancelTimer(.end)
        try effects.set(Tile(.stopped, .stopped, "Studiemedlet betalas inte längre ut"))
    }

    static func resume(_ state: inout Case, _ event: Event<Annulled<Death>>, _ effects: inout Effects<Timer>) throws {
        try state.death.take(event)
        guard try effects.restore(StudyAid.self, in: &state.aid, reason: event.data.reasonCode),
            let head = state.aid.head
        else { return }
        effects.setTimer(.end, at: CsnRules.end(through: head.value.through))
        try effects.set(Tile(.stopped, .corrected, "Rättat: studiemedlet betalas ut som förut"))
    }
}
