import AgencyKit
import LifeEvents

/// Names (namnanmälan): registered at once [A].
extension Skatteverket {
    var names: [River<Self>] {
        [
            River(
                "register a name", hears: NameFiling.self, as: Self.register,
                mine: [
                    Self.isAlive(), Self.isOpen(),
                    Condition("has an identity") { state, _ in state.register.identity != nil },
                    Condition("is not the name we hold") { state, event in
                        state.register.identity?.name
                            != PersonName(given: event.data.given, family: event.data.family)
                    },
                ],
                whole: [
                    Self.isRegistered(),
                    Condition("is filed by a parent, or for oneself") { state, event in
                        event.data.filedBy == event.subject || state.child.parents.contains(event.data.filedBy)
                    },
                ], handle: Self.registerName)
        ]
    }

    private static func registerName(
        _ state: inout Case, _ event: Event<NameFiling>, _ effects: inout Effects<Timer>
    ) throws {
        guard var identity = state.register.identity, let municipality = state.register.municipality else { return }
        identity.name = PersonName(given: event.data.given, family: event.data.family)
        try effects.publish(
            Identity(
                idType: identity.idType, level: identity.level, municipality: municipality, name: identity.name),
            in: &identity.chain, occurredOn: event.knownOn)
        state.register.identity = identity
        try tellName(state, .done, "Namnet är registrerat", &effects)
    }

    /// Tells the parents, or the person if there are none, how it stands with the name.
    static func tellName(
        _ state: Case, _ code: TileCode, _ text: String, _ effects: inout Effects<Timer>
    ) throws {
        let holders = state.child.parents.isEmpty ? [effects.subject] : state.child.parents
        for holder in holders { try effects.set(Tile(.name, code, text, about: effects.subject), for: holder) }
    }

    /// Tells a parent who has just become known what to do about the name.
    static func askName(_ state: Case, _ parent: Subject, _ effects: inout Effects<Timer>) throws {
        guard state.register.identity?.name == nil, let born = state.child.birthDate else {
            return try effects.set(Tile(.name, .done, "Namnet är registrerat", about: effects.subject), for: parent)
        }
        let lastDay = SkatteverketRules.lastNameDay(born: born)
        try effects.set(
            Tile(
                .name, .awaitingCitizen, "Anmäl förnamn senast \(SwedishText.shortDay(lastDay))",
                about: effects.subject, deadline: lastDay), for: parent)
    }
}
