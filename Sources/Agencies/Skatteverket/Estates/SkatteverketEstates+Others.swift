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
                    Condition("is not for heirs of the person who are not known") { state, _ in
                        !state.estate.hasUnknownHeirs
                    },
                    Condition("lets somebody act for a share, or moves what we hold") { state, event in
                        event.change != .ceased && event.data.actsForShares
                            || !event.isNew && state.shares.mandates.contains { event.follows($0.chain) }
                    },
                ], handle: Self.takeMandate),
            River(
                "forget who acts for a partner", hears: Annulled<Guardianship>.self,
                mine: [
                    Condition("annuls what we hold") { state, event in
                        state.shares.mandates.contains { event.annuls($0.chain) }
                    }
                ],
                handle: { state, event, effects in
                    for index in state.shares.mandates.indices where event.annuls(state.shares.mandates[index].chain) {
                        try state.shares.mandates[index].chain.take(event)
                    }
                    try Self.tellEstates(&state, because: event.data.reasonCode, &effects)
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
                    let former = state.family.representatives.filter { event.annuls($0.chain) }
                    state.family.representatives.removeAll { event.annuls($0.chain) }
                    Self.renewPartners(&state, on: effects.today)
                    try Self.awaitActor(&state, &effects)
                    try Self.tellActors(&state, &effects)
                    for one in former {
                        try Self.release(
                            one.actors + one.released, of: one.person,
                            isError: event.data.reasonCode != Self.guardianshipEnded, state,
                            &effects)
                    }
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

    /// A new mandate stands beside those that are held; a change of one that is held takes its place.
    private static func takeMandate(
        _ state: inout Case, _ event: Event<Guardianship>, _ effects: inout Effects<Timer>
    ) throws {
        if let index = state.shares.mandates.firstIndex(where: { !event.isNew && event.follows($0.chain) }) {
            try state.shares.mandates[index].chain.take(event, event.data)
        } else {
            // A scope that has grown may be the first that we have to do with.
            state.shares.mandates.append(.init(chain: FactChain(event, event.data)))
        }
        try tellEstates(&state, &effects)
    }

    /// Tells the estates of spouse and parents, and those of which the person is known to be partner, where who acts is
    /// another than they have been told.
    static func tellEstates(
        _ state: inout Case, because reason: String = guardianshipEnded, _ effects: inout Effects<Timer>
    ) throws {
        let actors = state.shares.actors
        for index in state.shares.told.indices where state.shares.told[index].actors != actors {
            let dead = state.shares.told[index].dead
            state.shares.told[index].actors = actors
            if actors.isEmpty {
                try effects.annul(
                    PartnerRepresentative.self, in: &state.shares.told[index].chain, about: dead,
                    reason: reason)
            } else {
                try effects.publish(
                    PartnerRepresentative(partner: effects.subject, representatives: actors),
                    in: &state.shares.told[index].chain, about: dead)
            }
        }
        guard !actors.isEmpty else { return }
        var estates = state.shares.estates
        for relative in [state.family.spouse].compactMap(\.self) + state.family.parents
        where !estates.contains(relative) { estates.append(relative) }
        for dead in estates where !state.shares.told.contains(where: { $0.dead == dead }) {
            var told = Case.Shares.Told(dead: dead, actors: actors, chain: ChainHead())
            try effects.publish(
                PartnerRepresentative(partner: effects.subject, representatives: actors), in: &told.chain, about: dead)
            state.shares.told.append(told)
        }
    }

    private static func takeRepresentative(
        _ state: inout Case, _ event: Event<PartnerRepresentative>, _ effects: inout Effects<Timer>
    ) throws {
        let earlier = state.family.representatives.filter { $0.person == event.data.partner }
        let former = earlier.flatMap(\.actors)
        state.family.representatives.removeAll { $0.person == event.data.partner }
        state.family.representatives.append(
            .init(
                person: event.data.partner, actors: event.data.representatives, chain: ChainHead(event),
                released: (former + earlier.flatMap(\.released)).filter { !event.data.representatives.contains($0) }))
        renewPartners(&state, on: effects.today)
        try awaitActor(&state, &effects)
        try tellActors(&state, &effects)
        try release(former, of: event.data.partner, isError: false, state, &effects)
        // Who has just been appointed is told what the estate waits for.
        guard state.estate.stage == .awaiting, state.estate.partners.persons.contains(event.data.partner),
            let heldBy = state.estate.heldBy, let dueDate = state.estate.dueDate
        else { return }
        for actor in event.data.representatives where !former.contains(actor) {
            try effects.set(
                Tile(
                    .estateInventory, .awaitingCitizen,
                    "Bouppteckningen ska göras senast den \(SwedishText.day(heldBy)) och lämnas in inom en månad efter mötet. "
                        + "Du för den företräddes talan", about: event.data.partner, deadline: dueDate),
                for: actor)
        }
    }

    /// Why a representative's share is no more acted for, where the mandate has ended and was none in error.
    static let guardianshipEnded = "guardianshipEnded"

    /// Who acted for a partner does no more, and is told so while the inventory is awaited. Where nobody else does, the
    /// partner acts alone, and is told what the estate waits for.
    private static func release(
        _ former: [Subject], of partner: Subject, isError: Bool, _ state: Case, _ effects: inout Effects<Timer>
    ) throws {
        guard state.estate.stage.isWaiting,
            let holder = state.estate.partners.holders.first(where: { $0.person == partner })
        else { return }
        for actor in former where holder.actors?.contains(actor) != true {
            try effects.set(
                Tile(
                    .estateInventory, isError ? .corrected : .stopped,
                    "Du för inte den företrädes talan i dödsboet och behöver inte göra något", about: partner),
                for: actor)
        }
        guard state.estate.stage == .awaiting, holder.actors == nil, let heldBy = state.estate.heldBy else { return }
        try effects.set(
            Tile(
                .estateInventory, .awaitingCitizen, dueText(heldBy), about: effects.subject,
                deadline: state.estate.dueDate), for: partner)
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
