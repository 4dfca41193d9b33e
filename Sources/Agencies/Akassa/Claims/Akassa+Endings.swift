import AgencyKit
import LifeEvents

extension AkassaCase: ProvesEstate {
    /// Whether the member is dead, as far as the fund knows.
    var isDead: Bool { death.holds }
}

/// A claim ends with the registration as a job-seeker, or with a death.
extension Akassa {
    var endings: [River<Self>] {
        [
            River(
                "note that the registration has ended", hears: JobSeekerRegistration.self,
                under: [UnemploymentRules.rest.legal],
                concerns: { ($0.data.concerns ?? []).filter { $0.owner == .akassa } },
                mine: [Condition("ends one") { _, event in event.change == .ceased }],
                handle: { state, event, effects in
                    state.registration.adopt(event)
                    state.registrationEnd = event.occurredOn
                    try Self.endWithRegistration(&state, event.data.reason, &effects)
                }),
            River(
                "note a registration that comes after the application", hears: JobSeekerRegistration.self,
                under: [JobSeekerRules.register],
                concerns: { ($0.data.concerns ?? []).filter { $0.owner == .akassa } },
                mine: [
                    Condition("begins one") { _, event in event.isNew },
                    Condition("is of a claim that lacks it") { state, _ in
                        state.claim.registeredFrom == nil
                            && (state.claim.isCollecting || state.claim.stage == .complete)
                    },
                ],
                handle: { state, event, _ in
                    state.claim.registeredFrom = event.data.from
                    state.registrationEnd = nil
                }),
            River(
                "go on where the registration has not ended", hears: Annulled<JobSeekerRegistration>.self,
                mine: [
                    Condition("annuls the end that we know") { state, event in event.annuls(state.registration) }
                ],
                handle: { state, event, _ in
                    try state.registration.take(event)
                    state.registrationEnd = nil
                    state.claim.take(.registrationRestored)
                }),
            River(
                "end at death", hears: Death.self,
                // Also of who has no claim: an application may come after the death.
                handle: { state, event, effects in
                    guard case .became(let death) = try state.death.take(event, event.data.deathDate) else { return }
                    try Self.stop(&state, death.value, &effects)
                }),
            River(
                "go on when nobody died", hears: Annulled<Death>.self,
                handle: { state, event, effects in
                    guard case .annulled = try state.death.take(event) else { return }
                    try Self.resume(&state, event.data.reasonCode, &effects)
                }),
        ]
            + EstateProof.rivers(Self.self) {
                FundDeathProofNeed(
                    caseRef: EstateProof.caseRef($0), facts: ["mayAct"], asked: [AgencyID(.skatteverket)], tokenRef: $0)
            }
    }

    /// The last month can still be applied for.
    static func endWithRegistration(
        _ state: inout Case, _ reason: RegistrationReason?, _ effects: inout Effects<Timer>
    ) throws {
        guard let last = state.registrationEnd, reason != .death, state.claim.take(.registrationEnded) else { return }
        let month = Month(of: last)
        let limit = month.lastDay.adding(months: effects.value(of: UnemploymentRules.month))
        let why =
            switch reason {
            case .work: "Vi vet att du börjar arbeta"
            case .study: "Vi vet att du börjar studera"
            default: "Din inskrivning hos Arbetsförmedlingen har upphört"
            }
        try effects.set(
            Tile(
                .unemploymentBenefit, .awaitingCitizen,
                "\(why). Skicka månadsansökan för \(named(month)) senast \(SwedishText.day(limit)), annars får du inget för "
                    + "den månaden", deadline: limit))
    }

    private static func stop(_ state: inout Case, _ day: Day, _ effects: inout Effects<Timer>) throws {
        guard state.claim.take(.died) else { return }
        effects.cancelTimer(.claim)
        effects.cancelTimer(.ladder)
        effects.cancelTimer(.age)
        try effects.set(Tile(.stopped, .stopped, "Ersättningen från a-kassan är avslutad"))
        if let decision = state.benefit.decision {
            try effects.cease(decision, in: &state.benefit.chain, occurredOn: day)
        }
        // What was paid for days after the death is claimed back from the estate.
        try settle(&state, &effects)
    }

    private static func resume(_ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>) throws {
        guard let former = state.claim.former else { return }
        state.claim.stage = former
        state.claim.former = nil
        try effects.restore(UnemploymentDecision.self, in: &state.benefit.chain, reason: reason)
        if state.benefit.claim?.withdraw() == true, let head = state.benefit.claimHead {
            effects.cancelTimer(.recovery)
            state.benefit.claimHead = try effects.publish(
                Annulled<UnemploymentRecovery>(reasonCode: reason), change: .annulled, previous: head)
        }
        try settle(&state, pays: false, &effects)
        scheduleMonths(&state, &effects)
        setAgeTimer(state, &effects)
        if former == .complete {
            effects.setTimer(.claim, at: effects.morning(afterWorkingDays: effects.value(of: AkassaRules.deciding)))
        } else if state.claim.isCollecting {
            effects.setTimer(.claim, at: Stockholm.instant(effects.needDay, hour: 8))
        }
        try effects.set(
            Tile(
                .stopped, .corrected,
                "Du är inte längre registrerad som avliden hos a-kassan. Ersättningen gäller som förut"))
    }
}
