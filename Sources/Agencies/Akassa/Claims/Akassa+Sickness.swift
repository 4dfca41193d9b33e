import AgencyKit
import LifeEvents

/// No day is paid twice: what Försäkringskassan pays in sickness benefit is no day of the fund's (UN24).
extension Akassa {
    var sickness: [River<Self>] {
        [
            River(
                "know of sickness benefit", hears: BenefitDecision.self, under: [UnemploymentRules.sick],
                concerns: { $0.data.concerns ?? [] },
                mine: [
                    Condition("is sickness benefit") { _, event in
                        event.data.benefit == .sicknessBenefit && event.data.outcome != .rejected
                    },
                    Condition("has a claim") { state, _ in state.claim.isRunning || state.claim.isCollecting },
                ],
                handle: { state, event, effects in
                    let to = event.data.to ?? effects.today
                    let known = state.claim.sick.firstIndex { !event.isNew && event.follows($0.chain) }
                    if let place = known {
                        try state.claim.sick[place].chain.take(event)
                        state.claim.sick[place].endsOn = event.change == .ceased ? to : nil
                        if event.change != .ceased { state.claim.sick[place].to = to }
                    } else {
                        state.claim.sick.append(.init(chain: ChainHead(event), from: event.data.from, to: to))
                    }
                    _ = try Self.settle(&state, &effects)
                }),
            River(
                "forget sickness benefit that never was", hears: Annulled<BenefitDecision>.self,
                under: [UnemploymentRules.sick],
                mine: [
                    Condition("annuls what we know") { state, event in
                        state.claim.sick.contains { event.annuls($0.chain) }
                    }
                ],
                handle: { state, event, effects in
                    for place in state.claim.sick.indices where event.annuls(state.claim.sick[place].chain) {
                        try state.claim.sick[place].chain.take(event)
                        // Where only the end never was, it goes on as before.
                        state.claim.sick[place].endsOn = nil
                    }
                    _ = try Self.settle(&state, &effects)
                }),
        ]
    }
}
