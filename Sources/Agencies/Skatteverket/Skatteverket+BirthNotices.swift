import AgencyKit
import LifeEvents

/// From the hospital's notice to the registered birth: on the mother's case, for there is no other yet.
extension Skatteverket {
    var birthNotices: [River<Self>] {
        [
            River(
                "note a birth", hears: BirthNotice.self, as: Self.register,
                under: [BirthRules.notice, BirthRules.place, BirthRules.spouse, BirthRules.sameBirth],
                mine: [
                    Self.isNew(), Self.isOpen(),
                    // B26: the same mother, day and order is the same birth, and another order a twin.
                    Condition("is not a birth we know of") { state, event in
                        let (day, order) = (Stockholm.day(of: event.data.bornAt), event.data.birthOrder)
                        return !state.births.contains {
                            $0.child == event.data.child || $0.birthDate == day && $0.birthOrder == order
                        }
                            && !state.registered.contains {
                                $0.child == event.data.child || $0.birthDate == day && $0.birthOrder == order
                            }
                    },
                ],
                whole: [
                    Condition("is registered in a municipality, or married") { state, _ in
                        state.residence != nil || state.register.livingSpouse != nil
                    }
                ], handle: Self.noteBirth),
            River(
                "correct a notice", hears: BirthNotice.self, as: Self.register,
                mine: [
                    Condition("corrects a notice that is not registered yet") { state, event in
                        state.births.contains { event.corrects($0.notice) }
                    }
                ], handle: Self.correctNotice),
            River(
                "withdraw a notice", hears: Annulled<BirthNotice>.self, as: Self.register,
                mine: [
                    Condition("annuls a notice that is not registered yet") { state, event in
                        state.births.contains { event.annuls($0.notice) }
                    }
                ], handle: Self.withdrawNotice),
            River(
                "correct a registered birth by its notice", hears: BirthNotice.self, as: Self.register,
                mine: [
                    Condition("corrects a notice that is registered") { state, event in
                        state.registered.contains { event.corrects($0.notice) }
                    }
                ], handle: Self.correctRegistered),
            River(
                "annul a registered birth by its notice", hears: Annulled<BirthNotice>.self, as: Self.register,
                mine: [
                    Condition("annuls a notice that is registered") { state, event in
                        state.registered.contains { event.annuls($0.notice) }
                    }
                ], handle: Self.annulRegistered),
        ]
    }

    private static func noteBirth(
        _ state: inout Case, _ event: Event<BirthNotice>, _ effects: inout Effects<Timer>
    ) throws {
        let day = SwedishCalendar.adding(workingDays: effects.value(of: BirthRules.handling), to: event.knownOn)
        let isQueued = effects.value(of: BirthRules.capacity) > 0
        state.births.append(
            .init(
                child: event.data.child, notice: ChainHead(event), birthDate: Stockholm.day(of: event.data.bornAt),
                birthOrder: event.data.birthOrder, registersOn: SkatteverketRules.morning(day), isQueued: isQueued,
                cause: effects.cause))
        setBirthTimer(state, &effects)
        if isQueued { return try queue(event.data.child, &effects) }
        try tellNotified(event.data.child, registered: day, state, &effects)
    }

    static func tellNotified(
        _ child: Subject, registered day: Day, _ state: Case, _ effects: inout Effects<Timer>
    ) throws {
        try tellMother(
            Tile(
                .childRegistered, .informed,
                "Födelsen är anmäld till Skatteverket. Barnet registreras omkring den \(SwedishText.day(day))",
                about: child), state, &effects)
    }

    /// On the mother's case: the dead are told nothing of their children, and nobody else sees her page for them.
    private static func tellMother(_ tile: Tile, _ state: Case, _ effects: inout Effects<Timer>) throws {
        guard state.death.stage != .dead else { return }
        try effects.set(tile)
    }

    private static func correctNotice(
        _ state: inout Case, _ event: Event<BirthNotice>, _ effects: inout Effects<Timer>
    ) throws {
        for index in state.births.indices where event.corrects(state.births[index].notice) {
            try state.births[index].notice.take(event)
            state.births[index].birthDate = Stockholm.day(of: event.data.bornAt)
            state.births[index].birthOrder = event.data.birthOrder
        }
    }

    private static func withdrawNotice(
        _ state: inout Case, _ event: Event<Annulled<BirthNotice>>, _ effects: inout Effects<Timer>
    ) throws {
        for birth in state.births where event.annuls(birth.notice) {
            try leaveQueue(birth.child, &effects)
            try tellMother(
                Tile(
                    .childRegistered, .corrected, "Anmälan av en födelse var fel och är borttagen", about: birth.child),
                state, &effects)
        }
        state.births.removeAll { event.annuls($0.notice) }
        setBirthTimer(state, &effects)
    }

    /// The hospital was wrong about what is registered: the register follows at once. The sex is in no message.
    private static func correctRegistered(
        _ state: inout Case, _ event: Event<BirthNotice>, _ effects: inout Effects<Timer>
    ) throws {
        guard let index = state.registered.firstIndex(where: { event.corrects($0.notice) }) else { return }
        let former = state.registered[index].fact
        try state.registered[index].notice.take(event)
        state.registered[index].birthDate = Stockholm.day(of: event.data.bornAt)
        state.registered[index].birthOrder = event.data.birthOrder
        let now = state.registered[index]
        guard now.fact != former else { return }
        try effects.publish(
            now.fact, in: &state.registered[index].chain, about: now.child, occurredOn: now.birthDate)
        for child in state.register.children.indices where state.register.children[child].person == now.child {
            state.register.children[child].birthDate = now.birthDate
        }
    }

    private static func annulRegistered(
        _ state: inout Case, _ event: Event<Annulled<BirthNotice>>, _ effects: inout Effects<Timer>
    ) throws {
        for var birth in state.registered where event.annuls(birth.notice) {
            try effects.annul(Birth.self, in: &birth.chain, about: birth.child, reason: event.data.reasonCode)
            state.register.children.removeAll { $0.person == birth.child }
            state.custodies.removeAll { $0.child == birth.child }
        }
        state.registered.removeAll { event.annuls($0.notice) }
    }

    static func setBirthTimer(_ state: Case, _ effects: inout Effects<Timer>) {
        let due =
            state.births.filter { !$0.isAsked && !$0.isQueued }.map(\.registersOn) + state.custodies.map(\.registersOn)
        guard let next = due.min() else { return effects.cancelTimer(.birth) }
        effects.setTimer(.birth, at: next)
    }
}
