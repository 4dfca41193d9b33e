import AgencyKit
import LifeEvents

/// A club in the municipality's register, and who acts for it (H1, H2, H3).
extension KommunAssociations {
    var clubs: [River<Self>] {
        [
            River(
                "know a club's number", hears: OrganisationNumberNotice.self,
                concerns: { Kommun.named($0.data.municipality) },
                handle: { state, event, effects in
                    state.club.hasNumber = event.data.state == .assigned
                    if event.data.state == .inactive { try Self.closeClub(&state, &effects) }
                }),
            River(
                "adopt a club that is in the register", hears: AssociationRegistration.self,
                concerns: { Kommun.named($0.data.municipality) },
                mine: [Condition("is not known here") { state, _ in state.club.stage == .none }],
                handle: { state, event, effects in
                    guard state.club.take(.adopted) else { return }
                    state.club.isEligible = event.data.grantEligible
                    state.club.boardUntil = event.data.boardUntil
                    effects.setTimer(.board, at: KommunRules.instant(after: event.data.boardUntil))
                }),
            River(
                "keep who acts for a club", hears: GrantedMandate.self, under: [AssociationRules.board.legal],
                concerns: { Kommun.concerned($0.data.concerns) },
                mine: [
                    Condition("begins a mandate, or changes one that is known") { state, event in
                        state.club.mandates.concerns(event)
                    }
                ],
                whole: [
                    Condition("rests on the minutes, where somebody signs for the club") { _, event in
                        event.data.kind != .signatory || event.data.evidenceRef != nil
                    }
                ], handle: Self.keep),
            River(
                "take back who acts for a club", hears: Annulled<GrantedMandate>.self,
                mine: [
                    Condition("annuls a mandate that is known") { state, event in state.club.mandates.knows(event) }
                ], handle: Self.takeBack),
            River(
                "ask for a number first", hears: AssociationFiling.self, under: [AssociationRules.eligible.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of a club without a number") { state, _ in !state.club.hasNumber },
                    Self.isFiled(for: .all),
                ],
                handle: { _, _, effects in
                    try effects.set(
                        Tile(.club, .awaitingCitizen, "Sök organisationsnummer hos Skatteverket först"))
                }),
            River(
                "take a club's notice", hears: AssociationFiling.self,
                under: [AssociationRules.eligible.legal, AssociationRules.check.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of a club that is not in the register") { state, _ in
                        state.club.stage.after(.filed) != nil
                    }
                ],
                whole: [
                    Condition("has an organisation number") { state, _ in state.club.hasNumber },
                    Self.isFiled(for: .all),
                ], handle: Self.takeNotice),
        ]
    }

    private static func takeNotice(
        _ state: inout Case, _ event: Event<AssociationFiling>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.club.take(.filed) else { return }
        let members = event.data.members.filter { AssociationRules.eligibleAges.contains($0.band.ages) }
        let count = members.reduce(0) { $0 + $1.n }
        state.club.federation = event.data.federation
        state.club.isEligible =
            event.data.federation != nil && count >= effects.value(of: AssociationRules.eligible)
        let morning = effects.morning(afterWorkingDays: effects.value(of: AssociationRules.check))
        effects.setTimer(.check, at: morning)
        let day = Stockholm.day(of: morning)
        try effects.set(
            Tile(
                .club, .received, "Kommunen har fått er anmälan. Besked väntas \(SwedishText.day(day))", expected: day))
    }

    static func register(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.club.take(.checked) else { return }
        let until = state.club.mandates.boardUntil(on: effects.today) ?? effects.today
        state.club.boardUntil = until
        effects.setTimer(.board, at: KommunRules.instant(after: until))
        try tell(.active, state, &effects)
        try effects.set(
            Tile(
                .club, .done,
                "Föreningen är registrerad från \(SwedishText.day(effects.today)). Styrelsens uppgifter gäller till "
                    + "\(SwedishText.day(until)). Nästa steg: boka tid"))
    }

    /// Tells how the club stands in the register.
    static func tell(_ register: AssociationState, _ state: Case, _ effects: inout Effects<Timer>) throws {
        try effects.publish(
            AssociationRegistration(
                municipality: effects.municipality, state: register,
                boardUntil: state.club.boardUntil ?? effects.today, grantEligible: state.club.isEligible))
    }

    private static func keep(
        _ state: inout Case, _ event: Event<GrantedMandate>, _ effects: inout Effects<Timer>
    ) throws {
        let wasDisputed = state.club.mandates.areDisputed(on: effects.today)
        try state.club.mandates.take(event)
        if state.club.mandates.areDisputed(on: effects.today) {
            try effects.set(
                Tile(
                    .club, .awaitingCitizen,
                    "Kommunen behöver ett protokoll som båda godtar. Tills dess gäller de uppgifter som kom först"))
        } else if wasDisputed {
            try effects.set(Tile(.club, .done, "Det finns inte längre två protokoll. En styrelses uppgifter gäller"))
        }
        guard state.club.isRegistered, let until = state.club.mandates.boardUntil(on: effects.today) else { return }
        state.club.boardUntil = until
        effects.setTimer(.board, at: KommunRules.instant(after: until))
        guard state.club.take(.boardKnown) else { return }
        try tell(.active, state, &effects)
        try effects.set(
            Tile(
                .club, .done,
                "Kommunen har fått styrelsens nya uppgifter. De gäller till \(SwedishText.day(until))"))
    }

    /// A mandate that never was: a dispute that it made is over, and so are a board's days that were counted by it.
    private static func takeBack(
        _ state: inout Case, _ event: Event<Annulled<GrantedMandate>>, _ effects: inout Effects<Timer>
    ) throws {
        let (wasDisputed, told) = (
            state.club.mandates.areDisputed(on: effects.today), state.club.mandates.boardUntil(on: effects.today)
        )
        try state.club.mandates.take(event)
        if wasDisputed, !state.club.mandates.areDisputed(on: effects.today) {
            try effects.set(
                Tile(
                    .club, .corrected,
                    "Det var fel: det andra protokollet gällde inte. De uppgifter som kom först gäller"))
        }
        let until = state.club.mandates.boardUntil(on: effects.today)
        guard state.club.isRegistered, until != told else { return }
        guard let until else { return effects.setTimer(.board, at: effects.now) }
        state.club.boardUntil = until
        effects.setTimer(.board, at: KommunRules.instant(after: until))
    }

    /// The club is no more: nothing of it goes on.
    private static func closeClub(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.club.take(.closed) else { return }
        state.club.mandates.clear()
        effects.cancelTimer(.check)
        effects.cancelTimer(.board)
        try tell(.closed, state, &effects)
        for place in state.times.bookings.indices {
            let dates = state.times.bookings[place].occurrences.map(\.date)
            for date in dates where state.times.bookings[place].take(.cancelled, on: date) {
                try publish(state.times.bookings[place], .cancelled, on: date, &effects)
            }
        }
        watchTimes(state, &effects)
        try effects.set(
            Tile(.club, .stopped, "Föreningen är avregistrerad från \(SwedishText.day(effects.today))"))
        try dropGrants(&state, &effects)
    }

    static func expireBoard(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.club.take(.boardExpired) else { return }
        try tell(.boardExpired, state, &effects)
        let last = effects.today.adding(days: effects.value(of: AssociationRules.board))
        try effects.set(
            Tile(
                .club, .awaitingCitizen,
                "Styrelsens uppgifter gäller inte längre. Skicka årsmötets protokoll senast \(SwedishText.day(last)). Era "
                    + "tider ligger kvar, men bidrag väntar tills ni gjort det", deadline: last))
    }
}
