import AgencyKit
import LifeEvents

/// Joint mapping with Arbetsförmedlingen (gemensam kartläggning): with a consent that names it, and alone then. While the
/// insured trains, rehabilitation benefit is paid in place of sickness benefit (S58 to S61).
extension ForsakringskassanSickness {
    var joint: [River<Self>] {
        [
            River(
                "hear how a joint rehabilitation goes", hears: JointRehabilitation.self,
                under: [JointRules.mapping, JointRules.benefit, JointRules.warning.legal],
                mine: [
                    Self.isAlive(JointRehabilitation.self),
                    Condition("is one that we have begun") { state, _ in state.joint.isOpen },
                ],
                handle: { state, event, effects in
                    switch event.data.state {
                    case .mapped: return
                    case .started: try Self.train(event.data, &state, &effects)
                    case .absent: try Self.warn(event.data, &effects)
                    case .ended: try Self.endTraining(event.data, on: event.occurredOn, &state, &effects)
                    }
                }),
            River(
                "follow an end of rehabilitation benefit by death", hears: BenefitDecision.self,
                mine: [
                    Condition("ends the rehabilitation benefit that we have granted") { state, event in
                        event.ceases(state.joint.chain)
                    }
                ], handle: { state, event, _ in try state.joint.chain.take(event) }),
            River(
                "follow that rehabilitation benefit did not end by death", hears: Annulled<BenefitDecision>.self,
                mine: [
                    Condition("annuls the end of the rehabilitation benefit that we have granted") { state, event in
                        event.annuls(state.joint.chain)
                    }
                ], handle: { state, event, _ in try state.joint.chain.take(event) }),
        ]
    }

    /// Begins a joint mapping, where a living consent names Arbetsförmedlingen.
    static func map(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let other = AgencyID(.arbetsformedlingen)
        guard state.rehabilitation.recipients(on: effects.today).contains(other), state.period.isOpen else { return }
        state.joint.isOpen = true
        try effects.publish(
            RehabilitationStep(
                state: .plan, measure: .jointMapping, responsible: .arbetsformedlingen, concerns: [other]))
        if !state.rehabilitation.told.contains(other) { state.rehabilitation.told.append(other) }
        try tellWayBack(
            .ongoing,
            "Vi och Arbetsförmedlingen kartlägger tillsammans vad du behöver. Du kan ta tillbaka ditt ja när som "
                + "helst",
            &effects)
    }

    /// Work training has begun: the benefit is another from its first day.
    private static func train(
        _ told: JointRehabilitation, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard let from = told.from, let to = told.to, from <= to, state.joint.span == nil,
            let degree = state.period.spans.last(where: { $0.from <= from })?.degree
        else { return }
        let last = from.adding(days: -1)
        state.joint.span = .init(from: from, to: to, degree: degree)
        state.period.end(after: last)
        if var decision = state.period.decision {
            decision.to = last
            try effects.cease(decision, in: &state.period.chain, occurredOn: last)
            state.period.decision = decision
        }
        for timer in [Timer.silence, .chain, .decision] { effects.cancelTimer(timer) }
        let decision = BenefitDecision(
            benefit: .rehabilitationBenefit, outcome: .granted, from: from, to: to, degree: degree,
            payees: [Payee(person: effects.subject, share: 100)], concerns: [AgencyID(.arbetsformedlingen)])
        try effects.publish(decision, in: &state.joint.chain)
        state.joint.decision = decision
        let review = effects.rules.reviewDeadline(decided: effects.today)
        try tell(
            .decided,
            "Du får \(degreeWord(degree)) rehabiliteringspenning \(InsuranceRules.period(from, to)) i stället för sjukpenning. "
                + "Begär omprövning senast \(SwedishText.day(review))", reviewBy: review, &effects)
    }

    /// Who stays away without a reason is warned before anything is taken (110:57-58).
    private static func warn(_ told: JointRehabilitation, _ effects: inout Effects<Timer>) throws {
        let last = InsuranceRules.lastDay(effects.value(of: JointRules.warning), after: effects.today)
        let day = told.from.map { " \(SwedishText.day($0))" } ?? ""
        try tellWayBack(
            .awaitingCitizen,
            "Du var borta från arbetsträningen\(day). Hör av dig senast \(SwedishText.day(last)). Är du borta igen utan "
                + "giltigt skäl kan rehabiliteringspenningen dras in", deadline: last, &effects)
    }

    private static func endTraining(
        _ told: JointRehabilitation, on day: Day, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        state.joint.isOpen = false
        let last = told.to ?? day
        if var decision = state.joint.decision {
            decision.to = last
            try effects.cease(decision, in: &state.joint.chain, occurredOn: last)
            state.joint.span?.to = last
        }
        guard told.result != .ill else {
            return try tell(
                .awaitingCitizen,
                "Rehabiliteringspenningen slutar efter \(SwedishText.day(last)). Är du fortfarande sjuk, skicka nytt intyg och "
                    + "ansök igen", &effects)
        }
        state.period.take(.end)
        try tell(
            .done,
            "Rehabiliteringspenningen slutar efter \(SwedishText.day(last))"
                + (told.result == .jobSeeker ? ". Skriv in dig hos Arbetsförmedlingen som arbetssökande" : ""),
            other: told.result == .jobSeeker ? AgencyID(.arbetsformedlingen) : nil, &effects)
        try endWayBack(&state, &effects)
    }

    /// A day of payment of rehabilitation benefit.
    /// - Returns: whether more is to be paid on a later day.
    static func payTraining(to cut: Day, _ state: inout Case, _ effects: inout Effects<Timer>) throws -> Bool {
        guard let span = state.joint.span, let yearly = state.period.yearlyIncome,
            let firstDay = state.period.firstDay
        else { return false }
        let next = state.joint.paidTo.map { $0.adding(days: 1) } ?? span.from
        let end = state.death.holds ? min(span.to, state.death.head?.value ?? span.to) : span.to
        let last = min(end, cut)
        if next <= last {
            let whole = state.period.wholeDay(yearly, on: firstDay, effects.rules)
            let day = SicknessCase.SickPeriod.part(span.degree, of: whole)
            try effects.publish(
                InsurancePayment(
                    benefit: .rehabilitationBenefit, from: next, to: last, amount: day * (next.distance(to: last) + 1),
                    kind: .paid, payee: effects.subject, paidOn: effects.today))
            state.joint.paidTo = last
        }
        return last < end
    }
}

extension SicknessCase {
    /// A joint rehabilitation, and the benefit that is paid while the insured trains.
    struct Joint: CasePart {
        var isOpen = false
        /// What is granted of rehabilitation benefit.
        var span: SickPeriod.Span?
        var decision: BenefitDecision?
        var chain = ChainHead()
        /// The last day that has been paid.
        var paidTo: Day?

        init() {}
    }
}

/// The rules of joint rehabilitation.
enum JointRules {
    static let mapping = LegalRule(
        "S58",
        "Försäkringskassan and Arbetsförmedlingen map together what somebody ill needs, with the person's consent",
        source: "SFB 30:10; 10 kap. 1 § offentlighets- och sekretesslagen")
    static let benefit = LegalRule(
        "S59",
        "in work-oriented rehabilitation after a plan rehabilitation benefit is paid, as sickness benefit would be",
        source: "SFB 30:12-13, 31:3-10")
    static let warning = DatedRule(
        "training-warning", "S60", "who stays away is warned, and says why within", .days, [.since(2026, 1, 1, 14)],
        source: "SFB 110:57-58; days assumed", mark: .assumption)
    static let all: [LegalRule] = [mapping, benefit, warning.legal]
}
