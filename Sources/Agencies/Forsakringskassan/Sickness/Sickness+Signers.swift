import AgencyKit
import LifeEvents

/// What an employer files or signs counts where who did it has the firm's mandate: the sick case asks the firm's, which
/// knows the mandates (S20).
extension ForsakringskassanSickness {
    var signers: [River<Self>] {
        [
            River(
                "know who signs for an employer", hears: GrantedMandate.self, under: [SicknessRules.signer],
                mine: [
                    Condition("is a firm's, for sick reports or rehabilitation") { state, event in
                        event.data.kind == .signatory
                            && (state.firm.knows(event)
                                || event.change != .ceased
                                    && event.data.scope.contains { $0 == .sickReport || $0 == .rehabilitation })
                    }
                ], handle: { state, event, _ in try state.firm.take(event) }),
            River(
                "forget who never had a mandate of the firm", hears: Annulled<GrantedMandate>.self,
                under: [SicknessRules.signer],
                handle: { state, event, _ in try state.firm.take(event) }),
            River(
                "say who signs for an employer", hears: EmployerSignerAsked.self, under: [SicknessRules.signer],
                handle: { state, event, effects in
                    try effects.publish(
                        EmployerSignerKnown(
                            employer: effects.subject, signer: event.data.signer, scope: event.data.scope,
                            mayAct: state.firm.mayAct(event.data.signer, event.data.scope, on: effects.today)),
                        about: event.data.person)
                }),
            River(
                "count what an employer says", hears: EmployerSignerKnown.self,
                under: [SicknessRules.signer, SicknessRules.report],
                mine: [
                    Condition("is of what waits for it") { state, event in
                        state.unsigned.contains { $0.isSaid(by: event.data) }
                    }
                ],
                whole: [Condition("is said by who has the employer's mandate") { _, event in event.data.mayAct }],
                handle: Self.count),
        ]
    }

    /// Asks the firm's case whether who said something may act for it.
    static func ask(
        _ said: SicknessCase.Said, of signer: Subject, for employer: Subject, _ scope: MandateScope,
        _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        // What nobody with a mandate has said gives way to what comes after it.
        state.unsigned.removeAll { $0.scope == scope }
        state.unsigned.append(.init(employer: employer, signer: signer, scope: scope, said: said))
        try effects.publish(
            EmployerSignerAsked(person: effects.subject, signer: signer, scope: scope), about: employer)
    }

    private static func count(
        _ state: inout Case, _ event: Event<EmployerSignerKnown>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.unsigned.firstIndex(where: { $0.isSaid(by: event.data) }) else { return }
        let unsigned = state.unsigned.remove(at: place)
        switch unsigned.said {
        case .reported(let report, let chain):
            try takeReport(report, chain, by: unsigned.employer, &state, &effects)
        case .plan(let answer): state.period.hasPlan = answer.planExists
        case .redeployment(let answer):
            state.period.otherWorkFrom = answer.possible == true ? answer.from ?? effects.today : nil
        }
    }
}

extension SicknessCase.Unsigned {
    /// Whether an answer of the firm's case is about this.
    func isSaid(by known: EmployerSignerKnown) -> Bool {
        employer == known.employer && signer == known.signer && scope == known.scope
    }
}
