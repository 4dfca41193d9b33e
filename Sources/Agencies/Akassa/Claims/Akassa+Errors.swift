import AgencyKit
import LifeEvents

/// A registration as a job-seeker that never was: what was decided on it never held, and the claim is looked at again.
extension Akassa {
    var registrationErrors: [River<Self>] {
        [
            River(
                "know the registration that a claim rests on", hears: JobSeekerRegistration.self,
                under: [JobSeekerRules.register],
                concerns: { ($0.data.concerns ?? []).filter { $0.owner == .akassa } },
                mine: [
                    Condition("begins the one that the claim rests on, or may") { state, event in
                        event.isNew && state.claim.registeredFrom.map { $0 == event.data.from } ?? true
                    }
                ],
                handle: { state, event, _ in state.registered.adopt(event, event.data.from) }),
            River(
                "undo what a registration in error gave", hears: Annulled<JobSeekerRegistration>.self,
                under: [JobSeekerRules.register, FundContacts.reclaim],
                mine: [
                    Condition("annuls the registration that the claim rests on") { state, event in
                        event.annuls(state.registered)
                            && state.registered.head?.value == state.claim.registeredFrom
                    }
                ], handle: Self.undoRegistration),
        ]
    }

    private static func undoRegistration(
        _ state: inout Case, _ event: Event<Annulled<JobSeekerRegistration>>, _ effects: inout Effects<Timer>
    ) throws {
        try state.registered.take(event)
        let from = state.claim.registeredFrom
        let hadDecision = state.benefit.chain.holds && state.claim.isRunning
        guard state.claim.take(.registrationAnnulled) else { return }
        for timer in [Timer.payout, .revision, .ladder, .age] { effects.cancelTimer(timer) }
        if hadDecision {
            try effects.annul(UnemploymentDecision.self, in: &state.benefit.chain, reason: event.data.reasonCode)
            state.benefit.decision = nil
            state.benefit.stage = .none
        }
        let paid = state.claim.months.filter { ($0.amount ?? 0) > 0 }
        // By whose error it was is said by the reason alone: an agency's gives no claim back.
        let isOwnError = event.data.reasonCode == "wrongFacts"
        if isOwnError, let first = paid.first?.month, let last = paid.last?.month {
            try claimBack(
                paid.reduce(0) { $0 + ($1.amount ?? 0) }, first.firstDay, last.lastDay, &state, &effects)
        }
        state.claim.months.removeAll { $0.amount != nil }
        (state.claim.used, state.claim.registeredFrom, state.claim.registeredTo) = (0, nil, nil)
        (state.registrationEnd, state.ladder) = (nil, .init())
        let by = effects.needDay
        effects.setTimer(.claim, at: Stockholm.instant(by, hour: 8))
        let day = from.map { " från \(SwedishText.day($0))" } ?? ""
        let money =
            paid.isEmpty
            ? "" : isOwnError ? " Vi prövar om du ska betala tillbaka." : " Du ska inte betala tillbaka något."
        try effects.set(
            Tile(
                .unemploymentBenefit, .corrected,
                "Rättat: du var inte inskriven\(day), och beslutet om ersättning gäller inte.\(money) Skriv in dig senast "
                    + "\(SwedishText.day(by)), så avgör vi din ansökan igen", deadline: by))
    }
}
