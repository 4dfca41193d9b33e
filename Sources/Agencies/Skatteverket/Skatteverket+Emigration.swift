import AgencyKit
import LifeEvents

/// Who leaves Sweden for a year or more is registered here no longer (M8).
extension Skatteverket {
    var emigrations: [River<Self>] {
        [
            River(
                "take a notice of leaving", hears: EmigrationNotice.self, as: Self.register,
                mine: [
                    Self.isAlive(), Self.isOpen(),
                    Condition("is not about to leave, or is filed without a right to") { state, event in
                        state.abroad.departure == nil || !Self.mayFile(event.data.filedBy, state, event)
                    },
                ],
                // Who has no right to file is told that, and nothing else about the person.
                whole: [
                    Condition("is filed by who leaves, or a guardian of a child, or with a mandate (M3)") {
                        Self.mayFile($1.data.filedBy, $0, $1)
                    },
                    Condition("is registered in a municipality") { state, event in
                        state.residence != nil || !Self.mayFile(event.data.filedBy, state, event)
                    },
                    Condition("is for a year or more (M8)") { state, event in
                        event.data.until.map {
                            $0 >= event.data.departureDate.adding(months: 12 * event.value(of: MoveRules.abroadYears))
                                || !Self.mayFile(event.data.filedBy, state, event)
                        } ?? true
                    },
                ], handle: Self.takeDeparture),
            River(
                "take the answer of the other guardian to a child's leaving", hears: MoveConsent.self,
                as: Self.register, under: [MoveRules.consent.legal],
                mine: [
                    Self.isAlive(),
                    Condition("has a departure that waits for consent") { state, _ in
                        state.abroad.departure?.isConsentAsked == true
                    },
                ],
                whole: [
                    Condition("is filed by a guardian who has not agreed to the leaving yet") { state, event in
                        state.child.guardians.contains(event.data.filedBy)
                            && state.abroad.departure?.agreed.contains(event.data.filedBy) == false
                    }
                ],
                handle: { state, event, effects in
                    guard event.data.consent else { return try Self.dismissDeparture(&state, &effects) }
                    state.abroad.departure?.agreed.append(event.data.filedBy)
                    guard let agreed = state.abroad.departure?.agreed,
                        Self.missingConsents(agreed, state, effects).isEmpty
                    else { return }
                    try Self.proceedAbroad(&state, &effects)
                }),
            River(
                "adopt a deregistration", hears: Deregistration.self, as: Self.register,
                mine: [
                    Condition("follows what we know of it") { state, event in
                        event.id != state.abroad.chain.head?.id && event.follows(state.abroad.chain)
                    }
                ],
                handle: { state, event, effects in
                    try state.abroad.chain.take(event)
                    state.abroad.departure = nil
                    effects.cancelTimer(.emigration)
                    let day = SwedishText.day(event.data.from)
                    switch event.change {
                    case nil:
                        Self.endMoves(&state, &effects)
                        state.abroad.isTold = state.death.stage != .dead
                        try Self.tellDeregistered(&state, "från den \(day)", &effects)
                    case .corrected:
                        try Self.tellMover(
                            state, .corrected,
                            "Datumet är rättat: du är inte längre folkbokförd i Sverige från den \(day)",
                            child: "Datumet är rättat: ditt barn är inte längre folkbokfört i Sverige från den \(day)",
                            &effects)
                    case .ceased, .annulled:
                        let day = SwedishText.day(event.occurredOn)
                        try Self.enterAgain(event, &state, &effects)
                        try Self.tellMover(
                            state, .done, "Du är folkbokförd i Sverige igen från den \(day)",
                            child: "Ditt barn är folkbokfört i Sverige igen från den \(day)", &effects)
                    }
                }),
            River(
                "restore who never left", hears: Annulled<Deregistration>.self, as: Self.register,
                mine: [Self.annuls(\.abroad.chain)],
                handle: { state, event, effects in
                    try state.abroad.chain.take(event)
                    let text = "Avregistreringen var fel och är borttagen. Allt gäller som förut"
                    try Self.tellMover(
                        state, .corrected, text, child: text, alsoDead: state.abroad.isTold, &effects)
                }),
        ]
    }

    private static func takeDeparture(
        _ state: inout Case, _ event: Event<EmigrationNotice>, _ effects: inout Effects<Timer>
    ) throws {
        let data = event.data
        // M8: a notice after the departure holds from its own day.
        let from = max(data.departureDate, event.knownOn)
        state.abroad.departure = .init(
            from: from, isLate: from > data.departureDate, noticeDate: event.knownOn, agreed: [data.filedBy],
            decidesOn: effects.now)
        try proceedAbroad(&state, &effects)
    }

    /// The other guardians of a child are asked (M4); then it is decided.
    private static func proceedAbroad(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let departure = state.abroad.departure else { return }
        let others = missingConsents(departure.agreed, state, effects)
        let lastDay = effects.lastDay(by: MoveRules.consent)
        let decision = max(
            SwedishCalendar.adding(workingDays: effects.value(of: MoveRules.handling), to: departure.noticeDate),
            SwedishCalendar.adding(workingDays: 1, to: effects.today), departure.from)
        let decidesOn =
            others.isEmpty ? SkatteverketRules.morning(decision) : SkatteverketRules.midnight(after: lastDay)
        state.abroad.departure?.isConsentAsked = !others.isEmpty
        state.abroad.departure?.decidesOn = decidesOn
        effects.setTimer(.emigration, at: decidesOn)
        guard others.isEmpty else {
            return try askConsentAbroad(departure.agreed, of: others, lastDay, &effects)
        }
        let late = departure.isLate ? "Den kom efter avresan. " : ""
        let answer =
            "avregistreras från den \(SwedishText.day(departure.from)). Besked omkring den \(SwedishText.day(decision))"
        try tellMover(
            state, .received, "Vi har fått din anmälan om flytt utomlands. \(late)Du \(answer)",
            child: "Vi har fått anmälan om flytt utomlands för ditt barn. \(late)Barnet \(answer)",
            expected: decision, &effects)
        // From 16 the child files itself, and the guardians are told.
        guard departure.agreed == [effects.subject], state.isChild(on: effects.today) else { return }
        try tellGuardians(
            state, .informed, "Ditt barn har anmält flytt utomlands. Du kan överklaga beslutet ensam", &effects)
    }

    private static func askConsentAbroad(
        _ agreed: [Subject], of others: [Subject], _ lastDay: Day, _ effects: inout Effects<Timer>
    ) throws {
        let day = SwedishText.day(lastDay)
        for guardian in agreed {
            try effects.set(
                Tile(
                    .moveNotice, .received,
                    "Vi har fått anmälan om flytt utomlands för ditt barn. "
                        + "Den andra vårdnadshavaren ska svara senast den \(day)",
                    about: effects.subject, expected: lastDay), for: guardian)
        }
        for guardian in others {
            try effects.set(
                Tile(
                    .moveNotice, .awaitingCitizen,
                    "Ditt barn är anmält att flytta utomlands. Svara ja eller nej senast den \(day). "
                        + "Utan ditt ja avvisas anmälan", about: effects.subject, deadline: lastDay), for: guardian)
        }
    }

    /// The time to agree is over, or the day of the decision has come.
    static func departureDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let departure = state.abroad.departure else { return }
        guard !isOrphaned(departure.agreed, state, effects) else {
            state.abroad.departure = nil
            let name = Municipalities.name(code: state.register.municipality ?? "")
            return try tellGuardians(
                state, .stopped,
                "Anmälan om flytt utomlands gäller inte längre. Ditt barn är kvar i \(name)", &effects)
        }
        switch (missingConsents(departure.agreed, state, effects).isEmpty, departure.isConsentAsked) {
        case (true, false): try deregister(departure.from, &state, &effects)
        case (false, true): try dismissDeparture(&state, &effects)
        // Another has got custody since, or who was to answer has it no longer.
        case (true, true), (false, false): try proceedAbroad(&state, &effects)
        }
    }

    private static func dismissDeparture(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        state.abroad.departure = nil
        effects.cancelTimer(.emigration)
        try tellDismissed(&state, &effects)
    }

    private static func deregister(_ from: Day, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let municipality = state.register.municipality else { return }
        endMoves(&state, &effects)
        state.move.isOwnMove = state.abroad.departure?.agreed == [effects.subject]
        state.abroad.departure = nil
        state.abroad.chain = ChainHead(
            try effects.publish(
                Deregistration(
                    reason: .emigrated, from: from, municipality: municipality, concerns: agencies(of: [municipality])),
                occurredOn: from))
        state.appeal.toldOn = effects.today
        let day = SwedishText.day(from)
        try tellMover(
            state, .done,
            "Du är inte längre folkbokförd i Sverige från den \(day). Överklaga senast tre veckor efter beslutet",
            child: "Ditt barn är inte längre folkbokfört i Sverige från den \(day)", &effects)
    }

    /// M8: nobody has found the person for so long.
    static func deregisterMissing(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let municipality = state.residence else { return }
        endMoves(&state, &effects)
        let today = effects.today
        state.abroad.chain = ChainHead(
            try effects.publish(
                Deregistration(
                    reason: .missing, from: today, municipality: municipality, concerns: agencies(of: [municipality])),
                occurredOn: today))
        try tellDeregistered(&state, "från den \(SwedishText.day(today)), för att vi inte vet var du bor", &effects)
    }

    /// A decision that nobody has asked for.
    private static func tellDeregistered(
        _ state: inout Case, _ from: String, _ effects: inout Effects<Timer>
    ) throws {
        state.appeal.toldOn = effects.today
        let last = effects.appealBy
        let appeal = "Överklaga senast den \(SwedishText.day(last))"
        try tellMover(
            state, .decided, "Du är inte längre folkbokförd i Sverige \(from). \(appeal)",
            child: "Ditt barn är inte längre folkbokfört i Sverige \(from). \(appeal)", reviewBy: last, &effects)
    }

    /// The entry is made anew: registered from the return, where the return says.
    private static func enterAgain(
        _ event: Event<Deregistration>, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard let municipality = event.data.municipality, let birthDate = state.register.birthDate else { return }
        state.register.municipality = municipality
        if var periods = state.register.residence {
            if let last = periods.indices.last, periods[last].to == nil {
                periods[last].to = event.data.from.adding(days: -1)
            }
            state.register.residence = periods + [.init(from: event.occurredOn)]
        }
        let register = state.register
        try effects.publish(
            RegisterEntry(
                municipality: municipality, civilStatus: register.civilStatus, spouse: register.spouse,
                spouseSince: register.spouseSince, birthDate: birthDate,
                children: register.children.isEmpty
                    ? nil
                    : register.children.map {
                        .init(person: $0.person, birthDate: $0.birthDate, otherParent: $0.otherParent)
                    },
                related: register.related.isEmpty ? nil : register.related, residence: register.residence),
            in: &state.register.entry, occurredOn: event.occurredOn)
    }

    /// What is being decided of a move within Sweden lapses.
    private static func endMoves(_ state: inout Case, _ effects: inout Effects<Timer>) {
        state.control.missingOn = nil
        effects.cancelTimer(.missing)
        if state.move.take(.lapsed) {
            state.move.notice = nil
            effects.cancelTimer(.move)
        }
    }
}

extension SkatteverketCase {
    /// Leaving Sweden: `DEREGISTERED`, until a return ends it.
    struct Abroad: CasePart {
        /// A departure that is notified and not decided yet.
        struct Departure: Codable, Equatable, Sendable {
            /// From when it holds (M8).
            var from: Day
            /// Whether it was notified after the departure.
            var isLate: Bool
            var noticeDate: Day
            /// Who has filed or consented.
            var agreed: [Subject]
            /// Whether the other guardian is to answer.
            var isConsentAsked = false
            /// When it is decided, or the time to answer is over.
            var decidesOn: Instant
        }

        var departure: Departure?
        /// Whether an officer's deregistration was told to the person, who lived then.
        var isTold = false
        var chain = ChainHead()
    }
}
