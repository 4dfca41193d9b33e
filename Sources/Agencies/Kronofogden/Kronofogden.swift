public import AgencyKit
public import LifeEvents

/// Kronofogden, the Enforcement Authority: cases of debts, who acts for a debtor, and whether a candidate has debts.
public struct Kronofogden: Agency {
    /// What is remembered of one person.
    public struct Case: AgencyCase {
        /// Cases of debts, by reference, that are not closed.
        var debts: [String] = []
        @Part var godMan: KnownGodMan
        /// Of a firm.
        @Part var serving: KnownServing

        /// Nothing.
        public init() {}
    }

    /// What it waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// A referral of a serving permit is answered.
        case serving
    }

    /// Writes `kronofogden.*`.
    public static let owner = Owner.kronofogden
    /// What it publishes.
    public static let publications = [
        Publication(EnforcementCaseStatus.self), Publication(EnforcementSuitabilityAnswer.self),
        Publication(EnforcementPermitAnswer.self), Publication(DebtNotice.self), Publication(StatusTile.self),
    ]
    /// What it goes by.
    public static let rules = [
        GodManConsumer.knows, GuardianRules.candidate, ServingRules.enforcementAnswers.legal, ServingRules.telling,
    ]

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
            + ServingReferrals.rivers(
                Self.self, EnforcementPermitAnswer.self, within: ServingRules.enforcementAnswers, timer: .serving)
            + [
                ServingReferrals.copy(Self.self, "know who may serve alcohol", under: ServingRules.telling)
            ]
    }

    /// A referral is answered.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        try ServingReferrals.answer(EnforcementPermitAnswer.self, &state.serving, &effects)
    }
}

extension Kronofogden.Case: KnowsGodMan {}
extension Kronofogden.Case: KnowsServing {}
