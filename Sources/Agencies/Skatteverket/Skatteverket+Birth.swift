import AgencyKit
import LifeEvents

/// Births: the hospital notifies, Skatteverket registers the child and gives it a personal number.
extension Skatteverket {
    var birthRivers: [River<Skatteverket>] {
        [
            River(
                "take in the birth notice", hears: BirthNotice.self, as: Self.register,
                mine: [
                    Condition("the child is not notified already") { state, event in
                        !state.births.contains { $0.child == event.data.child }
                    }
                ],
                whole: [Condition("the mother is registered") { state, _ in state.register != nil }]
            ) { state, event, effects in
                state.births.append(
                    SkatteverketCase.ReportedBirth(
                        child: event.data.child, birthDate: Stockholm.day(of: event.data.bornAt),
                        birthOrder: event.data.birthOrder))
                effects.setTimer(
                    .registerBirth, at: RegisterRules.decision(RegisterRules.birthHandlingDays, after: event.knownOn))
                try effects.tile(
                    .childRegistered, .informed, "Sjukhuset har anmält födelsen", about: event.data.child)
            },
            River(
                "follow the registered birth", hears: Birth.self, as: Self.register,
                mine: [Condition("it is news") { state, event in state.child?.birth != event.id }]
            ) { state, event, effects in
                try follow(event, &state, &effects)
            },
            River(
                "undo a birth that never was", hears: Annulled<Birth>.self, as: Self.register,
                mine: [
                    Condition("it annuls the head of the chain") { state, event in
                        state.child.map { $0.birth == event.previous && $0.state != .annulled } ?? false
                    }
                ]
            ) { state, _, effects in
                effects.cancelTimer(.parenthood)
                guard var child = state.child else { return }
                child.state = .annulled
                state.child = child
                for parent in child.parents {
                    try effects.tile(
                        .childRegistered, .corrected, "Rättat: barnet registrerades av misstag", to: parent,
                        about: effects.subject)
                }
            },
            River(
                "remember the identity", hears: Identity.self, as: Self.register,
                mine: [Condition("it is news") { state, event in state.identityHead != event.id }]
            ) { state, event, _ in
                state.identity = event.data
                state.identityHead = event.id
            },
            River(
                "register the name", hears: NameFiling.self, as: Self.register,
                mine: [Condition("the child is registered") { state, _ in state.child?.state != .annulled }],
                whole: [
                    Condition("the child has an identity") { state, _ in
                        state.identity != nil && state.child != nil
                    },
                    Condition("a parent files") { state, event in
                        state.child?.parents.contains(event.data.filedBy) ?? false
                    },
                ]
            ) { state, event, effects in
                guard var identity = state.identity, let child = state.child else { return }
                identity.name = PersonName(given: event.data.given, family: event.data.family)
                state.child?.isNamed = true
                state.identityHead = try effects.publish(
                    identity, occurredOn: effects.today, change: .corrected, previous: state.identityHead)
                state.identity = identity
                for parent in child.parents {
                    try effects.tile(.name, .done, "Namnet är registrerat", to: parent, about: effects.subject)
                }
            },
        ]
    }

    /// On the mother's case: each reported child becomes a person of the register.
    func registerBirths(
        _ state: inout SkatteverketCase, _ effects: inout Effects<SkatteverketTimer>
    ) throws {
        guard let mother = state.register else { return }
        let isMarried = mother.civilStatus == .married || mother.civilStatus == .partnership
        var children = mother.children ?? []
        for birth in state.births {
            try effects.publish(
                Birth(
                    mother: effects.subject, secondParent: isMarried ? mother.spouse : nil,
                    municipality: mother.municipality, birthDate: birth.birthDate, birthOrder: birth.birthOrder),
                about: birth.child, occurredOn: birth.birthDate)
            try effects.publish(
                Identity(idType: .personalNumber, municipality: mother.municipality), about: birth.child)
            let place = Municipalities.name(code: mother.municipality)
            try effects.tile(
                .childRegistered, .done, "Barnet är folkbokfört i \(place)", about: birth.child)
            children.append(RegisteredChild(person: birth.child, birthDate: birth.birthDate))
        }
        state.register?.children = children
        state.births = []
    }

    /// On the child's case: what is left to do is a name, and for unmarried parents the parenthood.
    private func follow(
        _ event: Event<Birth>, _ state: inout SkatteverketCase, _ effects: inout Effects<SkatteverketTimer>
    ) throws {
        let birth = event.data
        let before = state.child
        var child = SkatteverketCase.Child(
            state: birth.secondParent == nil ? .parentPending : .complete, birth: event.id, mother: birth.mother,
            secondParent: birth.secondParent, municipality: birth.municipality, birthDate: birth.birthDate)
        if let before, before.state != .annulled {
            child.isNamed = before.isNamed
            child.confirmations = before.confirmations
            if before.state != .registered { child.state = before.state }
            child.secondParent = child.secondParent ?? before.secondParent
            state.child = child
            guard before.birthDate != child.birthDate else { return }
        }
        state.child = child
        state.register = state.register
            ?? SkatteverketCase.Register(
                municipality: birth.municipality, civilStatus: .unmarried, spouse: nil, birthDate: birth.birthDate)
        if child.state == .parentPending {
            let lastDay = RegisterRules.lastParenthoodDay(born: child.birthDate)
            effects.setTimer(.parenthood, at: Stockholm.instant(lastDay.adding(days: 1)))
            let day = SwedishText.shortDay(lastDay)
            try effects.tile(
                .parenthood, .awaitingCitizen,
                "Bekräfta föräldraskapet, båda två, senast \(day). Annars tar familjerätten över", to: child.mother,
                about: effects.subject, deadline: lastDay)
        }
        guard !child.isNamed else { return }
        for parent in child.parents { try askForName(child, parent, &effects) }
    }

    /// Asks a parent for the child's name.
    func askForName(
        _ child: SkatteverketCase.Child, _ parent: PersonKey, _ effects: inout Effects<SkatteverketTimer>
    ) throws {
        let last = RegisterRules.lastNameDay(born: child.birthDate)
        try effects.tile(
            .name, .awaitingCitizen, "Anmäl förnamn senast \(SwedishText.shortDay(last))", to: parent,
            about: effects.subject, deadline: last)
    }
}
