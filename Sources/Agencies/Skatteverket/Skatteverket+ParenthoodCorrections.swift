import AgencyKit
import LifeEvents

/// What family law and a court take back, or say otherwise: the register follows (FB 1 kap. 4 §, 6 kap.; B8, B25).
extension Skatteverket {
    /// Another parent than was told: the first one never was, and the other is registered as from a new report.
    static func correctReport(
        _ state: inout Case, _ event: Event<ParenthoodReport>, _ effects: inout Effects<Timer>
    ) throws {
        try state.child.report.take(event)
        let registered = state.child.secondParent
        let former = registered ?? state.child.agreement?.parent
        let parent = event.data.state == .dropped ? nil : event.data.otherParent
        guard former != parent, state.child.take(.parentUnknown) else { return }
        state.child.secondParent = nil
        state.child.agreement = nil
        setRegistrationTimer(state, &effects)
        if let registered {
            custodyMoved(&effects)
            try annulRelations(&state, of: registered, "parenthoodCorrected", &effects)
            try tellNoParent(registered, &effects)
        }
        guard let parent else {
            state.child.take(.dropped)
            return
        }
        _ = agree(on: parent, joint: event.data.jointCustody, &state, &effects)
    }

    /// An order that was carried out never held: custody is as it was before it.
    static func undoJudgment(
        _ state: inout Case, _ event: Event<Annulled<CourtJudgment>>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.child.carriedOut.firstIndex(where: { event.annuls($0.chain) }) else { return }
        let isLatest = place == state.child.carriedOut.count - 1
        let former = state.child.carriedOut.remove(at: place).former
        state.child.isJudged = !state.child.carriedOut.isEmpty
        // What a later order has decided stands.
        guard isLatest else { return }
        custodyMoved(&effects)
        let had = state.child.guardians
        for index in state.child.relations.indices where state.child.relations[index].kind == .custody {
            var relation = state.child.relations[index]
            if former.contains(relation.holder) {
                try effects.restore(FamilyRelation.self, in: &relation.chain, reason: event.data.reasonCode)
            } else if relation.chain.holds {
                try effects.annul(FamilyRelation.self, in: &relation.chain, reason: event.data.reasonCode)
            }
            state.child.relations[index] = relation
        }
        for guardian in state.child.guardians {
            try effects.set(
                Tile(
                    .parenthood, .corrected, "Rättat: domstolens beslut om vårdnad gäller inte. Vårdnaden är som förut",
                    about: effects.subject), for: guardian)
        }
        let guardians = state.child.guardians
        for holder in had where !guardians.contains(holder) { try tellNoCustody(holder, &effects) }
    }

    /// Who had custody by an order that never was, or was of another, reads that it was wrong.
    static func tellNoCustody(_ holder: Subject, _ effects: inout Effects<Timer>) throws {
        for tile in [TileName.childRegistered, .name] {
            try effects.set(
                Tile(tile, .corrected, "Rättat: du har inte vårdnaden om barnet", about: effects.subject), for: holder)
        }
    }
}
