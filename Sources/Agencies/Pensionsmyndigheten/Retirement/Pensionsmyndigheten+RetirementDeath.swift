import AgencyKit
import LifeEvents

/// A death closes the case of an old-age pension, an annulled one opens it again.
extension Pensionsmyndigheten {
    /// - Returns: whether an old-age pension had been applied for here.
    static func stopRetirement(_ state: inout Case, _ effects: inout Effects<Timer>) -> Bool {
        let isOpen = state.retirement.isOpen || state.compensation.isUnasked
        for timer in [
            Timer.letter, .oldAge, .guarantee, .foreign, .recount, .invite, .review, .income, .abroad, .supplement,
        ] { effects.cancelTimer(timer) }
        guard isOpen else { return false }
        state.retirement.take(.ended)
        for place in state.retirement.foreign.indices where state.retirement.foreign[place].stage != .answered {
            state.retirement.foreign[place].stage = .closed
        }
        return true
    }

    /// Nobody died: what was to begin is decided as it was, and other states are waited for again.
    static func resumeRetirement(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.retirement.stage == .ended else { return }
        state.retirement.take(.restored)
        for place in state.retirement.foreign.indices where state.retirement.foreign[place].stage == .closed {
            state.retirement.foreign[place].stage = .asked
        }
        for place in state.pensions.indices where state.pensions[place].annulledByDeath {
            let pension = state.pensions[place]
            state.pensions[place].annulledByDeath = false
            state.pensions[place].last = nil
            state.pensions[place].chain = ChainHead(
                try effects.publish(
                    PensionDecision(
                        kind: pension.kind, outcome: .granted, month: pension.first, share: pension.share,
                        concerns: told(state, effects))))
        }
        setReminder(state, &effects)
        try effects.set(
            Tile(.pension, .corrected, "Rättat: din pension gäller som förut. Det som inte betalats betalas nästa gång")
        )
    }
}
