import AgencyKit
import LifeEvents

/// An application for sickness benefit, what is asked for it, and what is answered.
extension ForsakringskassanSickness {
    var applications: [River<Self>] {
        [
            River(
                "take an application for sickness benefit", hears: BenefitApplication.self,
                under: [SicknessRules.deciding.legal, SicknessRules.extending.legal, SicknessRules.degrees],
                mine: [
                    Self.isAlive(BenefitApplication.self),
                    Condition("is for sickness benefit") { _, event in event.data.benefit == .sicknessBenefit },
                    Condition("comes where none is looked at") { state, _ in
                        state.period.stage.after(.application) != nil || !state.period.isOpen
                    },
                    Condition("is not of days that are granted so") { state, event in
                        !state.period.spans.contains {
                            $0.from == event.data.from && $0.to == event.data.to && $0.degree == event.data.degree
                        }
                    },
                ],
                whole: [
                    Condition("is filed by who is ill") { state, event in
                        Self.mayFile(event.data.filedBy, state, for: event.subject)
                    },
                    Condition("says until when, and a degree that there is") { _, event in
                        event.data.to.map { event.data.from <= $0 } == true
                            && [25, 50, 75, 100].contains(event.data.degree)
                    },
                ], handle: Self.takeApplication)
        ]
    }

    var answers: [River<Self>] {
        [
            River(
                "hear what was earned", hears: TaxIncomeAnswer.self,
                under: [SicknessRules.incomeMonths.legal, SicknessRules.incomeFrame.legal],
                handle: Self.takeIncome),
            River(
                "hear of an employer's plan", hears: ReturnPlanAnswer.self, under: [ChainRules.plan.legal],
                mine: [
                    Condition("is a plan of who employs") { state, event in
                        state.period.employer == event.data.employer
                    }
                ],
                handle: { state, event, effects in
                    guard case .complete = state.period.plan.take(event), let signer = event.data.signedBy else {
                        return
                    }
                    try Self.ask(
                        .plan(event.data), of: signer, for: event.data.employer, .rehabilitation, &state, &effects)
                }),
            River(
                "hear of other work", hears: RedeploymentAnswer.self, under: [ChainRules.ownWork.legal],
                mine: [
                    Condition("is an answer of who employs") { state, event in
                        state.period.employer == event.data.employer
                    }
                ],
                handle: { state, event, effects in
                    guard case .complete = state.period.redeployment.take(event), let signer = event.data.signedBy
                    else { return }
                    try Self.ask(
                        .redeployment(event.data), of: signer, for: event.data.employer, .rehabilitation, &state,
                        &effects)
                }),
        ]
    }

    private static func takeApplication(
        _ state: inout Case, _ event: Event<BenefitApplication>, _ effects: inout Effects<Timer>
    ) throws {
        guard let to = event.data.to, let degree = event.data.degree else { return }
        reopen(&state, from: event.data.from, effects.rules)
        guard state.period.take(.application) else { return }
        let sickPay = effects.value(of: SicknessRules.sickPay)
        state.period.firstDay = state.period.firstDay ?? event.data.from.adding(days: -sickPay)
        let day = decisionDay(state, effects)
        state.period.claim = .init(
            from: event.data.from, to: to, degree: degree, filedOn: event.knownOn, decidesOn: day)
        effects.cancelTimer(.lapse)
        effects.cancelTimer(.silence)
        effects.setTimer(.decision, at: Stockholm.instant(day, hour: 8))
        // Who reports illness sends a certificate on the day from which one is needed.
        let needed = state.period.freeDays(effects.rules).map { $0.adding(days: 1) } ?? effects.today
        effects.setTimer(.certificate, at: InsuranceRules.morning(1, after: max(needed, effects.today)))
        let by = effects.needDay(before: day)
        if state.period.yearlyIncome == nil {
            try askIncome(&state, months: effects.value(of: SicknessRules.incomeMonths), by, &effects)
        }
        try askPlan(&state, by, &effects)
        setChainTimer(state, &effects)
        if state.period.isBusiness, state.period.yearlyIncome == nil {
            return try tell(
                .awaitingAgency,
                "Din ansökan har kommit in. Vi har bett Skatteverket om inkomsten av din firma. Beslut väntas "
                    + SwedishText.day(day), expected: day, other: AgencyID(.skatteverket), &effects)
        }
        guard state.period.employer != nil || state.period.isOwn else {
            return try tell(
                .awaitingAgency, "Din ansökan har kommit in. Vi väntar på att arbetsgivaren anmäler att du är sjuk",
                other: AgencyID(.arbetsgivare), &effects)
        }
        try tellReceived(day, &effects)
    }

    private static func askIncome(
        _ state: inout Case, months: Int, _ by: Day, _ effects: inout Effects<Timer>
    ) throws {
        guard let month = state.period.incomeMonth else { return }
        state.period.incomeMonths = months
        try effects.ask(
            InsuranceIncomeNeed(
                caseRef: state.period.caseRef, facts: ["months"], asked: [AgencyID(.skatteverket)], by: by,
                from: month.adding(months: -months).firstDay, to: month.adding(months: -1).lastDay),
            for: SicknessRules.purpose, in: &state.period.income)
    }

    /// Asks the employer for a plan, where the illness is expected to last (S29).
    static func askPlan(_ state: inout Case, _ by: Day, _ effects: inout Effects<Timer>) throws {
        guard let employer = state.period.employer, state.period.plan.caseRef == nil,
            let last = state.period.lastClaimed, let number = state.period.number(of: last),
            number >= effects.value(of: ChainRules.plan)
        else { return }
        try effects.ask(
            ReturnPlanNeed(
                caseRef: state.period.caseRef, facts: ["planExists", "madeOn"], asked: [AgencyID(.arbetsgivare)],
                by: by, employer: employer), for: SicknessRules.rehabilitation, in: &state.period.plan)
    }

    private static func takeIncome(
        _ state: inout Case, _ event: Event<TaxIncomeAnswer>, _ effects: inout Effects<Timer>
    ) throws {
        guard case .complete = state.period.income.take(event), event.data.status == .answered else { return }
        let sum = (event.data.months ?? []).reduce(0) { $0 + $1.income }
        let frame = effects.value(of: SicknessRules.incomeFrame)
        if sum == 0, state.period.incomeMonths < frame, let claim = state.period.claim {
            // No income in the last months: the whole frame is asked for.
            return try askIncome(&state, months: frame, effects.needDay(before: claim.decidesOn), &effects)
        }
        state.period.yearlyIncome = sum * 12 / state.period.incomeMonths
        if state.period.isBusiness, let claim = state.period.claim { try tellReceived(claim.decidesOn, &effects) }
    }

    /// A certificate is looked for; then it has been waited for in vain.
    static func certificateDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let claim = state.period.claim, certificate(for: claim, state) == nil,
            !state.period.isFree(claim, effects.rules)
        else { return }
        guard state.period.take(.certificateMissing) else {
            return try hear(.noCertificate, "du inte har skickat läkarintyg", &state, &effects)
        }
        let last = InsuranceRules.lastDay(effects.value(of: SicknessRules.certificate), after: claim.filedOn)
        effects.cancelTimer(.decision)
        effects.setTimer(.certificate, at: effects.midnight(after: last))
        try tell(
            .awaitingCitizen,
            "Skicka läkarintyg senast \(SwedishText.day(last)). Annars kan du inte få sjukpenning", deadline: last,
            &effects)
    }

    /// The certificate that covers the first day of an application; the last one, where there are several.
    static func certificate(for claim: SicknessCase.SickPeriod.Claim, _ state: Case) -> SicknessCase.SickPeriod
        .Certificate?
    {
        state.period.certificates.last { $0.from <= claim.from && claim.from <= $0.to }
    }
}
