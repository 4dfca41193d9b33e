import AgencyKit
import LifeEvents

extension Kommun {
    static func endAtDeath(
        _ state: inout KommunCase, _ event: Event<Death>, _ effects: inout Effects<Timer>
    ) throws {
        state.death.adopt(event, event.data.deathDate)
        let familyLaw = try closeFamilyLawAtDeath(&state, &effects)
        let preschool = try closePreschoolAtDeath(&state, &effects)
        effects.cancelTimer(.keptPlace)
        guard familyLaw || preschool else { return }
        try effects.set(Tile(.stopped, .stopped, "Ärenden i \(effects.place) är avslutade"))
    }

    /// Nothing here depends on the day of death.
    static func correctDeath(
        _ state: inout KommunCase, _ event: Event<Death>, _ effects: inout Effects<Timer>
    ) throws {
        try state.death.take(event, event.data.deathDate)
    }

    static func restore(
        _ state: inout KommunCase, _ event: Event<Annulled<Death>>, _ effects: inout Effects<Timer>
    ) throws {
        let reason = event.data.reasonCode
        try state.death.take(event)
        let familyLaw = try restoreFamilyLaw(&state, reasonCode: reason, &effects)
        let preschool = try restorePreschool(&state, .deathAnnulled, reasonCode: reason, &effects)
        guard familyLaw || preschool else { return }
        try effects.set(Tile(.stopped, .corrected, "Rättat: ärenden i \(effects.place) fortsätter"))
    }
}
