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
}
