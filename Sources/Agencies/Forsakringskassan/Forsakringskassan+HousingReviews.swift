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
                ], handle: Self.reviewHousing)
        ]
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
