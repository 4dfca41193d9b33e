import AgencyKit
import LifeEvents

/// Estates (dödsbo): the inventory (bouppteckning) is awaited, received and registered, or reminded of and ordered.
extension Skatteverket {
    var estateInventories: [River<Self>] {
        [
            River(
                "await an estate inventory", hears: Death.self, as: Self.estates,
                mine: [
                    Condition("is the death we hold") { $0.death.chain.head?.id == $1.id },
                    Condition("has no estate open") { state, _ in state.estate.stage == .none },
                    Condition("is not past its last day, or has just been certified") { state, event in
                        state.death.certificate.holds
                            || SkatteverketRules.inventory(died: event.data.deathDate).dueDate >= event.knownOn
                    },
                ], handle: Self.openEstate),
            River(
                "receive an estate inventory", hears: EstateInventoryFiling.self, as: Self.estates,
                mine: [Condition("awaits an inventory") { state, _ in state.estate.stage.isWaiting }],
                whole: [
                    Condition("is filed by a holder of the estate") { state, event in
                        state.estate.holders.contains(event.data.filedBy)
                            || event.data.holders.contains(event.data.filedBy)
                    },
                    Condition("was held after the death") { state, event in
                        state.death.date.map { $0 <= event.data.heldOn } ?? false && event.data.heldOn <= event.knownOn
                    },
                ], handle: Self.receive),
        ]
    }

    private static func openEstate(
        _ state: inout Case, _ event: Event<Death>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.estate.take(.opened) else { return }
        state.estate.holders = state.survivors
        setDates(&state, event.data.deathDate, &effects)
        try publishEstate(&state, .due, &effects)
        try tellDue(state, &effects)
    }

    private static func setDates(_ state: inout Case, _ died: Day, _ effects: inout Effects<Timer>) {
        let (heldBy, dueDate) = SkatteverketRules.inventory(died: died)
        state.estate.heldBy = heldBy
        state.estate.dueDate = dueDate
        effects.setTimer(.inventory, at: SkatteverketRules.midnight(after: dueDate))
    }

    private static func publishEstate(
        _ state: inout Case, _ stage: EstateInventoryState, _ effects: inout Effects<Timer>
    ) throws {
        guard let fact = fact(state, stage) else { return }
        state.estate.facts.append(ChainHead(try effects.publish(fact)))
    }

    private static func fact(_ state: Case, _ stage: EstateInventoryState) -> EstateInventory? {
        guard let heldBy = state.estate.heldBy, let dueDate = state.estate.dueDate else { return nil }
        return EstateInventory(
            state: stage, heldBy: heldBy, dueDate: dueDate, heldOn: state.estate.heldOn,
            holders: state.estate.holders)
    }

    private static func tell(
        _ state: Case, _ code: TileCode, _ text: String, deadline: Day? = nil, expected: Day? = nil,
        _ effects: inout Effects<Timer>
    ) throws {
        for holder in state.nextOfKin(of: effects.subject, on: effects.today) {
            try effects.set(
                Tile(.estateInventory, code, text, about: effects.subject, deadline: deadline, expected: expected),
                for: holder)
        }
    }

    private static func tellDue(_ state: Case, _ effects: inout Effects<Timer>) throws {
        guard let heldBy = state.estate.heldBy, let dueDate = state.estate.dueDate else { return }
        let (held, due) = (SwedishText.shortDay(heldBy), SwedishText.shortDay(dueDate))
        try tell(
            state, .awaitingCitizen, "Håll bouppteckning senast \(held) och lämna in den senast \(due)",
            deadline: dueDate, &effects)
    }

    private static func receive(
        _ state: inout Case, _ event: Event<EstateInventoryFiling>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.estate.take(.filed) else { return }
        state.estate.heldOn = event.data.heldOn
        state.estate.holders = event.data.holders
        state.estate.filer = event.data.filedBy
        let registered = SwedishCalendar.adding(
            workingDays: SkatteverketRules.inventoryHandlingDays, to: event.knownOn)
        effects.setTimer(.inventory, at: SkatteverketRules.morning(registered))
        try publishEstate(&state, .received, &effects)
        let day = SwedishText.shortDay(registered)
        try tell(
            state, .received, "Bouppteckningen har kommit in. Registreras omkring \(day)", expected: registered,
            &effects)
    }

    /// The last day has passed without an inventory, or the handling time with one.
    static func inventoryDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.estate.take(.timePassed) else { return }
        switch state.estate.stage {
        case .reminded:
            let lastDay = SkatteverketRules.lastDay(reminded: effects.today)
            effects.setTimer(.inventory, at: SkatteverketRules.midnight(after: lastDay))
            try publishEstate(&state, .reminded, &effects)
            let day = SwedishText.shortDay(lastDay)
            try tell(
                state, .awaitingCitizen, "Bouppteckningen har inte kommit in. Lämna in den senast \(day)",
                deadline: lastDay, &effects)
        case .ordered:
            try publishEstate(&state, .ordered, &effects)
            try tell(
                state, .awaitingCitizen, "Ni är förelagda att lämna in bouppteckningen. Annars kan ni få betala vite",
                &effects)
        case .registered:
            try publishEstate(&state, .registered, &effects)
            try tell(state, .done, "Bouppteckningen är registrerad", &effects)
        case .none, .awaiting, .received: break
        }
    }

    /// Another day of death moves the last days; one that is filed already needs none.
    static func correctEstate(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let died = state.death.date, state.estate.stage.isWaiting, !state.estate.facts.isEmpty,
            SkatteverketRules.inventory(died: died) != (state.estate.heldBy, state.estate.dueDate)
        else { return }
        let isLate = SkatteverketRules.inventory(died: died).dueDate < effects.today
        if state.estate.stage == .awaiting || !isLate {
            state.estate.take(.dueLater)
            setDates(&state, died, &effects)
        } else {
            (state.estate.heldBy, state.estate.dueDate) = SkatteverketRules.inventory(died: died)
        }
        guard let due = fact(state, .due) else { return }
        try effects.publish(due, in: &state.estate.facts[0])
        if state.estate.stage == .awaiting { try tellDue(state, &effects) }
    }

    /// Nobody died: no inventory was ever due.
    static func annulEstate(_ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>) throws {
        guard state.estate.stage != .none else { return }
        effects.cancelTimer(.inventory)
        for var fact in state.estate.facts.reversed() {
            try effects.annul(EstateInventory.self, in: &fact, reason: reason)
        }
        try tell(state, .corrected, "Rättat: ingen bouppteckning behövs", &effects)
        state.estate = Case.Estate()
    }
}
