import AgencyKit
import LifeEvents

/// Who has moved to Sweden and has a permit is registered (N4 to N8).
extension Skatteverket {
    var arrivals: [River<Self>] {
        [
            River(
                "keep a permit", hears: ResidencePermit.self, as: Self.register, under: [ArrivalRules.year.legal],
                mine: [
                    Condition("is granted or extended, or corrects what we keep") { state, event in
                        event.isNew || event.corrects(state.arrival.permit)
                    }
                ],
                handle: { state, event, _ in
                    let term = Case.Arrival.Term(from: event.data.from, to: event.data.to)
                    if event.isNew {
                        state.arrival.permit.adopt(event, term)
                    } else {
                        try state.arrival.permit.take(event, term)
                    }
                    state.arrival.household = ArrivedHousehold(members: event.data.family)
                }),
            River(
                "weigh whether who has no permit any more stays", hears: ResidencePermit.self, as: Self.register,
                under: [ArrivalRules.weighed.legal],
                mine: [Condition("ends the permit we keep") { $1.ceases($0.arrival.permit) }],
                handle: { state, event, effects in
                    try state.arrival.permit.take(event, .init(from: event.data.from, to: event.data.to))
                    guard state.arrival.stage == .registered, state.residence != nil else { return }
                    let last = effects.lastDay(by: ArrivalRules.weighed)
                    try Self.tellArrived(
                        state, .awaitingCitizen,
                        "Uppehållstillståndet gäller inte längre. Berätta senast \(SwedishText.day(last)) om du bor kvar "
                            + "i Sverige. Annars kan du avregistreras.", &effects, deadline: last)
                }),
            River(
                "undo what followed from a permit that never was", hears: Annulled<ResidencePermit>.self,
                as: Self.register,
                mine: [Condition("is the permit we keep, or its end") { $1.annuls($0.arrival.permit) }],
                handle: Self.undoPermit),
            River(
                "keep who asked for a coordination number", hears: Identity.self, as: Self.register,
                under: [ArrivalRules.number],
                mine: [Condition("is new, asked for by somebody") { $1.isNew && $1.data.concerns != nil }],
                handle: { state, event, _ in state.arrival.asker = event.data.concerns }),
            River(
                "take a notice of a move to Sweden", hears: ImmigrationNotice.self, as: Self.register,
                under: [ArrivalRules.guardian, ArrivalRules.handling.legal, ArrivalRules.longest.legal],
                mine: [
                    Self.isAlive(),
                    Condition("is not registered in Sweden") { state, _ in
                        state.residence == nil && state.arrival.stage.after(.checked) != nil
                    },
                ],
                whole: [
                    Condition("is filed by who has moved, or by who acts for the child") { state, event in
                        event.data.filedBy == event.subject
                            || state.arrival.household.actor == event.data.filedBy
                            || state.representatives.mayAct(event.data.filedBy, on: event.knownOn)
                            || state.godMan.mayAct(event.data.filedBy, .guardRights)
                    }
                ], handle: Self.takeNotice),
        ] + idCards
    }

    private static func takeNotice(
        _ state: inout Case, _ event: Event<ImmigrationNotice>, _ effects: inout Effects<Timer>
    ) throws {
        let data = event.data
        let isProven = data.identityChecked
        state.arrival.take(isProven ? .checked : .doubted)
        state.arrival.isProven = isProven
        // Told within a week of the move: from the move.
        let isSoon = data.arrivedOn.adding(days: 7) >= event.knownOn
        let former = state.arrival.notice
        state.arrival.notice = .init(
            filedBy: data.filedBy, municipality: data.municipality, addressRef: data.addressRef,
            from: isSoon ? data.arrivedOn : event.knownOn, birthDate: data.birthDate ?? former?.birthDate)
        let days = effects.value(of: isProven ? ArrivalRules.handling : ArrivalRules.longest)
        let decided = effects.today.adding(days: days)
        effects.setTimer(.immigration, at: SkatteverketRules.morning(decided))
        let weeks = effects.value(of: ArrivalRules.longest) / 7
        guard isProven else {
            return try tellArrived(
                state, .awaitingCitizen,
                "Vi är inte säkra på din identitet. Kom till servicekontoret med pass, id-handling eller "
                    + "uppehållstillståndskort senast \(SwedishText.day(decided)). Annars beslutar vi efter det som "
                    + "Migrationsverket vet.", &effects, deadline: decided)
        }
        try tellArrived(
            state, .received,
            "Anmälan kom in \(SwedishText.day(effects.today)). Besked väntas omkring \(SwedishText.day(decided)). Det kan "
                + "ta upp till \(weeks) veckor.", &effects, expected: decided)
    }

    /// The day of the decision: with a permit for a year and a known identity the person is registered.
    static func decideArrival(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let notice = state.arrival.notice, state.death.stage != .dead else { return }
        let year = notice.from.adding(months: 12 * effects.value(of: ArrivalRules.year))
        let staysLong =
            state.arrival.permit.holds
            && (state.arrival.permit.head?.value).map { $0.to.map { $0.adding(days: 1) >= year } ?? true } == true
        // Without proof the Migration Agency's facts are enough where the number was not given on an unsure identity.
        let level = state.register.identity?.level
        let isKnown = state.arrival.isProven || level == .proven || level == .probable
        guard staysLong, isKnown else { return try refuseArrival(isKnown, &state, &effects) }
        guard state.arrival.take(.registered) else { return }
        try register(notice, &state, &effects)
    }

    private static func refuseArrival(
        _ isKnown: Bool, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard state.arrival.take(.refused) else { return }
        state.arrival.notice = nil
        let last = effects.appealBy
        let why = isKnown ? "uppehållstillståndet gäller kortare tid än ett år" : "identiteten är inte klarlagd"
        try tellArrived(
            state, .decided,
            "Du folkbokförs inte: \(why). Samordningsnumret gäller som förut. Överklaga senast "
                + "\(SwedishText.day(last)).", &effects, reviewBy: last)
    }

    private static func register(
        _ notice: Case.Arrival.Notice, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        // Of who is protected no message has the place.
        let municipality = state.register.isProtected ? nil : notice.municipality
        state.register.municipality = notice.municipality
        state.register.birthDate = notice.birthDate ?? state.register.birthDate
        state.register.residence = (state.register.residence ?? []) + [.init(from: notice.from)]
        state.arrival.notice = nil
        let household = state.arrival.household
        state.arrival.chain = ChainHead(
            try effects.publish(
                Immigration(
                    kind: .immigration, municipality: municipality, from: notice.from,
                    addressRef: state.register.isProtected ? nil : notice.addressRef,
                    family: household.members,
                    concerns: municipality.map { agencies(of: [$0]) }), occurredOn: notice.from))
        var identity = state.register.identity?.chain ?? ChainHead()
        let name = state.register.identity?.name
        try effects.publish(
            Identity(
                idType: .personalNumber, municipality: municipality, name: name, concerns: state.arrival.asker),
            in: &identity)
        state.register.identity = .init(chain: identity, idType: .personalNumber, level: nil, name: name)
        if let parent = household.actor, parent != effects.subject {
            let since = state.register.birthDate ?? notice.from
            for kind in [RelationKind.parenthood, .custody]
            where !state.child.relations.contains(where: { $0.holder == parent && $0.kind == kind && $0.chain.holds }) {
                try publishRelation(parent, kind, from: since, &state, &effects)
            }
        }
        let place = municipality.map { " i \(Municipalities.name(code: $0))" } ?? ""
        try tellArrived(
            state, .done,
            "Folkbokförd\(place) från \(SwedishText.day(notice.from)). Personnumret kommer i ett brev. Sedan kan du söka "
                + "id-kort.", &effects)
    }

    private static func undoPermit(
        _ state: inout Case, _ event: Event<Annulled<ResidencePermit>>, _ effects: inout Effects<Timer>
    ) throws {
        let outcome = try state.arrival.permit.take(event)
        guard !state.arrival.permit.holds else {
            // Only the end was wrong.
            guard case .restored = outcome, state.arrival.stage == .registered else { return }
            return try tellArrived(
                state, .corrected, "Rättat: uppehållstillståndet gäller. Du är folkbokförd som förut.", &effects)
        }
        let wasWaiting = state.arrival.notice != nil
        state.arrival.notice = nil
        effects.cancelTimer(.immigration)
        guard state.arrival.take(.undone) else {
            guard wasWaiting else { return }
            state.arrival.stage = .none
            return try tellArrived(
                state, .corrected, "Rättat: uppehållstillståndet var fel. Anmälan prövas inte.", &effects)
        }
        let reason = event.data.reasonCode
        try effects.annul(Immigration.self, in: &state.arrival.chain, reason: reason)
        if var identity = state.register.identity {
            let back = Identity(
                idType: .coordinationNumber, level: .probable, name: identity.name, concerns: state.arrival.asker)
            try effects.publish(back, in: &identity.chain)
            (identity.idType, identity.level) = (.coordinationNumber, .probable)
            state.register.identity = identity
        }
        state.register.municipality = nil
        try tellArrived(
            state, .corrected,
            "Rättat: uppehållstillståndet var fel. Du är inte folkbokförd, och samordningsnumret gäller igen.", &effects
        )
    }

    /// Of a child who acts for it is told, else the person; a god man as well.
    static func tellArrived(
        _ state: Case, _ code: TileCode, _ text: String, _ effects: inout Effects<Timer>, tile: TileName? = nil,
        deadline: Day? = nil, expected: Day? = nil, reviewBy: Day? = nil
    ) throws {
        var holders = [state.child.guardians.first ?? state.arrival.household.actor].compactMap(\.self)
        for page in state.representatives.pages(on: effects.today) where !holders.contains(page) {
            holders.append(page)
        }
        // Of a child alone its god man is told.
        if let godMan = state.godMan.holder, state.godMan.stage == .active, !holders.contains(godMan) {
            holders.append(godMan)
        }
        if holders.isEmpty { holders = [effects.subject] }
        for holder in holders {
            try effects.set(
                Tile(
                    tile ?? .populationRegister, code, text,
                    about: holder == effects.subject ? nil : effects.subject, deadline: deadline, expected: expected,
                    reviewBy: reviewBy), for: holder)
        }
    }
}
