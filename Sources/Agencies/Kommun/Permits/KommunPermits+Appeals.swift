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
                    var appeal = state.appeal
                    appeal.stayed = .init(
                        reason: state.application.told?.reason ?? .breach, ground: state.supervision.ground)
                    try Self.tell(.active, &state, &effects)
                    state.appeal = appeal
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
