import AgencyKit
import LifeEvents

extension Forsakringskassan {
    /// Death stops every benefit; an annulled death gives each back.
    var death: [River<Self>] {
        [
            River(
                "stop at death", hears: Death.self, under: [ChildRules.afterDeath, HousingRules.wholeMonth],
                handle: Self.follow),
            River(
                "resume when nobody died", hears: Annulled<Death>.self, handle: Self.followAnnulment),
        ]
    }

    /// Acts on what became of the death; an annulment that was here before what it annuls is acted on with that.
    private static func follow(_ state: inout Case, _ event: Event<Death>, _ effects: inout Effects<Timer>) throws {
        let former = state.death.head?.value
        switch try state.death.take(event, event.data.deathDate) {
        case .became(let death): try stop(&state, death.value, former, &effects)
        case .annulled: try resume(&state, "deathAnnulled", &effects)
        case .ended, .restored, .collapsed, .superseded, .awaitsPredecessor, .repeated, .notOfChain: break
        }
    }

    private static func followAnnulment(
        _ state: inout Case, _ event: Event<Annulled<Death>>, _ effects: inout Effects<Timer>
    ) throws {
        guard case .annulled = try state.death.take(event) else { return }
        try resume(&state, event.data.reasonCode, &effects)
    }

    private static func stop(
        _ state: inout Case, _ day: Day, _ former: Day?, _ effects: inout Effects<Timer>
    ) throws {
        setTimers(state, &effects)
        setPayoutTimer(state, &effects)
        try endChildBenefit(at: day, &state, &effects)
        if former == nil { try endDays(at: day, &state, &effects) }
        if state.pregnancy.holds { state.pregnancy = FactChain() }
        try stopHeld(&state, former, day, &effects)
        try tellParents(ofDeathOn: day, &state, &effects)
        if try stopHousing(&state, former, day, &effects) {
            try tell(state, .stopped, "Bostadsbidraget upphör", &effects)
        }
    }

    /// Ends a benefit. Where a corrected day of death changes its last day the old end is annulled, so that the chain
    /// keeps one end.
    /// - Returns: whether its end is new.
    static func cease(
        _ decision: BenefitDecision, in chain: inout ChainHead, _ former: Day?, _ day: Day,
        _ effects: inout Effects<Timer>
    ) throws -> Bool {
        let end = InsuranceRules.lastDay(of: decision.benefit, death: day)
        if let former, InsuranceRules.lastDay(of: decision.benefit, death: former) == end { return false }
        try effects.restore(BenefitDecision.self, in: &chain, reason: "deathCorrected")
        var decision = decision
        decision.to = end
        try effects.cease(decision, in: &chain, occurredOn: end)
        return true
    }

    private static func resume(_ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>) throws {
        let hadHousing = state.housing.isOpen
        state.estateProof = EstateProof()
        try resumeChildBenefit(reason, &state, &effects)
        try resumeDays(reason, &state, &effects)
        try resumeHousing(&state, reason, &effects)
        let hadHeld = try resumeHeld(&state, reason, &effects)
        try untellParents(reason, &state, &effects)
        setTimers(state, &effects)
        setPayoutTimer(state, &effects)
        if hadHousing || hadHeld { try tellOfError(state, &effects) }
        try catchUp(&state, &effects)
    }

    private static func tellOfError(_ state: Case, _ effects: inout Effects<Timer>) throws {
        // Guardians read of the child, all others of themselves.
        try tell(
            state, .corrected,
            state.holders.isEmpty || state.holders == [effects.subject]
                ? "Du är inte längre registrerad som avliden hos Försäkringskassan. Allt fortsätter som förut"
                : "Rättat: allt hos Försäkringskassan fortsätter som förut", &effects)
    }

    /// One tile to each whom we know, else on the dead's own key.
    static func tell(
        _ state: Case, _ code: TileCode, _ text: String, _ effects: inout Effects<Timer>
    ) throws {
        let holders = state.holders.isEmpty ? [effects.subject] : state.holders
        for holder in holders { try effects.set(Tile(.stopped, code, text, about: effects.subject), for: holder) }
    }
}
