import AgencyKit
import LifeEvents

/// From hospital to home (E1 to E3): what the hospital says of a stay, and what was planned with the patient's consent.
extension KommunElderCare {
    var stays: [River<Self>] {
        [
            River(
                "follow a stay in hospital", hears: Discharge.self,
                under: [ElderCareRules.notice, ElderCareRules.payFrom.legal, ElderCareRules.payFromLate.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is the next that a hospital can say of the stay") { state, event in
                        event.isNew && state.care.stay.stage.after(event.data.state) != nil
                    },
                    Condition("is about one who lives") { state, _ in !state.death.holds },
                ], handle: Self.followStay),
            River(
                "undo a notice that was for another municipality", hears: Annulled<Discharge>.self,
                under: [ElderCareRules.notice],
                mine: [Condition("annuls what the hospital told last") { $1.annuls($0.care.stay.chain) }],
                handle: { state, event, effects in
                    try state.care.stay.chain.take(event)
                    state.care.stay = Case.Stay()
                    try Self.tell(
                        Tile(
                            .goingHome, .corrected,
                            "Det var fel: sjukhusets meddelande var inte till \(effects.place). Du behöver inte göra något."
                        ), state, &effects)
                }),
            River(
                "keep what was planned", hears: CarePlan.self, under: [ElderCareRules.plan],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [Condition("is a new plan") { _, event in event.isNew }],
                whole: [
                    Condition("is sent with the patient's consent") { state, event in
                        event.source.map { region in
                            Kommun.named(event.data.municipality).allSatisfy {
                                state.care.permits.lets(region, to: $0, .careNeeds, on: event.knownOn)
                            }
                        } ?? false
                    }
                ],
                handle: { state, event, _ in
                    state.care.stay.needs = event.data.state == .ended ? [] : event.data.needAreas
                }),
            River(
                "pay for days in hospital", hears: CareDayClaim.self, under: [ElderCareRules.payFrom.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of the stay that we know") { state, event in
                        state.care.stay.caseRef == event.data.caseRef
                    }
                ],
                // The person sees nothing of it.
                handle: { state, event, _ in state.care.stay.payFrom = event.data.from }),
        ]
    }

    private static func followStay(
        _ state: inout Case, _ event: Event<Discharge>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.care.stay.take(event.data.state) else { return }
        state.care.stay.chain = ChainHead(event)
        switch event.data.state {
        case .admitted: try admit(&state, event, &effects)
        case .ready:
            let day = ElderCareRules.firstPaidDay(readyAt: event.envelope.time, effects.rules)
            state.care.stay.payFrom = day
            try tell(
                Tile(
                    .goingHome, .investigating,
                    "Hemgången planeras. Kommunen ska vara klar senast \(SwedishText.day(day)).", expected: day), state,
                &effects)
            try tellReadiness(&state, &effects)
        case .withdrawn:
            state.care.stay.payFrom = nil
            try tell(
                Tile(
                    .goingHome, .investigating,
                    "Hemgången är uppskjuten. Sjukhuset meddelar kommunen när du kan komma hem."), state, &effects)
        case .discharged: try comeHome(&state, &effects)
        case .planningCalled: break
        }
    }

    private static func admit(
        _ state: inout Case, _ event: Event<Discharge>, _ effects: inout Effects<Timer>
    ) throws {
        state.care.stay.caseRef = event.data.caseRef
        state.care.stay.region = event.source
        state.care.stay.payFrom = nil
        try tell(
            Tile(
                .goingHome, .informed,
                "Sjukhuset har \(SwedishText.day(effects.today)) meddelat kommunen att du kan behöva stöd hemma. Du behöver "
                    + "inte göra något nu. Kommunen hör av sig."), state, &effects)
        guard state.services.contains(where: { $0.service == .homeHelp && $0.stage != .ended }) else { return }
        state.care.stay.pauses = true
        try tell(
            Tile(
                .homeHelp, .ongoing,
                "Hemtjänsten är pausad medan du är på sjukhus. Den fortsätter när du kommer hem."), state, &effects)
    }

    private static func comeHome(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let day = SwedishText.day(effects.today)
        let takesOver =
            state.care.stay.pauses || state.care.place(of: .homeHelp, .granted) != nil
        let text =
            takesOver
            ? "Hemgången är klar \(day). Hemtjänsten tar vid."
            : "Hemgången är klar \(day). Kontakta kommunen om du behöver hjälp hemma."
        try tell(Tile(.goingHome, .done, text), state, &effects)
        if state.care.stay.pauses {
            state.care.stay.pauses = false
            try tell(
                Tile(.homeHelp, .ongoing, "Hemtjänsten fortsätter \(day). Du behöver inte ansöka igen."), state,
                &effects)
        }
        if let place = state.care.place(of: .homeHelp, .granted) {
            try start(place, &state, &effects)
            try askForIncome(&state, &effects)
        }
    }

    /// The hospital need not know which care, only from when (lag 2017:612).
    static func tellReadiness(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.care.stay.isInHospital, let region = state.care.stay.region, let ref = state.care.stay.caseRef,
            let first = receivesFrom(state, effects.today)
        else { return }
        let from = Stockholm.instant(first, hour: ElderCareRules.received)
        try effects.publish(CareReadiness(caseRef: ref, from: max(from, effects.next), addressee: region))
    }

    /// The day from which help at home, or a place, is ready; nil: nothing is granted.
    private static func receivesFrom(_ state: Case, _ today: Day) -> Day? {
        if let place = state.care.place(of: .homeHelp, .granted) ?? state.care.place(of: .residentialCare, .accepted) {
            return max(state.care.requests[place].from, today)
        }
        return state.services.contains { $0.service == .homeHelp && $0.stage == .started } ? today : nil
    }

    /// A line of the person's page, and of those who see it; about the person there.
    static func tell(_ tile: Tile, _ state: Case, _ effects: inout Effects<Timer>) throws {
        try effects.set(tile)
        var shared = tile
        shared.about = effects.subject
        for viewer in state.viewers(on: effects.today) { try effects.set(shared, for: viewer) }
    }
}
