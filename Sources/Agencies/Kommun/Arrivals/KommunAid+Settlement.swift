import AgencyKit
import LifeEvents

/// A household that the Migration Agency has assigned is received: a home by the desk, first who is due first (N2).
extension KommunAid {
    /// The desk that shares out homes.
    static func homeDesk(_ effects: Effects<Timer>) -> Subject? {
        Subject(deskOf: effects.agency, office: "bosattning")
    }

    var settlements: [River<Self>] {
        [
            River(
                "expect who is assigned", hears: ResidencePermit.self,
                under: [ArrivalRules.settlement, ArrivalRules.receive.legal, ArrivalRules.alone],
                concerns: { Kommun.concerned($0.data.concerns) },
                mine: [
                    Condition("is assigned, and not expected yet") { state, event in
                        event.isNew && event.data.state == .assigned
                            && state.reception.stage.after(.assigned) != nil
                    }
                ], handle: Self.expect),
            River(
                "expect nobody who was assigned in error", hears: Annulled<ResidencePermit>.self,
                mine: [Condition("is the assignment we know") { $1.annuls($0.reception.chain) }],
                handle: { state, event, effects in
                    try state.reception.chain.take(event)
                    let former = state.reception.stage
                    state.reception.take(.undone)
                    effects.cancelTimer(.reception)
                    guard former != .none, state.reception.household.isOwn(effects.subject) else { return }
                    try effects.set(
                        Tile(
                            .settlement, .corrected,
                            "Rättat: uppehållstillståndet var fel. Bostaden gäller inte längre."))
                }),
            River(
                "queue at the desk", hears: HousingWanted.self, concerns: { [$0.source].compactMap(\.self) },
                handle: { state, event, effects in
                    state.homes.waiting.removeAll { $0.person == event.data.person }
                    state.homes.waiting.append(
                        .init(person: event.data.person, persons: event.data.persons, by: event.data.by))
                    try Self.shareHomes(&state, &effects)
                }),
            River(
                "share out a free home", hears: HousingFree.self, concerns: { [$0.source].compactMap(\.self) },
                handle: { state, event, effects in
                    state.homes.free.append(.init(homeRef: event.data.homeRef, from: event.data.from))
                    try Self.shareHomes(&state, &effects)
                }),
            River(
                "offer the home", hears: HousingMatch.self, under: [ArrivalRules.settlement],
                concerns: { [$0.source].compactMap(\.self) },
                mine: [
                    Condition("waits for a home") { state, _ in state.reception.stage.after(.matched) != nil }
                ],
                handle: { state, event, effects in
                    state.reception.take(.matched)
                    try Self.say(.offered, from: event.data.from, state, &effects)
                    let household = state.reception.household
                    let you = AidRules.capital(household.you)
                    try effects.set(
                        Tile(
                            .settlement, .ongoing,
                            "\(you) får en bostad i \(effects.place) \(SwedishText.day(event.data.from)). Migrationsverket "
                                + "skickar biljetter.", next: event.data.from))
                }),
            River(
                "receive a household", hears: Settlement.self, under: [ArrivalRules.settlement],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("has come") { state, event in
                        event.data.state == .received && state.reception.stage.after(.received) != nil
                    }
                ],
                handle: { state, event, effects in
                    state.reception.take(.received)
                    state.reception.receivedOn = event.data.from
                    effects.cancelTimer(.reception)
                    let you = AidRules.capital(state.reception.household.you)
                    // Four weeks from the permit, which was granted a working week before the assignment.
                    let notice = state.reception.noticeBy.map {
                        " Boka tid på servicekontoret före \(SwedishText.day($0))."
                    }
                    try effects.set(
                        Tile(
                            .settlement, .done,
                            "\(you) bor i \(effects.place) sedan \(SwedishText.day(event.data.from)).\(notice ?? "")"))
                }),
            River(
                "end a reception", hears: Settlement.self, concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("says no, or has moved on") { state, event in
                        event.data.state == .ended && state.reception.stage.after(.left) != nil
                    }
                ],
                handle: { state, event, effects in
                    let wasReceived = state.reception.stage == .received
                    state.reception.take(.left)
                    effects.cancelTimer(.reception)
                    let day = SwedishText.day(event.data.from)
                    try effects.set(
                        Tile(
                            .settlement, .stopped,
                            wasReceived
                                ? "Du har flyttat från \(effects.place) \(day). Vi ordnar inte bostad längre."
                                : "Du har sagt nej till bostaden \(day). Vi ordnar ingen annan. Du kan själv ordna en "
                                    + "bostad.", other: effects.agency))
                    if wasReceived { try Self.stopNewcomers(on: event.data.from, &state, &effects) }
                }),
            River(
                "note who is registered here", hears: Immigration.self,
                concerns: { Kommun.concerned($0.data.concerns) },
                mine: [Condition("is new") { _, event in event.isNew }],
                handle: { state, event, _ in state.reception.immigration.adopt(event) }),
            River(
                "forget who was registered here in error", hears: Annulled<Immigration>.self,
                mine: [Condition("is the registration we know") { $1.annuls($0.reception.immigration) }],
                handle: { state, event, _ in try state.reception.immigration.take(event) }),
            River(
                "hear of the programme", hears: IntroductionProgramme.self, under: [ArrivalRules.aid],
                concerns: { Kommun.concerned($0.data.concerns) }, handle: Self.hearProgramme),
        ]
    }

    private static func expect(
        _ state: inout Case, _ event: Event<ResidencePermit>, _ effects: inout Effects<Timer>
    ) throws {
        guard let by = event.data.receiveBy else { return }
        state.reception.take(.assigned)
        state.reception.chain.adopt(event)
        state.reception.household = ArrivedHousehold(members: event.data.family)
        state.reception.receiveBy = by
        state.reception.assignedOn = event.knownOn
        // A child alone needs a custodian; where it is to live is seen to by social services.
        guard state.reception.household.actor != nil else {
            try effects.publish(CourtApplication(kind: .custody, filedOn: effects.today))
            return
        }
        // The household is one: who acts for it waits for a home.
        guard state.reception.household.isOwn(effects.subject), let desk = homeDesk(effects) else { return }
        effects.setTimer(.reception, at: KommunRules.morning(by.adding(days: 1)))
        try effects.publish(
            HousingWanted(person: effects.subject, persons: state.reception.household.members.count, by: by),
            about: desk)
    }

    /// At the desk: a home goes to who is due first.
    private static func shareHomes(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        while let home = state.homes.free.first,
            let place = state.homes.waiting.indices.min(by: {
                state.homes.waiting[$0].by < state.homes.waiting[$1].by
            })
        {
            let household = state.homes.waiting.remove(at: place)
            state.homes.free.removeFirst()
            try effects.publish(HousingMatch(homeRef: home.homeRef, from: home.from), about: household.person)
        }
    }

    private static func say(
        _ stage: SettlementState, from day: Day, _ state: Case, _ effects: inout Effects<Timer>
    ) throws {
        try effects.publish(
            Settlement(
                municipality: effects.municipality, state: stage, from: day,
                persons: state.reception.household.members))
    }

    /// The day by which the household should have been received has passed.
    static func receptionDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let by = state.reception.receiveBy, state.reception.take(.dayPassed) else { return }
        try say(.late, from: effects.today, state, &effects)
        try effects.set(
            Tile(
                .settlement, .investigating,
                "Bostaden är försenad: kommunen skulle ha tagit emot \(state.reception.household.object) senast "
                    + "\(SwedishText.day(by)). Vi letar fortfarande. Du behöver inte göra något."))
    }
}
