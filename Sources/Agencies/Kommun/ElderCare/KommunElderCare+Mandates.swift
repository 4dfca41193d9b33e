import AgencyKit
import LifeEvents

/// Who may act for the person and see the page (fullmakt, framtidsfullmakt, god man), and what the person consents to.
extension KommunElderCare {
    var mandates: [River<Self>] {
        [
            River(
                "keep a power of attorney for care", hears: GrantedMandate.self,
                concerns: { Kommun.concerned($0.data.concerns) },
                mine: [
                    Condition("is for elder care, to a person, or changes one we know") { state, event in
                        state.care.mandates.concerns(event, for: .elderCare)
                    }
                ],
                whole: [
                    Condition("is given by the principal, or declared in force by its holder") { state, event in
                        state.care.mandates.mayFile(event)
                    }
                ], handle: Self.takeMandate),
            River(
                "forget a power of attorney for care", hears: Annulled<GrantedMandate>.self,
                mine: [Condition("is one we know") { state, event in state.care.mandates.knows(event) }],
                handle: Self.forgetMandate),
            River(
                "let a god man act", hears: Guardianship.self,
                mine: [
                    Condition("is known here") { state, _ in
                        state.isKnownHere || !state.care.mandates.known.isEmpty
                    },
                    Condition("lets somebody apply or have contact with care, or changes what we know") {
                        state, event in
                        state.care.mandates.concerns(event, for: Self.godManScopes)
                    },
                ],
                handle: { state, event, effects in
                    let before = state.viewers(on: effects.today)
                    try state.care.mandates.take(event, for: Self.godManScopes)
                    try Self.tellRepresentative(event, before: before, state, &effects)
                }),
            River(
                "forget a god man", hears: Annulled<Guardianship>.self, under: [GodManConsumer.knows],
                mine: [Condition("is one we know") { state, event in state.care.mandates.knows(event) }],
                handle: { state, event, effects in
                    let before = state.viewers(on: effects.today)
                    try state.care.mandates.take(event)
                    let after = state.viewers(on: effects.today)
                    for holder in before where !after.contains(holder) {
                        try effects.set(
                            Tile(
                                .whoKnows, .corrected,
                                "Det var fel: du är inte god man. Hemtjänsten har tagit bort uppgiften.",
                                about: effects.subject), for: holder)
                    }
                }),
            River(
                "keep a consent of care", hears: Consent.self,
                under: [ElderCareRules.plan, ElderCareRules.technology, ElderCareRules.move],
                concerns: { ([$0.data.holder] + $0.data.recipients).filter { $0.owner == .kommun } },
                mine: [
                    Condition("is new, or changes one we know") { state, event in state.care.permits.concerns(event) }
                ],
                whole: [
                    Condition("is given by the person, or who may act") { state, event in
                        state.mayAct(event.data.filedBy, for: event.subject, on: event.knownOn)
                    }
                ], handle: Self.takeConsent),
            River(
                "forget a consent of care", hears: Annulled<Consent>.self,
                mine: [Condition("is one we know") { state, event in state.care.permits.concerns(event) }],
                handle: { state, event, _ in state.care.permits.take(event) }),
        ]
    }

    /// Who guards rights applies; who cares for the person has contact with care.
    static let godManScopes: [GuardianshipScope] = [.guardRights, .careForPerson]

    private static func takeMandate(
        _ state: inout Case, _ event: Event<GrantedMandate>, _ effects: inout Effects<Timer>
    ) throws {
        let saw = state.viewers(on: effects.today)
        guard let holder = try state.care.mandates.take(event, for: .elderCare) else { return }
        let sees = state.viewers(on: effects.today)
        if event.change == .ceased || saw.contains(holder) && !sees.contains(holder) {
            return try endMandate(of: holder, &state, &effects)
        }
        guard sees.contains(holder), !saw.contains(holder) else { return }
        let what = event.data.kind == .futurePowerOfAttorney ? "Framtidsfullmakten" : "Fullmakten"
        let text =
            "\(what) om äldreomsorg gäller från \(SwedishText.day(effects.today)). Den kan återkallas när som helst."
        try effects.set(Tile(.mandate, .informed, text))
        try effects.set(Tile(.mandate, .informed, text, about: effects.subject), for: holder)
    }

    /// What never was a power of attorney, or has not ended after all: both are told where they were told of it.
    private static func forgetMandate(
        _ state: inout Case, _ event: Event<Annulled<GrantedMandate>>, _ effects: inout Effects<Timer>
    ) throws {
        let saw = state.viewers(on: effects.today)
        try state.care.mandates.take(event)
        let sees = state.viewers(on: effects.today)
        for holder in saw where !sees.contains(holder) {
            try endMandate(
                of: holder, says: (.corrected, "Det var fel: ingen fullmakt om äldreomsorg gäller."), &state, &effects)
        }
    }

    /// What the holder has seen ends at once, and who is waited for is the person again.
    private static func endMandate(
        of holder: Subject, says: (code: TileCode, text: String)? = nil, _ state: inout Case,
        _ effects: inout Effects<Timer>
    ) throws {
        let (code, text) =
            says ?? (.stopped, "Fullmakten om äldreomsorg gäller inte från \(SwedishText.day(effects.today)).")
        try effects.set(Tile(.mandate, code, text))
        try effects.set(Tile(.mandate, code, text, about: effects.subject), for: holder)
        guard let place = state.care.place(of: .residentialCare, .offered) else { return }
        try effects.set(
            Tile(
                .careHome, code, "Du ser inte längre ärendet, för att fullmakten inte gäller.",
                about: effects.subject),
            for: holder)
        try tellOffer(state, place, &effects)
    }

    private static func takeConsent(
        _ state: inout Case, _ event: Event<Consent>, _ effects: inout Effects<Timer>
    ) throws {
        try state.care.permits.take(event)
        guard event.change == .ceased else { return }
        let day = SwedishText.day(effects.today)
        switch event.data.scope {
        case .careFee where state.hasOlderService:
            let last = SwedishCalendar.lastDayMoved(effects.today.adding(months: 1))
            try tell(
                Tile(
                    .careFee, .awaitingCitizen,
                    "Samtycket är återkallat \(day). Det som redan har lämnats finns kvar i ärendet. Lämna "
                        + "inkomstuppgift senast \(SwedishText.day(last)), annars kan avgiften bli den högsta",
                    deadline: last), state, &effects)
        case .careFee:
            try effects.set(
                Tile(
                    .careFee, .informed,
                    "Samtycket är återkallat \(day). Det som redan har lämnats finns kvar i ärendet. Avgiften bygger nu på "
                        + "vad du själv säger till kommunen."))
        case .careNeeds:
            try effects.set(
                Tile(
                    .goingHome, .informed,
                    "Samtycket är återkallat \(day). Det som redan har lämnats finns kvar i ärendet."))
        case .careTechnology: try offerPlainAlarm(&state, &effects)
        case .careTransfer, .aidTransfer, .rehabilitation, .jobSeekerHandover: break
        }
    }

    /// An alarm that tells the position ends with the consent, and one that does not is offered (E19).
    private static func offerPlainAlarm(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.care.tellsPosition,
            let place = state.services.firstIndex(where: { $0.service == .alarm && $0.stage != .ended }),
            state.services[place].take(.ended)
        else { return }
        state.care.tellsPosition = false
        state.services[place].reason = .withdrawn
        try effects.cease(
            ElderCare(
                municipality: effects.municipality, service: .alarm, state: .ended, from: effects.today,
                reason: .withdrawn), in: &state.services[place].chain, occurredOn: effects.today)
        try effects.publish(
            ElderCare(municipality: effects.municipality, service: .alarm, state: .offered, from: effects.today))
        try tell(
            Tile(
                .alarm, .awaitingCitizen,
                "Larmet med positionering avslutades \(SwedishText.day(effects.today)), för att samtycket är återkallat. "
                    + "Ansök om du vill ha ett vanligt trygghetslarm, annars har du inget larm."), state, &effects)
    }
}
