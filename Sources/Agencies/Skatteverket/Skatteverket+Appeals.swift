import AgencyKit
import LifeEvents

/// Appeals against what the register decides of a move (M7): by who moves, or by one guardian of a child alone.
extension Skatteverket {
    var appeals: [River<Self>] {
        [
            River(
                "send on an appeal", hears: RegisterAppeal.self, as: Self.register, under: [MoveRules.appeal.legal],
                mine: [
                    Condition("is of the decision we have told") { state, event in
                        state.appeal.toldOn.map { Case.Appeal.reference(toldOn: $0) == event.data.decisionRef } ?? false
                    },
                    Condition("is not appealed yet") { state, event in
                        state.appeal.caseRef != event.data.decisionRef
                    },
                ],
                whole: [
                    Condition("is filed by the person, a guardian alone, or with a mandate (M7)") { state, event in
                        event.data.filedBy == event.subject
                            || (state.isChild(on: event.knownOn)
                                ? state.child.guardians.contains(event.data.filedBy)
                                : state.representatives.mayAct(event.data.filedBy, on: event.knownOn))
                    }
                ],
                handle: { state, event, effects in
                    state.appeal.filedBy = event.data.filedBy
                    guard try Self.sendOn(event.data.decisionRef, filedOn: event.knownOn, &state, &effects) else {
                        guard let told = state.appeal.toldOn else { return }
                        let last = SwedishText.day(effects.appealBy(toldOn: told))
                        let text = "Överklagandet kom för sent, efter den \(last), och avvisas"
                        return try Self.tellAppeal(state, .decided, text, &effects)
                    }
                    let text = "Beslutet är överklagat och prövas av förvaltningsrätten. Det gäller tills det ändras"
                    try Self.tellAppeal(state, .underReview, text, &effects)
                }),
            River(
                "send on a municipality's appeal", hears: MunicipalRegisterAppeal.self, as: Self.register,
                under: [MoveRules.appeal.legal],
                mine: [
                    Condition("is of the decision we have told") { state, event in
                        state.appeal.toldOn.map { Case.Appeal.reference(toldOn: $0) == event.data.decisionRef } ?? false
                    },
                    Condition("is not appealed yet") { state, event in
                        state.appeal.caseRef != event.data.decisionRef
                    },
                    Condition("is of a municipality that the move concerns (M7)") { state, event in
                        guard let decided = state.move.decided, let source = event.source else { return false }
                        return Self.agencies(of: [decided.from, decided.to]).contains(source)
                    },
                ],
                handle: { state, event, effects in
                    guard try Self.sendOn(event.data.decisionRef, filedOn: event.knownOn, &state, &effects) else {
                        return
                    }
                    let name = event.source?.number.flatMap { Municipalities.municipality($0) }?.name ?? "Kommunen"
                    try Self.tellAppeal(
                        state, .underReview,
                        "\(name) har överklagat beslutet, som prövas av förvaltningsrätten. Det "
                            + "gäller tills det ändras", &effects)
                }),
            River(
                "tell what the court has decided", hears: AdministrativeDecision.self, as: Self.register,
                under: [MoveRules.appeal.legal],
                mine: [
                    Condition("is of the case we have sent on") { state, event in
                        state.appeal.caseRef == event.data.caseRef
                    }
                ], handle: Self.hearCourt),
        ]
    }

    /// - Returns: whether it came in time, and is the court's now.
    private static func sendOn(
        _ reference: String, filedOn day: Day, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws -> Bool {
        guard let told = state.appeal.toldOn else { return false }
        let isInTime = day <= effects.appealBy(toldOn: told)
        try effects.publish(SentAppeal(caseRef: reference, inTime: isInTime))
        if isInTime { state.appeal.caseRef = reference }
        return isInTime
    }

    private static func hearCourt(
        _ state: inout Case, _ event: Event<AdministrativeDecision>, _ effects: inout Effects<Timer>
    ) throws {
        guard event.data.state == .judgment else {
            let text = "Beslutet gäller inte förrän förvaltningsrätten har dömt"
            return try tellAppeal(state, .underReview, text, &effects)
        }
        let text: String? =
            switch event.data.outcome {
            case .changed: "Förvaltningsrätten har ändrat beslutet. Vi rättar folkbokföringen"
            case .remitted: nil
            case .dismissed: "Förvaltningsrätten har avvisat överklagandet. Beslutet gäller"
            case .upheld, nil: "Förvaltningsrätten har avslagit överklagandet. Beslutet gäller"
            }
        guard let text else { return try tryAgain(&state, &effects) }
        try tellAppeal(state, .decided, text, &effects)
        state.appeal = Case.Appeal()
    }

    /// The court has sent the case back: it is not over, and is decided again.
    private static func tryAgain(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let day = SwedishCalendar.adding(workingDays: effects.value(of: MoveRules.handling), to: effects.today)
        (state.appeal.caseRef, state.appeal.toldOn) = (nil, nil)
        effects.setTimer(.retrial, at: SkatteverketRules.morning(day))
        try tellAppeal(
            state, .underReview,
            "Förvaltningsrätten har lämnat tillbaka ärendet. Vi prövar det igen. Besked omkring den "
                + "\(SwedishText.day(day))", &effects)
    }

    /// Nothing has come that an officer has changed: the decision is the same, and can be appealed anew.
    static func decideAgain(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        try tellAppeal(
            state, .decided,
            "Vi har prövat ärendet igen och ändrar inte beslutet. Överklaga senast den "
                + "\(SwedishText.day(effects.appealBy))", &effects)
        state.appeal = Case.Appeal()
        state.appeal.toldOn = effects.today
    }

    /// What was sent back is decided by another decision.
    static func endRetrial(_ state: inout Case, _ effects: inout Effects<Timer>) {
        guard effects.hasTimer(.retrial) else { return }
        effects.cancelTimer(.retrial)
        state.appeal = Case.Appeal()
        state.appeal.toldOn = effects.today
    }

    /// Who has moved is told, and of a child's own move the guardian who has appealed alone.
    private static func tellAppeal(
        _ state: Case, _ code: TileCode, _ text: String, _ effects: inout Effects<Timer>
    ) throws {
        try tellMover(state, code, text, child: text, &effects)
        guard state.move.isOwnMove, let filer = state.appeal.filedBy, state.child.guardians.contains(filer) else {
            return
        }
        try effects.set(Tile(.moveNotice, code, text, about: effects.subject), for: filer)
    }
}
