import AgencyKit
import LifeEvents

/// A child that is born after the death, or whose parent is found out after it: who the partners are is looked at anew. A
/// spouse goes before common children still; then the child is no partner and is summoned (D6, D8).
extension SkatteverketEstates {
    var lateHeirs: [River<Self>] {
        [
            River(
                "take in a child that is known later", hears: ChildOfParent.self, under: [DeathRules.lateChild],
                mine: [
                    Condition("is new, of a child that is not known yet") { state, event in
                        event.isNew && state.child(event.data.child) == nil
                    }
                ],
                handle: { state, event, effects in
                    let data = event.data
                    state.family.later.append(.init(child: data.child, chain: ChainHead(event)))
                    state.family.children.append(
                        .init(person: data.child, birthDate: data.birthDate, otherParent: data.otherParent))
                    try Self.takeIn(data.child, &state, &effects)
                    try Self.tellRelatives(&state, &effects)
                }),
            River(
                "take out a child that is another's", hears: Annulled<ChildOfParent>.self,
                mine: [
                    Condition("annuls what we were told") { state, event in
                        state.family.later.contains { event.annuls($0.chain) }
                    }
                ], handle: Self.takeOut),
        ]
    }

    private static func takeIn(
        _ child: Subject, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard state.estate.stage != .none, state.estate.stage != .small else { return }
        let heirs = state.heirs(on: effects.today)
        guard heirs.persons.contains(child) else {
            guard state.estate.stage.isWaiting, !state.estate.summoned.contains(child) else { return }
            state.estate.summoned.append(child)
            return try publishDueAgain(&state, &effects)
        }
        guard state.estate.stage.isWaiting else {
            // The inventory is there: its partners stay, and the child is one more.
            state.estate.partners.holders.append(state.holder(child, on: effects.today))
            if state.isMinor(child, on: effects.today) { try tellChiefGuardian(&state, child, &effects) }
            try tellActors(&state, &effects)
            return try askForHeir(&state, &effects)
        }
        let hadNobody = state.estate.partners.actors.isEmpty
        state.estate.partners = heirs
        effects.cancelTimer(.unattended)
        if hadNobody, let died = state.estate.death.head?.value {
            // Until now nobody could have held the inventory.
            state.estate.take(.dueLater)
            setDates(&state, EstateRules.dates(died: died, registered: effects.today, effects.rules), &effects)
        }
        try effects.annul(EstateUnattended.self, in: &state.estate.unattended, reason: "notValid")
        try awaitActor(&state, &effects)
        if state.isMinor(child, on: effects.today) { try tellChiefGuardian(&state, child, &effects) }
        try publishDueAgain(&state, &effects)
        try tellActors(&state, &effects)
    }

    /// All who have a share are to be named (D8).
    private static func askForHeir(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.estate.take(.heirFound) else { return }
        state.estate.missing = .holders
        let lastDay = SwedishCalendar.lastDayMoved(
            effects.today.adding(days: effects.value(of: EstateRules.completion)))
        state.estate.lastDay = lastDay
        effects.setTimer(.inventory, at: SkatteverketRules.midnight(after: lastDay))
        try publish(&state, .supplementAsked, &effects)
        try tell(
            state, .awaitingCitizen,
            "Ett barn till den som har avlidit är registrerat och ska vara med i bouppteckningen. Komplettera senast den "
                + "\(SwedishText.day(lastDay)), annars kan Skatteverket kräva det med vite", deadline: lastDay, &effects
        )
    }

    private static func takeOut(
        _ state: inout Case, _ event: Event<Annulled<ChildOfParent>>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.family.later.firstIndex(where: { event.annuls($0.chain) }) else { return }
        let child = state.family.later.remove(at: place).child
        state.family.children.removeAll { $0.person == child }
        try tellRelatives(&state, &effects)
        guard state.estate.stage != .none else { return }
        for var notice in state.estate.notices where notice.child == child {
            try effects.annul(HeirNotice.self, in: &notice.chain, about: child, reason: event.data.reasonCode)
        }
        state.estate.notices.removeAll { $0.child == child }
        state.estate.summoned.removeAll { $0 == child }
        guard state.estate.stage.isWaiting else {
            for holder in state.estate.partners.holders where holder.person == child {
                try tellNoPartner(holder, .notChild, &effects)
            }
            state.estate.partners.holders.removeAll { $0.person == child }
            return try tellActors(&state, &effects)
        }
        try renewPartners(to: state.heirs(on: effects.today), .notChild, &state, &effects)
    }
}
