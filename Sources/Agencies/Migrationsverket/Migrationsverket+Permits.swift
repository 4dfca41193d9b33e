import AgencyKit
import LifeEvents

/// A permit from its grant to its end (N1, N3, N7, N8).
extension Migrationsverket {
    var permits: [River<Self>] {
        [
            River(
                "act on a permit", hears: ResidencePermit.self,
                under: [ArrivalRules.permit, ArrivalRules.notice.legal, ArrivalRules.assignment.legal],
                mine: [
                    Condition("is granted") { _, event in event.isNew && event.data.state == .granted },
                    Condition("holds no permit") { state, _ in state.permit.stage.after(.granted) != nil },
                ], handle: Self.grant),
            River(
                "act on a further permit", hears: ResidencePermit.self, under: [ArrivalRules.permit],
                mine: [
                    Condition("is extended") { _, event in event.isNew && event.data.state == .extended }
                ],
                handle: { state, event, effects in
                    state.permit.chain.adopt(event, .init(from: event.data.from, to: event.data.to))
                    state.permit.isPermanent = event.data.permanent
                    state.permit.soughtOn = nil
                    state.permit.household = ArrivedHousehold(members: event.data.family)
                    Self.setExpiry(state, &effects)
                    try Self.tell(
                        state, .residencePermit, .decided, "Uppehållstillståndet är förlängt: \(Self.term(state)).",
                        &effects)
                }),
            River(
                "follow a corrected permit", hears: ResidencePermit.self,
                mine: [Condition("corrects the permit that holds") { $1.corrects($0.permit.chain) }],
                handle: { state, event, effects in
                    try state.permit.chain.take(event, .init(from: event.data.from, to: event.data.to))
                    Self.setExpiry(state, &effects)
                    try Self.tell(
                        state, .residencePermit, .corrected, "Rättat: uppehållstillstånd \(Self.term(state)).", &effects
                    )
                }),
            River(
                "end a permit", hears: ResidencePermit.self, under: [ArrivalRules.withdrawal],
                mine: [Condition("ends the permit that holds") { $1.ceases($0.permit.chain) }],
                handle: { state, event, effects in
                    try state.permit.chain.take(event, .init(from: event.data.from, to: event.data.to))
                    try Self.tellEnded(&state, on: event.occurredOn, &effects)
                }),
            River(
                "undo a permit that was granted in error", hears: Annulled<ResidencePermit>.self,
                mine: [Condition("is the permit, or its end") { $1.annuls($0.permit.chain) }], handle: Self.undo),
            River(
                "take an application for a further permit", hears: PermitExtensionFiling.self,
                under: [ArrivalRules.ended.legal],
                mine: [Condition("holds a permit") { state, _ in state.permit.chain.holds }],
                whole: [
                    Condition("is filed by the person, or by who acts for the person") { state, event in
                        event.data.filedBy == event.subject || event.data.filedBy == state.permit.household.actor
                    },
                    Condition("came before the last day was over") { state, event in
                        (state.permit.chain.head?.value.to).map { event.knownOn <= $0 } ?? false
                    },
                ],
                handle: { state, _, effects in
                    state.permit.soughtOn = effects.today
                    try Self.tell(
                        state, .residencePermit, .received,
                        "Ansökan om förlängning kom in \(SwedishText.day(effects.today)). Tillståndet gäller som förut "
                            + "medan ansökan prövas.", &effects)
                }),
            River(
                "keep the number that was asked for", hears: Identity.self, under: [ArrivalRules.number],
                mine: [Condition("is new, or follows what we keep") { $1.isNew || $1.follows($0.number) }],
                handle: { state, event, _ in
                    if event.isNew { state.number.adopt(event) } else { try state.number.take(event) }
                }),
            River(
                "forget a number that never was", hears: Annulled<Identity>.self,
                mine: [Condition("is the number we keep") { $1.annuls($0.number) }],
                handle: { state, event, _ in try state.number.take(event) }),
        ]
    }

    private static func grant(
        _ state: inout Case, _ event: Event<ResidencePermit>, _ effects: inout Effects<Timer>
    ) throws {
        let data = event.data
        state.permit.take(.granted)
        state.permit.chain.adopt(event, .init(from: data.from, to: data.to))
        state.permit.household = ArrivedHousehold(members: data.family)
        state.permit.isPermanent = data.permanent
        state.permit.isForEstablishment = data.establishment
        Self.setExpiry(state, &effects)
        let household = state.permit.household
        // Of who was granted it abroad it is told when the household has come: it never had an allowance here.
        let isFromAbroad = event.occurredOn < event.knownOn
        let register = effects.today.adding(
            days: isFromAbroad ? 7 : 7 * effects.value(of: ArrivalRules.notice))
        let notice = "Anmäl \(household.object) till Skatteverket senast \(SwedishText.day(register))."
        let isAssigned = data.establishment && data.municipality == nil
        guard isAssigned else {
            state.permit.take(.livesByOneself)
            let last = effects.today.adding(months: effects.value(of: ArrivalRules.allowance))
            if household.isOwn(effects.subject), !isFromAbroad {
                effects.setTimer(.allowance, at: Stockholm.instant(last.adding(days: 1)))
            }
            return try tell(state, .residencePermit, .decided, "\(granted(state)). \(notice)", &effects)
        }
        let chosen = effects.morning(afterWorkingDays: effects.value(of: ArrivalRules.assignment))
        effects.setTimer(.assign, at: chosen)
        try tell(
            state, .residencePermit, .decided,
            "\(granted(state)). En kommun väljs omkring \(SwedishText.day(Stockholm.day(of: chosen))). \(notice)",
            &effects)
    }

    /// `Uppehållstillstånd från 12 januari 2026 till 11 januari 2029`
    private static func granted(_ state: Case) -> String { "Uppehållstillstånd \(term(state))" }

    private static func term(_ state: Case) -> String {
        guard let term = state.permit.chain.head?.value else { return "" }
        let last = term.to.map { " till \(SwedishText.day($0))" } ?? " utan sista dag"
        return "från \(SwedishText.day(term.from))\(last)"
    }

    /// Of a child who acts for it is told, else the person.
    static func tell(
        _ state: Case, _ name: TileName, _ code: TileCode, _ text: String, _ effects: inout Effects<Timer>,
        reviewBy: Day? = nil, cause: Cause? = nil
    ) throws {
        // Of a child alone the god man is told.
        let godMan = state.godMan.stage == .active ? state.godMan.holder : nil
        let holder = state.permit.household.actor ?? godMan ?? effects.subject
        try effects.set(
            Tile(name, code, text, about: holder == effects.subject ? nil : effects.subject, reviewBy: reviewBy),
            for: holder, cause: cause)
    }

    /// When a permit is long over without a further one having been sought.
    private static func setExpiry(_ state: Case, _ effects: inout Effects<Timer>) {
        guard let last = state.permit.chain.head?.value.to else { return effects.cancelTimer(.expiry) }
        let day = last.adding(months: effects.value(of: ArrivalRules.ended))
        effects.setTimer(.expiry, at: Stockholm.instant(day, hour: 8))
    }

    static func expire(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.permit.soughtOn == nil, let last = state.permit.chain.head?.value.to else { return }
        try end(&state, on: last, &effects)
    }

    /// The permit has ended: whom it concerns is told now, and not before.
    static func end(_ state: inout Case, on day: Day, _ effects: inout Effects<Timer>) throws {
        guard let term = state.permit.chain.head?.value else { return }
        try effects.cease(
            ResidencePermit(
                state: .granted, from: term.from, to: term.to, permanent: state.permit.isPermanent,
                establishment: state.permit.isForEstablishment, family: state.permit.household.members),
            in: &state.permit.chain, occurredOn: day)
        try tellEnded(&state, on: day, &effects)
    }

    private static func tellEnded(
        _ state: inout Case, on day: Day, _ effects: inout Effects<Timer>
    ) throws {
        state.permit.take(.ended)
        for timer in [Timer.assign, .allowance, .expiry, .final] { effects.cancelTimer(timer) }
        try tell(
            state, .residencePermit, .stopped, "Uppehållstillståndet gäller inte efter \(SwedishText.day(day)).",
            &effects)
    }

    /// Granted in error: all that followed from it is undone. An end that was in error is the permit again.
    private static func undo(
        _ state: inout Case, _ event: Event<Annulled<ResidencePermit>>, _ effects: inout Effects<Timer>
    ) throws {
        switch try state.permit.chain.take(event) {
        case .restored:
            state.permit.take(.restored)
            Self.setExpiry(state, &effects)
            return try tell(
                state, .residencePermit, .corrected, "Rättat: uppehållstillståndet gäller, \(term(state)).", &effects)
        case .annulled: break
        default: return
        }
        for timer in [Timer.assign, .allowance, .expiry, .final] { effects.cancelTimer(timer) }
        let wasAssigned = state.permit.assignment.holds
        try effects.annul(ResidencePermit.self, in: &state.permit.assignment, reason: event.data.reasonCode)
        let former = state.permit
        state.permit.take(.annulled)
        try tell(
            state, .residencePermit, .corrected, "Rättat: beslutet om uppehållstillstånd var fel och gäller inte.",
            &effects)
        guard wasAssigned, former.household.isOwn(effects.subject) else { return }
        try tell(
            state, .settlement, .corrected, "Rättat: ingen kommun ska ordna en bostad åt \(former.household.object).",
            &effects)
    }
}
