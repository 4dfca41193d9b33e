import AgencyKit
import LifeEvents

/// A sanction is reviewed, then appealed; what was wrong is annulled and later steps are counted anew.
extension Akassa {
    var reviews: [River<Self>] {
        [
            River(
                "take a request for review", hears: UnemploymentReview.self,
                under: [UnemploymentRules.reviewing.legal, AkassaRules.review.legal], concerns: { [$0.data.fund] },
                mine: [
                    Condition("is of a sanction that stands") { state, event in
                        state.ladder.sanctions.contains { $0.ref == event.data.decisionRef }
                    },
                    Condition("is not under review already") { state, _ in
                        state.review.stage == .none || state.review.stage == .reviewed
                    },
                ],
                whole: [
                    Condition("is filed by the member") { _, event in event.data.filedBy == event.subject },
                    Condition("is filed in time") { state, event in
                        state.ladder.sanctions.contains {
                            $0.ref == event.data.decisionRef
                                && event.knownOn
                                    <= SwedishCalendar.lastDayMoved(
                                        $0.decidedOn.adding(months: event.value(of: AkassaRules.review)))
                        }
                    },
                ],
                handle: { state, event, effects in
                    state.review.stage = .reviewing
                    state.review.ref = event.data.decisionRef
                    let day = SwedishCalendar.adding(
                        workingDays: effects.value(of: UnemploymentRules.reviewing), to: effects.today)
                    effects.setTimer(.review, at: Stockholm.instant(day, hour: 8))
                    try effects.set(
                        Tile(
                            .jobSearchDuty, .underReview,
                            "Vi omprövar beslutet. Besked väntas \(SwedishText.day(day))", expected: day))
                }),
            River(
                "send an appeal to the court", hears: UnemploymentAppealFiling.self,
                under: [UnemploymentRules.appeal.legal], concerns: { [$0.data.fund] },
                mine: [
                    Condition("is of a decision that was reviewed") { state, event in
                        state.review.stage == .reviewed && state.review.ref == event.data.decisionRef
                    }
                ],
                whole: [
                    Condition("is filed by the member") { _, event in event.data.filedBy == event.subject }
                ],
                handle: { state, event, effects in
                    state.review.stage = .court
                    let inTime = state.review.appealBy.map { effects.today <= $0 } ?? false
                    try effects.publish(UnemploymentAppeal(caseRef: state.review.ref, inTime: inTime))
                    try effects.set(
                        Tile(
                            .jobSearchDuty, .underReview,
                            "Vi har skickat ditt överklagande till förvaltningsrätten, som avgör",
                            other: AgencyID(.forvaltningsratten)))
                }),
            River(
                "follow the court", hears: AdministrativeDecision.self, under: [UnemploymentRules.appeal.legal],
                concerns: { $0.data.concerns },
                mine: [
                    Condition("is a judgment of what was appealed") { state, event in
                        state.review.stage == .court && event.data.state == .judgment
                            && event.data.caseRef == state.review.ref
                    }
                ],
                handle: { state, event, effects in
                    state.review.stage = .none
                    guard event.data.outcome == .changed else {
                        return try effects.set(
                            Tile(.jobSearchDuty, .decided, "Förvaltningsrätten har inte ändrat beslutet. Det gäller"))
                    }
                    try Self.annulSanction(&state, state.review.ref, "judgment", &effects)
                }),
        ]
    }

    static func reviewDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.review.stage == .reviewing else { return }
        let reviewed = state.ladder.sanctions.first { $0.ref == state.review.ref }
        if let reviewed, state.claim.isSick(on: reviewed.date) {
            state.review.stage = .none
            return try annulSanction(&state, reviewed.ref, "error", &effects)
        }
        state.review.stage = .reviewed
        let day = SwedishCalendar.lastDayMoved(
            effects.today.adding(months: effects.value(of: UnemploymentRules.appeal)))
        state.review.appealBy = day
        try effects.set(
            Tile(
                .jobSearchDuty, .decided,
                "Vi har omprövat beslutet och ändrar det inte. Överklaga senast \(SwedishText.day(day))", reviewBy: day)
        )
    }

    private static func annulSanction(
        _ state: inout Case, _ ref: String, _ reason: String, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.ladder.sanctions.firstIndex(where: { $0.ref == ref }) else { return }
        var annulled = state.ladder.sanctions.remove(at: place)
        try effects.annul(UnemploymentDecision.self, in: &annulled.chain, reason: reason)
        var less = annulled.days ?? 0
        for later in state.ladder.sanctions.indices[place...]
        where state.ladder.sanctions[later].kind == annulled.kind {
            let step = state.ladder.sanctions[later].step - 1
            let days = UnemploymentRules.days(of: step, annulled.kind)
            less += (state.ladder.sanctions[later].days ?? 0) - (days ?? 0)
            state.ladder.sanctions[later].step = step
            state.ladder.sanctions[later].days = days
            state.ladder.sanctions[later].data.step = step
            state.ladder.sanctions[later].data.sanction = named(days)
            state.ladder.sanctions[later].data.sanctionDays = days.flatMap { $0 > 0 ? $0 : nil }
            try effects.publish(
                state.ladder.sanctions[later].data, in: &state.ladder.sanctions[later].chain)
        }
        let open = min(state.claim.withheld, max(0, less))
        state.claim.withheld -= open
        state.claim.owed += max(0, less - open)
        let back = state.claim.owed > 0 ? " Det som dragits betalas med nästa ersättning" : ""
        try effects.set(
            Tile(.jobSearchDuty, .corrected, "Rättat: beslutet om varning eller avstängning gäller inte.\(back)"))
    }
}
