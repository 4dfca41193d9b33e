import AgencyKit
import LifeEvents

/// Before an order: the chief guardian's opinion for the court, and a check of the candidate, on the candidate's own key (G3,
/// G5). Why somebody is not suitable is told to nobody.
extension KommunGuardians {
    var candidates: [River<Self>] {
        [
            River(
                "give the chief guardian's opinion to the court", hears: GuardianOpinionNeed.self,
                under: [GuardianRules.opinions, GuardianRules.ownOpinion.legal], concerns: { $0.data.asked },
                mine: [Condition("is not in hand") { state, _ in state.supervision.opinion == nil }],
                handle: { state, event, effects in
                    guard let asker = event.source else { return }
                    state.supervision.opinion = .init(
                        caseRef: event.data.caseRef, asker: asker, scope: event.data.scope,
                        proposed: event.data.proposed)
                    effects.setTimer(
                        .opinion,
                        at: KommunRules.morning(
                            SwedishCalendar.adding(
                                workingDays: effects.value(of: GuardianRules.ownOpinion), to: effects.today)))
                }),
            River(
                "check a candidate", hears: GuardianCommitment.self, under: [GuardianRules.candidate],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [Condition("accepts") { _, event in event.data.accepts }],
                whole: [Condition("is filed by the candidate") { _, event in event.data.filedBy == event.subject }],
                handle: { state, event, effects in
                    state.supervision.candidateFor = event.data.principal
                    state.supervision.remarks = 0
                    try effects.ask(
                        SuitabilityNeed(
                            caseRef: "candidate", facts: ["remark"],
                            asked: [AgencyID(.kronofogden), AgencyID(.polisen)]), for: GuardianRules.suitability,
                        in: &state.supervision.inquiry)
                }),
            River(
                "hear of debts", hears: EnforcementSuitabilityAnswer.self, under: [GuardianRules.candidate],
                concerns: { [$0.data.asker] },
                handle: { state, event, effects in
                    let outcome = state.supervision.inquiry.take(event)
                    try Self.takeRemark(event.data.remark, outcome, &state, &effects)
                }),
            River(
                "hear of a police record", hears: PoliceSuitabilityAnswer.self, under: [GuardianRules.candidate],
                concerns: { [$0.data.asker] },
                handle: { state, event, effects in
                    let outcome = state.supervision.inquiry.take(event)
                    try Self.takeRemark(event.data.remark, outcome, &state, &effects)
                }),
            River(
                "note who is suitable", hears: CandidateChecked.self, under: [GuardianRules.candidate],
                concerns: { [$0.source].compactMap(\.self) },
                handle: { state, event, _ in
                    state.supervision.checked.removeAll { $0 == event.data.candidate }
                    if event.data.suitable { state.supervision.checked.append(event.data.candidate) }
                }),
        ]
    }

    /// A register has answered; when both have, whether the candidate is suitable is told.
    private static func takeRemark(
        _ remark: Bool?, _ outcome: Inquiry.Outcome, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard outcome != .notAsked else { return }
        if remark == true { state.supervision.remarks += 1 }
        guard outcome == .complete, let principal = state.supervision.candidateFor else { return }
        try effects.publish(
            CandidateChecked(candidate: effects.subject, suitable: state.supervision.remarks == 0), about: principal)
    }

    static func giveOpinion(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let opinion = state.supervision.opinion else { return }
        state.supervision.opinion = nil
        let isSuitable = opinion.proposed.map { state.supervision.checked.contains($0) }
        try effects.publish(
            GuardianOpinionAnswer(
                caseRef: opinion.caseRef, asker: opinion.asker, status: .answered, branch: .overformyndare,
                needed: true,
                scope: opinion.scope, suitable: isSuitable, proposed: opinion.proposed),
            purpose: GuardianRules.guardianship)
    }
}
