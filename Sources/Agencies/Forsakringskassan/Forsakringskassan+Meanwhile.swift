import AgencyKit
import LifeEvents

/// What the register tells of somebody who counts as dead: nothing is decided by it, and nothing of it is lost where the
/// death was an error (D29).
extension Forsakringskassan {
    var meanwhile: [River<Self>] {
        [
            River(
                "keep a move of who counts as dead", hears: Move.self, under: [HousingRules.whoMayGet],
                mine: [Self.isDead(Move.self), Self.hasHousing(Move.self)],
                handle: { state, event, _ in try state.meanwhile.keep(.move(KeptEvent(event))) }),
            River(
                "keep that who counts as dead never moved", hears: Annulled<Move>.self,
                under: [HousingRules.whoMayGet],
                mine: [Self.isDead(Annulled<Move>.self), Self.hasHousing(Annulled<Move>.self)],
                handle: { state, event, _ in try state.meanwhile.keep(.noMove(KeptEvent(event))) }),
            River(
                "keep a departure of who counts as dead", hears: Deregistration.self, under: [HousingRules.whoMayGet],
                mine: [Self.isDead(Deregistration.self), Self.hasHousing(Deregistration.self)],
                handle: { state, event, _ in try state.meanwhile.keep(.departure(KeptEvent(event))) }),
            River(
                "keep that who counts as dead never left", hears: Annulled<Deregistration>.self,
                under: [HousingRules.whoMayGet],
                mine: [Self.isDead(Annulled<Deregistration>.self), Self.hasHousing(Annulled<Deregistration>.self)],
                handle: { state, event, _ in try state.meanwhile.keep(.noDeparture(KeptEvent(event))) }),
        ]
    }

    /// Acts on what was kept, in its order, as if it was told now.
    static func catchUp(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        for heard in state.meanwhile.takeAll() {
            switch heard {
            case .move(let kept):
                let event = kept.event(effects.rules)
                if state.housing.isOpen, state.housing.isNewMove(event) {
                    try endAtMove(&state, event, &effects)
                } else if state.housing.correctsMove(event) {
                    try correctMove(&state, event, &effects)
                }
            case .noMove(let kept):
                let event = kept.event(effects.rules)
                if state.housing.annulsMove(event) { try annulMove(&state, event, &effects) }
            case .departure(let kept):
                let event = kept.event(effects.rules)
                if state.housing.isOpen, event.isNew {
                    try leave(&state, event, &effects)
                } else if event.ceases(state.housing.abroad) {
                    try welcomeBack(&state, event, &effects)
                }
            case .noDeparture(let kept):
                let event = kept.event(effects.rules)
                if event.annuls(state.housing.abroad) { try comeBack(&state, event, &effects) }
            }
        }
    }

    private static func isDead<Data>(_: Data.Type) -> Condition<Case, Data> {
        Condition("counts as dead") { state, _ in state.death.holds }
    }

    private static func hasHousing<Data>(_: Data.Type) -> Condition<Case, Data> {
        Condition("has, or had, housing allowance") { state, _ in state.housing.stage != .none }
    }
}

extension ForsakringskassanCase {
    /// What was heard while the person counted as dead.
    struct Meanwhile: CasePart {
        enum Heard: Codable, Equatable, Sendable {
            case move(KeptEvent<Move>)
            case noMove(KeptEvent<Annulled<Move>>)
            case departure(KeptEvent<Deregistration>)
            case noDeparture(KeptEvent<Annulled<Deregistration>>)
        }

        /// The register does not move the dead: what comes is what crossed the news of the death.
        static let most = 16

        private var heard: [Heard] = []

        init() {}

        /// - Throws: ``TooMuchHeard`` past the limit; the event is then a dead letter.
        mutating func keep(_ event: Heard) throws(TooMuchHeard) {
            guard heard.count < Self.most else { throw TooMuchHeard() }
            heard.append(event)
        }

        /// What was heard, in its order; nothing is kept any more.
        mutating func takeAll() -> [Heard] {
            defer { heard = [] }
            return heard
        }
    }

    struct TooMuchHeard: Error, CustomStringConvertible {
        var description: String { "more than \(Meanwhile.most) events were told of somebody who counts as dead" }
    }
}
