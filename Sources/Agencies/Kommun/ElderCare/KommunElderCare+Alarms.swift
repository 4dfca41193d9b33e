import AgencyKit
import LifeEvents

/// Alarms, which the person alone sees, and appeals of decisions on care (E8, E21).
extension KommunElderCare {
    var alarms: [River<Self>] {
        [
            River(
                "tell what came of an alarm", hears: CareAlarm.self, under: [ElderCareRules.alarm.legal],
                concerns: { [$0.source].compactMap(\.self) },
                mine: [
                    Condition("has an alarm") { state, _ in
                        state.services.contains { $0.service == .alarm && $0.stage != .ended }
                    }
                ], handle: Self.tellAlarm),
            River(
                "send on an appeal of care", hears: MunicipalAppealFiling.self, under: [ElderCareRules.appeal.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of a decision that we have told, and not appealed yet") { state, event in
                        Self.decision(event.data.decisionRef, state) != nil
                            && !state.care.appeals.contains { $0.caseRef == event.data.decisionRef }
                    }
                ],
                whole: [
                    Condition("is filed by the person, or with a mandate that holds") { state, event in
                        state.mayAct(event.data.filedBy, for: event.subject, on: event.knownOn)
                    }
                ], handle: Self.takeAppeal),
            River(
                "follow the court", hears: AdministrativeDecision.self, under: [ElderCareRules.appeal.legal],
                concerns: { Kommun.concerned($0.data.concerns) },
                mine: [
                    Condition("is of a case that we have sent on") { state, event in
                        state.care.appeals.contains { $0.caseRef == event.data.caseRef }
                    }
                ], handle: Self.hearCourt),
        ]
    }

    private static func clock(_ instant: Instant) -> String {
        let local = Stockholm.local(instant)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "kl. \(two(local.hour)).\(two(local.minute))"
    }

    private static func tellAlarm(
        _ state: inout Case, _ event: Event<CareAlarm>, _ effects: inout Effects<Timer>
    ) throws {
        let pressed = "Ditt larm \(SwedishText.day(Stockholm.day(of: event.data.at))) \(clock(event.data.at))"
        switch (event.data.outcome, event.data.answeredAt, event.data.arrivedAt) {
        case (.unanswered, _, _):
            // The second line answers; nobody goes to the home of one who is in hospital.
            try effects.publish(
                CareAlarm(at: event.data.at, answeredAt: effects.next, outcome: .talk))
        case (.visit, .some(let answered), .some(let arrived)):
            _ = answered
            try effects.set(
                Tile(.alarm, .ongoing, "\(pressed) besvarades och personal besökte dig \(clock(arrived))."))
        case (_, .some(let answered), _):
            try effects.set(Tile(.alarm, .ongoing, "\(pressed) besvarades \(clock(answered))."))
        case (_, nil, _):
            try effects.set(Tile(.alarm, .ongoing, "\(pressed) är registrerat."))
        }
    }

    /// What is decided can be appealed by a reference of the service and the day: `residentialCare-2026-05-20`.
    static func reference(_ request: Case.Request) -> String { "\(request.service.rawValue)-\(request.decidedOn)" }

    private static func decision(_ reference: String, _ state: Case) -> Case.Request? {
        state.care.requests.first { $0.stage != .applied && self.reference($0) == reference }
    }

    private static func takeAppeal(
        _ state: inout Case, _ event: Event<MunicipalAppealFiling>, _ effects: inout Effects<Timer>
    ) throws {
        guard let request = decision(event.data.decisionRef, state) else { return }
        let last = ElderCareRules.lastAppeal(decided: request.decidedOn, effects.rules)
        let isInTime = effects.today <= last
        try effects.publish(MunicipalAppeal(caseRef: event.data.decisionRef, inTime: isInTime))
        guard isInTime else {
            return try tell(
                Tile(
                    .careDecision, .decided,
                    "Överklagandet kom in efter \(SwedishText.day(last)) och avvisas. Beslutet gäller."), state,
                &effects)
        }
        state.care.appeals.append(.init(caseRef: event.data.decisionRef, service: request.service))
        try tell(
            Tile(
                .careDecision, .underReview,
                "Beslutet är överklagat \(SwedishText.day(effects.today)) och prövas av förvaltningsrätten. Det gäller "
                    + "tills det ändras."), state, &effects)
    }

    private static func hearCourt(
        _ state: inout Case, _ event: Event<AdministrativeDecision>, _ effects: inout Effects<Timer>
    ) throws {
        guard event.data.state == .judgment,
            let appealed = state.care.appeals.first(where: { $0.caseRef == event.data.caseRef })
        else { return }
        state.care.appeals.removeAll { $0.caseRef == event.data.caseRef }
        let day = SwedishText.day(effects.today)
        guard event.data.outcome == .changed, let place = state.care.place(of: appealed.service, .rejected) else {
            let text =
                event.data.outcome == .remitted
                ? "Förvaltningsrätten lämnade tillbaka ärendet \(day). Kommunen prövar det igen."
                : "Förvaltningsrätten ändrade inte beslutet \(day). Beslutet gäller."
            return try tell(Tile(.careDecision, .decided, text), state, &effects)
        }
        // Counted from the judgment (E9).
        try grantByCourt(place, &state, &effects)
        try tell(
            Tile(
                .careDecision, .decided,
                "Förvaltningsrätten har ändrat beslutet. \(appealed.service.title.text) är "
                    + "\(appealed.service.title.isNeuter ? "beviljat" : "beviljad") från \(day)."), state, &effects)
        if appealed.service == .residentialCare { try queue(place, &state, &effects) }
        setTimers(state, &effects)
    }
}
