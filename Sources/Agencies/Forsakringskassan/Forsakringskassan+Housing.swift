import AgencyKit
import LifeEvents

extension Forsakringskassan {
    /// Housing allowance (bostadsbidrag): what held before, a move, an application, a new rent.
    var housingAllowance: [River<Self>] {
        [
            River(
                "adopt the basis of a housing allowance", hears: BenefitBasis.self,
                mine: [
                    Self.isAlive(BenefitBasis.self),
                    Condition("has no basis yet") { state, _ in
                        state.housing.basis == nil && state.housing.grants.allSatisfy { $0.basis == nil }
                    },
                ], handle: Self.adoptBasis),
            River(
                "reckon with the income that was taxed", hears: BenefitBasis.self,
                mine: [
                    Self.isAlive(BenefitBasis.self),
                    Condition("has paid by another income") { state, event in
                        Self.isReckoned(state.housing, event)
                    },
                ], handle: Self.reckon),
            River(
                "end at a move", hears: Move.self,
                mine: [
                    Self.isAlive(Move.self),
                    Condition("has housing allowance, or a case of it") { state, _ in state.housing.isOpen },
                    Condition("is a new move, not one we know") { $0.housing.isNewMove($1) },
                ], handle: Self.endAtMove),
            River(
                "follow a corrected move", hears: Move.self,
                mine: [
                    Self.isAlive(Move.self),
                    Condition("corrects a move we know") { $0.housing.correctsMove($1) },
                ], handle: Self.correctMove),
            River(
                "go back when nobody moved", hears: Annulled<Move>.self,
                mine: [
                    Self.isAlive(Annulled<Move>.self),
                    Condition("is a move we know") { $0.housing.annulsMove($1) },
                ], handle: Self.annulMove),
            River(
                "investigate housing allowance", hears: BenefitApplication.self,
                mine: [
                    Condition("is for housing allowance") { _, event in event.data.benefit == .housingAllowance },
                    Condition("is not the application we have") { state, event in
                        state.housing.application.map { $0.basis != Self.basis(of: event.data) } ?? true
                    },
                ],
                whole: [
                    // The dead get nothing, whether or not something was open when they died.
                    Self.isAlive(BenefitApplication.self),
                    Condition("is filed by the insured") { _, event in event.data.filedBy == event.subject },
                    Condition("says rent, income and children") { _, event in Self.basis(of: event.data) != nil },
                    Condition("names each child") { _, event in
                        (event.data.family ?? []).count == event.data.children ?? 0
                    },
                ], handle: Self.applyForHousing),
            River(
                "investigate a new rent", hears: HousingChange.self, under: [HousingRules.told],
                mine: [
                    Self.isAlive(HousingChange.self),
                    Condition("has an allowance whose amounts are known") { state, _ in
                        state.housing.stage == .paying && state.housing.grants.last?.basis != nil
                    },
                ],
                whole: [Condition("is filed by the insured") { _, event in event.data.filedBy == event.subject }],
                handle: Self.changeRent),
        ]
    }

    static func basis(of data: BenefitApplication) -> Case.HousingAllowance.Basis? {
        guard let rent = data.monthlyRent, let income = data.yearlyIncome, let children = data.children else {
            return nil
        }
        return .init(rent: rent, income: income, children: children, family: data.family ?? [])
    }

    /// Amounts of a decision that held before the run are known where its basis is; only then is it paid here.
    static func adoptHousing(
        _ state: inout Case, _ event: Event<BenefitDecision>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.housing.take(.adopted) else { return }
        state.housing.grants.append(
            .init(
                chain: ChainHead(event), from: event.data.from, to: event.data.to, basis: state.housing.basis,
                amount: state.housing.basis.flatMap { effects.housingAllowance($0, in: Month(of: effects.today)) }))
        try beginPaying(&state, &effects)
    }

    private static func adoptBasis(
        _ state: inout Case, _ event: Event<BenefitBasis>, _ effects: inout Effects<Timer>
    ) throws {
        let data = event.data
        let basis = Case.HousingAllowance.Basis(
            rent: data.monthlyRent, income: data.yearlyIncome, children: data.children, family: data.family ?? [],
            amount: data.amount)
        state.housing.basis = basis
        try ask(for: basis.family, &state, &effects)
        for place in state.housing.grants.indices {
            state.housing.grants[place].basis = basis
            state.housing.grants[place].amount = effects.housingAllowance(basis, in: Month(of: effects.today))
        }
        try beginPaying(&state, &effects)
    }

    /// The first payout day from now on, once both the decision and its basis are known.
    private static func beginPaying(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let grant = state.housing.grants.last, grant.basis != nil else { return }
        var month = Month(of: max(grant.from, effects.today))
        if effects.housingPayday(of: month) < effects.today { month = month.next }
        state.housing.payFrom = state.housing.payFrom ?? month
        state.housing.payNext = month
        let payday = effects.housingPayday(of: month)
        if let amount = grant.amount {
            state.housing.announced = payday
            try effects.set(
                Tile(
                    .housingAllowance, .ongoing,
                    "Bostadsbidrag \(InsuranceRules.kronor(amount)) i månaden. "
                        + "Nästa utbetalning den \(SwedishText.day(payday))", next: payday))
        } else {
            try effects.set(Tile(.housingAllowance, .ongoing, "Bostadsbidrag betalas ut"))
        }
        setHousingTimers(state, &effects)
    }

    /// A state of the case has lasted its time.
    static func housingDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch state.housing.stage {
        case .needsApplication: try lapse(&state, &effects)
        case .investigating: try decideHousing(&state, &effects)
        case .paying: if try !reckonWithoutChildren(&state, &effects) { try remindOrEnd(&state, &effects) }
        case .none, .ended: break
        }
        setHousingTimers(state, &effects)
    }

    /// When the stage is left: the last day to apply, the decision, the reminder of the end, the end.
    private static func housingActs(_ state: Case, _ effects: Effects<Timer>) -> Instant? {
        let housing = state.housing
        return switch housing.stage {
        case .needsApplication: housing.applyBy.map { Stockholm.instant($0.adding(days: 1)) }
        case .investigating: housing.application.map { Stockholm.instant($0.decidesOn, hour: 8) }
        case .paying:
            [
                housing.grants.last.flatMap { grant in
                    grant.last.map {
                        grant.isReminded
                            ? Stockholm.instant($0.adding(days: 1))
                            : Stockholm.instant(
                                Month(of: $0).adding(months: 1 - effects.value(of: HousingRules.reminder)).firstDay,
                                hour: 8)
                    }
                },
                firstMonthWithout(state, effects).map { Stockholm.instant($0.firstDay) },
            ].compactMap(\.self).min()
        case .none, .ended: nil
        }
    }

    static func setHousingTimers(_ state: Case, _ effects: inout Effects<Timer>) {
        let housing = state.housing
        var payday: Instant?
        let next = housing.payNext.map { payMonth($0, effects) }
        if let next, housing.months(to: next).contains(where: { housing.owed($0) > 0 }) {
            payday = Stockholm.instant(effects.housingPayday(of: next))
        } else if let next, let grant = housing.grants.last, grant.from > next.firstDay,
            (housing.entitled(Month(of: grant.from)) ?? 0) > 0
        {
            payday = Stockholm.instant(effects.housingPayday(of: Month(of: grant.from)))
        }
        let claim = housing.claims.filter(\.recovery.isOpen).map(\.recovery.decidesOn).min()
            .map { Stockholm.instant($0, hour: 8) }
        for (timer, instant) in [
            (Timer.housing, housingActs(state, effects)), (.housingPayment, payday), (.recovery, claim),
        ] {
            // Of the dead the month of the death is paid, and what was paid too long is claimed.
            if let instant, timer != .housing || !state.death.holds {
                effects.setTimer(timer, at: instant)
            } else {
                effects.cancelTimer(timer)
            }
        }
    }

    static func status(
        of housing: Case.HousingAllowance, _ caseState: CaseState, expected: Day? = nil, reason: CaseReason? = nil
    ) -> InsuranceCaseStatus {
        InsuranceCaseStatus(
            caseRef: housing.caseRef, benefit: .housingAllowance, expectedDate: expected, reason: reason,
            state: caseState)
    }

    static func decision(_ grant: Case.HousingAllowance.Grant, for insured: Subject) -> BenefitDecision {
        BenefitDecision(
            benefit: .housingAllowance, outcome: .granted, from: grant.from, to: grant.last,
            payees: [Payee(person: insured, share: 100)])
    }
}
