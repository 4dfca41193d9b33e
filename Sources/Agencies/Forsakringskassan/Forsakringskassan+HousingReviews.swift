import AgencyKit
import LifeEvents

/// A decision on housing allowance is reviewed on request (omprövning, SFB 113 kap. 7 §; M17).
extension Forsakringskassan {
    var housingReviews: [River<Self>] {
        [
            River(
                "review a decision on housing allowance", hears: ReviewRequest.self, under: [HousingRules.review],
                mine: [
                    Condition("is of the decision on housing allowance that we have made") { state, event in
                        state.housing.caseRef == event.data.decisionRef && state.housing.decidedOn != nil
                    }
                ],
                whole: [
                    Condition("is filed by the insured") { _, event in event.data.filedBy == event.subject },
                    Condition("is filed in time") { state, event in
                        state.housing.decidedOn.map {
                            event.knownOn
                                <= SwedishCalendar.lastDayMoved($0.adding(months: event.value(of: ChildRules.review)))
                        } ?? true
                    },
                    Condition("is not under review") { state, _ in !state.housing.isReviewed },
                ], handle: Self.reviewHousing),
            River(
                "review a claim back of housing allowance", hears: ReviewRequest.self, under: [HousingRules.review],
                mine: [
                    Condition("is of a claim that we have decided") { state, event in
                        Self.claim(state, event.data.decisionRef) != nil
                    }
                ],
                whole: [
                    Condition("is filed by the insured") { _, event in event.data.filedBy == event.subject },
                    Condition("is filed in time") { state, event in
                        Self.claim(state, event.data.decisionRef).map {
                            event.knownOn
                                <= SwedishCalendar.lastDayMoved(
                                    $0.recovery.decidesOn.adding(months: event.value(of: ChildRules.review)))
                        } ?? true
                    },
                    Condition("is not under review") { state, event in
                        Self.claim(state, event.data.decisionRef)?.reviewedOn == nil
                    },
                ], handle: Self.reviewClaim),
        ]
    }

    /// The claim of a reference, once it is decided.
    private static func claim(_ state: Case, _ reference: String) -> Case.HousingAllowance.Claim? {
        state.housing.claims.first { $0.recovery.caseRef == reference && $0.recovery.stage == .decided }
    }

    private static func reviewClaim(
        _ state: inout Case, _ event: Event<ReviewRequest>, _ effects: inout Effects<Timer>
    ) throws {
        guard
            let place = state.housing.claims.firstIndex(where: {
                $0.recovery.caseRef == event.data.decisionRef && $0.recovery.stage == .decided
            })
        else { return }
        let decision = SwedishCalendar.adding(
            workingDays: effects.value(of: HousingRules.handling), to: effects.today)
        state.housing.claims[place].reviewedOn = decision
        setReviewTimer(state, &effects)
        try effects.publish(
            InsuranceCaseStatus(
                caseRef: event.data.decisionRef, benefit: .housingAllowance, expectedDate: decision,
                state: .underReview))
        try effects.set(
            Tile(
                .recovery, .underReview, "Vi omprövar beslutet. Besked omkring den \(SwedishText.day(decision))",
                expected: decision))
    }

    private static func setReviewTimer(_ state: Case, _ effects: inout Effects<Timer>) {
        guard let next = state.housing.claims.compactMap(\.openReview).min() else { return }
        effects.setTimer(.recoveryReview, at: Stockholm.instant(next, hour: 8))
    }

    /// What was claimed follows from what was decided, without asking about fault: it stands (SFB 108:9, 113:10).
    static func decideRecoveryReviews(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        for place in state.housing.claims.indices {
            let claim = state.housing.claims[place]
            guard let day = claim.openReview, day <= effects.today, let payBy = claim.recovery.payBy else { continue }
            state.housing.claims[place].isReviewed = true
            let appeal = effects.rules.reviewDeadline(decided: effects.today)
            try effects.publish(
                InsuranceCaseStatus(
                    caseRef: claim.recovery.caseRef, benefit: .housingAllowance, state: .decided))
            try effects.set(
                Tile(
                    .recovery, .decided,
                    "Beslutet ändras inte. Betala tillbaka senast den \(SwedishText.day(payBy)). Överklaga till "
                        + "förvaltningsrätten senast den \(SwedishText.day(appeal))", reviewBy: appeal))
        }
        setReviewTimer(state, &effects)
    }

    private static func reviewHousing(
        _ state: inout Case, _ event: Event<ReviewRequest>, _ effects: inout Effects<Timer>
    ) throws {
        let decision = SwedishCalendar.adding(
            workingDays: effects.value(of: HousingRules.handling), to: effects.today)
        state.housing.isReviewed = true
        effects.setTimer(.housingReview, at: Stockholm.instant(decision, hour: 8))
        try effects.publish(status(of: state.housing, .underReview, expected: decision))
        try effects.set(
            Tile(
                .housingAllowance, .underReview,
                "Vi omprövar beslutet. Besked omkring den \(SwedishText.day(decision))", expected: decision))
    }

    /// What the decision followed from is as it was: it stands, and what remains is the administrative court (SFB 113:10).
    static func decideHousingReview(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard !state.death.holds else { return }
        state.housing.isReviewed = false
        state.housing.decidedOn = nil
        let appeal = effects.rules.reviewDeadline(decided: effects.today)
        try effects.publish(status(of: state.housing, .decided))
        try effects.set(
            Tile(
                .housingAllowance, .decided,
                "Beslutet ändras inte. Överklaga till förvaltningsrätten senast den \(SwedishText.day(appeal))",
                reviewBy: appeal))
    }
}
