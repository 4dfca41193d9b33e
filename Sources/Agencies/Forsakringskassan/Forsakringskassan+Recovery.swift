import AgencyKit
import LifeEvents

/// What was paid without right is claimed back (socialförsäkringsbalken 108 kap.; M15): who was paid may answer first.
extension Forsakringskassan {
    var recoveries: [River<Self>] {
        [
            River(
                "take a statement on a claim", hears: InsuranceStatement.self, under: [HousingRules.afterDeath],
                mine: [
                    Condition("is about the claim we consider") { state, event in
                        state.housing.claim?.caseRef == event.data.caseRef
                            && state.housing.claim?.stage == .considered
                    }
                ],
                whole: [
                    Condition("is filed by the insured, or for the estate of one who is dead") { state, event in
                        event.data.filedBy == event.subject || state.estateProof.mayAct(event.data.filedBy)
                    }
                ],
                handle: Self.takeStatement),
            River(
                "ask for proof that who answers may act for an estate", hears: GrantedMandate.self,
                under: [EstateProof.rule],
                mine: [
                    Condition("is a new mandate for an estate's account") { _, event in EstateProof.isMandate(event) },
                    Condition("is about one who is dead") { state, _ in state.death.holds },
                ],
                whole: [EstateProof.showsToken()],
                handle: { state, event, effects in
                    guard let token = state.estateProof.open(event) else { return }
                    try effects.ask(
                        InsuranceDeathProofNeed(
                            caseRef: EstateProof.caseRef, facts: ["deathDate", "mayAct"],
                            asked: [AgencyID(.skatteverket)], tokenRef: token),
                        for: Skatteverket.estateAdministration, in: &state.estateProof.inquiry)
                }),
            River(
                "hear who may act for an estate", hears: DeathProofAnswer.self, under: [EstateProof.rule],
                mine: [
                    Condition("answers what we have asked") { state, event in
                        state.estateProof.inquiry.awaits(event.data, from: event.source)
                    }
                ], handle: { state, event, _ in state.estateProof.take(event) }),
            River(
                "follow a claim that is waived", hears: InsuranceRecovery.self,
                mine: [
                    Condition("waives the claim we hold") { state, event in
                        event.data.state == .waived && event.id != state.housing.claimHead
                            && (state.housing.claim?.isOpen == true || state.housing.claim?.stage == .decided)
                    }
                ], handle: Self.waive),
            River(
                "close a claim that is paid", hears: InsurancePayment.self,
                mine: [
                    Condition("pays the claim we hold") { state, event in
                        event.data.kind == .reclaimed && event.data.benefit == .housingAllowance
                            && state.housing.claim?.stage == .decided
                            && state.housing.claim?.amount == event.data.amount
                    }
                ], handle: Self.closeClaim),
        ]
    }

    /// Claims what was paid too much for the months until now, if anything was.
    /// - Parameter why: how the sentence ends that begins with what was paid.
    static func considerClaim(_ state: inout Case, _ why: String, _ effects: inout Effects<Timer>) throws {
        let months = state.housing.months(to: Month(of: effects.today)).filter { state.housing.overpaid($0) > 0 }
        guard let first = months.first, let last = months.last else { return }
        let amount = try claim(months, &state, &effects)
        try tellConsidered(
            state, "Du fick \(InsuranceRules.kronor(amount)) för \(period(first, last)) \(why)", &effects)
    }

    /// Housing allowance that was paid after the month of the death is claimed from the estate (D25).
    static func claimAfterDeath(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let months = state.housing.months(to: Month(of: effects.today)).filter { state.housing.overpaid($0) > 0 }
        guard !months.isEmpty else { return }
        let amount = try claim(months, &state, &effects)
        state.housing.isClaimOfDeath = true
        guard let claim = state.housing.claim else { return }
        try effects.set(
            Tile(
                .recovery, .awaitingCitizen,
                "Försäkringskassan har betalat \(InsuranceRules.kronor(amount)) för mycket efter dödsfallet. Svara senast "
                    + "den \(SwedishText.day(claim.answerBy))", deadline: claim.answerBy))
    }

    /// The income that was taxed is another than the one decided on (slutlig avräkning): the months of that year anew.
    static func reckon(_ state: inout Case, _ event: Event<BenefitBasis>, _ effects: inout Effects<Timer>) throws {
        for place in state.housing.grants.indices {
            guard var basis = state.housing.grants[place].basis else { continue }
            basis.income = event.data.yearlyIncome
            state.housing.grants[place].basis = basis
            state.housing.grants[place].amount = effects.housingAllowance(
                basis,
                in: max(Month(of: state.housing.grants[place].from), state.housing.payFrom ?? Month(of: effects.today)))
        }
        let months = state.housing.months(to: Month(of: effects.today)).filter { state.housing.overpaid($0) > 0 }
        if !months.isEmpty, let first = months.first, let last = months.last {
            let amount = try claim(months, &state, &effects)
            try tellConsidered(
                state,
                "Du fick \(InsuranceRules.kronor(amount)) för mycket för \(period(first, last)): inkomsten blev högre. ",
                &effects)
        }
        setHousingTimers(state, &effects)
    }

    private static func claim(
        _ months: [Month], _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws -> Int {
        guard let first = months.first, let last = months.last else { return 0 }
        var amount = 0
        for month in months {
            let sum = state.housing.overpaid(month)
            state.housing.noteClaimed(sum, month)
            amount += sum
        }
        let claim = Recovery(
            of: amount, from: first.firstDay, to: last.lastDay, on: effects.today, effects.recoveryTerms)
        state.housing.claim = claim
        try tellState(&state, .considered, &effects)
        return amount
    }

    private static func tellConsidered(_ state: Case, _ why: String, _ effects: inout Effects<Timer>) throws {
        guard let claim = state.housing.claim else { return }
        try effects.set(
            Tile(
                .recovery, .awaitingCitizen,
                why + "Håller du inte med, svara senast den \(SwedishText.day(claim.answerBy)). "
                    + "Annars beslutar vi om återbetalning", deadline: claim.answerBy))
    }

    private static func tellState(
        _ state: inout Case, _ told: RecoveryState, _ effects: inout Effects<Timer>
    ) throws {
        guard let claim = state.housing.claim else { return }
        state.housing.claimHead = try effects.publish(
            InsuranceRecovery(
                benefit: .housingAllowance, state: told, amount: claim.amount, from: claim.from, to: claim.to,
                payBy: claim.payBy))
    }

    private static func takeStatement(
        _ state: inout Case, _ event: Event<InsuranceStatement>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.housing.claim?.answer(agrees: event.data.agrees, on: event.knownOn) == true,
            let claim = state.housing.claim
        else { return }
        setHousingTimers(state, &effects)
        try effects.set(
            Tile(
                .recovery, .investigating,
                "Vi har ditt svar. Beslut den \(SwedishText.day(claim.decidesOn))", expected: claim.decidesOn))
    }

    static func decideRecovery(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.housing.claim?.decide(on: effects.today, effects.recoveryTerms) == true,
            let claim = state.housing.claim, let payBy = claim.payBy
        else { return }
        try tellState(&state, .decided, &effects)
        let review = effects.rules.reviewDeadline(decided: effects.today)
        guard !state.housing.isClaimOfDeath else {
            return try effects.set(
                Tile(
                    .recovery, .decided,
                    "Dödsboet ska betala tillbaka \(InsuranceRules.kronor(claim.amount)) senast den "
                        + "\(SwedishText.day(payBy)). Begär omprövning senast den \(SwedishText.day(review))",
                    reviewBy: review))
        }
        try effects.set(
            Tile(
                .recovery, .decided,
                "Betala tillbaka \(InsuranceRules.kronor(claim.amount)) för "
                    + "\(period(Month(of: claim.from), Month(of: claim.to))) senast den \(SwedishText.day(payBy)). "
                    + "Kan du inte betala, be om en plan. "
                    + "Begär omprövning senast den \(SwedishText.day(review))", reviewBy: review))
    }

    private static func waive(
        _ state: inout Case, _ event: Event<InsuranceRecovery>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.housing.claim?.waive() == true else { return }
        state.housing.claimHead = event.id
        setHousingTimers(state, &effects)
        try effects.set(Tile(.recovery, .done, "Du behöver inte betala tillbaka"))
    }

    private static func closeClaim(
        _ state: inout Case, _ event: Event<InsurancePayment>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.housing.claim?.pay() == true else { return }
        try tellState(&state, .paid, &effects)
        try effects.set(Tile(.recovery, .done, "Du har betalat tillbaka. Ärendet är klart"))
    }

    /// What the claim followed from was wrong: it never stood, and what was claimed is owed no more.
    static func withdrawClaim(_ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>) throws {
        let wasPaid = state.housing.claim?.stage == .paid
        guard state.housing.claim?.withdraw() == true, let head = state.housing.claimHead else { return }
        state.housing.claimHead = try effects.publish(
            Annulled<InsuranceRecovery>(reasonCode: reason), change: .annulled, previous: head)
        // What has been paid back already is owed, and comes with the next payment.
        if !wasPaid { state.housing.claimed = [] }
        try effects.set(Tile(.recovery, .corrected, "Rättat: du ska inte betala tillbaka något"))
    }

    /// Where other months are overpaid than those that are claimed, the claim is withdrawn, for one anew.
    static func reviseClaim(_ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>) throws {
        guard let claim = state.housing.claim, claim.isOpen || claim.stage == .decided else { return }
        var copy = state.housing
        copy.claimed = []
        let amount = copy.months(to: Month(of: effects.today)).reduce(0) { $0 + copy.overpaid($1) }
        guard amount != claim.amount else { return }
        try withdrawClaim(&state, reason, &effects)
    }

    /// `mars 2026`, `mars 2026 till april 2026`
    private static func period(_ first: Month, _ last: Month) -> String {
        first == last ? text(first) : "\(text(first)) till \(text(last))"
    }
}
