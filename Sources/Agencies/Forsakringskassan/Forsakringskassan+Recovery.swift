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
                        state.housing.claims.contains {
                            $0.recovery.caseRef == event.data.caseRef && $0.recovery.stage == .considered
                        }
                    }
                ],
                whole: [
                    Condition("is filed by the insured, or for the estate of one who is dead") { state, event in
                        event.data.filedBy == event.subject
                            || state.estateProof.mayAct(event.data.filedBy, on: event.knownOn)
                    }
                ],
                handle: Self.takeStatement),
            River(
                "follow a claim that is waived", hears: InsuranceRecovery.self,
                mine: [
                    Condition("waives the claim we hold") { state, event in
                        event.data.state == .waived
                            && state.housing.claims.contains { $0.isLive && $0.head != event.id }
                    }
                ], handle: Self.waive),
            River(
                "close a claim that is paid", hears: InsurancePayment.self,
                mine: [
                    Condition("pays the claim we hold") { state, event in
                        event.data.kind == .reclaimed && event.data.benefit == .housingAllowance
                            && state.housing.claims.contains {
                                $0.recovery.stage == .decided && $0.recovery.amount == event.data.amount
                            }
                    }
                ], handle: Self.closeClaim),
        ]
            + EstateProof.rivers(Self.self) {
                InsuranceDeathProofNeed(
                    caseRef: EstateProof.caseRef($0), facts: ["deathDate", "mayAct"], asked: [AgencyID(.skatteverket)],
                    tokenRef: $0)
            }
    }

    /// Claims what was paid too much for the months until now, if anything was.
    /// - Parameter why: how the sentence ends that begins with what was paid.
    /// - Parameter ground: what it follows from; nil: the last move.
    static func considerClaim(
        _ state: inout Case, _ why: String, ground: Case.HousingAllowance.Claim.Ground? = nil,
        _ effects: inout Effects<Timer>
    ) throws {
        let months = state.housing.months(to: Month(of: effects.today)).filter { state.housing.overpaid($0) > 0 }
        guard let first = months.first, let last = months.last else { return }
        let claim = try claim(months, ground ?? .move(state.housing.moves), &state, &effects)
        try tellConsidered(
            claim, "Du fick \(InsuranceRules.kronor(claim.amount)) för \(period(first, last)) \(why)", &effects)
    }

    /// Housing allowance that was paid after the month of the death is claimed from the estate (D25).
    static func claimAfterDeath(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let months = state.housing.months(to: Month(of: effects.today)).filter { state.housing.overpaid($0) > 0 }
        guard !months.isEmpty else { return }
        let claim = try claim(months, .death, &state, &effects)
        try effects.set(
            Tile(
                .recovery, .awaitingCitizen,
                "Försäkringskassan har betalat \(InsuranceRules.kronor(claim.amount)) för mycket efter dödsfallet. Svara "
                    + "senast den \(SwedishText.day(claim.answerBy))", deadline: claim.answerBy))
    }

    /// The months of the year before, which are reckoned with the income that was taxed.
    private static func taxedMonths(of housing: Case.HousingAllowance, toldOn day: Day) -> [Month] {
        housing.months(to: Month(of: day)).filter { $0.year == day.year - 1 }
    }

    /// Whether an income is another than the one by which the year before was paid.
    static func isReckoned(_ housing: Case.HousingAllowance, _ event: Event<BenefitBasis>) -> Bool {
        taxedMonths(of: housing, toldOn: event.knownOn).contains { month in
            guard let grant = housing.grants.last(where: { $0.covers(month) }), let basis = grant.basis else {
                return false
            }
            let income = grant.taxed.first { $0.year == month.year }?.income ?? basis.income
            return income != event.data.yearlyIncome
        }
    }

    /// The income that was taxed is another than the one decided on (slutlig avräkning): the months of that year anew.
    /// What was decided for the years after is as it was.
    static func reckon(_ state: inout Case, _ event: Event<BenefitBasis>, _ effects: inout Effects<Timer>) throws {
        let year = taxedMonths(of: state.housing, toldOn: event.knownOn)
        for place in state.housing.grants.indices {
            guard var basis = state.housing.grants[place].basis,
                let first = year.first(where: { state.housing.grants[place].covers($0) })
            else { continue }
            basis.income = event.data.yearlyIncome
            state.housing.grants[place].taxed.removeAll { $0.year == first.year }
            state.housing.grants[place].taxed.append(
                .init(year: first.year, income: basis.income, amount: effects.housingAllowance(basis, in: first)))
        }
        let months = year.filter { state.housing.overpaid($0) > 0 }
        if let first = months.first, let last = months.last {
            let claim = try claim(months, .income, &state, &effects)
            try tellConsidered(
                claim,
                "Du fick \(InsuranceRules.kronor(claim.amount)) för mycket för \(period(first, last)): inkomsten blev "
                    + "högre. ", &effects)
        }
        setHousingTimers(state, &effects)
    }

    private static func claim(
        _ months: [Month], _ ground: Case.HousingAllowance.Claim.Ground, _ state: inout Case,
        _ effects: inout Effects<Timer>
    ) throws -> Recovery {
        let sums = months.map { Case.HousingAllowance.Sum(month: $0, amount: state.housing.overpaid($0)) }
        for sum in sums { state.housing.noteClaimed(sum.amount, sum.month) }
        let recovery = Recovery(
            of: sums.reduce(0) { $0 + $1.amount }, from: months.first?.firstDay ?? effects.today,
            to: months.last?.lastDay ?? effects.today, on: effects.today, effects.recoveryTerms)
        var claim = Case.HousingAllowance.Claim(recovery: recovery, ground: ground, sums: sums)
        try tell(.considered, &claim, &effects)
        state.housing.claims.append(claim)
        return recovery
    }

    private static func tellConsidered(_ claim: Recovery, _ why: String, _ effects: inout Effects<Timer>) throws {
        try effects.set(
            Tile(
                .recovery, .awaitingCitizen,
                why + "Håller du inte med, svara senast den \(SwedishText.day(claim.answerBy)). "
                    + "Annars beslutar vi om återbetalning", deadline: claim.answerBy))
    }

    private static func tell(
        _ told: RecoveryState, _ claim: inout Case.HousingAllowance.Claim, _ effects: inout Effects<Timer>
    ) throws {
        claim.head = try effects.publish(
            InsuranceRecovery(
                benefit: .housingAllowance, state: told, amount: claim.recovery.amount, from: claim.recovery.from,
                to: claim.recovery.to, payBy: claim.recovery.payBy))
    }

    private static func takeStatement(
        _ state: inout Case, _ event: Event<InsuranceStatement>, _ effects: inout Effects<Timer>
    ) throws {
        guard
            let place = state.housing.claims.firstIndex(where: {
                $0.recovery.caseRef == event.data.caseRef && $0.recovery.stage == .considered
            }), state.housing.claims[place].recovery.answer(agrees: event.data.agrees, on: event.knownOn)
        else { return }
        let claim = state.housing.claims[place].recovery
        setHousingTimers(state, &effects)
        try effects.set(
            Tile(
                .recovery, .investigating,
                "Vi har ditt svar. Beslut den \(SwedishText.day(claim.decidesOn))", expected: claim.decidesOn))
    }

    /// Decides the claims whose day it is.
    static func decideRecovery(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        for place in state.housing.claims.indices
        where state.housing.claims[place].recovery.isOpen
            && state.housing.claims[place].recovery.decidesOn <= effects.today
        {
            guard state.housing.claims[place].recovery.decide(on: effects.today, effects.recoveryTerms) else {
                continue
            }
            try tell(.decided, &state.housing.claims[place], &effects)
            try tellDecided(state.housing.claims[place], &effects)
        }
        setHousingTimers(state, &effects)
    }

    private static func tellDecided(
        _ claim: Case.HousingAllowance.Claim, _ effects: inout Effects<Timer>
    ) throws {
        guard let payBy = claim.recovery.payBy else { return }
        let amount = InsuranceRules.kronor(claim.recovery.amount)
        let review = effects.rules.reviewDeadline(decided: effects.today)
        guard claim.ground != .death else {
            return try effects.set(
                Tile(
                    .recovery, .decided,
                    "Dödsboet ska betala tillbaka \(amount) senast den "
                        + "\(SwedishText.day(payBy)). Begär omprövning senast den \(SwedishText.day(review))",
                    reviewBy: review))
        }
        try effects.set(
            Tile(
                .recovery, .decided,
                "Betala tillbaka \(amount) för "
                    + "\(period(Month(of: claim.recovery.from), Month(of: claim.recovery.to))) senast den "
                    + "\(SwedishText.day(payBy)). Kan du inte betala, be om en plan. "
                    + "Begär omprövning senast den \(SwedishText.day(review))", reviewBy: review))
    }

    private static func waive(
        _ state: inout Case, _ event: Event<InsuranceRecovery>, _ effects: inout Effects<Timer>
    ) throws {
        // The one that is named; where none is named as it is, the last.
        let live = state.housing.claims.indices.filter { state.housing.claims[$0].isLive }
        let named = live.first {
            let claim = state.housing.claims[$0].recovery
            return claim.amount == event.data.amount && claim.from == event.data.from && claim.to == event.data.to
        }
        guard let place = named ?? live.last, state.housing.claims[place].recovery.waive() else { return }
        state.housing.claims[place].head = event.id
        setHousingTimers(state, &effects)
        try effects.set(Tile(.recovery, .done, "Du behöver inte betala tillbaka"))
    }

    private static func closeClaim(
        _ state: inout Case, _ event: Event<InsurancePayment>, _ effects: inout Effects<Timer>
    ) throws {
        guard
            let place = state.housing.claims.firstIndex(where: {
                $0.recovery.stage == .decided && $0.recovery.amount == event.data.amount
            }), state.housing.claims[place].recovery.pay()
        else { return }
        try tell(.paid, &state.housing.claims[place], &effects)
        try effects.set(Tile(.recovery, .done, "Du har betalat tillbaka. Ärendet är klart"))
    }

    /// What claims followed from was wrong: they never stood, and what was claimed is owed no more.
    static func withdrawClaims(
        _ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>,
        where isWrong: (Case.HousingAllowance.Claim) -> Bool
    ) throws {
        for place in state.housing.claims.indices where isWrong(state.housing.claims[place]) {
            let wasPaid = state.housing.claims[place].recovery.stage == .paid
            guard state.housing.claims[place].recovery.withdraw(), let head = state.housing.claims[place].head else {
                continue
            }
            state.housing.claims[place].head = try effects.publish(
                Annulled<InsuranceRecovery>(reasonCode: reason), change: .annulled, previous: head)
            // What has been paid back already is owed, and comes with the next payment.
            if !wasPaid { state.housing.takeBackClaimed(state.housing.claims[place].sums) }
            try effects.set(Tile(.recovery, .corrected, "Rättat: du ska inte betala tillbaka något"))
        }
    }

    /// Where other months are overpaid than those that were claimed for moves, those claims are withdrawn, for one anew.
    static func reviseClaims(_ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>) throws {
        let claims = state.housing.claims.filter(\.isOfMove)
        guard !claims.isEmpty else { return }
        var copy = state.housing
        for claim in claims { copy.takeBackClaimed(claim.sums) }
        let amount = copy.months(to: Month(of: effects.today)).reduce(0) { $0 + copy.overpaid($1) }
        guard amount != claims.reduce(0, { $0 + $1.recovery.amount }) else { return }
        try withdrawClaims(&state, reason, &effects, where: \.isOfMove)
    }

    /// `mars 2026`, `mars 2026 till april 2026`
    private static func period(_ first: Month, _ last: Month) -> String {
        first == last ? text(first) : "\(text(first)) till \(text(last))"
    }
}
