import AgencyKit
import LifeEvents

/// Housing allowance at a death: the month of the death is the last.
extension Forsakringskassan {
    /// - Returns: whether an allowance ends by it.
    static func stopHousing(
        _ state: inout Case, _ former: Day?, _ day: Day, _ effects: inout Effects<Timer>
    ) throws -> Bool {
        var isStopped = false
        if let place = state.housing.grants.indices.last, state.housing.grants[place].end == nil,
            state.housing.grants[place].chain.holds || former != nil
        {
            var grant = state.housing.grants[place]
            if try cease(decision(grant, for: effects.subject), in: &grant.chain, former, day, &effects) {
                state.housing.grants[place] = grant
                isStopped = true
            }
        }
        if former == nil, state.housing.caseState != nil {
            try effects.publish(status(of: state.housing, .aborted, reason: .subjectDied))
            try effects.set(Tile(.housingAllowance, .stopped, "Ärendet om bostadsbidrag är avslutat"))
        }
        let last = Month(of: day)
        guard state.housing.lastMonth != last, !state.housing.grants.isEmpty else { return isStopped }
        try withdrawClaims(&state, "deathCorrected", &effects) { $0.ground == .death }
        state.housing.lastMonth = last
        try claimAfterDeath(&state, &effects)
        setHousingTimers(state, &effects)
        return isStopped
    }

    static func resumeHousing(_ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>) throws {
        state.housing.lastMonth = nil
        try withdrawClaims(&state, reason, &effects) { $0.ground == .death }
        // What a move has ended, an annulled death does not give back.
        if let place = state.housing.grants.indices.last, state.housing.grants[place].end == nil {
            try effects.restore(BenefitDecision.self, in: &state.housing.grants[place].chain, reason: reason)
        }
        if let open = state.housing.caseState { try effects.publish(status(of: state.housing, open)) }
    }
}
