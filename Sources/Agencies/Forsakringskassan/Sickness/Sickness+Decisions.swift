import AgencyKit
import LifeEvents

/// What is decided on an application and at the days of the chain, and what is first put to the insured.
extension ForsakringskassanSickness {
    /// An application is decided, or the ability has been judged.
    static func decide(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        if !state.death.holds, let number = state.period.judging, let ground = finding(number, state, effects.rules) {
            let why =
                ground == .otherWork
                ? "du kan göra annat arbete hos arbetsgivaren" : "du kan göra ett vanligt arbete på arbetsmarknaden"
            return try hear(ground, why, &state, &effects)
        }
        if let claim = state.period.claim {
            guard let span = try grantable(claim, &state, &effects) else { return }
            try grant(span, &state, &effects)
        }
        // What was applied for before the death is decided, and nobody is called.
        guard !state.death.holds else { return state.period.judging = nil }
        try closeJudgment(&state, &effects)
        if state.rehabilitation.stage == .none, state.period.hasPlan != true, state.period.isExpectedLong(effects.rules)
        {
            try summon(&state, &effects)
        }
    }

    /// What an application gives; nil: it is not decided today.
    private static func grantable(
        _ claim: SicknessCase.SickPeriod.Claim, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws -> SicknessCase.SickPeriod.Span? {
        let certificate = certificate(for: claim, state)
        guard let firstDay = state.period.firstDay, certificate != nil || state.period.isFree(claim, effects.rules)
        else {
            try certificateDue(&state, &effects)
            return nil
        }
        guard effects.rules.sicknessDay(yearlyIncome: state.period.yearlyIncome ?? 0, on: firstDay) > 0 else {
            try hear(.noIncome, "din inkomst är för låg", &state, &effects)
            return nil
        }
        let from = max(claim.from, firstPaid(state, from: firstDay, effects.rules))
        let to = min(claim.to, certificate?.to ?? claim.to)
        guard from <= to else {
            try state.period.isOwn
                ? hear(.firstDays, "sjukpenning inte betalas för de dagarna", &state, &effects)
                : hear(.sickPay, "arbetsgivaren betalar sjuklön för de dagarna", &state, &effects)
            return nil
        }
        return .init(from: from, to: to, degree: min(claim.degree, certificate?.degree ?? claim.degree))
    }

    private static func grant(
        _ span: SicknessCase.SickPeriod.Span, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let isFirst = state.period.spans.isEmpty
        // The doctor was asked, and has not answered.
        let isSilent = state.period.stage == .awaitingRegion
        state.period.complement.close()
        state.period.grant(span)
        state.period.claim = nil
        state.period.tellsPayment = true
        try publishDecision(span, &state, &effects)
        state.period.take(.grant)
        setPaymentTimers(state, &effects)
        let review = effects.rules.reviewDeadline(decided: effects.today)
        let degree = degreeWord(span.degree)
        let silent =
            isSilent ? "Läkaren har inte kompletterat intyget, så vi har beslutat på det som finns. " : ""
        let tail = "\(silent)Begär omprövning senast \(SwedishText.day(review))"
        try tell(
            .decided,
            isFirst && !state.death.holds
                ? "Du får \(degree) sjukpenning \(InsuranceRules.period(span.from, span.to)). \(tail). Sjuk längre? Skicka "
                    + "nytt intyg och ansök igen"
                : "Du får \(degree) sjukpenning till \(SwedishText.day(span.to)). \(tail)", reviewBy: review, &effects)
        if state.death.holds {
            // What was applied for to the day of death is decided: nothing goes on.
            state.period.take(.end)
            effects.cancelTimer(.silence)
            effects.cancelTimer(.chain)
        } else if let works = state.period.worksFrom {
            try end(after: works.adding(days: -1), &state, &effects)
        }
    }

    /// Publishes what is granted now: created first, then corrected from the day on which it holds anew.
    static func publishDecision(
        _ span: SicknessCase.SickPeriod.Span, provisional: Bool? = nil, _ state: inout Case,
        _ effects: inout Effects<Timer>
    ) throws {
        let decision = BenefitDecision(
            benefit: .sicknessBenefit, outcome: .granted, from: state.period.spans.first?.from ?? span.from,
            to: span.to, degree: span.degree, provisional: provisional,
            payees: [Payee(person: effects.subject, share: 100)], concerns: told(state))
        // Who is ill again goes on with the same period: its end is taken back.
        try effects.restore(BenefitDecision.self, in: &state.period.chain, reason: "illAgain")
        try effects.publish(
            decision, in: &state.period.chain, occurredOn: state.period.decision == nil ? nil : span.from)
        state.period.decision = decision
    }

    /// What is to be decided against the insured is put to them first (S21).
    static func hear(
        _ ground: SicknessCase.SickPeriod.Ground, _ why: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard state.period.take(.adverse) else { return }
        state.period.ground = ground
        let last = InsuranceRules.lastDay(effects.value(of: SicknessRules.hearing), after: effects.today)
        state.period.answerBy = last
        effects.cancelTimer(.decision)
        effects.cancelTimer(.certificate)
        effects.setTimer(.hearing, at: effects.midnight(after: last))
        let what =
            ground == .overwork
            ? "sänka sjukpenningen och kräva tillbaka det som har betalats för mycket"
            : state.period.spans.isEmpty ? "avslå din ansökan" : "sluta betala sjukpenning"
        try tell(
            .awaitingCitizen,
            "Vi tänker \(what) eftersom \(why). Svara senast \(SwedishText.day(last)). Annars beslutar vi ändå",
            deadline: last, &effects)
    }

    /// The time to be heard is over.
    static func heard(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let ground = state.period.ground else { return }
        guard ground != .overwork else { return try lessen(&state, &effects) }
        let review = effects.rules.reviewDeadline(decided: effects.today)
        let tail = "Begär omprövning senast \(SwedishText.day(review))"
        let why =
            switch ground {
            case .noCertificate: "eftersom läkarintyg saknas"
            case .noIncome:
                "eftersom din inkomst är för låg. Räcker inte pengarna kan du söka ekonomiskt bistånd hos kommunen"
            case .sickPay: "för dagar med sjuklön från arbetsgivaren"
            case .firstDays: "för de första dagarna"
            case .otherWork: "eftersom du kan göra annat arbete hos arbetsgivaren"
            case .market: "eftersom du kan göra ett vanligt arbete på arbetsmarknaden"
            case .overwork: "eftersom du arbetade mer"
            }
        let before = state.period
        guard state.period.spans.isEmpty else {
            let last = min(state.period.lastDay ?? effects.today, effects.today)
            try end(after: last, &state, &effects)
            state.review = .init(before, state.period, ground, before.decision, on: effects.today)
            try tell(
                .decided, "Du får inte sjukpenning efter \(SwedishText.day(last)), \(why). \(tail)", reviewBy: review,
                &effects)
            return ground == .market ? try offerHandover(&state, &effects) : ()
        }
        guard let claim = state.period.claim, state.period.take(.rejection) else { return }
        state.period.claim = nil
        effects.cancelTimer(.chain)
        let decision = BenefitDecision(
            benefit: .sicknessBenefit, outcome: .rejected, from: claim.from, to: claim.to, degree: claim.degree,
            payees: [])
        try effects.publish(decision, in: &state.period.chain)
        state.review = .init(before, state.period, ground, decision, on: effects.today)
        try tell(.decided, "Du får inte sjukpenning \(why). \(tail)", reviewBy: review, &effects)
    }

    /// `hel`, `halv`
    static func degreeWord(_ degree: Int) -> String {
        switch degree {
        case 25: "en fjärdedels"
        case 50: "halv"
        case 75: "tre fjärdedels"
        default: "hel"
        }
    }
}
