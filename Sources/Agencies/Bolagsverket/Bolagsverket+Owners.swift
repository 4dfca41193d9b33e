import AgencyKit
import LifeEvents

/// Who ultimately owns a company (verklig huvudman): asked for, reminded of, ordered, registered (C8, C9).
extension Bolagsverket {
    var ownersNotices: [River<Self>] {
        [
            River(
                "answer that owners are notified already", hears: OwnersFiling.self,
                mine: [
                    Condition("is what is registered") { state, event in
                        event.data.owners == state.owners.registered
                    },
                    Condition("is filed by a board member or the CEO (C8)") { state, event in
                        state.company.signatories.isOnBoard(event.data.filedBy)
                    },
                ],
                handle: { state, _, effects in
                    // Asked anew, and nothing has changed.
                    if state.owners.take(.filed) { effects.cancelTimer(.owners) }
                    try effects.set(
                        Tile(
                            .beneficialOwner, .done, "Verklig huvudman är redan anmäld. Anmäl igen om ägandet ändras"))
                }),
            River(
                "register beneficial owners", hears: OwnersFiling.self,
                under: [BolagsverketRules.owners.legal, BolagsverketRules.neverPublic],
                mine: [
                    Condition("is of a registered company") { state, _ in
                        state.owners.stage.after(.filed) != nil
                    },
                    Condition("is not what is registered") { state, event in
                        event.data.owners != state.owners.registered
                    },
                ],
                whole: [
                    Condition("is filed by a board member or the CEO (C8)") { state, event in
                        state.company.signatories.isOnBoard(event.data.filedBy)
                    }
                ], handle: Self.registerOwners),
            River(
                "tell of who may not notify owners", hears: OwnersFiling.self,
                mine: [
                    Condition("is of a registered company") { state, _ in state.company.told != nil },
                    Condition("is not filed by the board or the CEO") { state, event in
                        !state.company.signatories.isOnBoard(event.data.filedBy)
                    },
                ], handle: { _, _, effects in try Self.tellAttempt(&effects) }),
        ]
    }

    static func tellAttempt(_ effects: inout Effects<Timer>) throws {
        try effects.set(
            Tile(
                .company, .informed,
                "Någon utan behörighet försökte anmäla en ändring för bolaget. Inget har ändrats"))
    }

    static func askForOwners(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.owners.take(.due) else { return }
        let day = SwedishCalendar.lastDayMoved(
            effects.today.adding(days: 7 * effects.value(of: BolagsverketRules.owners)))
        effects.setTimer(.owners, at: effects.midnight(after: day))
        let what =
            state.owners.registered == nil
            ? "Anmäl verklig huvudman senast \(SwedishText.day(day))."
            : "Styrelsen har ändrats. Har ägandet också ändrats? Anmäl verklig huvudman senast \(SwedishText.day(day))."
        try effects.set(
            Tile(
                .beneficialOwner, .awaitingCitizen,
                "\(what) Annars kan Bolagsverket kräva det och besluta om vite", deadline: day))
    }

    private static func registerOwners(
        _ state: inout Case, _ event: Event<OwnersFiling>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.owners.take(.filed) else { return }
        state.owners.registered = event.data.owners
        effects.cancelTimer(.owners)
        try effects.publish(BeneficialOwners(state: .registered, owners: event.data.owners))
        try effects.set(
            Tile(
                .beneficialOwner, .done,
                "Verklig huvudman är registrerad från \(SwedishText.day(event.knownOn)). Anmäl igen om ägandet ändras"))
    }

    static func ownersMissing(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.company.isActive, state.owners.take(.lastDayPassed) else { return }
        guard state.owners.stage == .reminded else {
            try effects.publish(BeneficialOwners(state: .ordered, lastDay: nil))
            return try effects.set(
                Tile(
                    .beneficialOwner, .awaitingCitizen,
                    "Bolagsverket förelägger bolaget att anmäla verklig huvudman. Gör det nu, annars kan vi besluta om vite"
                ))
        }
        // C20: the day after the last day is the first of the reminder's time.
        let due = effects.today.adding(days: effects.value(of: BolagsverketRules.order))
        let last = due.adding(days: -1)
        effects.setTimer(.owners, at: Stockholm.instant(due))
        try effects.publish(BeneficialOwners(state: .reminded, lastDay: last))
        try effects.set(
            Tile(
                .beneficialOwner, .awaitingCitizen,
                "Verklig huvudman är inte anmäld. Anmäl senast \(SwedishText.day(last)), annars förelägger vi bolaget",
                deadline: last))
    }
}
