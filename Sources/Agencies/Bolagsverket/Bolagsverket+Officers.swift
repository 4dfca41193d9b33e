import AgencyKit
import LifeEvents

/// What Bolagsverket must know of an officer: that one has died, or says never to have been one (C7).
extension Bolagsverket {
    var officers: [River<Self>] {
        [
            River(
                "remember a seat on a board", hears: CompanyRole.self,
                mine: [
                    Condition("begins, or ends one that we know") { state, event in
                        event.isNew || state.seats.all.contains { event.follows($0.chain) }
                    }
                ],
                handle: { state, event, _ in
                    if let place = state.seats.all.firstIndex(where: { !event.isNew && event.follows($0.chain) }) {
                        try state.seats.all[place].chain.take(event)
                    } else if event.isNew {
                        state.seats.all.append(
                            .init(company: event.data.company, chain: ChainHead(event), notice: ChainHead()))
                    }
                }),
            River(
                "forget a seat that never was, or its end", hears: Annulled<CompanyRole>.self,
                mine: [
                    Condition("is one that we know") { state, event in
                        state.seats.all.contains { event.annuls($0.chain) }
                    }
                ],
                handle: { state, event, _ in
                    for place in state.seats.all.indices where event.annuls(state.seats.all[place].chain) {
                        try state.seats.all[place].chain.take(event)
                    }
                }),
            River(
                "tell the companies of an officer's death", hears: Death.self, handle: Self.die),
            River(
                "take back an officer's death", hears: Annulled<Death>.self, handle: Self.live),
            River(
                "take an objection to a seat", hears: RoleObjection.self, under: [BolagsverketRules.falseEntries],
                mine: [
                    Condition("is of a seat that we know") { state, event in
                        state.seats.all.contains { $0.company == event.data.company && $0.chain.holds }
                    },
                    Condition("is not inquired into already") { state, _ in state.seats.objection == nil },
                ],
                whole: [Condition("is filed by the officer") { _, event in event.data.filedBy == event.subject }],
                handle: { state, event, effects in
                    state.seats.objection = event.data.company
                    let day = effects.day(workingDays: BolagsverketRules.handling)
                    effects.setTimer(.objection, at: Stockholm.instant(day, hour: 8))
                    try effects.set(
                        Tile(
                            .companyRole, .investigating,
                            "Bolagsverket utreder om du sitter i styrelsen. Besked väntas \(SwedishText.day(day))",
                            about: event.data.company, expected: day))
                }),
        ]
    }

    private static func die(_ state: inout Case, _ event: Event<Death>, _ effects: inout Effects<Timer>) throws {
        let isNew = !state.seats.death.holds
        guard case .became(let death) = try state.seats.death.take(event, event.data.deathDate), isNew else { return }
        for place in state.seats.all.indices where state.seats.all[place].chain.holds {
            let company = state.seats.all[place].company
            // One who has two roles in a company is one officer less there.
            guard !state.seats.all[..<place].contains(where: { $0.company == company && $0.notice.holds }) else {
                continue
            }
            try effects.publish(
                SeatNotice(person: effects.subject, ground: .died, on: death.value),
                in: &state.seats.all[place].notice, about: company)
        }
    }

    private static func live(
        _ state: inout Case, _ event: Event<Annulled<Death>>, _ effects: inout Effects<Timer>
    ) throws {
        guard case .annulled = try state.seats.death.take(event) else { return }
        for place in state.seats.all.indices where state.seats.all[place].notice.holds {
            try effects.annul(
                SeatNotice.self, in: &state.seats.all[place].notice, about: state.seats.all[place].company,
                reason: event.data.reasonCode)
        }
    }

    /// The objection is decided: who took the seat is told so by the company's case, which has the papers.
    static func decideObjection(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let company = state.seats.objection,
            let place = state.seats.all.firstIndex(where: { $0.company == company && $0.chain.holds })
        else { return }
        state.seats.objection = nil
        try effects.publish(
            SeatNotice(person: effects.subject, ground: .neverTaken, on: effects.today),
            in: &state.seats.all[place].notice, about: company)
    }
}
