import AgencyKit
import LifeEvents

/// Names (namnanmälan): all guardians notify the same one within three months, it is tested, else the child gets its
/// mother's surname by law (lag om personnamn 4, 5, 26 and 28 §§; B9).
extension Skatteverket {
    var names: [River<Self>] {
        [
            River(
                "take a name from a guardian", hears: NameFiling.self, as: Self.register, under: [BirthRules.name],
                mine: [
                    Self.isOpen(),
                    Condition("has an identity") { state, _ in state.register.identity != nil },
                    Condition("is a child that waits for a name") { state, _ in
                        state.child.birth.holds && state.naming.stage.after(.agreed) != nil
                    },
                ],
                whole: [
                    Condition("is filed by a guardian, for oneself") { state, event in
                        state.child.guardians.contains(event.data.filedBy)
                    }
                ], handle: Self.takeName),
            River(
                "register a name of one's own", hears: NameFiling.self, as: Self.register,
                mine: [
                    Self.isOpen(),
                    Condition("has an identity") { state, _ in state.register.identity != nil },
                    Condition("is no child that waits for a name") { state, _ in
                        !state.child.birth.holds || state.naming.stage == .named
                    },
                    Condition("is not the name we hold") { state, event in
                        state.register.identity?.name
                            != PersonName(given: event.data.given, family: event.data.family)
                    },
                ],
                whole: [
                    Self.isAlive(), Self.isRegistered(),
                    Condition("is filed for oneself") { _, event in event.data.filedBy == event.subject },
                ],
                handle: { state, event, effects in
                    try Self.registerName(
                        PersonName(given: event.data.given, family: event.data.family), &state, &effects)
                    try effects.set(Tile(.name, .done, "Namnet är registrerat"))
                }),
            River(
                "tell a child's case its mother's surname", hears: SurnameForChild.self, as: Self.register,
                mine: [
                    Condition("asks for the surname") { _, event in event.data.family == nil },
                    Condition("has a surname") { state, _ in state.register.identity?.name != nil },
                ],
                handle: { state, event, effects in
                    guard let family = state.register.identity?.name?.family else { return }
                    try effects.publish(
                        SurnameForChild(child: event.data.child, family: family), about: event.data.child)
                }),
            River(
                "name a child by law", hears: SurnameForChild.self, as: Self.register, under: [BirthRules.name],
                mine: [
                    Condition("tells the surname") { _, event in event.data.family != nil },
                    Condition("waits for it") { state, _ in state.naming.stage == .byLaw },
                ], handle: Self.nameByLaw),
        ]
    }

    private static func takeName(
        _ state: inout Case, _ event: Event<NameFiling>, _ effects: inout Effects<Timer>
    ) throws {
        state.naming.notified.file(
            .init(given: event.data.given, family: event.data.family), by: event.data.filedBy, on: event.knownOn)
        try weighNames(&state, &effects)
    }

    /// What the guardians have notified by now: the same name is tested, else they are told what is missing.
    private static func weighNames(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let lastDay = lastNameDay(state, effects) else { return }
        let guardians = state.child.guardians
        let day = SwedishText.day(lastDay)
        switch state.naming.notified.standing(of: guardians) {
        case .unfiled: break
        case .awaits(let missing):
            for guardian in guardians where !missing.contains(guardian) {
                try tell(
                    guardian, .received,
                    "Vi har fått ert namnval. Den andra vårdnadshavaren behöver anmäla samma namn", &effects)
            }
            for guardian in missing {
                try tell(
                    guardian, .awaitingCitizen, "Ett namn är anmält. Anmäl samma namn senast den \(day)",
                    deadline: lastDay, &effects)
            }
        case .differs:
            for guardian in guardians {
                try tell(
                    guardian, .awaitingCitizen,
                    "Ni har anmält olika namn. Anmäl samma namn senast den \(day)", deadline: lastDay, &effects)
            }
        case .agreed(let name):
            guard state.naming.take(.agreed) else { return }
            state.naming.tested = name
            state.naming.notified.lapse()
            let tested = SwedishCalendar.adding(
                workingDays: effects.value(of: BirthRules.nameTest), to: effects.today)
            effects.setTimer(.nameTest, at: SkatteverketRules.morning(tested))
            effects.cancelTimer(.naming)
            for guardian in guardians {
                try tell(
                    guardian, .investigating,
                    "Namnet prövas. Besked omkring den \(SwedishText.day(tested))", expected: tested, &effects)
            }
        }
    }

    /// The name that all guardians have notified is tested and registered.
    static func nameTested(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let name = state.naming.tested, state.naming.take(.tested) else { return }
        try registerName(PersonName(given: name.given, family: name.family), &state, &effects)
        for guardian in state.child.guardians { try tell(guardian, .done, "Namnet är registrerat", &effects) }
    }

    /// Three months are over: the guardians are reminded, then the law gives the child its mother's surname.
    static func nameDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let isDead = state.death.stage == .dead
        guard let mother = state.child.mother, state.naming.take(.lastDayPassed) else { return }
        if state.naming.stage == .byLaw {
            try effects.publish(SurnameForChild(child: effects.subject), about: mother)
            return
        }
        guard let lastDay = lastNameDay(state, effects) else { return }
        setNameTimer(state, &effects)
        guard !isDead else { return }
        for guardian in state.child.guardians {
            try tell(
                guardian, .awaitingCitizen,
                "Påminnelse: anmäl barnets namn senast den \(SwedishText.day(lastDay)). Annars får barnet moderns efternamn",
                deadline: lastDay, &effects)
        }
    }

    private static func nameByLaw(
        _ state: inout Case, _ event: Event<SurnameForChild>, _ effects: inout Effects<Timer>
    ) throws {
        guard let family = event.data.family else { return }
        // Guardians who notified the same first name, and no more, have named the child all the same.
        let notified = state.child.guardians.map { state.naming.notified.filing(by: $0)?.terms.given }
        let given = notified.allSatisfy { $0 == notified.first } ? notified.first ?? nil : nil
        guard state.naming.take(given == nil ? .surnameTold : .named) else { return }
        try registerName(
            PersonName(given: given, family: family), occurredOn: state.child.birthDate, &state, &effects)
        guard state.death.stage != .dead else { return }
        for guardian in state.child.guardians {
            if given == nil {
                try tell(
                    guardian, .awaitingCitizen,
                    "Barnet har fått moderns efternamn. Förnamnet saknas: anmäl det så snart ni kan", &effects)
            } else {
                try tell(guardian, .done, "Barnet har fått moderns efternamn. Namnet är registrerat", &effects)
            }
        }
    }

    private static func registerName(
        _ name: PersonName, occurredOn day: Day? = nil, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard var identity = state.register.identity else { return }
        identity.name = name
        try effects.publish(
            Identity(
                idType: identity.idType, level: identity.level, municipality: state.register.municipality,
                name: identity.name),
            in: &identity.chain, occurredOn: day ?? effects.today)
        state.register.identity = identity
    }

    private static func tell(
        _ guardian: Subject, _ code: TileCode, _ text: String, deadline: Day? = nil, expected: Day? = nil,
        _ effects: inout Effects<Timer>
    ) throws {
        try effects.set(
            Tile(.name, code, text, about: effects.subject, deadline: deadline, expected: expected), for: guardian)
    }

    /// Tells a guardian who has just become one what to do about the name.
    static func askName(_ state: Case, _ guardian: Subject, _ effects: inout Effects<Timer>) throws {
        guard state.register.identity?.name?.given == nil else {
            return try tell(guardian, .done, "Namnet är registrerat", &effects)
        }
        guard let lastDay = lastNameDay(state, effects), state.naming.stage.after(.agreed) != nil else { return }
        let isJoint = state.child.guardians.count > 1
        let text =
            isJoint
            ? "Anmäl barnets namn tillsammans senast den \(SwedishText.day(lastDay))"
            : "Anmäl barnets namn senast den \(SwedishText.day(lastDay)). Annars får barnet ditt efternamn"
        try tell(guardian, .awaitingCitizen, text, deadline: lastDay, &effects)
    }

    /// The last day to notify a name: of the three months, or of the reminder.
    private static func lastNameDay(_ state: Case, _ effects: Effects<Timer>) -> Day? {
        guard let born = state.child.birthDate else { return nil }
        let lastDay = effects.lastNameDay(born: born)
        return state.naming.stage == .open || state.naming.stage == .testing
            ? lastDay : SwedishCalendar.lastDayMoved(lastDay.adding(days: effects.value(of: BirthRules.nameReminder)))
    }

    static func setNameTimer(_ state: Case, _ effects: inout Effects<Timer>) {
        guard state.register.identity?.name == nil, let lastDay = lastNameDay(state, effects),
            state.naming.stage == .open || state.naming.stage == .reminded
        else { return }
        effects.setTimer(.naming, at: SkatteverketRules.midnight(after: lastDay))
    }
}
