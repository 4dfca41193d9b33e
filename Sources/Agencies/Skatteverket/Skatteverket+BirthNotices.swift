import AgencyKit
import LifeEvents

/// From the hospital's notice to the registered birth: on the mother's case, for there is no other yet.
extension Skatteverket {
    var birthNotices: [River<Self>] {
        [
            River(
                "note a birth", hears: BirthNotice.self, as: Self.register,
                mine: [
                    Self.isNew(), Self.isOpen(),
                    Condition("is not a child we know of") { state, event in
                        !state.births.contains { $0.child == event.data.child }
                            && !state.register.children.contains { $0.person == event.data.child }
                    },
                ], whole: [Self.isRegistered()], handle: Self.noteBirth),
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
        let registersOn = SkatteverketRules.morning(SkatteverketRules.birthHandlingDays, after: event.knownOn)
        state.births.append(
            .init(
                child: event.data.child, notice: ChainHead(event), birthDate: Stockholm.day(of: event.data.bornAt),
                birthOrder: event.data.birthOrder, registersOn: registersOn, cause: effects.cause))
        setBirthTimer(state, &effects)
        try effects.set(Tile(.childRegistered, .informed, "Sjukhuset har anmält födelsen", about: event.data.child))
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
            try effects.set(
                Tile(.childRegistered, .corrected, "Rättat: sjukhusets anmälan gäller inte", about: birth.child))
        }
        state.births.removeAll { event.annuls($0.notice) }
        setBirthTimer(state, &effects)
    }

    /// Registers every birth whose handling time is over: the child gets an identity, and a case of its own.
    static func registerBirths(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let ready = state.births.filter { $0.registersOn <= effects.now }
        state.births.removeAll { $0.registersOn <= effects.now }
        setBirthTimer(state, &effects)
        guard let municipality = state.register.municipality else { return }
        for birth in ready {
            var registered = Case.RegisteredBirth(
                child: birth.child, notice: birth.notice, mother: effects.subject,
                secondParent: state.register.livingSpouse, municipality: municipality, birthDate: birth.birthDate,
                birthOrder: birth.birthOrder)
            let birthEvent = try effects.publish(
                registered.fact, about: birth.child, occurredOn: birth.birthDate, cause: birth.cause)
            registered.chain = ChainHead(birthEvent)
            state.registered.append(registered)
            try effects.publish(
                Identity(idType: .personalNumber, municipality: municipality), about: birth.child,
                occurredOn: birth.birthDate, cause: birth.cause)
            state.register.children.append(.init(person: birth.child, birthDate: birth.birthDate))
            guard state.death.stage != .dead else { continue }
            try effects.set(
                Tile(.childRegistered, .done, registeredText(municipality), about: birth.child), for: effects.subject,
                cause: birth.cause)
        }
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
        }
        state.registered.removeAll { event.annuls($0.notice) }
    }

    static func registeredText(_ municipality: String) -> String {
        "Barnet är folkbokfört i \(Municipalities.name(code: municipality))"
    }

    private static func setBirthTimer(_ state: Case, _ effects: inout Effects<Timer>) {
        guard let next = state.births.map(\.registersOn).min() else { return effects.cancelTimer(.birth) }
        effects.setTimer(.birth, at: next)
    }
}
