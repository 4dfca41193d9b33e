import AgencyKit
import LifeEvents

/// Sickness compensation as a fact, and who acts for the insured.
extension Forsakringskassan {
    var representatives: [River<Self>] {
        [
            River(
                "know of sickness compensation", hears: BenefitDecision.self,
                mine: [
                    Condition("is sickness compensation") { _, event in event.data.benefit == .sicknessCompensation }
                ],
                handle: { state, event, _ in try state.compensation.take(event) }),
            River(
                "forget sickness compensation", hears: Annulled<BenefitDecision>.self,
                mine: [Condition("annuls what we know") { state, event in event.annuls(state.compensation) }],
                handle: { state, event, _ in try state.compensation.take(event) }),
        ]
            + GodManConsumer.rivers(
                Self.self, "Försäkringskassan", for: [.guardRights, .manageProperty],
                hasCase: { $0.compensation.holds || !$0.housing.grants.isEmpty })
    }
}
