import AgencyKit
import LifeEvents

extension Region {
    static func call(_ state: inout RegionCase, _ event: Event<Birth>, _ effects: inout Effects<NoTimer>) throws {
        guard state.childHealth.take(.born) else { return }
        state.childHealth.birth.adopt(event)
        state.childHealth.mother = event.data.mother
        state.childHealth.visit = RegionRules.firstVisit(registered: event.knownOn)
        for parent in [event.data.mother, event.data.secondParent].compactMap(\.self) {
            try tell(parent, &state, &effects)
        }
    }

    static func tell(
        _ parent: Subject, _ state: inout RegionCase, _ effects: inout Effects<NoTimer>
    ) throws {
        if !state.childHealth.told.contains(parent) { state.childHealth.told.append(parent) }
        let visit = state.childHealth.visit.flatMap { $0 < effects.today ? nil : $0 }
        try effects.set(
            Tile(.childHealth, .ongoing, "BVC kallar till första besöket", about: effects.subject, next: visit),
            for: parent)
    }

    /// Follows the head: another county takes the call back, another parent is told instead.
    static func correctBirth(
        _ state: inout RegionCase, _ event: Event<Birth>, _ effects: inout Effects<NoTimer>
    ) throws {
        guard around(event.data.municipality) == [effects.agency] else {
            return try withdrawCall(&state, &effects)
        }
        try state.childHealth.birth.take(event)
        let known = state.childHealth.mother
        state.childHealth.mother = event.data.mother
        guard state.childHealth.stage == .called else { return }
        if let known, known != event.data.mother {
            state.childHealth.told.removeAll { $0 == known }
            try tellWrong([known], &effects)
        }
        for parent in [event.data.mother, event.data.secondParent].compactMap(\.self)
        where !state.childHealth.told.contains(parent) {
            try tell(parent, &state, &effects)
        }
    }

    static func withdrawCall(_ state: inout RegionCase, _ effects: inout Effects<NoTimer>) throws {
        guard state.childHealth.take(.birthAnnulled) else { return }
        try tellWrong(state.childHealth.told, &effects)
        state.childHealth = RegionCase.ChildHealth()
    }

    private static func tellWrong(_ parents: [Subject], _ effects: inout Effects<NoTimer>) throws {
        for parent in parents {
            try effects.set(
                Tile(.childHealth, .corrected, "Rättat: kallelsen till BVC gäller inte", about: effects.subject),
                for: parent)
        }
    }

    static func recall(_ state: inout RegionCase, _ event: Event<Death>, _ effects: inout Effects<NoTimer>) throws {
        state.death.adopt(event)
        try effects.set(Tile(.stopped, .stopped, "Bokade besök och kallelser är avbokade"))
        guard state.childHealth.take(.subjectDied) else { return }
        for parent in state.childHealth.told {
            try effects.set(
                Tile(.childHealth, .stopped, "Kallelsen till BVC är återtagen", about: effects.subject), for: parent)
        }
    }

    static func restoreAppointments(
        _ state: inout RegionCase, _ event: Event<Annulled<Death>>, _ effects: inout Effects<NoTimer>
    ) throws {
        try state.death.take(event)
        try effects.set(
            Tile(.stopped, .corrected, "Du är inte längre registrerad som avliden hos regionen. Kontrollera dina tider")
        )
        guard state.childHealth.take(.deathAnnulled) else { return }
        for parent in state.childHealth.told {
            try effects.set(
                Tile(.childHealth, .corrected, "Rättat: kallelsen till BVC gäller igen", about: effects.subject),
                for: parent)
        }
    }
}
