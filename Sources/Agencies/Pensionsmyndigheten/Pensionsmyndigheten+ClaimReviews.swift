import AgencyKit
import LifeEvents

/// The estate asks for a review of what it is to pay back (D25, D31): the claim waits while it is looked at again.
extension Pensionsmyndigheten {
    var claimReviews: [River<Self>] {
        [
            River(
                "take a request for review of a claim back", hears: PensionReview.self,
                under: [PensionRules.review.legal, RetirementRules.reviewing.legal],
                mine: [
                    Condition("is of the claim that is decided") { state, event in
                        state.claimBack.claim?.stage == .decided
                            && state.claimBack.claim?.caseRef == event.data.decisionRef && !state.claimBack.isReviewed
                    }
                ],
                whole: [
                    Self.filedForEstate { $0.filedBy },
                    Condition("is filed in time") { state, event in
                        state.claimBack.reviewBy.map { event.knownOn <= $0 } ?? false
                    },
                ],
                handle: { state, _, effects in
                    state.claimBack.isReviewed = true
                    let day = SwedishCalendar.adding(
                        workingDays: effects.value(of: RetirementRules.reviewing), to: effects.today)
                    effects.setTimer(.claimReview, at: Stockholm.instant(day, hour: 8))
                    try Self.tellClaim(&state, as: .appealed, &effects)
                    try effects.set(
                        Tile(
                            .recovery, .underReview,
                            "Vi omprövar beslutet om återbetalning. Besked väntas \(SwedishText.day(day))",
                            expected: day))
                })
        ]
    }

    /// What is said of a claim back is said for the estate: by one who survives, or has proved to act for it.
    static func filedForEstate<Data>(_ filer: @escaping @Sendable (Data) -> Subject) -> Condition<Case, Data> {
        Condition("is filed by one who survives") { state, event in
            let filer = filer(event.data)
            return state.told.survivors.contains {
                $0.person == filer || ($0.notice.facts.guardians ?? []).contains(filer)
            } || state.estateProof.mayAct(filer, on: event.knownOn)
        }
    }

    /// The estate could not have seen it where nobody knew of the death (SFB 108 kap. 2 §) [A].
    static func nobodyKnew(_ state: Case) -> Bool { state.death.head.map { $0.value.certainty != .exact } ?? false }

    /// The claim has been looked at again.
    static func reviewClaim(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let claim = state.claimBack.claim, claim.stage == .decided else { return }
        if nobodyKnew(state) {
            state.claimBack.claim?.waive()
            try tellClaim(&state, &effects)
            return try effects.set(
                Tile(
                    .recovery, .done,
                    "Beslutet är ändrat: dödsboet behöver inte betala tillbaka \(PensionRules.kronor(claim.amount)) kr")
            )
        }
        try tellClaim(&state, &effects)
        try effects.set(
            Tile(
                .recovery, .decided,
                "Vi har omprövat beslutet och ändrar det inte. Dödsboet ska betala tillbaka "
                    + "\(PensionRules.kronor(claim.amount)) kr"))
    }
}
