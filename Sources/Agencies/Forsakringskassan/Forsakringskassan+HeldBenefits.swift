import AgencyKit
import LifeEvents

/// Benefits that are decided elsewhere than here and that a death ends (D24): sickness compensation with the month, sickness
/// benefit and activity grant with the day.
extension Forsakringskassan {
    var heldBenefits: [River<Self>] {
        [
            River(
                "hold a benefit that a death ends", hears: BenefitDecision.self, under: [HousingRules.wholeMonth],
                mine: [
                    Self.isAlive(BenefitDecision.self),
                    Condition("is a new decision") { _, event in event.isNew },
                    Condition("is sickness compensation, sickness benefit or activity grant") { _, event in
                        [.sicknessCompensation, .sicknessBenefit, .rehabilitationBenefit, .activityGrant].contains(
                            event.data.benefit)
                    },
                    Condition("grants it") { _, event in event.data.outcome != .rejected },
                ],
                handle: { state, event, _ in
                    state.held.append(.init(decision: event.data, chain: ChainHead(event)))
                }),
            River(
                "follow a benefit that a death ends", hears: BenefitDecision.self,
                mine: [
                    Condition("moves a decision we hold") { state, event in
                        !event.isNew && state.held.contains { event.follows($0.chain) }
                    }
                ],
                handle: { state, event, _ in
                    guard let place = state.held.firstIndex(where: { event.follows($0.chain) }) else { return }
                    try state.held[place].chain.take(event)
                    if event.change == .corrected { state.held[place].decision = event.data }
                }),
            River(
                "forget a benefit that never was", hears: Annulled<BenefitDecision>.self,
                mine: [
                    Condition("annuls a decision we hold, or its end") { state, event in
                        state.held.contains { event.annuls($0.chain) }
                    }
                ],
                handle: { state, event, _ in
                    guard let place = state.held.firstIndex(where: { event.annuls($0.chain) }) else { return }
                    try state.held[place].chain.take(event)
                    if !state.held[place].chain.holds { state.held.remove(at: place) }
                }),
        ]
    }

    /// Ends what goes on after the death, and tells.
    static func stopHeld(
        _ state: inout Case, _ former: Day?, _ day: Day, _ effects: inout Effects<Timer>
    ) throws {
        for place in state.held.indices {
            var benefit = state.held[place]
            // What was to end before the death has nothing to end.
            guard benefit.endedByDeath || benefit.chain.holds, benefit.decision.to.map({ $0 > day }) ?? true else {
                continue
            }
            guard try cease(benefit.decision, in: &benefit.chain, former, day, &effects) else { continue }
            benefit.endedByDeath = true
            state.held[place] = benefit
            let end = InsuranceRules.lastDay(of: benefit.decision.benefit, death: day)
            try tell(
                state, .stopped,
                benefit.decision.benefit == .sicknessCompensation
                    ? "Sjukersättningen betalas för hela \(text(Month(of: end))) och upphör sedan"
                    : "\(daily(benefit.decision.benefit)) betalas till "
                        + "och med den \(SwedishText.day(end))", &effects)
        }
    }

    /// A benefit that is paid by the day, as the first words of a sentence.
    private static func daily(_ benefit: Benefit) -> String {
        switch benefit {
        case .sicknessBenefit: "Sjukpenningen"
        case .rehabilitationBenefit: "Rehabiliteringspenningen"
        default: "Aktivitetsstödet"
        }
    }

    /// Nobody died: each holds as before.
    /// - Returns: whether any had ended.
    static func resumeHeld(
        _ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>
    ) throws -> Bool {
        var any = false
        for place in state.held.indices where state.held[place].endedByDeath {
            try effects.restore(BenefitDecision.self, in: &state.held[place].chain, reason: reason)
            state.held[place].endedByDeath = false
            any = true
        }
        return any
    }
}

extension ForsakringskassanCase {
    /// A benefit that was decided, and whether a death has ended it.
    struct HeldBenefit: Codable, Equatable, Sendable {
        var decision: BenefitDecision
        var chain: ChainHead
        var endedByDeath = false
    }
}
