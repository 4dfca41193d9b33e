public import AgencyKit
public import LifeEvents

/// Kronofogden, the Enforcement Authority: cases of debts, who acts for a debtor, and whether a candidate has debts.
public struct Kronofogden: Agency {
    /// What is remembered of one person.
    public struct Case: AgencyCase {
        /// Cases of debts, by reference, that are not closed.
        var debts: [String] = []
        @Part var godMan: KnownGodMan

        /// Nothing.
        public init() {}
    }

    /// Nothing is waited for.
    public typealias Timer = NoTimer

    /// Writes `kronofogden.*`.
    public static let owner = Owner.kronofogden
    /// What it publishes.
    public static let publications = [
        Publication(EnforcementCaseStatus.self), Publication(EnforcementSuitabilityAnswer.self),
        Publication(StatusTile.self),
    ]
    /// What it goes by.
    public static let rules = [GodManConsumer.knows, GuardianRules.candidate]

    /// The authority.
    public init() {}

    /// What it hears: its own cases, who acts, and what a chief guardian asks of a candidate.
    public var rivers: [River<Self>] {
        [
            River(
                "adopt a case of debts", hears: EnforcementCaseStatus.self,
                handle: { state, event, _ in
                    state.debts.removeAll { $0 == event.data.caseRef }
                    if event.data.state != .closed { state.debts.append(event.data.caseRef) }
                }),
            River(
                "say whether a candidate has debts", hears: SuitabilityNeed.self, under: [GuardianRules.candidate],
                handle: { state, event, effects in
                    guard let asker = event.source else { return }
                    let refusal = event.refusal(purpose: GuardianRules.suitability, hasCase: true)
                    try effects.publish(
                        EnforcementSuitabilityAnswer(
                            caseRef: event.data.caseRef, asker: asker, status: refusal == nil ? .answered : .refused,
                            refusal: refusal, remark: refusal == nil ? !state.debts.isEmpty : nil),
                        purpose: event.purpose)
                }),
        ]
            + GodManConsumer.rivers(
                Self.self, "Kronofogden", for: [.manageProperty], hasCase: { !$0.debts.isEmpty })
    }
}

extension Kronofogden.Case: KnowsGodMan {}
