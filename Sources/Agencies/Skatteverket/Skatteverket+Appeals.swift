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
                ], handle: Self.takeAppeal),
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

    private static func takeAppeal(
        _ state: inout Case, _ event: Event<RegisterAppeal>, _ effects: inout Effects<Timer>
    ) throws {
        guard let told = state.appeal.toldOn else { return }
        let last = effects.appealBy(toldOn: told)
        state.appeal.filedBy = event.data.filedBy
        let isInTime = event.knownOn <= last
        try effects.publish(SentAppeal(caseRef: event.data.decisionRef, inTime: isInTime))
        guard isInTime else {
            let text = "Överklagandet kom för sent, efter den \(SwedishText.day(last)), och avvisas"
            return try tellAppeal(state, .decided, text, &effects)
        }
        state.appeal.caseRef = event.data.decisionRef
        let text = "Beslutet är överklagat och prövas av förvaltningsrätten. Det gäller tills det ändras"
        try tellAppeal(state, .underReview, text, &effects)
    }

    private static func hearCourt(
        _ state: inout Case, _ event: Event<AdministrativeDecision>, _ effects: inout Effects<Timer>
    ) throws {
        guard event.data.state == .judgment else {
            let text = "Beslutet gäller inte förrän förvaltningsrätten har dömt"
            return try tellAppeal(state, .underReview, text, &effects)
        }
        let text =
            switch event.data.outcome {
            case .changed: "Förvaltningsrätten har ändrat beslutet. Vi rättar folkbokföringen"
            case .remitted: "Förvaltningsrätten har lämnat tillbaka ärendet. Vi prövar det igen"
            case .dismissed: "Förvaltningsrätten har avvisat överklagandet. Beslutet gäller"
            case .upheld, nil: "Förvaltningsrätten har avslagit överklagandet. Beslutet gäller"
            }
        try tellAppeal(state, .decided, text, &effects)
        state.appeal = Case.Appeal()
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
