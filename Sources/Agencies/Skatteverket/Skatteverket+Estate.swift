import AgencyKit
import LifeEvents

/// Estate inventories (bouppteckning): held within three months, filed a month later.
extension Skatteverket {
    var estateRivers: [River<Skatteverket>] {
        [
            River(
                "await the estate inventory", hears: Death.self, as: Self.estates,
                mine: [
                    Condition("the estate inventory is not in already") { state, _ in
                        state.estate?.state != .received && state.estate?.state != .registered
                    },
                    Condition("the days are not known already") { state, event in
                        state.estate?.heldBy != RegisterRules.inventoryHeldBy(death: event.data.deathDate)
                    },
                ]
            ) { state, event, effects in
                let holders = state.register.map { register in
                    (survivingSpouse(register).map { [$0] } ?? []) + (register.children ?? []).map(\.person)
                }
                let estate = SkatteverketCase.Estate(
                    state: .awaiting, heldBy: RegisterRules.inventoryHeldBy(death: event.data.deathDate),
                    dueDate: RegisterRules.inventoryDue(death: event.data.deathDate), holders: holders ?? [])
                state.estate = estate
                effects.setTimer(.inventory, at: Stockholm.instant(estate.dueDate.adding(days: 1)))
                try publish(estate, .due, &effects)
                let held = SwedishText.shortDay(estate.heldBy)
                let due = SwedishText.shortDay(estate.dueDate)
                try tellHolders(
                    estate, .awaitingCitizen, "Håll bouppteckning senast \(held) och lämna in den senast \(due)",
                    &effects, deadline: estate.dueDate)
            },
            River(
                "take in the estate inventory", hears: EstateInventoryFiling.self, as: Self.estates,
                mine: [
                    Condition("an estate inventory is awaited") { state, _ in
                        state.estate.map { $0.state != .received && $0.state != .registered } ?? false
                    }
                ]
            ) { state, event, effects in
                guard var estate = state.estate else { return }
                effects.cancelTimer(.inventory)
                estate.state = .received
                estate.heldOn = event.data.heldOn
                estate.holders = event.data.holders
                state.estate = estate
                let decision = RegisterRules.decision(RegisterRules.inventoryHandlingDays, after: event.knownOn)
                effects.setTimer(.registerInventory, at: decision)
                try publish(estate, .received, &effects)
                let day = Stockholm.day(of: decision)
                try tellHolders(
                    estate, .received,
                    "Bouppteckningen har kommit in. Registreras omkring \(SwedishText.shortDay(day))", &effects,
                    expected: day)
            },
        ]
    }

    /// Nobody has filed by the last day: a reminder, then an order under penalty.
    func chaseInventory(_ state: inout SkatteverketCase, _ effects: inout Effects<SkatteverketTimer>) throws {
        guard var estate = state.estate else { return }
        switch estate.state {
        case .awaiting:
            estate.state = .reminded
            let last = effects.today.adding(days: RegisterRules.orderDays)
            effects.setTimer(.inventory, at: Stockholm.instant(last))
            try publish(estate, .reminded, &effects)
            try tellHolders(
                estate, .awaitingCitizen, "Bouppteckningen är försenad. Lämna in den före \(SwedishText.shortDay(last))",
                &effects, deadline: last)
        case .reminded:
            estate.state = .ordered
            try publish(estate, .ordered, &effects)
            try tellHolders(estate, .awaitingCitizen, "Lämna in bouppteckningen. Annars kan vite dömas ut", &effects)
        case .ordered, .received, .registered: return
        }
        state.estate = estate
    }

    func registerInventory(_ state: inout SkatteverketCase, _ effects: inout Effects<SkatteverketTimer>) throws {
        guard var estate = state.estate, estate.state == .received else { return }
        estate.state = .registered
        state.estate = estate
        try publish(estate, .registered, &effects)
        try tellHolders(estate, .done, "Bouppteckningen är registrerad", &effects)
    }

    private func publish(
        _ estate: SkatteverketCase.Estate, _ state: EstateInventoryState, _ effects: inout Effects<SkatteverketTimer>
    ) throws {
        try effects.publish(
            EstateInventory(
                state: state, heldBy: estate.heldBy, dueDate: estate.dueDate, heldOn: estate.heldOn,
                holders: estate.holders))
    }

    private func tellHolders(
        _ estate: SkatteverketCase.Estate, _ code: TileCode, _ text: String,
        _ effects: inout Effects<SkatteverketTimer>, deadline: Day? = nil, expected: Day? = nil
    ) throws {
        let subject = effects.subject
        for holder in estate.holders.isEmpty ? [subject] : estate.holders {
            try effects.tile(
                .estateInventory, code, text, to: holder, about: subject, deadline: deadline, expected: expected)
        }
    }
}
