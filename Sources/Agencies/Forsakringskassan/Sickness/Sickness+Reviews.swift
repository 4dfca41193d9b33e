import AgencyKit
import LifeEvents

/// What went against the insured is reviewed on request, then judged by the court: what is changed is granted from its first
/// day, and what lacks is paid on the next day of payment (S42 to S44).
extension ForsakringskassanSickness {
    var reviews: [River<Self>] {
        [
            River(
                "review a decision on sickness benefit", hears: ReviewRequest.self,
                under: [SicknessReviewRules.asked.legal, SicknessReviewRules.reviewing.legal],
                mine: [
                    Condition("is of what was decided against the insured") { state, event in
                        state.review.stage == .decided && state.review.ref == event.data.decisionRef
                    }
                ],
                whole: [
                    Self.isInsured { $0.filedBy },
                    Condition("is filed in time") { state, event in
                        let by = state.review.decidedOn.adding(months: event.value(of: SicknessReviewRules.asked))
                        return event.knownOn <= SwedishCalendar.lastDayMoved(by)
                    },
                ], handle: { state, _, effects in try Self.beginReview(&state, &effects) }),
            River(
                "send an appeal of sickness benefit to the court", hears: InsuranceAppealFiling.self,
                under: [SicknessReviewRules.appeal.legal],
                mine: [
                    Condition("is of what was reviewed") { state, event in
                        state.review.stage == .reviewed && state.review.ref == event.data.decisionRef
                    }
                ], whole: [Self.isInsured { $0.filedBy }], handle: Self.sendOn),
            River(
                "follow a judgment on sickness benefit", hears: AdministrativeDecision.self,
                under: [SicknessReviewRules.appeal.legal],
                mine: [
                    Condition("is a judgment of what was appealed") { state, event in
                        state.review.stage == .court && event.data.state == .judgment
                            && event.data.caseRef == state.review.ref
                    }
                ], handle: Self.follow),
        ]
    }

    private static func isInsured<Data>(_ filer: @escaping @Sendable (Data) -> Subject) -> Condition<Case, Data> {
        Condition("is filed by who is ill") { state, event in mayFile(filer(event.data), state, for: event.subject) }
    }

    private static func beginReview(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.review.take(.asked) else { return }
        let day = SwedishCalendar.adding(
            workingDays: effects.value(of: SicknessReviewRules.reviewing), to: effects.today)
        effects.setTimer(.review, at: Stockholm.instant(day, hour: 8))
        try tell(.underReview, "Vi omprövar beslutet. Besked väntas \(SwedishText.day(day))", expected: day, &effects)
    }

    /// A decision is changed where what lacked has come.
    static func reviewDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        if state.review.ground == .noCertificate, let claim = state.review.before.claim, !state.period.isPaid,
            certificate(for: claim, state) != nil
        {
            guard state.review.take(.changed) else { return }
            return try giveBack("efter omprövning", "reviewed", &state, &effects)
        }
        guard state.review.take(.unchanged) else { return }
        let by = SwedishCalendar.lastDayMoved(
            effects.today.adding(months: effects.value(of: SicknessReviewRules.appeal)))
        state.review.appealBy = by
        try tell(
            .decided, "Vi har omprövat beslutet och ändrar det inte. Överklaga senast \(SwedishText.day(by))",
            reviewBy: by, &effects)
    }

    private static func sendOn(
        _ state: inout Case, _ event: Event<InsuranceAppealFiling>, _ effects: inout Effects<Timer>
    ) throws {
        guard let by = state.review.appealBy, state.review.take(.appealed) else { return }
        let inTime = event.knownOn <= by
        try effects.publish(InsuranceAppeal(caseRef: state.review.ref, inTime: inTime))
        guard inTime else {
            state.review.take(.upheld)
            return try tell(
                .decided, "Överklagandet kom för sent, efter \(SwedishText.day(by)), och avvisas. Beslutet gäller",
                &effects)
        }
        try tell(
            .underReview, "Vi har skickat ditt överklagande till förvaltningsrätten, som avgör",
            other: AgencyID(.forvaltningsratten), &effects)
    }

    private static func follow(
        _ state: inout Case, _ event: Event<AdministrativeDecision>, _ effects: inout Effects<Timer>
    ) throws {
        switch event.data.outcome {
        case .changed:
            guard state.review.take(.changed) else { return }
            try giveBack("efter dom i förvaltningsrätten", "judgment", &state, &effects)
        case .remitted:
            guard state.review.take(.remitted) else { return }
            try beginReview(&state, &effects)
        case .upheld, .dismissed, nil:
            guard state.review.take(.upheld) else { return }
            try tell(.decided, "Förvaltningsrätten har inte ändrat beslutet. Det gäller", &effects)
        }
    }

    /// Grants what was refused, from its first day, or goes on with what had ended.
    private static func giveBack(
        _ why: String, _ reason: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let review = state.review
        let now = state.period
        state.period = review.before
        state.period.chain = review.chain
        state.period.ground = nil
        for one in now.certificates
        where !state.period.certificates.contains(where: { $0.contentRef == one.contentRef }) {
            state.period.certificates.append(one)
        }
        if now.firstDay == review.before.firstDay { state.period.paid = now.paid }
        if let claim = review.before.claim, review.before.spans.isEmpty {
            let certified = certificate(for: claim, state)
            let span = SicknessCase.SickPeriod.Span(
                from: max(claim.from, firstPaid(state, from: review.before.firstDay ?? claim.from, effects.rules)),
                to: min(claim.to, certified?.to ?? claim.to),
                degree: min(claim.degree, certified?.degree ?? claim.degree))
            state.period.claim = nil
            state.period.grant(span)
            state.period.decision = review.decision
            try publishDecision(span, &state, &effects)
            state.period.take(.grant)
        } else {
            try effects.restore(BenefitDecision.self, in: &state.period.chain, reason: reason)
            state.period.take(.grant)
            try closeJudgment(&state, &effects)
        }
        state.period.tellsPayment = true
        setPaymentTimers(state, &effects)
        guard let from = state.period.spans.first?.from, let to = state.period.lastDay else { return }
        let payout = effects.rules.nextSicknessPayout(after: effects.today)
        try tell(
            .corrected,
            "Rättat \(why): du har rätt till sjukpenning \(InsuranceRules.period(from, to)). Det som saknas betalas "
                + SwedishText.day(payout), next: payout, &effects)
    }
}

extension SicknessCase {
    /// The last decision against the insured: `DECIDED → REVIEWING → (changed, or REVIEWED → COURT → as judged)`.
    struct SickReview: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, decided, reviewing, reviewed, court, over

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (_, .decided): .decided
                case (.decided, .asked), (.reviewing, .asked): .reviewing
                case (.reviewing, .unchanged): .reviewed
                case (.reviewed, .appealed): .court
                case (.court, .remitted): .reviewing
                case (.reviewing, .changed), (.court, .changed), (.court, .upheld): .over
                default: nil
                }
            }
        }

        enum Trigger: Hashable, Sendable { case decided, asked, unchanged, appealed, remitted, changed, upheld }

        private(set) var stage = Stage.none
        var ref = ""
        var decidedOn = Day.earliest
        var ground: SickPeriod.Ground?
        /// The period before it, and the decision after it.
        var before = SickPeriod()
        var chain = ChainHead()
        var decision: BenefitDecision?
        /// The last day to appeal.
        var appealBy: Day?

        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }

        init() {}

        /// What was decided against the insured today.
        init(
            _ before: SickPeriod, _ after: SickPeriod, _ ground: SickPeriod.Ground, _ decision: BenefitDecision?,
            on day: Day
        ) {
            self.init()
            take(.decided)
            ref = before.caseRef
            decidedOn = day
            self.ground = ground
            self.before = before
            chain = after.chain
            self.decision = decision
        }
    }
}

extension SicknessCase.SickPeriod {
    /// Whether something is granted.
    var isPaid: Bool { !spans.isEmpty }
}

/// The rules of reviews and appeals of sickness benefit.
enum SicknessReviewRules {
    static let asked = DatedRule(
        "sickness-review", "S42", "a review is asked for within", .months, [.since(2011, 1, 1, 2)],
        source: "SFB 113:19")
    static let reviewing = DatedRule(
        "sickness-reviewing", "S43", "a review takes", .workingDays, [.since(2026, 1, 1, 30)], source: "none",
        mark: .assumption)
    static let appeal = DatedRule(
        "sickness-appeal", "S44", "and what is reviewed is appealed within", .months, [.since(2011, 1, 1, 2)],
        source: "SFB 113:20")
    static let all = [asked.legal, reviewing.legal, appeal.legal]
}
