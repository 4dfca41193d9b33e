import AgencyKit
import LifeEvents

/// Försäkringskassan asks when a business was notified: the owner's case asks the business's, which answers (SFB 110:31).
extension SkatteverketTaxation {
    /// What an answer about the build-up stage may be used for.
    static let sicknessBenefit = Purpose(known: "sickness-benefit")

    var buildUp: [River<Self>] {
        [
            River(
                "pass on a question about a business", hears: BuildUpNeed.self, under: [BusinessRules.answers],
                handle: { state, event, effects in
                    guard let asker = event.source else { return }
                    if let refusal = event.refusal(purpose: Self.sicknessBenefit, hasCase: true) {
                        try effects.publish(
                            BuildUpAnswer(
                                caseRef: event.data.caseRef, asker: asker, status: .refused, refusal: refusal),
                            purpose: event.purpose)
                        return
                    }
                    try effects.publish(
                        BuildUpQuery(person: effects.subject, caseRef: event.data.caseRef, asker: asker),
                        about: event.data.company)
                }),
            River(
                "answer when a business was notified", hears: BuildUpQuery.self, under: [BusinessRules.answers],
                handle: { state, event, effects in
                    let business = state.business
                    let isOwn =
                        business.owner == event.data.person
                        || business.signatories.officers.contains { $0.person == event.data.person }
                        || business.owners.contains { $0.person == event.data.person }
                    let month = isOwn ? business.noticedOn.map { Month(of: $0) } : nil
                    try effects.publish(
                        BuildUpAnswer(
                            caseRef: event.data.caseRef, asker: event.data.asker,
                            status: month == nil ? .unknown : .answered, missing: month == nil ? ["month"] : nil,
                            month: month),
                        about: event.data.person, purpose: Self.sicknessBenefit)
                }),
        ]
    }
}
