import AgencyKit
import LifeEvents

/// The way back to work: a meeting with those whom the insured agrees to, a plan, and its end (S30-S34).
extension ForsakringskassanSickness {
    var wayBack: [River<Self>] {
        [
            River(
                "take a consent for the way back", hears: Consent.self,
                under: [ChainRules.meeting, ChainRules.consent],
                mine: [
                    Self.isAlive(Consent.self), Self.isOfWayBack,
                    Condition("answers our question") { state, event in
                        event.isNew && state.rehabilitation.stage.after(.consent) != nil
                    },
                ],
                whole: [
                    Condition("is filed by who is ill") { state, event in
                        Self.mayFile(event.data.filedBy, state, for: event.subject)
                    }
                ],
                handle: { state, event, effects in
                    state.rehabilitation.consent.adopt(event, .init(event.data))
                    guard state.rehabilitation.take(.consent) else { return }
                    effects.cancelTimer(.consent)
                    try Self.publish(.meeting, &state, &effects)
                    try Self.tellMeeting(state, "Du kan ta tillbaka ditt ja när som helst", &effects)
                }),
            River(
                "follow a consent for the way back", hears: Consent.self, under: [ChainRules.consent],
                mine: [
                    Self.isOfWayBack,
                    Condition("changes or ends the consent that we hold") { state, event in
                        !event.isNew && event.belongs(to: state.rehabilitation.consent)
                    },
                ],
                whole: [
                    Condition("is filed by who is ill") { state, event in
                        Self.mayFile(event.data.filedBy, state, for: event.subject)
                    }
                ],
                handle: { state, event, effects in
                    try state.rehabilitation.consent.take(event, .init(event.data))
                    try Self.stopTelling(&state, &effects)
                    try Self.tellNew(&state, &effects)
                }),
            River(
                "forget a consent for the way back", hears: Annulled<Consent>.self, under: [ChainRules.consent],
                mine: [
                    Condition("annuls the consent that we hold") { state, event in
                        event.annuls(state.rehabilitation.consent)
                    }
                ],
                handle: { state, event, effects in
                    try state.rehabilitation.consent.take(event)
                    try Self.stopTelling(&state, &effects)
                }),
        ]
    }

    private static var isOfWayBack: Condition<Case, Consent> {
        Condition("is for rehabilitation, of what we hold") { _, event in
            event.data.scope == .rehabilitation && event.data.holder == AgencyID(.forsakringskassan)
        }
    }

    /// Calls the insured to a meeting, and asks who may join.
    static func summon(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.rehabilitation.take(.summons) else { return }
        let last = InsuranceRules.lastDay(effects.value(of: ChainRules.answer), after: effects.today)
        let meeting = InsuranceRules.lastDay(effects.value(of: ChainRules.meetingDays), after: last)
        state.rehabilitation.answerBy = last
        state.rehabilitation.meetingOn = meeting
        effects.setTimer(.consent, at: effects.midnight(after: last))
        effects.setTimer(.meeting, at: Stockholm.instant(meeting, hour: 16))
        try tellWayBack(
            .awaitingCitizen,
            "Vi kallar dig till avstämningsmöte \(SwedishText.day(meeting)). Säg senast \(SwedishText.day(last)) om vi får "
                + "bjuda in läkaren och arbetsgivaren. Annars träffar vi bara dig", deadline: last, &effects)
    }

    /// Nobody else may join.
    static func meetAlone(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.rehabilitation.take(.noConsent) else { return }
        try tellMeeting(state, "Ingen annan får veta något", &effects)
    }

    /// The meeting has been held: the plan is a gradual return from when what is granted ends.
    static func meet(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.rehabilitation.take(.met) else { return }
        let returns = (state.period.lastDay ?? effects.today).adding(days: 1)
        let extent = effects.value(of: ChainRules.extent)
        state.rehabilitation.returnsOn = returns
        state.rehabilitation.extent = extent
        try publish(.plan, &state, &effects)
        try tellWayBack(
            .ongoing,
            "Planen är klar: \(degreeWord(extent)) arbetstid från \(SwedishText.day(returns)). Arbetsgivaren ansvarar",
            next: returns, &effects)
    }

    /// Tells those whom the consent names.
    private static func publish(
        _ step: RehabilitationState, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let recipients = state.rehabilitation.recipients(on: effects.today)
        try publish(step, to: recipients, &state, &effects)
    }

    private static func publish(
        _ step: RehabilitationState, to recipients: [AgencyID], _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard !recipients.isEmpty else { return }
        let isPlan = step == .plan
        try effects.publish(
            RehabilitationStep(
                state: step, meetingOn: step == .meeting ? state.rehabilitation.meetingOn : nil,
                from: isPlan ? state.rehabilitation.returnsOn : nil, extent: isPlan ? state.rehabilitation.extent : nil,
                measure: isPlan ? .gradualReturn : nil, responsible: isPlan ? .arbetsgivare : nil,
                employer: recipients.contains(AgencyID(.arbetsgivare)) ? state.period.employer : nil,
                concerns: recipients))
        state.rehabilitation.told = recipients
    }

    /// Who may be told no more is told that, and nothing else.
    private static func stopTelling(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let recipients = state.rehabilitation.recipients(on: effects.today)
        try tellEnd(to: state.rehabilitation.told.filter { !recipients.contains($0) }, &state, &effects)
        guard recipients.isEmpty else { return }
        state.rehabilitation.take(.noConsent)
        try tellWayBack(
            .informed, "Vi har slutat dela. Det som redan lämnats ut kan inte tas tillbaka", &effects)
    }

    /// Who is named now, and was not before, is told where it stands.
    private static func tellNew(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let step: RehabilitationState
        switch state.rehabilitation.stage {
        case .meeting: step = .meeting
        case .plan: step = .plan
        case .none, .asked, .alone, .ended: return
        }
        let told = state.rehabilitation.told
        let new = state.rehabilitation.recipients(on: effects.today).filter { !told.contains($0) }
        try publish(step, to: new, &state, &effects)
        state.rehabilitation.told = told + new
        guard !new.isEmpty else { return }
        if step == .meeting { return try tellMeeting(state, "Du kan ta tillbaka ditt ja när som helst", &effects) }
        try tellWayBack(.ongoing, "Planen delas nu också med dem du har lagt till", &effects)
    }

    static func tellEnd(
        to former: [AgencyID], _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard !former.isEmpty else { return }
        try effects.publish(
            RehabilitationStep(
                state: .ended,
                employer: former.contains(AgencyID(.arbetsgivare)) ? state.period.employer : nil, concerns: former))
        state.rehabilitation.told.removeAll { former.contains($0) }
    }

    /// The period is over, and with it the way back.
    static func endWayBack(tells: Bool = true, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.rehabilitation.take(.end) else { return }
        effects.cancelTimer(.consent)
        effects.cancelTimer(.meeting)
        try tellEnd(to: state.rehabilitation.told, &state, &effects)
        if tells { try tellWayBack(.done, "Planen är avslutad. Uppgifter delas inte längre", &effects) }
    }

    private static func tellMeeting(_ state: Case, _ tail: String, _ effects: inout Effects<Timer>) throws {
        guard let day = state.rehabilitation.meetingOn else { return }
        let others = state.rehabilitation.recipients(on: effects.today).map { party in
            switch party.owner {
            case .region: "läkaren"
            case .arbetsgivare: "arbetsgivaren"
            default: "Arbetsförmedlingen"
            }
        }
        try tellWayBack(
            .ongoing, "Mötet hålls \(SwedishText.day(day)) med \(Amounts.list(["dig"] + others)). \(tail)", next: day,
            &effects)
    }

    static func tellWayBack(
        _ code: TileCode, _ text: String, deadline: Day? = nil, next: Day? = nil, _ effects: inout Effects<Timer>
    ) throws {
        try effects.set(Tile(.rehabilitation, code, text, deadline: deadline, next: next))
    }
}

extension SicknessCase.WayBack.Terms {
    /// What a consent says.
    init(_ consent: Consent) { self.init(recipients: consent.recipients, until: consent.until) }
}
