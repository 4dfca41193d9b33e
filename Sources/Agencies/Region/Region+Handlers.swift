import AgencyKit
import LifeEvents

extension Region {
    static func recall(_ state: inout RegionCase, _ event: Event<Death>, _ effects: inout Effects<Timer>) throws {
        state.death.adopt(event)
        try effects.set(Tile(.stopped, .stopped, "Bokade besök och kallelser är avbokade"))
        try stopCalls(&state, &effects)
    }

    static func restoreAppointments(
        _ state: inout RegionCase, _ event: Event<Annulled<Death>>, _ effects: inout Effects<Timer>
    ) throws {
        try state.death.take(event)
        try effects.set(
            Tile(.stopped, .corrected, "Du är inte längre registrerad som avliden hos regionen. Kontrollera dina tider")
        )
        try resumeCalls(&state, &effects)
    }

    static func offerCare(_ state: inout RegionCase, _ event: Event<Move>, _ effects: inout Effects<Timer>) throws {
        state.healthCare.move.adopt(event, event.occurredOn)
        try effects.set(
            Tile(
                .healthCare, .informed,
                "\(Regions.name(effects.agency)) ansvarar nu för vården. Du kan välja vårdcentral"))
    }

    static func correctMove(
        _ state: inout RegionCase, _ event: Event<Move>, _ effects: inout Effects<Timer>
    ) throws {
        guard newCounty(event.data) == [effects.agency] else { return try withdrawCare(&state, &effects) }
        try state.healthCare.move.take(event, event.occurredOn)
    }

    static func withdrawCare(_ state: inout RegionCase, _ effects: inout Effects<Timer>) throws {
        state.healthCare = RegionCase.HealthCare()
        try effects.set(
            Tile(.healthCare, .corrected, "Rättat: \(Regions.name(effects.agency)) ansvarar inte för vården"))
    }
}
