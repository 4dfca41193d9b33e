import AgencyKit
import LifeEvents

/// The rules by which Försäkringskassan and the funds tell each other.
enum InsuranceFundRules {
    static let benefits = LegalRule(
        "UN34", "a fund is told which benefits touch its frame, by time and degree", source: "ALFF 18 §")
    static let all: [LegalRule] = [benefits]
}

/// What Försäkringskassan answers a fund: benefits that bear on availability, of the period alone.
extension Forsakringskassan {
    var unemployment: [River<Self>] {
        [
            River(
                "answer a fund which benefits there are", hears: FundBenefitsNeed.self,
                under: [InsuranceFundRules.benefits],
                handle: { state, event, effects in
                    guard let asker = event.source else { return }
                    if let refusal = event.refusal(purpose: UnemploymentRules.purpose, hasCase: true) {
                        try effects.publish(
                            InsuranceBenefitsAnswer(
                                caseRef: event.data.caseRef, asker: asker, status: .refused, refusal: refusal),
                            purpose: event.purpose)
                        return
                    }
                    var benefits: [InsuredBenefit] = []
                    if let claim = state.aid.sickness, claim.from <= event.data.to, claim.decidedOn == nil {
                        benefits.append(InsuredBenefit(benefit: .sicknessBenefit, from: claim.from, applied: true))
                    }
                    try effects.publish(
                        InsuranceBenefitsAnswer(
                            caseRef: event.data.caseRef, asker: asker, status: .answered,
                            benefits: benefits.isEmpty ? nil : benefits), purpose: event.purpose)
                })
        ]
    }
}
