import AgencyKit
import LifeEvents

/// What ends a sick period: work, silence, death.
extension ForsakringskassanSickness {
    var endings: [River<Self>] {
        [
            River(
                "end or lessen when the insured works again", hears: BackToWork.self, under: [SicknessRules.degrees],
                mine: [
                    Self.isAlive(BackToWork.self),
                    Condition("is granted days from then on, or has applied for them") { state, event in
                        state.period.isOpen
                            && state.period.lastClaimed.map { event.data.from <= $0.adding(days: 1) } == true
                    },
                ],
                whole: [
                    Condition("is filed by who is ill") { state, event in
                        Self.mayFile(event.data.filedBy, state, for: event.subject)
                    },
                    Condition("says a degree that there is, if any") { _, event in
                        event.data.degree.map { [25, 50, 75].contains($0) } ?? true
                    },
                ], handle: Self.takeWork),
            River(
                "end a sick period at death", hears: Death.self, under: [SicknessRules.afterDeath],
                handle: { state, event, effects in
                    switch try state.death.take(event, event.data.deathDate) {
                    case .became(let death): try Self.stop(&state, on: death.value, &effects)
                    case .annulled: try Self.resume(&state, &effects)
                    case .ended, .restored, .collapsed, .superseded, .awaitsPredecessor, .repeated, .notOfChain: break
                    }
                }),
            River(
                "go on with a sick period of who lives", hears: Annulled<Death>.self,
                handle: { state, event, effects in
                    guard case .annulled = try state.death.take(event) else { return }
                    try Self.resume(&state, &effects)
                }),
            River(
                "follow an end of benefit by death", hears: BenefitDecision.self,
                mine: [
                    Condition("ends what we have granted") { state, event in event.ceases(state.period.chain) }
                ], handle: { state, event, _ in try state.period.chain.take(event) }),
            River(
                "follow that benefit did not end by death", hears: Annulled<BenefitDecision>.self,
                mine: [
                    Condition("annuls the end of what we have granted") { state, event in
                        event.annuls(state.period.chain)
                    }
                ], handle: { state, event, _ in try state.period.chain.take(event) }),
        ]
    }

    private static func takeWork(
        _ state: inout Case, _ event: Event<BackToWork>, _ effects: inout Effects<Timer>
    ) throws {
        let last = event.data.from.adding(days: -1)
        guard let degree = event.data.degree else {
            guard !state.period.spans.isEmpty else {
                state.period.worksFrom = event.data.from
                return
            }
            return try end(after: last, &state, &effects)
        }
        guard let to = state.period.lastDay, event.data.from <= to else {
            state.period.claim?.degree = degree
            return
        }
        let span = SicknessCase.SickPeriod.Span(from: event.data.from, to: to, degree: degree)
        state.period.grant(span)
        try publishDecision(span, &state, &effects)
        state.period.tellsPayment = true
        let review = effects.rules.reviewDeadline(decided: effects.today)
        try tell(
            .decided,
            "Du får \(degreeWord(degree)) sjukpenning från \(SwedishText.day(span.from)) till \(SwedishText.day(to)). "
                + "Begär omprövning senast \(SwedishText.day(review))", reviewBy: review, &effects)
    }

    /// Nothing has been heard since the last day.
    static func endInSilence(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.period.claim == nil, let last = state.period.lastDay else { return }
        try end(after: last, &state, &effects)
    }

    /// The period ends with a day.
    static func end(after day: Day, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard var decision = state.period.decision, state.period.take(.end) else { return }
        state.period.end(after: day)
        state.period.claim = nil
        state.period.worksFrom = nil
        decision.to = day
        decision.degree = state.period.spans.last?.degree ?? decision.degree
        decision.provisional = nil
        try effects.cease(decision, in: &state.period.chain, occurredOn: day)
        stopTimers(&effects)
        let paid = state.period.paid.reduce(0) { $0 + $1.amount }
        let ends = "Sjukpenningen slutar efter \(SwedishText.day(day))"
        if state.period.due(to: day, effects.rules) > paid {
            let payout = lastPayout(of: day, effects)
            try tell(.done, "\(ends). Sista utbetalningen kommer \(SwedishText.day(payout))", &effects)
        } else {
            try tell(.done, ends, &effects)
        }
        if !state.period.judged.isEmpty || state.period.judging != nil {
            state.period.judging = nil
            try effects.set(Tile(.assessment, .done, "Ingen mer prövning"))
        }
        try endWayBack(&state, &effects)
    }

    /// The day of payment of a last day.
    private static func lastPayout(of day: Day, _ effects: Effects<Timer>) -> Day {
        let month = Month(of: day)
        let isLate = day.dayOfMonth > effects.value(of: SicknessRules.cutDay)
        let payout = effects.rules.sicknessPayout(in: isLate ? month.next : month)
        return payout > effects.today ? payout : effects.rules.nextSicknessPayout(after: effects.today)
    }

    private static func stopTimers(_ effects: inout Effects<Timer>) {
        for timer in [Timer.lapse, .certificate, .decision, .hearing, .chain, .silence] { effects.cancelTimer(timer) }
    }

    /// What was applied for up to the death is decided, and what is granted is paid, to the estate.
    private static func stop(_ state: inout Case, on day: Day, _ effects: inout Effects<Timer>) throws {
        let period = state.period.alive ?? .init(claim: state.period.claim, spans: state.period.spans)
        guard period.claim != nil || state.period.isOpen && !period.spans.isEmpty || state.period.alive != nil else {
            return
        }
        state.period.alive = period
        (state.period.claim, state.period.spans) = (period.claim, period.spans)
        state.period.end(after: day)
        if let claim = state.period.claim {
            state.period.claim?.to = min(claim.to, day)
            if claim.from > day { state.period.claim = nil }
        }
        for timer in [Timer.lapse, .certificate, .hearing, .chain, .silence] { effects.cancelTimer(timer) }
        if state.period.claim == nil {
            effects.cancelTimer(.decision)
            state.period.take(.end)
        }
        try endWayBack(tells: false, &state, &effects)
        try tell(
            .stopped, "Sjukpenningen upphör med dödsdagen. Dagar som inte har betalats betalas till dödsboet", &effects)
    }

    /// Nobody died.
    private static func resume(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let alive = state.period.alive else { return }
        state.period.alive = nil
        (state.period.claim, state.period.spans) = (alive.claim, alive.spans)
        state.period.take(.restoration)
        if let claim = alive.claim {
            state.period.take(.application)
            effects.setTimer(.decision, at: Stockholm.instant(claim.decidesOn, hour: 8))
        }
        setPaymentTimers(state, &effects)
        try tell(
            .corrected, "Rättat: du är inte registrerad som avliden. Din sjukpenning fortsätter som förut", &effects)
    }
}
