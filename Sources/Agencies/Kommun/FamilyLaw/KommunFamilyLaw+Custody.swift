import AgencyKit
import LifeEvents

/// A child without a guardian: the other parent may ask the court for custody, else social services do (D26,
/// föräldrabalken 6 kap. 9 §).
extension KommunFamilyLaw {
    /// Until social services apply to the court.
    static let application = DatedRule(
        "custody-application", "D26", "social services apply to the court for a child without a guardian within",
        .workingDays, [.since(1983, 7, 1, 10)], source: "FB 6 kap. 9 §; days assumed", mark: .assumption)

    var custody: [River<Self>] {
        [
            River(
                "see to a child without a guardian", hears: GuardianMissing.self, as: Self.branch,
                under: [Self.application.legal], concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("has no open case of custody") { state, event in
                        event.isNew && state.custody.stage.after(.told) != nil
                    }
                ], handle: Self.seeTo),
            River(
                "close when a child has a guardian", hears: GuardianMissing.self, as: Self.branch,
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("ends what we were told") { state, event in event.ceases(state.custody.alert) }
                ],
                handle: { state, event, effects in
                    try state.custody.alert.take(event)
                    guard try Self.close(&state, .decided, &effects) else { return }
                    try Self.tellOther(
                        state, .done, "Tingsrätten har beslutat om vårdnaden. Socialnämndens ärende är avslutat",
                        &effects)
                }),
            River(
                "drop a child that has its guardian", hears: Annulled<GuardianMissing>.self, as: Self.branch,
                mine: [
                    Condition("annuls what we were told") { state, event in event.annuls(state.custody.alert) }
                ],
                handle: { state, event, effects in
                    try state.custody.alert.take(event)
                    try effects.annul(
                        CourtApplication.self, in: &state.custody.application, reason: event.data.reasonCode)
                    guard try Self.close(&state, .alertAnnulled, &effects) else { return }
                    let isDead = event.data.reasonCode == "subjectDied"
                    try Self.tellOther(
                        state, isDead ? .stopped : .corrected,
                        isDead
                            ? "Socialnämndens ärende om vårdnaden är avslutat. Du behöver inte göra något"
                            : "Det var fel: barnet har en vårdnadshavare. Du behöver inte göra något", &effects)
                }),
        ]
    }

    private static func seeTo(
        _ state: inout Case, _ event: Event<GuardianMissing>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.custody.take(.told) else { return }
        state.custody.alert.adopt(event)
        state.custody.application = ChainHead()
        state.custody.otherParent = event.data.otherParent
        let applies = SwedishCalendar.adding(workingDays: effects.value(of: application), to: effects.today)
        effects.setTimer(.application, at: KommunRules.morning(applies))
        try publish(.investigating, expected: applies, &effects)
        try tellOther(
            state, .awaitingCitizen, "Du kan ansöka om vårdnad hos tingsrätten. Annars ansöker socialnämnden",
            deadline: applies, &effects)
    }

    /// Nobody has custody yet: social services ask the court.
    static func applyToCourt(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.custody.take(.applicationDue) else { return }
        try effects.publish(
            CourtApplication(kind: .custody, filedOn: effects.today), in: &state.custody.application)
        try publish(.awaitingOther, &effects)
        try tellOther(
            state, .awaitingAgency, "Socialnämnden har ansökt hos tingsrätten om vem som ska ha vårdnaden", &effects)
    }

    /// - Returns: whether a case was open.
    private static func close(
        _ state: inout Case, _ trigger: Case.Custody.Trigger, _ effects: inout Effects<Timer>
    ) throws -> Bool {
        guard state.custody.take(trigger) else { return false }
        effects.cancelTimer(.application)
        try publish(.closed, &effects)
        return true
    }

    private static func tellOther(
        _ state: Case, _ code: TileCode, _ text: String, deadline: Day? = nil, _ effects: inout Effects<Timer>
    ) throws {
        guard let other = state.custody.otherParent else { return }
        try effects.set(Tile(.parenthood, code, text, about: effects.subject, deadline: deadline), for: other)
    }

    private static func publish(
        _ stage: CaseState, expected: Day? = nil, _ effects: inout Effects<Timer>
    ) throws {
        try effects.publish(
            MunicipalCaseStatus(
                caseRef: "custody", municipality: effects.municipality, service: .familyLaw, expectedDate: expected,
                state: stage))
    }
}

extension KommunFamilyLawCase {
    /// The case of a child without a guardian.
    struct Custody: CasePart {
        enum Stage: String, Codable, Sendable {
            case none
            /// APPLIES: the other parent may ask the court; some days later social services do.
            case applies
            /// The court has been asked.
            case court
            case closed

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .told), (.closed, .told): .applies
                case (.applies, .applicationDue): .court
                case (.applies, .decided), (.court, .decided): .closed
                case (.applies, .alertAnnulled), (.court, .alertAnnulled): .closed
                default: nil
                }
            }
        }

        enum Trigger { case told, applicationDue, decided, alertAnnulled }

        private(set) var stage = Stage.none
        /// What Skatteverket has told.
        var alert = ChainHead()
        /// What the court was asked.
        var application = ChainHead()
        /// The parent who lives and has no custody.
        var otherParent: Subject?

        init() {}

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }
}
