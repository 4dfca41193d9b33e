import AgencyKit
import LifeEvents

/// Who acts for a partner who cannot: god men, who are told to the estates of relatives; the municipality's notice instead
/// of an inventory; and who represents the Inheritance Fund.
extension SkatteverketEstates {
    var others: [River<Self>] {
        [
            River(
                "remember a share", hears: HeirNotice.self,
                mine: [Condition("is new") { _, event in event.isNew }],
                handle: { state, event, effects in
                    guard !state.shares.estates.contains(event.data.dead) else { return }
                    state.shares.estates.append(event.data.dead)
                    try Self.tellEstates(&state, &effects)
                }),
            River(
                "remember who acts for a partner", hears: Guardianship.self,
                mine: [
                    Condition("lets somebody act for a share") { _, event in
                        event.data.scope.contains { $0 != .careForPerson }
                    },
                    Condition("is new, or moves what we hold") { state, event in
                        event.follows(state.shares.guardianship)
                    },
                ],
                handle: { state, event, effects in
                    if event.isNew {
                        state.shares.guardianship.adopt(event)
                    } else {
                        try state.shares.guardianship.take(event)
                    }
                    state.shares.actor = event.change == .ceased ? nil : event.data.holder
                    try Self.tellEstates(&state, &effects)
                }),
            River(
                "forget who acts for a partner", hears: Annulled<Guardianship>.self,
                mine: [
                    Condition("annuls what we hold") { state, event in event.annuls(state.shares.guardianship) }
                ],
                handle: { state, event, effects in
                    try state.shares.guardianship.take(event)
                    state.shares.actor = nil
                    try Self.tellEstates(&state, &effects)
                }),
            River(
                "let a representative act in the estate", hears: PartnerRepresentative.self,
                mine: [
                    Condition("is new, or corrects what we hold") { state, event in
                        event.isNew || state.family.representatives.contains { event.corrects($0.chain) }
                    }
                ], handle: Self.takeRepresentative),
            River(
                "let no representative act any more", hears: Annulled<PartnerRepresentative>.self,
                mine: [
                    Condition("annuls what we hold") { state, event in
                        state.family.representatives.contains { event.annuls($0.chain) }
                    }
                ],
                handle: { state, event, effects in
                    state.family.representatives.removeAll { event.annuls($0.chain) }
                    Self.renewPartners(&state, on: effects.today)
                }),
            River(
                "close an estate that is small", hears: SmallEstate.self,
                mine: [
                    Condition("is an estate that waits") { state, event in
                        state.estate.stage.after(event.data.state == .filed ? .small : .assetFound) != nil
                    }
                ],
                whole: [
                    Condition("pays the funeral and no more") { _, event in event.data.assetsPayFuneralOnly }
                ], handle: Self.takeSmallEstate),
            River(
                "let the fund's representative act", hears: EstateRepresentative.self,
                mine: [
                    Condition("is an estate without partners") { state, event in
                        event.isNew && state.estate.partners.holders.isEmpty && state.estate.death.holds
                    }
                ],
                handle: { state, event, _ in
                    state.estate.partners = EstatePartners([.init(event.data.representative)])
                }),
        ]
    }

    /// Tells the estates of spouse and parents, and those of which the person is known to be partner.
    private static func tellEstates(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let actor = state.shares.actor else {
            for index in state.shares.told.indices {
                let dead = state.shares.told[index].dead
                try effects.annul(
                    PartnerRepresentative.self, in: &state.shares.told[index].chain, about: dead,
                    reason: "guardianshipEnded")
            }
            return
        }
        var estates = state.shares.estates
        for relative in [state.family.spouse].compactMap(\.self) + state.family.parents
        where !estates.contains(relative) { estates.append(relative) }
        for dead in estates where !state.shares.told.contains(where: { $0.dead == dead && $0.chain.holds }) {
            var told = Case.Shares.Told(dead: dead, chain: ChainHead())
            try effects.publish(
                PartnerRepresentative(partner: effects.subject, representative: actor), in: &told.chain, about: dead)
            state.shares.told.append(told)
        }
    }

    private static func takeRepresentative(
        _ state: inout Case, _ event: Event<PartnerRepresentative>, _ effects: inout Effects<Timer>
    ) throws {
        state.family.representatives.removeAll { $0.person == event.data.partner }
        state.family.representatives.append(
            .init(person: event.data.partner, actors: [event.data.representative], chain: ChainHead(event)))
        renewPartners(&state, on: effects.today)
        // Who has just been appointed is told what the estate waits for.
        guard state.estate.stage == .awaiting, state.estate.partners.persons.contains(event.data.partner),
            let heldBy = state.estate.heldBy, let dueDate = state.estate.dueDate
        else { return }
        try effects.set(
            Tile(
                .estateInventory, .awaitingCitizen,
                "Bouppteckningen ska göras senast den \(SwedishText.day(heldBy)) och lämnas in inom en månad efter mötet. "
                    + "Du för den företräddes talan", about: event.data.partner, deadline: dueDate),
            for: event.data.representative)
    }

    static func renewPartners(_ state: inout Case, on day: Day) {
        guard state.estate.stage != .none else { return }
        state.estate.partners = EstatePartners(state.estate.partners.persons.map { state.holder($0, on: day) })
    }

    private static func takeSmallEstate(
        _ state: inout Case, _ event: Event<SmallEstate>, _ effects: inout Effects<Timer>
    ) throws {
        switch event.data.state {
        case .filed:
            guard state.estate.take(.small) else { return }
            for timer in Timer.allCases { effects.cancelTimer(timer) }
            try publish(&state, .smallEstate, &effects)
            try tell(
                state, .done, "Kommunen har gjort en dödsboanmälan. Ingen bouppteckning behövs", &effects)
        case .withdrawn:
            guard state.estate.take(.assetFound) else { return }
            // A new asset: an ordinary inventory (ärvdabalken 20 kap. 10 §), with the time of a death known today.
            let died = state.estate.death.head?.value ?? effects.today
            setDates(&state, EstateRules.dates(died: died, registered: effects.today, effects.rules), &effects)
            try publish(&state, .due, &effects)
            try tellDue(state, &effects)
        }
    }
}
