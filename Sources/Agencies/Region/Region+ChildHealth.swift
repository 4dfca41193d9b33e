import AgencyKit
import LifeEvents

/// Child health (barnhälsovård, BVC): a home visit, then visits by the child's age; each guardian is told (B24).
extension Region {
    var childHealth: [River<Region>] {
        [
            River(
                "keep the guardians", hears: FamilyRelation.self,
                concerns: { event in
                    (event.data.concerns ?? []).filter { $0.owner == .region }
                        + (event.data.formerly ?? []).flatMap { Self.around($0) }
                },
                mine: [
                    Condition("is custody that we follow") { state, event in
                        state.childHealth.guardians.follows(event)
                    }
                ], handle: Self.followGuardian),
            River(
                "correct the guardians", hears: Annulled<FamilyRelation>.self,
                mine: [
                    Condition("annuls custody that we follow") { state, event in
                        state.childHealth.guardians.follows(event)
                    }
                ], handle: Self.undoGuardian),
            River(
                "correct a birth", hears: Birth.self,
                mine: [
                    Condition("called because of the corrected birth") { state, event in
                        event.corrects(state.childHealth.birth)
                    }
                ],
                handle: Self.correctBirth),
            River(
                "call to child health", hears: Birth.self, under: [ChildHealthRules.visits],
                concerns: { event in (event.data.concerns ?? []).filter { $0.owner == .region } },
                mine: [
                    Condition("has not called the child") { state, _ in
                        state.childHealth.stage.after(.born) != nil
                    },
                    Condition("is alive") { state, _ in !state.death.holds },
                ],
                handle: Self.call),
            River(
                "take back the call", hears: Annulled<Birth>.self,
                mine: [
                    Condition("called because of the annulled birth") { state, event in
                        event.annuls(state.childHealth.birth)
                    }
                ],
                handle: { state, _, effects in try Self.withdrawCall(&state, &effects) }),
        ]
    }

    private static func call(_ state: inout RegionCase, _ event: Event<Birth>, _ effects: inout Effects<Timer>) throws {
        guard state.childHealth.take(.born) else { return }
        state.childHealth.birth.adopt(event)
        state.childHealth.birthDate = event.data.birthDate
        state.childHealth.registeredOn = event.knownOn
        state.childHealth.next = .home
        // A child that was born long ago is past the first visits.
        while let due = visitDay(state, effects), due < effects.today, let next = state.childHealth.next?.following {
            state.childHealth.next = next
        }
        setVisitTimer(state, &effects)
        for guardian in state.childHealth.guardians.holders { try tell(guardian, .told, state, &effects) }
    }

    private static func followGuardian(
        _ state: inout RegionCase, _ event: Event<FamilyRelation>, _ effects: inout Effects<Timer>
    ) throws {
        guard case .gained(let guardian, _) = try state.childHealth.guardians.take(event),
            state.childHealth.stage == .called
        else { return }
        try tell(guardian, .added, state, &effects)
    }

    private static func undoGuardian(
        _ state: inout RegionCase, _ event: Event<Annulled<FamilyRelation>>, _ effects: inout Effects<Timer>
    ) throws {
        switch try state.childHealth.guardians.take(event) {
        case .annulled(let guardian) where state.childHealth.stage == .called:
            try tellWrong([guardian], &effects)
        case .gained(let guardian, _) where state.childHealth.stage == .called:
            try tell(guardian, .added, state, &effects)
        default: break
        }
    }

    /// The day after a visit the next is told.
    func visitPassed(_ state: inout RegionCase, _ effects: inout Effects<Timer>) throws {
        guard state.childHealth.stage == .called, let next = state.childHealth.next?.following else { return }
        state.childHealth.next = next
        Self.setVisitTimer(state, &effects)
        for guardian in state.childHealth.guardians.holders { try Self.tell(guardian, .told, state, &effects) }
    }

    static func setVisitTimer(_ state: RegionCase, _ effects: inout Effects<Timer>) {
        guard let day = visitDay(state, effects), state.childHealth.next?.following != nil else {
            return effects.cancelTimer(.visit)
        }
        effects.setTimer(.visit, at: Stockholm.instant(day.adding(days: 1)))
    }

    /// The last day of the next visit, or the day around which it is.
    private static func visitDay(_ state: RegionCase, _ effects: Effects<Timer>) -> Day? {
        guard let born = state.childHealth.birthDate, let registered = state.childHealth.registeredOn,
            let next = state.childHealth.next
        else { return nil }
        return effects.day(of: next, born: born, registered: registered)
    }

    private enum Occasion { case told, added }

    private static func tell(
        _ guardian: Subject, _ occasion: Occasion, _ state: RegionCase, _ effects: inout Effects<Timer>
    ) throws {
        guard let day = visitDay(state, effects), let next = state.childHealth.next else { return }
        try effects.set(
            Tile(
                .childHealth, .ongoing, next.text(SwedishText.day(day), isNew: occasion == .added),
                about: effects.subject, next: day), for: guardian)
    }

    /// Follows the head: another county takes the call back, another day of birth moves the visits.
    private static func correctBirth(
        _ state: inout RegionCase, _ event: Event<Birth>, _ effects: inout Effects<Timer>
    ) throws {
        guard event.data.concerns?.contains(effects.agency) == true else {
            return try withdrawCall(&state, &effects)
        }
        try state.childHealth.birth.take(event)
        guard state.childHealth.birthDate != event.data.birthDate else { return }
        state.childHealth.birthDate = event.data.birthDate
        guard state.childHealth.stage == .called else { return }
        setVisitTimer(state, &effects)
        guard state.childHealth.next != .home else { return }
        for guardian in state.childHealth.guardians.holders { try tell(guardian, .told, state, &effects) }
    }

    private static func withdrawCall(_ state: inout RegionCase, _ effects: inout Effects<Timer>) throws {
        guard state.childHealth.take(.birthAnnulled) else { return }
        effects.cancelTimer(.visit)
        try tellWrong(state.childHealth.guardians.holders, &effects)
        let guardians = state.childHealth.guardians
        state.childHealth = RegionCase.ChildHealth()
        state.childHealth.guardians = guardians
    }

    private static func tellWrong(_ guardians: [Subject], _ effects: inout Effects<Timer>) throws {
        for guardian in guardians {
            try effects.set(
                Tile(
                    .childHealth, .corrected, "Kallelsen till BVC var fel och gäller inte",
                    about: effects.subject), for: guardian)
        }
    }

    /// The child has died: no call goes out.
    static func stopCalls(_ state: inout RegionCase, _ effects: inout Effects<Timer>) throws {
        guard state.childHealth.take(.subjectDied) else { return }
        effects.cancelTimer(.visit)
        for guardian in state.childHealth.guardians.holders {
            try effects.set(
                Tile(
                    .childHealth, .stopped, "Vi beklagar sorgen. BVC har avbokat alla besök", about: effects.subject),
                for: guardian)
        }
    }

    static func resumeCalls(_ state: inout RegionCase, _ effects: inout Effects<Timer>) throws {
        guard state.childHealth.take(.deathAnnulled) else { return }
        setVisitTimer(state, &effects)
        for guardian in state.childHealth.guardians.holders {
            try effects.set(
                Tile(
                    .childHealth, .corrected, "En uppgift var fel och är rättad. BVC:s besök gäller igen",
                    about: effects.subject), for: guardian)
        }
    }
}
