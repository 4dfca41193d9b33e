import AgencyKit
import LifeEvents

/// The death of who has a pension, or has none: it stops, what was paid too long is claimed back, survivors are asked for.
extension Pensionsmyndigheten {
    var deaths: [River<Self>] {
        [
            River(
                "stop at death", hears: Death.self, handle: Self.follow),
            River(
                "resume when nobody died", hears: Annulled<Death>.self,
                handle: { state, event, effects in
                    guard case .annulled = try state.death.take(event) else { return }
                    try Self.resume(&state, event.data.reasonCode, &effects)
                }),
            River(
                "hear of a survivor who is known later", hears: SurvivorsAnswer.self,
                under: [PensionRules.lateChild],
                mine: [
                    Condition("adds to what was answered") { state, event in
                        state.death.holds && state.inquiry.isAnswered && event.data.status == .answered
                            && event.data.caseRef == state.inquiry.caseRef
                    }
                ], handle: Self.tellLaterSurvivors),
            River(
                "hear who survives", hears: SurvivorsAnswer.self, handle: Self.tellSurvivors),
            River(
                "close a claim back that is paid", hears: PensionPayment.self,
                mine: [
                    Condition("pays the claim we hold") { state, event in
                        event.data.kind == .reclaimed && state.claimBack.claim?.stage == .decided
                            && state.claimBack.claim?.amount == event.data.amount
                    }
                ],
                handle: { state, _, effects in
                    guard state.claimBack.claim?.pay() == true else { return }
                    try Self.tellClaim(&state, &effects)
                    try effects.set(Tile(.recovery, .done, "Dödsboet har betalat tillbaka. Ärendet är klart"))
                }),
            River(
                "take a statement on a claim back", hears: PensionStatement.self,
                mine: [
                    Condition("has a claim that waits for an answer") { state, _ in
                        state.claimBack.claim?.stage == .considered
                    }
                ],
                whole: [
                    Self.filedForEstate { $0.filedBy }
                ],
                handle: { state, event, effects in
                    try Self.decideRecovery(
                        &state, waive: !event.data.agrees && Self.nobodyKnew(state), &effects)
                }),
        ]
            + EstateProof.rivers(Self.self) {
                PensionDeathProofNeed(
                    caseRef: EstateProof.caseRef($0), facts: ["deathDate", "mayAct"], asked: [AgencyID(.skatteverket)],
                    tokenRef: $0)
            }
    }

    /// Acts on what became of the death; an annulment that was here before what it annuls is acted on with that.
    private static func follow(
        _ state: inout Case, _ event: Event<Death>, _ effects: inout Effects<Timer>
    ) throws {
        let former = state.death.head?.value
        let death = Case.Death(date: event.data.deathDate, knownOn: event.knownOn, certainty: event.data.certainty)
        switch try state.death.take(event, death) {
        case .became(let head):
            try stop(&state, Month(of: head.value.date), former.map { Month(of: $0.date) }, &effects)
            if former == nil {
                try effects.ask(
                    SurvivorsNeed(
                        caseRef: "survivors", facts: ["persons"], asked: [AgencyID(.skatteverket)]),
                    for: Skatteverket.survivorsPension, in: &state.inquiry)
            } else if former?.date != head.value.date {
                try correctSurvivors(&state, head.value, &effects)
            }
        case .annulled: try resume(&state, "deathAnnulled", &effects)
        case .ended, .restored, .collapsed, .superseded, .awaitsPredecessor, .repeated, .notOfChain: break
        }
    }

    /// Pensions are paid for the whole month of death (D15).
    private static func stop(
        _ state: inout Case, _ last: Month, _ former: Month?, _ effects: inout Effects<Timer>
    ) throws {
        guard last != former else { return }
        var payday: Day?
        for index in state.pensions.indices {
            var pension = state.pensions[index]
            // Another last month: the old end is annulled, so that the chain keeps one end.
            try effects.restore(PensionDecision.self, in: &pension.chain, reason: "deathCorrected")
            pension.last = last
            // What was to begin after the death never held.
            if pension.first > last, pension.paidTo == nil {
                try effects.annul(PensionDecision.self, in: &pension.chain, reason: "subjectDied")
                pension.annulledByDeath = true
                state.pensions[index] = pension
                continue
            }
            try effects.cease(
                PensionDecision(
                    kind: pension.kind, survivorKind: pension.survivorKind, outcome: .granted, month: last,
                    share: pension.share), in: &pension.chain, occurredOn: last.lastDay)
            if pension.paidTo.map({ $0 < last }) ?? true {
                payday = PensionRules.payday(of: last, born: state.birthDate)
            }
            state.pensions[index] = pension
        }
        for timer in [Timer.decide, .begin, .end] { effects.cancelTimer(timer) }
        let hadOldAge = stopRetirement(&state, &effects)
        setPayday(state, &effects)
        guard hadOldAge || !state.pensions.isEmpty || state.claims.contains(where: { $0.state == .tested }) else {
            return
        }
        let month = PensionRules.text(last)
        let text =
            if state.pensions.contains(where: \.annulledByDeath) || hadOldAge && state.pensions.isEmpty {
                "Ärendet om allmän pension är avslutat. Inget har betalats ut"
            } else if state.pensions.isEmpty {
                "Ärendet om efterlevandepension är avslutat"
            } else if let payday, payday >= effects.today {
                "Pensionen för \(month) betalas den \(SwedishText.day(payday)) till dödsboet och upphör sedan"
            } else {
                "Pensionen upphör efter \(month). Den månaden är betald"
            }
        let company = state.supplement.companies.isEmpty ? "" : ". Kontakta bolaget om tjänstepensionen"
        try effects.set(Tile(.stopped, .stopped, text + company))
        try considerRecovery(&state, after: last, &effects)
    }

    /// What was paid for months after the last one may be claimed back from the estate (D25).
    private static func considerRecovery(
        _ state: inout Case, after last: Month, _ effects: inout Effects<Timer>
    ) throws {
        let overpaid = state.pensions.flatMap(\.paid).filter { $0.month > last }.sorted { $0.month < $1.month }
        // Another day of death: what was claimed by the day before never stood, and is claimed anew as far as it is owed.
        if try withdrawClaim(&state, "deathCorrected", &effects), overpaid.isEmpty {
            try effects.set(Tile(.recovery, .corrected, "Det var fel: inget ska betalas tillbaka"))
        }
        guard let first = overpaid.first?.month, let end = overpaid.last?.month else { return }
        let claim = Recovery(
            of: overpaid.reduce(0) { $0 + $1.amount }, from: first.firstDay, to: end.lastDay, on: effects.today,
            PensionRules.recoveryTerms(on: effects.today, effects.rules))
        state.claimBack.claim = claim
        effects.setTimer(.statement, at: Stockholm.instant(claim.decidesOn, hour: 8))
        try tellClaim(&state, &effects)
        try effects.set(
            Tile(
                .recovery, .awaitingCitizen,
                "Pensionsmyndigheten har betalat \(PensionRules.kronor(claim.amount)) kr för mycket efter dödsfallet. "
                    + "Svara senast den \(SwedishText.day(claim.answerBy))", deadline: claim.answerBy))
    }

    /// - Returns: whether there was a claim.
    private static func withdrawClaim(
        _ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>
    ) throws -> Bool {
        for index in state.claimBack.facts.indices.reversed() {
            try effects.annul(PensionRecovery.self, in: &state.claimBack.facts[index], reason: reason)
        }
        let hadClaim = state.claimBack.claim?.withdraw() ?? false
        state.claimBack = Case.ClaimBack()
        for timer in [Timer.statement, .claimReview] { effects.cancelTimer(timer) }
        return hadClaim
    }

    static func tellClaim(
        _ state: inout Case, as other: RecoveryState? = nil, _ effects: inout Effects<Timer>
    ) throws {
        guard let claim = state.claimBack.claim, let told = other ?? claim.state else { return }
        let kind = state.pensions.first?.kind ?? .oldAge
        state.claimBack.facts.append(
            ChainHead(
                try effects.publish(
                    PensionRecovery(
                        benefit: kind, state: told, amount: claim.amount, from: Month(of: claim.from),
                        to: Month(of: claim.to), payBy: claim.payBy))))
    }

    static func decideRecovery(
        _ state: inout Case, waive: Bool, _ effects: inout Effects<Timer>
    ) throws {
        guard let open = state.claimBack.claim, open.isOpen else { return }
        effects.cancelTimer(.statement)
        let amount = PensionRules.kronor(open.amount)
        if waive {
            state.claimBack.claim?.waive()
            try tellClaim(&state, &effects)
            return try effects.set(
                Tile(.recovery, .done, "Dödsboet behöver inte betala tillbaka \(amount) kr till Pensionsmyndigheten"))
        }
        state.claimBack.claim?.decide(on: effects.today, PensionRules.recoveryTerms(on: effects.today, effects.rules))
        guard let payBy = state.claimBack.claim?.payBy else { return }
        try tellClaim(&state, &effects)
        let review = PensionRules.reviewDeadline(decided: effects.today, effects.rules)
        state.claimBack.reviewBy = review
        try effects.set(
            Tile(
                .recovery, .decided,
                "Dödsboet ska betala tillbaka \(amount) kr till Försäkringskassan, som tar emot pengarna åt "
                    + "Pensionsmyndigheten, senast den \(SwedishText.day(payBy)). Begär omprövning senast den "
                    + "\(SwedishText.day(review))", reviewBy: review))
    }

    /// Nobody died: all is as before, and what was kept back is paid (D29).
    private static func resume(
        _ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>
    ) throws {
        state.inquiry.close()
        state.estateProof = EstateProof()
        for index in state.told.survivors.indices {
            let person = state.told.survivors[index].person
            try effects.annul(
                SurvivorNotice.self, in: &state.told.survivors[index].chain, about: person, reason: reason)
        }
        state.told = Case.Told()
        for index in state.pensions.indices where state.pensions[index].chain.isEnded {
            try effects.restore(PensionDecision.self, in: &state.pensions[index].chain, reason: reason)
            state.pensions[index].last = nil
        }
        let hadRecovery = try withdrawClaim(&state, reason, &effects)
        try resumeRetirement(&state, &effects)
        resumeClaims(state, &effects)
        guard !state.pensions.isEmpty || !state.claims.isEmpty else { return }
        setPayday(state, &effects)
        if hasOwed(state, on: effects.today) {
            effects.setTimer(
                .owed,
                at: Stockholm.instant(
                    SwedishCalendar.adding(workingDays: effects.value(of: PensionRules.owed), to: effects.today),
                    hour: 8))
        }
        let what =
            state.pensions.isEmpty
            ? "Ärendet om efterlevandepension fortsätter" : "Pensionen betalas ut som förut"
        try effects.set(
            Tile(
                .stopped, .corrected,
                "Du är inte längre registrerad som avliden hos Pensionsmyndigheten. \(what)"))
        if hadRecovery {
            try effects.set(Tile(.recovery, .corrected, "Det var fel: inget ska betalas tillbaka"))
        }
    }

    private static func hasOwed(_ state: Case, on day: Day) -> Bool {
        state.pensions.contains { pension in
            guard let paidTo = pension.paidTo, pension.monthly ?? 0 > 0 else { return false }
            return PensionRules.payday(of: paidTo.next, born: state.birthDate) <= day
        }
    }
}
