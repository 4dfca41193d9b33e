import AgencyKit
import LifeEvents

/// Burial and cremation (begravningslagen 5 kap.): a certificate for who arranges it, and a month in which it is done.
extension Skatteverket {
    var burials: [River<Self>] {
        [
            River(
                "note a funeral", hears: Funeral.self, as: Self.register,
                under: [DeathRules.burial.legal, DeathRules.burialCertificate.legal],
                mine: [
                    Condition("is about one who is dead") { state, _ in state.death.stage == .dead },
                    Condition("is ordered, or held") { _, event in event.isNew },
                ], handle: Self.noteFuneral),
            River(
                "note a permit of burial", hears: BurialPermit.self, as: Self.register, under: [DeathRules.police],
                mine: [
                    Self.isNew(),
                    Condition("is waited for") { state, _ in state.death.burial.needsPermit },
                ],
                handle: { state, event, effects in
                    state.death.burial.needsPermit = false
                    state.death.burial.permit.adopt(event)
                    Self.orderCertificate(state, &effects)
                }),
            River(
                "give more time to bury", hears: BurialExtensionFiling.self, as: Self.register,
                under: [DeathRules.burial.legal],
                mine: [
                    Condition("is about one who is dead and not buried") { state, _ in
                        state.death.stage == .dead && !state.death.burial.isHeld
                    }
                ],
                whole: [
                    Condition("is filed by the next of kin") { state, event in
                        state.nextOfKin(of: event.subject, on: event.knownOn).contains(event.data.filedBy)
                    },
                    Condition("asks for a later day") { state, event in
                        state.death.burial.lastDay.map { event.data.until > $0 } ?? false
                    },
                ], handle: Self.extend),
        ]
    }

    /// The municipality need not see to it where there is time again.
    private static func extend(
        _ state: inout Case, _ event: Event<BurialExtensionFiling>, _ effects: inout Effects<Timer>
    ) throws {
        state.death.burial.extendedTo = event.data.until
        try effects.annul(BurialOverdue.self, in: &state.death.burial.overdue, reason: "notValid")
        if let died = state.death.date { awaitBurial(&state, died: died, &effects) }
        for holder in state.nextOfKin(of: effects.subject, on: effects.today) {
            try effects.set(
                Tile(
                    .funeral, .informed,
                    "Ni har fått mer tid. Begravningen ska ske senast den \(SwedishText.day(event.data.until))",
                    about: effects.subject), for: holder)
        }
    }

    private static func noteFuneral(
        _ state: inout Case, _ event: Event<Funeral>, _ effects: inout Effects<Timer>
    ) throws {
        switch event.data.state {
        case .ordered:
            state.death.burial.bureau = event.source
            state.death.burial.kind = event.data.kind
            orderCertificate(state, &effects)
        case .held:
            state.death.burial.isHeld = true
            effects.cancelTimer(.overdue)
        }
    }

    /// A certificate is made out when somebody is to have it and no inquiry needs the body.
    private static func orderCertificate(_ state: Case, _ effects: inout Effects<Timer>) {
        guard state.death.burial.bureau != nil, !state.death.burial.needsPermit, !state.death.burial.certificate.holds
        else { return }
        effects.setTimer(
            .burial,
            at: SkatteverketRules.morning(effects.value(of: DeathRules.burialCertificate), after: effects.today))
    }

    static func certifyBurial(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let bureau = state.death.burial.bureau, state.death.stage == .dead else { return }
        try effects.publish(
            BurialCertificate(kind: state.death.burial.kind, validFrom: effects.today, addressee: bureau),
            in: &state.death.burial.certificate)
    }

    /// A death that is told late has a month from when it is known: nobody can bury whom nobody has found [A].
    static func awaitBurial(_ state: inout Case, died: Day, _ effects: inout Effects<Timer>) {
        let byLaw = lastBurialDay(died, effects.today, effects.rules)
        let lastDay = max(byLaw, state.death.burial.extendedTo ?? byLaw)
        state.death.burial.lastDay = lastDay
        effects.setTimer(.overdue, at: SkatteverketRules.midnight(after: lastDay))
    }

    private static func lastBurialDay(_ died: Day, _ today: Day, _ rules: RuleValues) -> Day {
        let last = DeathRules.lastBurialDay(died: died, rules)
        return last >= today ? last : DeathRules.lastBurialDay(died: today, rules)
    }

    static func tellOverdue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.death.stage == .dead, !state.death.burial.isHeld,
            let municipality = state.register.municipality
        else { return }
        let lastDay = effects.today.adding(days: -1)
        try effects.publish(
            BurialOverdue(municipality: municipality, lastDay: lastDay), in: &state.death.burial.overdue)
        for holder in state.nextOfKin(of: effects.subject, on: effects.today) {
            try effects.set(
                Tile(
                    .funeral, .awaitingCitizen,
                    "Begravningen skulle ha skett senast den \(SwedishText.day(lastDay)). Ansök om förlängd tid hos "
                        + "Skatteverket. Annars kan kommunen ordna begravningen",
                    about: effects.subject), for: holder)
        }
    }
}
