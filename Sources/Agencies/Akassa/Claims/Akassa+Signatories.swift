import AgencyKit
import LifeEvents

/// What an employer answers counts where who signed may act for the firm: the claim asks the firm's case, which knows the
/// mandates.
extension Akassa {
    var signatories: [River<Self>] {
        [
            River(
                "know who may sign for a firm", hears: GrantedMandate.self, under: [UnemploymentRules.signer],
                concerns: { $0.data.concerns.filter { $0.owner == .akassa } },
                mine: [
                    Condition("is a firm's, for answers about employment") { state, event in
                        event.data.kind == .signatory
                            && (state.firm.knows(event)
                                || event.change != .ceased && event.data.scope.contains(.employment))
                    }
                ], handle: { state, event, _ in try state.firm.take(event) }),
            River(
                "forget who never had a mandate of the firm", hears: Annulled<GrantedMandate>.self,
                under: [UnemploymentRules.signer],
                handle: { state, event, _ in try state.firm.take(event) }),
            River(
                "take an employer's answer", hears: EmploymentAnswer.self, under: [UnemploymentRules.signer],
                concerns: { [$0.data.asker] },
                mine: [
                    Condition("answers what we have asked of that employer") { state, event in
                        state.claim.proofs.contains {
                            $0.ended.employer == event.data.employer
                                && $0.inquiry.awaits(event.data, from: event.source)
                        }
                    }
                ],
                handle: { state, event, effects in
                    guard
                        let place = state.claim.proofs.firstIndex(where: {
                            $0.ended.employer == event.data.employer
                                && $0.inquiry.awaits(event.data, from: event.source)
                        })
                    else { return }
                    _ = state.claim.proofs[place].inquiry.take(event)
                    guard event.data.status == .answered, let signer = event.data.signedBy else { return }
                    state.claim.proofs[place].unsigned = event.data
                    try effects.publish(
                        SignatoryAsked(fund: effects.agency, person: effects.subject, signer: signer),
                        about: event.data.employer)
                }),
            River(
                "say who may sign for the firm", hears: SignatoryAsked.self, under: [UnemploymentRules.signer],
                concerns: { [$0.data.fund] },
                handle: { state, event, effects in
                    try effects.publish(
                        SignatoryKnown(
                            fund: effects.agency, employer: effects.subject, signer: event.data.signer,
                            mayAct: state.firm.mayAct(event.data.signer, .employment, on: effects.today)),
                        about: event.data.person)
                }),
            River(
                "count an answer that is signed", hears: SignatoryKnown.self, under: [UnemploymentRules.signer],
                concerns: { [$0.data.fund] },
                mine: [
                    Condition("is of an answer that waits for it") { state, event in
                        state.claim.proofs.contains {
                            $0.ended.employer == event.data.employer && $0.unsigned?.signedBy == event.data.signer
                        }
                    }
                ], handle: Self.count),
        ]
    }

    private static func count(
        _ state: inout Case, _ event: Event<SignatoryKnown>, _ effects: inout Effects<Timer>
    ) throws {
        guard
            let place = state.claim.proofs.firstIndex(where: {
                $0.ended.employer == event.data.employer && $0.unsigned?.signedBy == event.data.signer
            })
        else { return }
        let answer = state.claim.proofs[place].unsigned
        state.claim.proofs[place].unsigned = nil
        guard event.data.mayAct else {
            // Not counted; it is asked once more, and the applicant sees no difference.
            guard !state.claim.proofs[place].isAskedAgain, state.claim.isCollecting else { return }
            state.claim.proofs[place].isAskedAgain = true
            return try askEmployer(
                &state.claim.proofs[place], state.claim.caseRef, effects.needDay, &effects)
        }
        state.claim.proofs[place].answer = answer
        try progress(&state, &effects)
    }
}
