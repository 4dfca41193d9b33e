import AgencyKit
import LifeEvents

/// What survivors have to tell: that a child studies after eighteen (D20), and that an adjustment pension may have to end
/// because who has it lives with somebody anew (D18).
extension Pensionsmyndigheten {
    var survivorNotices: [River<Self>] {
        [
            River(
                "go on with a child's pension while it studies", hears: SurvivorStudies.self,
                under: [PensionRules.studies.legal],
                mine: [
                    Condition("is of a child that survives somebody, and lives") { state, _ in
                        state.claims.contains { $0.notice.facts.role == .child } && !state.isDead
                    }
                ],
                whole: [
                    Self.filedBySurvivor { $0.filedBy },
                    Condition("shows the school's certificate") { _, event in event.data.evidenceRef != nil },
                ], handle: Self.takeStudies),
            River(
                "hear with whom a survivor lives", hears: SurvivorCohabitation.self,
                under: [PensionRules.cohabiting],
                mine: [
                    Condition("has an adjustment pension") { state, _ in
                        state.pensions.contains { $0.isAdjustment && $0.chain.holds }
                    }
                ],
                whole: [
                    Self.filedBySurvivor { $0.filedBy },
                    Condition("is about a day that has been") { _, event in event.data.since <= event.knownOn },
                ],
                handle: { state, event, effects in
                    guard event.data.isTied else {
                        return try Self.tell(
                            state, .informed, "Vi har din anmälan. Omställningspensionen ändras inte av den", &effects)
                    }
                    // What was paid for months that have passed stays: the month of the notice is the last.
                    try Self.endAdjustment(
                        &state, after: Month(of: effects.today), because: "för du har blivit sambo", &effects)
                }),
        ]
    }

    /// Who files for a survivor: that one, the guardian of a child, a god man.
    static func filedBySurvivor<Data>(_ filer: @escaping @Sendable (Data) -> Subject) -> Condition<Case, Data> {
        Condition("is filed by the survivor, or who acts for the survivor") { state, event in
            let filer = filer(event.data)
            return filer == event.subject || state.isWarded(on: event.knownOn) && state.custodians.contains(filer)
                || state.deputies.godMen(on: event.knownOn).contains(filer)
        }
    }

    /// A claim that gives something by the studies is decided; one that gives nothing is refused.
    private static func takeStudies(
        _ state: inout Case, _ event: Event<SurvivorStudies>, _ effects: inout Effects<Timer>
    ) throws {
        for index in state.claims.indices where state.claims[index].notice.facts.role == .child {
            state.claims[index].studiesUntil = event.data.until
            let hasRight = !PensionRules.rights(
                state.claims[index].notice, effects.rules, studies: event.data.until
            ).isEmpty
            switch state.claims[index].state {
            case .nothing, .refused: state.claims[index].state = hasRight ? .tested : .refused
            case .tested, .granted: break
            }
        }
        let claim = state.claims.first { $0.state == .tested || $0.state == .granted }
        if let claim { return try investigate(claim.notice, state, &effects) }
        try effects.publish(
            PensionDecision(kind: .survivor, outcome: .rejected, month: Month(of: effects.today), share: 0))
        let review = PensionRules.reviewDeadline(decided: effects.today, effects.rules)
        try tell(
            state, .decided,
            "Avslag: barnpension betalas längst till och med juni det år då barnet fyller 20 år. Begär omprövning senast "
                + "den \(SwedishText.day(review))", reviewBy: review, &effects)
    }
}

extension PensionsmyndighetenCase.Pension {
    /// Whether it is an adjustment pension, the first or the extended.
    var isAdjustment: Bool { survivorKind == .adjustment || survivorKind == .adjustmentExtended }
}
