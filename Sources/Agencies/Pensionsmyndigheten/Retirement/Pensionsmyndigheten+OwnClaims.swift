import AgencyKit
import LifeEvents

/// An occupational pension that nobody told of in time: the supplement is another from the month after it began, and what was
/// paid too much is claimed back from who was silent (R36, R37).
extension Pensionsmyndigheten {
    var ownClaims: [River<Self>] {
        [
            River(
                "take a pensioner's statement on a claim back", hears: PensionStatement.self,
                under: [RetirementRules.silent],
                mine: [
                    Condition("answers the claim that we consider") { state, event in
                        state.ownClaim.claim?.stage == .considered
                            && state.ownClaim.claim?.caseRef == event.data.caseRef && !state.isDead
                    }
                ],
                whole: [Self.filedByPensioner { $0.filedBy }],
                handle: { state, event, effects in
                    guard state.ownClaim.claim?.answer(agrees: event.data.agrees, on: event.knownOn) == true,
                        let day = state.ownClaim.claim?.decidesOn
                    else { return }
                    effects.setTimer(.ownClaim, at: Stockholm.instant(day, hour: 8))
                    try effects.set(
                        Tile(
                            .recovery, .investigating, "Vi har ditt svar. Beslut väntas \(SwedishText.day(day))",
                            expected: day))
                }),
            River(
                "close a pensioner's claim back that is paid", hears: PensionPayment.self,
                mine: [
                    Condition("pays what is claimed of the pensioner") { state, event in
                        event.data.kind == .reclaimed && state.ownClaim.claim?.stage == .decided
                            && state.ownClaim.claim?.amount == event.data.amount
                    }
                ],
                handle: { state, _, effects in
                    guard state.ownClaim.claim?.pay() == true else { return }
                    try Self.tellOwnClaim(&state, &effects)
                    try effects.set(Tile(.recovery, .done, "Du har betalat tillbaka. Ärendet är klart"))
                }),
        ]
    }

    /// Counts the supplement anew from the month after an income began, and claims back what was paid too much since.
    static func claimSupplement(
        _ state: inout Case, since: Month, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.pensions.firstIndex(where: { $0.kind == .housingSupplement && $0.chain.holds }) else {
            return
        }
        let from = max(since.next, state.pensions[place].first)
        let new = supplementAmount(state, in: from, effects)
        guard new != state.pensions[place].amount(in: from) else { return }
        let overpaid = state.pensions[place].paid.filter { $0.month >= from && $0.amount > new }
        state.pensions[place].change(to: new, from: from)
        try effects.publish(
            PensionDecision(
                kind: .housingSupplement, outcome: .granted, month: from, share: 100, concerns: told(state, effects)),
            in: &state.pensions[place].chain, occurredOn: from.firstDay)
        state.supplement.awaitsFirstPayment = true
        let review = PensionRules.reviewDeadline(decided: effects.today, effects.rules)
        try tellSupplement(
            state,
            Tile(
                .housingSupplement, .decided,
                "Bostadstillägget är ändrat från \(PensionRules.text(from)) efter din uppgift om tjänstepension. Begär "
                    + "omprövning senast \(SwedishText.day(review))", reviewBy: review), &effects)
        guard let first = overpaid.first?.month, let last = overpaid.last?.month else { return }
        let claim = Recovery(
            of: overpaid.reduce(0) { $0 + $1.amount - new }, from: first.firstDay, to: last.lastDay, on: effects.today,
            PensionRules.recoveryTerms(on: effects.today, effects.rules))
        state.ownClaim.claim = claim
        effects.setTimer(.ownClaim, at: Stockholm.instant(claim.decidesOn, hour: 8))
        try tellOwnClaim(&state, &effects)
        try effects.set(
            Tile(
                .recovery, .awaitingCitizen,
                "Du har fått \(PensionRules.kronor(claim.amount)) kr för mycket i bostadstillägg, eftersom du inte har "
                    + "anmält tjänstepensionen i tid. Svara senast \(SwedishText.day(claim.answerBy)). Annars beslutar vi "
                    + "ändå", deadline: claim.answerBy))
    }

    /// The time to answer is over, or there is an answer.
    static func decideOwnClaim(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard !state.isDead,
            state.ownClaim.claim?.decide(
                on: effects.today, PensionRules.recoveryTerms(on: effects.today, effects.rules)) == true,
            let claim = state.ownClaim.claim, let payBy = claim.payBy
        else { return }
        try tellOwnClaim(&state, &effects)
        let review = PensionRules.reviewDeadline(decided: effects.today, effects.rules)
        try effects.set(
            Tile(
                .recovery, .decided,
                "Betala tillbaka \(PensionRules.kronor(claim.amount)) kr senast \(SwedishText.day(payBy)) till "
                    + "Försäkringskassan, som tar emot pengarna åt Pensionsmyndigheten. Begär omprövning senast "
                    + "\(SwedishText.day(review))", reviewBy: review))
    }

    private static func tellOwnClaim(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let claim = state.ownClaim.claim, let told = claim.state else { return }
        try effects.publish(
            PensionRecovery(
                benefit: .housingSupplement, state: told, amount: claim.amount, from: Month(of: claim.from),
                to: Month(of: claim.to), payBy: claim.payBy))
    }
}

extension RetirementRules {
    static let tells = DatedRule(
        "supplement-change-told", "R36", "who has a supplement tells of a changed income or rent within", .days,
        [.since(2011, 1, 1, 14)], source: "SFB 110 kap. 46-47 §§")
    static let silent = LegalRule(
        "R37", "what was paid too much to who was silent is claimed back", source: "SFB 108 kap. 2 och 7 §§")
}

extension Month {
    /// Whether an income that began in the month has been told of too late; counted from the month's last day, for the day
    /// within it is not told.
    func isSilent(until told: Day, _ rules: RuleValues) -> Bool {
        lastDay.adding(days: rules.value(of: RetirementRules.tells, on: told)) < told
    }
}

extension PensionsmyndighetenCase {
    /// What is claimed back from a pensioner who lives.
    struct OwnClaim: CasePart {
        /// The claim; nil: nothing is claimed.
        var claim: Recovery?

        init() {}
    }
}
