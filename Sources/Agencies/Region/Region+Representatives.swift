import AgencyKit
import LifeEvents

/// Who acts for a patient, and the court's question for a certificate. What a doctor answers, scenarios say.
extension Region {
    var representatives: [River<Region>] {
        [
            River(
                "hear that a court wants a certificate", hears: GuardianOpinionNeed.self,
                under: [GuardianRules.consent], concerns: { $0.data.asked },
                handle: { state, event, _ in state.question.caseRef = event.data.caseRef })
        ] + GodManConsumer.rivers(Self.self, "Regionen", for: [.careForPerson, .guardRights])
    }
}
