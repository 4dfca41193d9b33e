import AgencyKit
import LifeEvents

/// A sole trader who holds a permit dies: the estate is asked as a trustee is, and answers by who proves to act for it (P17).
extension KommunPermits {
    var estates: [River<Self>] {
        [
            River(
                "ask the estate of a holder whether the serving goes on", hears: Death.self,
                under: [ServingRules.estate, ServingRules.trustee.legal],
                mine: [
                    Condition("holds a permit, and is dead for the first time") { state, event in
                        event.isNew && !state.death.holds && state.stage.after(.bankrupt) != nil
                    }
                ],
                handle: { state, event, effects in
                    state.death.adopt(event, event.data.deathDate)
                    try Self.askTrustee(&state, &effects)
                }),
            River(
                "go on where the holder has not died", hears: Annulled<Death>.self, under: [ServingRules.estate],
                mine: [Condition("annuls the death we acted on") { state, event in event.annuls(state.death) }],
                handle: { state, event, effects in
                    try state.death.take(event)
                    try Self.lift(&state, &effects)
                }),
        ]
            + EstateProof.rivers(Self.self) {
                PermitDeathProofNeed(
                    caseRef: EstateProof.caseRef($0), facts: ["mayAct"], asked: [AgencyID(.skatteverket)], tokenRef: $0)
            }
    }
}

extension KommunPermitsCase: ProvesEstate {
    /// Whether the holder is dead, as far as is known here.
    var isDead: Bool { death.holds }
}
