import AgencyKit
import LifeEvents

/// Special housing (särskilt boende): the queue at a desk of the municipality, longest wait first, an offer, an answer (E10).
extension KommunElderCare {
    /// The desk that shares places out.
    static func desk(_ effects: Effects<Timer>) -> Subject? { Subject(deskOf: effects.agency, office: "boende") }

    var homes: [River<Self>] {
        [
            River(
                "queue at the desk", hears: PlaceWanted.self, concerns: { [$0.source].compactMap(\.self) },
                handle: { state, event, effects in
                    state.places.waiting.removeAll { $0.person == event.data.person }
                    state.places.waiting.append(.init(person: event.data.person, since: event.data.since))
                    try Self.share(&state, &effects)
                }),
            River(
                "share out a free place", hears: PlaceFree.self, under: [ElderCareRules.queue.legal],
                concerns: { [$0.source].compactMap(\.self) },
                handle: { state, event, effects in
                    state.places.free.append(.init(placeRef: event.data.placeRef, from: event.data.from))
                    try Self.share(&state, &effects)
                }),
            River(
                "close what has been taken", hears: PlaceTaken.self, concerns: { [$0.source].compactMap(\.self) },
                handle: { state, event, _ in
                    state.places.waiting.removeAll { $0.person == event.data.person }
                }),
            River(
                "give a place that was left to the next", hears: PlaceLeft.self,
                concerns: { [$0.source].compactMap(\.self) },
                handle: { state, event, effects in
                    guard let place = state.places.waiting.firstIndex(where: { $0.person == event.data.person }) else {
                        return
                    }
                    if let offered = state.places.waiting[place].offered {
                        state.places.free.append(offered)
                        state.places.waiting[place].declined.append(offered.placeRef)
                        state.places.waiting[place].offered = nil
                    }
                    if event.data.waits != true { state.places.waiting.remove(at: place) }
                    try Self.share(&state, &effects)
                }),
            River(
                "offer a place", hears: PlaceMatch.self, under: [ElderCareRules.answer.legal],
                concerns: { [$0.source].compactMap(\.self) },
                mine: [
                    Condition("waits in the queue") { state, _ in
                        state.care.place(of: .residentialCare, .queued) != nil
                    }
                ], handle: Self.offerPlace),
            River(
                "take the answer to an offered place", hears: PlaceAnswer.self, under: [ElderCareRules.answer.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is offered a place") { state, _ in
                        state.care.place(of: .residentialCare, .offered) != nil
                    }
                ],
                whole: [
                    Condition("is filed by the person, or with a mandate that holds") { state, event in
                        state.mayAct(event.data.filedBy, for: event.subject, on: event.knownOn)
                    }
                ],
                handle: { state, event, effects in
                    if event.data.accepted {
                        try Self.acceptPlace(&state, &effects)
                    } else {
                        try Self.passPlace(&state, &effects)
                    }
                }),
        ]
    }

    /// Longest wait first; who has declined a place is not offered it again.
    private static func share(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        state.places.waiting.sort { ($0.since, $0.person) < ($1.since, $1.person) }
        for free in state.places.free {
            guard
                let next = state.places.waiting.firstIndex(where: {
                    $0.offered == nil && !$0.declined.contains(free.placeRef)
                })
            else { continue }
            state.places.waiting[next].offered = free
            state.places.free.removeAll { $0 == free }
            try effects.publish(
                PlaceMatch(placeRef: free.placeRef, from: free.from), about: state.places.waiting[next].person)
        }
    }

    static func queue(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.care.requests[place].take(.queued) else { return }
        let since = state.care.requests[place].from
        state.care.requests[place].since = since
        state.care.requests[place].chain = ChainHead(
            try effects.publish(
                ElderCare(municipality: effects.municipality, service: .residentialCare, state: .queued, from: since)))
        try wantPlace(since, &effects)
        let expected = SwedishCalendar.lastDayMoved(since.adding(days: effects.value(of: ElderCareRules.queue)))
        let last = state.care.requests[place].decidedOn.adding(months: effects.value(of: ElderCareRules.overdue))
        try tell(
            Tile(
                .careHome, .investigating,
                "Kö till särskilt boende sedan \(SwedishText.day(since)). En plats väntas omkring "
                    + "\(SwedishText.day(expected)). Finns ingen plats \(SwedishText.day(last)) anmäler kommunen det till "
                    + "IVO.", expected: expected), state, &effects)
    }

    static func wantPlace(_ since: Day, _ effects: inout Effects<Timer>) throws {
        guard let desk = desk(effects) else { return }
        try effects.publish(PlaceWanted(person: effects.subject, since: since), about: desk)
    }

    private static func offerPlace(
        _ state: inout Case, _ event: Event<PlaceMatch>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.care.place(of: .residentialCare, .queued), state.care.requests[place].take(.offered)
        else { return }
        let last = effects.today.adding(days: effects.value(of: ElderCareRules.answer))
        state.care.requests[place].answerBy = last
        state.care.requests[place].offeredFrom = event.data.from
        state.care.requests[place].chain = ChainHead(
            try effects.publish(
                ElderCare(
                    municipality: effects.municipality, service: .residentialCare, state: .offered,
                    from: event.data.from, answerBy: last)))
        setTimers(state, &effects)
        try tellOffer(state, place, &effects)
    }

    static func tellOffer(_ state: Case, _ place: Int, _ effects: inout Effects<Timer>) throws {
        guard let from = state.care.requests[place].offeredFrom, let last = state.care.requests[place].answerBy else {
            return
        }
        try tell(
            Tile(
                .careHome, .awaitingCitizen,
                "En plats erbjuds från \(SwedishText.day(from)). Svara senast \(SwedishText.day(last)). Kommer inget svar "
                    + "går platsen till någon annan och köplatsen behålls.", deadline: last), state, &effects)
    }

    private static func acceptPlace(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let place = state.care.place(of: .residentialCare, .offered), state.care.requests[place].take(.accepted)
        else { return }
        let since = state.care.requests[place].since ?? effects.today
        let from = state.care.requests[place].offeredFrom ?? effects.today
        state.care.requests[place].from = from
        if let desk = desk(effects) {
            try effects.publish(PlaceTaken(person: effects.subject, since: since), about: desk)
        }
        setTimers(state, &effects)
        let last = from.adding(days: effects.value(of: ElderCareRules.tellMove))
        let months = effects.value(of: ElderCareRules.lease) == 3 ? "tre" : "\(effects.value(of: ElderCareRules.lease))"
        try tell(
            Tile(
                .careHome, .ongoing,
                "Inflyttning \(SwedishText.day(from)). Säg upp lägenheten, uppsägningstiden är \(months) månader. Anmäl "
                    + "flytten till Skatteverket och den nya hyran till Pensionsmyndigheten senast "
                    + "\(SwedishText.day(last)).", next: from), state, &effects)
    }

    /// Declined, or not answered: the place goes to the next, the place in the queue is kept.
    static func passPlace(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let place = state.care.place(of: .residentialCare, .offered), state.care.requests[place].take(.passed)
        else { return }
        let since = state.care.requests[place].since ?? effects.today
        state.care.requests[place].isDeclined = true
        state.care.requests[place].answerBy = nil
        state.care.requests[place].chain = ChainHead(
            try effects.publish(
                ElderCare(municipality: effects.municipality, service: .residentialCare, state: .queued, from: since)))
        if let desk = desk(effects) {
            try effects.publish(PlaceLeft(person: effects.subject, since: since, waits: true), about: desk)
        }
        setTimers(state, &effects)
        try tell(
            Tile(
                .careHome, .investigating,
                "Platsen går till någon annan. Du behåller din köplats sedan \(SwedishText.day(since)). Kommunen hör av "
                    + "sig när nästa plats finns."), state, &effects)
    }
}

extension KommunElderCareCase {
    /// What the desk of special housing knows: who waits, and what is free.
    struct Places: CasePart {
        struct Free: Codable, Equatable, Sendable {
            var placeRef: String
            var from: Day
        }

        struct Waiting: Codable, Equatable, Sendable {
            var person: Subject
            var since: Day
            /// What is offered.
            var offered: Free?
            /// What has been declined.
            var declined: [String] = []
        }

        var waiting: [Waiting] = []
        var free: [Free] = []

        init() {}
    }
}
