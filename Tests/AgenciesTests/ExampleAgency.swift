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
    /// Aid that is paid, or was until the death.
    struct Aid: CasePart {
        /// The decision that holds; nil: there is none.
        var head: EventID?
        /// The event that ended it.
        var ceased: EventID?
        var from: Day?
        var through: Day?

        var isPaid: Bool { head != nil && ceased == nil }
    }

    @Part var aid = Aid()
    /// The death we acted on: head of its chain.
    var death: EventID?

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

    var rivers: [River<Self>] {
        [
            River(
                "adopt a decision", hears: StudyAid.self,
                mine: [
                    Condition("is a new decision") { _, event in event.change == nil },
                    Condition("is paid no aid") { state, _ in !state.aid.isPaid },
                ],
                whole: [
                    Condition("does not end before it begins") { _, event in event.data.from <= event.data.through }
                ],
                handle: Self.adopt),
            River(
                "follow a corrected decision", hears: StudyAid.self,
                mine: [
                    Condition("corrects the decision we hold") { state, event in
                        event.change == .corrected && state.aid.isPaid && event.previous == state.aid.head
                    }
                ],
                handle: Self.adopt),
            River(
                "stop at death", hears: Death.self,
                mine: [
                    Condition("is or was paid aid") { state, _ in state.aid.head != nil },
                    Condition("follows what we know of the death") { state, event in event.previous == state.death },
                ],
                handle: Self.stop),
            River(
                "resume when nobody died", hears: Annulled<Death>.self,
                mine: [
                    Condition("is the death we know") { state, event in
                        state.death != nil && event.previous == state.death
                    }
                ],
                handle: Self.resume),
        ]
    }

    func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        state.aid = .init()
        try effects.set(Tile(.stopped, .stopped, "Studiemedlet är slut"))
    }
}

extension Csn {
    static func adopt(_ state: inout Case, _ event: Event<StudyAid>, _ effects: inout Effects<Timer>) {
        state.aid = .init(head: event.id, from: event.data.from, through: event.data.through)
        effects.setTimer(.end, at: CsnRules.end(through: event.data.through))
    }

    static func stop(_ state: inout Case, _ event: Event<Death>, _ effects: inout Effects<Timer>) throws {
        state.death = event.id
        // A corrected death: aid has ended already.
        guard state.aid.isPaid, let from = state.aid.from, let through = state.aid.through else { return }
        state.aid.ceased = try effects.publish(
            StudyAid(from: from, through: through), occurredOn: event.data.deathDate, change: .ceased,
            previous: state.aid.head)
        effects.cancelTimer(.end)
        try effects.set(Tile(.stopped, .stopped, "Studiemedlet betalas inte längre ut"))
    }

    static func resume(_ state: inout Case, _ event: Event<Annulled<Death>>, _ effects: inout Effects<Timer>) throws {
        state.death = nil
        guard let ceased = state.aid.ceased, let through = state.aid.through else { return }
        try effects.publish(
            Annulled<StudyAid>(reasonCode: event.data.reasonCode), change: .annulled, previous: ceased)
        state.aid.ceased = nil
        effects.setTimer(.end, at: CsnRules.end(through: through))
        try effects.set(Tile(.stopped, .corrected, "Rättat: studiemedlet betalas ut som förut"))
    }
}
