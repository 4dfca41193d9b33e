import AgencyKit
import LifeEvents

/// A decision is appealed: the municipality looks at it first, tests whether it came in time, and sends it on (A9).
extension KommunAid {
    var reviews: [River<Self>] {
        [
            River(
                "review an appealed decision", hears: MunicipalAppealFiling.self, under: [AidRules.appeal.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of a month that is decided") { state, event in
                        state.place(of: event.data.decisionRef).map { state.months[$0].decidedOn != nil } ?? false
                    }
                ],
                whole: [
                    Condition("is filed by an adult of the household, or by a god man in scope") { state, event in
                        state.place(of: event.data.decisionRef).map {
                            state.months[$0].adults.contains(event.data.filedBy)
                                || state.representatives.mayAct(event.data.filedBy, on: event.knownOn)
                        } ?? false
                    }
                ], handle: Self.review),
            River(
                "tell what the court has decided", hears: AdministrativeDecision.self, under: [AidRules.appeal.legal],
                concerns: { Kommun.concerned($0.data.concerns) },
                mine: [
                    Condition("is of an appeal we have sent on") { state, event in
                        state.place(of: event.data.caseRef).map { state.months[$0].isAppealed } ?? false
                    }
                ], handle: Self.hearCourt),
        ]
    }

    private static func review(
        _ state: inout Case, _ event: Event<MunicipalAppealFiling>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.place(of: event.data.decisionRef), let decidedOn = state.months[place].decidedOn else {
            return
        }
        let month = state.months[place]
        let last = SwedishCalendar.lastDayMoved(decidedOn.adding(days: 7 * effects.value(of: AidRules.appeal)))
        guard event.knownOn <= last else {
            return try tell(
                month.adults, .aidDecision, .decided,
                "Överklagandet kom för sent, efter den \(SwedishText.day(last)), och avvisas. Beslutet för \(month.name) "
                    + "gäller.", state, &effects)
        }
        let balance = month.balance(effects.rules, aidMonths: Set(state.paid.map(\.month)).count)
        if balance > month.decided ?? 0, [.paid, .refused].contains(month.stage) {
            return try grantMore(balance, place, "omprövning", &state, &effects)
        }
        state.months[place].isAppealed = true
        try effects.publish(MunicipalAppeal(caseRef: month.caseRef, inTime: true))
        try tell(
            month.adults, .aidDecision, .underReview,
            "Beslutet för \(month.name) är som förut och prövas nu av förvaltningsrätten. Det gäller tills det ändras.",
            state, &effects)
    }

    private static func hearCourt(
        _ state: inout Case, _ event: Event<AdministrativeDecision>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.place(of: event.data.caseRef), event.data.state == .judgment else { return }
        let month = state.months[place]
        state.months[place].isAppealed = false
        let text =
            switch event.data.outcome {
            case .changed: "Förvaltningsrätten har ändrat beslutet för \(month.name). Vi räknar om det."
            case .remitted: "Förvaltningsrätten har lämnat tillbaka ärendet för \(month.name). Vi prövar det igen."
            case .dismissed: "Förvaltningsrätten har avvisat överklagandet. Beslutet för \(month.name) gäller."
            case .upheld, nil: "Förvaltningsrätten har avslagit överklagandet. Beslutet för \(month.name) gäller."
            }
        try tell(month.adults, .aidDecision, .decided, text, state, &effects)
    }
}
