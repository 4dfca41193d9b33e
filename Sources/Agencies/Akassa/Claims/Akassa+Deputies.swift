import AgencyKit
import LifeEvents

/// Who files for a member: a god man who guards rights or manages property files for a month. What a job-seeker does for finding
/// work is the job-seeker's own, so that nobody reports it instead (UN49).
extension Akassa {
    var deputies: [River<Self>] {
        [
            River(
                "know who acts for a member", hears: Guardianship.self, under: [GodManConsumer.knows],
                concerns: { $0.data.concerns.filter { $0.owner == .akassa } },
                mine: [
                    Condition("lets somebody guard rights or manage property, or changes what we know") {
                        state, event in
                        state.deputies.concerns(event, for: RetirementRules.scopes)
                    }
                ],
                handle: { state, event, _ in try state.deputies.take(event, for: RetirementRules.scopes) }),
            River(
                "forget who never acted for a member", hears: Annulled<Guardianship>.self,
                under: [GodManConsumer.knows],
                mine: [Condition("is one we know") { state, event in state.deputies.knows(event) }],
                handle: { state, event, _ in try state.deputies.take(event) }),
        ]
    }

    static let deputy = LegalRule(
        "UN49", "a month is applied for by the member, or a god man who guards rights or manages property",
        source: "föräldrabalken 12 kap. 2 §")
}
