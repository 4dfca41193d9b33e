import AgencyKit
import LifeEvents

/// What social services say to a court of a representative, of a person they have a case of (G3).
extension KommunElderCare {
    var opinions: [River<Self>] {
        [
            River(
                "give social services' opinion to the court", hears: GuardianOpinionNeed.self,
                under: [GuardianRules.opinions, GuardianRules.socialOpinion.legal], concerns: { $0.data.asked },
                mine: [Condition("is not in hand") { state, _ in state.opinion.caseRef == nil }],
                handle: { state, event, effects in
                    state.opinion.caseRef = event.data.caseRef
                    state.opinion.asker = event.source
                    state.opinion.scope = event.data.scope
                    effects.setTimer(
                        .opinion,
                        at: KommunRules.morning(
                            SwedishCalendar.adding(
                                workingDays: effects.value(of: GuardianRules.socialOpinion), to: effects.today)))
                })
        ]
    }

    static func giveOpinion(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let caseRef = state.opinion.caseRef, let asker = state.opinion.asker else { return }
        let scope = state.opinion.scope
        state.opinion = Case.Opinion()
        try effects.publish(
            GuardianOpinionAnswer(
                caseRef: caseRef, asker: asker, status: .answered, branch: .aldreomsorg, needed: true, scope: scope),
            purpose: GuardianRules.guardianship)
    }

    /// The representative reads that care knows; of who acts no longer, that it ended.
    static func tellRepresentative(
        _ event: Event<Guardianship>, before: [Subject], _ state: Case, _ effects: inout Effects<Timer>
    ) throws {
        let after = state.viewers(on: effects.today)
        let day = SwedishText.day(effects.today)
        func tell(_ holder: Subject, _ code: TileCode, _ text: String) throws {
            try effects.set(Tile(.whoKnows, code, text, about: effects.subject), for: holder)
        }
        for holder in before where !after.contains(holder) {
            try tell(holder, .stopped, "Uppdraget gäller inte hos hemtjänsten från \(day).")
        }
        for holder in after where !before.contains(holder) {
            try tell(holder, .informed, "Hemtjänsten vet sedan \(day) att du är god man.")
        }
    }
}

extension KommunElderCareCase {
    /// A court's question.
    struct Opinion: CasePart {
        var caseRef: String?
        var asker: AgencyID?
        var scope: [GuardianshipScope] = []

        init() {}
    }
}
