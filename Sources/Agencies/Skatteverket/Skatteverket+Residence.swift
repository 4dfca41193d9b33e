import AgencyKit
import LifeEvents

/// When somebody was registered here, for an old-age pension and from the age of 16 (R6).
extension Skatteverket {
    var residence: [River<Self>] {
        [
            River(
                "say when somebody was registered", hears: ResidenceNeed.self, as: Self.register,
                under: [RetirementRules.residenceAge.legal],
                handle: { state, event, effects in
                    guard let asker = event.source else { return }
                    var refusal = event.refusal(purpose: RetirementRules.purpose, hasCase: state.register.entry.holds)
                    let age = effects.value(of: RetirementRules.residenceAge)
                    if refusal == nil, let born = state.register.birthDate,
                        event.data.from < born.adding(months: age * 12)
                    {
                        refusal = .outsidePeriod
                    }
                    try effects.publish(
                        ResidencePeriodsAnswer(
                            caseRef: event.data.caseRef, asker: asker, status: refusal == nil ? .answered : .refused,
                            refusal: refusal, periods: refusal == nil ? state.register.residence : nil),
                        purpose: event.purpose)
                })
        ]
    }
}
