import AgencyKit
import LifeEvents

/// A decision that went against the firm is appealed: the municipality tests the time and hands the appeal over, the court
/// may stay a revocation, and judges (P12).
extension KommunPermits {
    var appeals: [River<Self>] {
        [
            River(
                "take an appeal of a decision on serving", hears: MunicipalAppealFiling.self,
                under: [ServingRules.appeal.legal], concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of a decision against the firm that is not appealed") { state, event in
                        state.appeal.decidedOn != nil && !state.appeal.isOpen
                            && event.data.decisionRef == state.application.caseRef
                    }
                ],
                whole: [
                    Condition("is filed by who signs for the firm") { state, event in
                        state.signatories.mayAct(event.data.filedBy, .all, on: event.knownOn)
                    }
                ], handle: Self.takeAppeal),
            River(
                "let a permit hold until the judgment", hears: AdministrativeDecision.self,
                under: [ServingRules.appeal.legal], concerns: { Kommun.concerned($0.data.concerns) },
                mine: [
                    Condition("stays a decision") { _, event in event.data.state == .stay },
                    Condition("is of a revocation that is appealed") { state, event in
                        state.stage == .revoked && state.isAppealed(event.data.caseRef)
                    },
                ],
                handle: { state, _, effects in
                    guard state.take(.judged(to: .active)) else { return }
                    let appeal = state.appeal
                    try Self.tell(.active, &state, &effects)
                    state.appeal = appeal
                    state.appeal.isStayed = true
                    try effects.set(
                        Tile(
                            .permitSupervision, .underReview,
                            "Förvaltningsrätten låter tillståndet gälla tills domen kommer", other: .forvaltningsratten)
                    )
                }),
            River(
                "follow a judgment on serving", hears: AdministrativeDecision.self, under: [ServingRules.appeal.legal],
                concerns: { Kommun.concerned($0.data.concerns) },
                mine: [
                    Condition("is a judgment") { _, event in event.data.state == .judgment },
                    Condition("is of what is appealed") { state, event in state.isAppealed(event.data.caseRef) },
                ], handle: Self.follow),
        ]
    }

    private static func takeAppeal(
        _ state: inout Case, _ event: Event<MunicipalAppealFiling>, _ effects: inout Effects<Timer>
    ) throws {
        guard let decidedOn = state.appeal.decidedOn else { return }
        let last = SwedishCalendar.lastDayMoved(decidedOn.adding(days: 7 * effects.value(of: ServingRules.appeal)))
        guard event.knownOn <= last else {
            return try effects.set(
                Tile(
                    state.decisionTile, .decided,
                    "Överklagandet kom för sent, efter den \(SwedishText.day(last)), och avvisas. Beslutet gäller"))
        }
        state.appeal.isOpen = true
        try effects.publish(MunicipalAppeal(caseRef: state.application.caseRef, inTime: true))
        try effects.publish(
            MunicipalCaseStatus(
                caseRef: state.application.caseRef, municipality: effects.municipality, service: .permit,
                state: .appealed))
        try effects.set(
            Tile(
                state.decisionTile, .underReview, "Förvaltningsrätten prövar ert överklagande",
                other: .forvaltningsratten))
    }

    private static func follow(
        _ state: inout Case, _ event: Event<AdministrativeDecision>, _ effects: inout Effects<Timer>
    ) throws {
        let isStayed = state.appeal.isStayed
        let tile = state.decisionTile
        state.appeal = Case.Appeal()
        switch (event.data.outcome, state.stage) {
        case (.changed, .rejected):
            guard state.take(.judged(to: .decided)) else { return }
            try tell(.decided, &state, &effects, outcome: .granted, decidedOn: event.data.decidedOn, corrects: true)
            effects.setTimer(.begin, at: effects.morning(afterWorkingDays: 1))
            try say(tile, "har ändrat beslutet. Tillståndet är beviljat och gäller", &effects)
        case (.changed, .revoked):
            guard state.take(.judged(to: .active)) else { return }
            try tell(.active, &state, &effects)
            try say(tile, "har upphävt beslutet. Tillståndet gäller", &effects)
            try inquireIntoNext(&state, &effects)
        case (.changed, .warned):
            guard state.take(.judged(to: .active)) else { return }
            effects.cancelTimer(.inquiry)
            try say(tile, "har upphävt beslutet. Tillståndet gäller", &effects)
            try inquireIntoNext(&state, &effects)
        case (.changed, _):
            try say(tile, "har ändrat beslutet. Tillståndet gäller", &effects)
            if isStayed, state.stage == .active { try inquireIntoNext(&state, &effects) }
        case (.remitted, .rejected):
            guard state.take(.judged(to: .supplement)) else { return }
            state.application.completeOn = effects.today
            state.application.isProlonged = false
            state.referrals = Case.Referrals()
            try say(tile, "har lämnat tillbaka ärendet. Kommunen prövar ansökan på nytt", &effects)
            try refer(&state, &effects)
        default:
            if isStayed, state.take(.judged(to: .revoked)) {
                effects.cancelTimer(.inquiry)
                try tell(.revoked, &state, &effects, reason: .breach, decidedOn: event.data.decidedOn)
                state.appeal = Case.Appeal()
            }
            try say(tile, "har avslagit överklagandet. Beslutet gäller", &effects)
        }
    }

    private static func say(_ tile: TileName, _ what: String, _ effects: inout Effects<Timer>) throws {
        try effects.set(Tile(tile, .decided, "Förvaltningsrätten \(what)"))
    }
}

extension KommunPermitsCase {
    /// Whether a case is the one whose decision is appealed.
    func isAppealed(_ caseRef: String) -> Bool { appeal.isOpen && application.caseRef == caseRef }

    /// The line of the page that the last decision against the firm stands on.
    var decisionTile: TileName {
        switch stage {
        case .rejected: .permitDecision
        case .dismissed: .permitApplication
        default: .permitSupervision
        }
    }
}
