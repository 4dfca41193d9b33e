import AgencyKit
import LifeEvents

extension Forsakringskassan {
    /// Housing allowance (bostadsbidrag): a move asks for the rent, and the rent for a decision.
    var housingAllowance: [River<Self>] {
        [
            River(
                "ask for the new rent", hears: Move.self,
                mine: [
                    Self.isAlive(Move.self),
                    Condition("has housing allowance") { state, _ in state.housing != nil },
                    Condition("is a new move") { _, event in event.isNew },
                    Condition("is not a move we know") { $0.housing?.move.head?.value != $1.occurredOn },
                ], handle: Self.askForRent),
            River(
                "recompute after a corrected move", hears: Move.self,
                mine: [
                    Self.isAlive(Move.self),
                    Condition("corrects the move we know") { state, event in event.corrects(state.housing?.move) },
                ], handle: Self.recomputeMove),
            River(
                "go back when nobody moved", hears: Annulled<Move>.self,
                mine: [
                    Self.isAlive(Annulled<Move>.self),
                    Condition("is the move we know") { state, event in event.annuls(state.housing?.move) },
                ], handle: Self.annulMove),
            River(
                "take the new rent", hears: BenefitCompletion.self,
                mine: [
                    Self.isAlive(BenefitCompletion.self),
                    Condition("is for housing allowance") { _, event in event.data.benefit == .housingAllowance },
                    Condition("was asked for") { state, _ in state.housing?.state.after(.rent) != nil },
                ],
                whole: [Condition("says the rent") { _, event in event.data.monthlyRent != nil }],
                handle: Self.takeRent),
        ]
    }

    private static func askForRent(_ state: inout Case, _ event: Event<Move>, _ effects: inout Effects<Timer>) throws {
        guard var housing = state.housing, housing.take(.move) else { return }
        let last = InsuranceRules.lastDay(InsuranceRules.rentDays, after: effects.today)
        let suspension = InsuranceRules.lastDay(InsuranceRules.suspensionDays, after: effects.today)
        housing.move.adopt(event, event.occurredOn)
        housing.effective = event.data.effectiveDate
        housing.former = nil
        housing.openedOn = effects.today
        housing.actsOn = Stockholm.instant(suspension.adding(days: 1))
        state.housing = housing
        setTimers(state, &effects)
        try effects.publish(status(of: housing, .awaitingCitizen, expected: last))
        try effects.set(
            Tile(
                .housingAllowance, .awaitingCitizen,
                "Lämna din nya hyra senast \(SwedishText.shortDay(last)). Annars kan bidraget pausas", deadline: last))
    }

    private static func takeRent(
        _ state: inout Case, _ event: Event<BenefitCompletion>, _ effects: inout Effects<Timer>
    ) throws {
        guard var housing = state.housing, housing.take(.rent) else { return }
        let decision = InsuranceRules.morning(InsuranceRules.housingHandlingDays, after: effects.today)
        let answer = Stockholm.day(of: decision)
        housing.actsOn = decision
        state.housing = housing
        setTimers(state, &effects)
        try effects.publish(status(of: housing, .investigating, expected: answer))
        try effects.set(
            Tile(
                .housingAllowance, .investigating, "Hyran har kommit in. Besked väntas \(SwedishText.shortDay(answer))",
                expected: answer))
    }

    /// A state has lasted its time: the rent did not come, the case is ready, the new amount is paid.
    static func housingDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard var housing = state.housing, housing.take(.timeout) else { return }
        switch housing.state {
        case .suspended:
            try effects.publish(status(of: housing, .suspended))
            try effects.set(Tile(.housingAllowance, .awaitingCitizen, "Bostadsbidraget är pausat. Lämna din nya hyra"))
        case .decided:
            try decide(&housing, &effects)
            try effects.publish(status(of: housing, .decided))
            let review = InsuranceRules.reviewDeadline(decided: effects.today)
            let month = SwedishText.month(Month(of: housing.from))
            try effects.set(
                Tile(
                    .housingAllowance, .decided,
                    "Nytt belopp från \(month). Omprövning senast \(SwedishText.shortDay(review))", reviewBy: review))
        case .paying, .needsRent, .investigating:
            try effects.set(Tile(.housingAllowance, .ongoing, "Bostadsbidrag betalas ut med nya beloppet"))
        }
        state.housing = housing
        setTimers(state, &effects)
    }

    /// The new amount holds from the month after the registration; nothing is reclaimed for the time before.
    private static func decide(_ housing: inout Case.HousingAllowance, _ effects: inout Effects<Timer>) throws {
        let effective = housing.effective ?? effects.today
        housing.former = housing.former ?? .init(chain: housing.chain, from: housing.from)
        housing.from = InsuranceRules.monthAfter(effective)
        try effects.publish(housing.decision(for: effects.subject), in: &housing.chain, occurredOn: effective)
        housing.actsOn = InsuranceRules.payment(decided: effects.today, from: housing.from)
    }

    private static func recomputeMove(
        _ state: inout Case, _ event: Event<Move>, _ effects: inout Effects<Timer>
    ) throws {
        guard var housing = state.housing else { return }
        try housing.move.take(event, event.occurredOn)
        housing.effective = event.data.effectiveDate
        let isDecided = housing.former != nil
        if isDecided, housing.from != InsuranceRules.monthAfter(event.data.effectiveDate) {
            let waits = housing.actsOn
            try decide(&housing, &effects)
            if waits == nil { housing.actsOn = nil }
            try effects.set(
                Tile(
                    .housingAllowance, .corrected,
                    "Rättat: nytt belopp från \(SwedishText.month(Month(of: housing.from)))"))
        }
        state.housing = housing
        setTimers(state, &effects)
    }

    private static func annulMove(
        _ state: inout Case, _ event: Event<Annulled<Move>>, _ effects: inout Effects<Timer>
    ) throws {
        guard var housing = state.housing else { return }
        let wasOpen = housing.state.caseState != nil
        guard housing.take(.moveAnnulled) else { return }
        if let former = housing.former {
            // Only the decision after the move is annulled: the one before it holds again, unlike in other chains.
            try effects.annul(BenefitDecision.self, in: &housing.chain, reason: event.data.reasonCode)
            housing.chain = former.chain
            housing.from = former.from
        }
        if wasOpen { try effects.publish(status(of: housing, .closed)) }
        housing.former = nil
        try housing.move.take(event)
        housing.effective = nil
        state.housing = housing
        setTimers(state, &effects)
        try effects.set(
            Tile(.housingAllowance, .corrected, "Rättat: flytten gäller inte. Bostadsbidrag betalas ut som förut"))
    }

    static func status(
        of housing: Case.HousingAllowance, _ caseState: CaseState, expected: Day? = nil, reason: CaseReason? = nil
    ) -> InsuranceCaseStatus {
        InsuranceCaseStatus(
            caseRef: housing.caseRef, benefit: .housingAllowance, expectedDate: expected, reason: reason,
            state: caseState)
    }
}
