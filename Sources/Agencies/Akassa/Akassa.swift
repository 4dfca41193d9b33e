public import AgencyKit
public import LifeEvents

/// The unemployment insurance funds (a-kassor): a claim from application to the last month, sanctions, and what becomes of
/// a member's benefit when there is a company of one's own.
public struct Akassa: Agency {
    /// What is remembered of one member.
    public typealias Case = AkassaCase

    /// What a fund waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// The time to answer is over, or an answer has been handled.
        case company
        /// A claim back is decided.
        case recovery
        /// A claim: the time for answers is over, or it is decided.
        case claim
        /// Months are paid.
        case payout
        /// A month that was changed after it was paid is reckoned anew.
        case revision
        /// The time to answer about a deviation is over, or it is decided.
        case ladder
        /// A sanction has been reviewed.
        case review
        /// The age limit is told, then reached.
        case age
    }

    /// Whose topics it writes.
    public static let owner = Owner.akassa
    /// What it publishes; memberships are said by scenarios.
    public static let publications = [
        Publication(UnemploymentDecision.self), Publication(UnemploymentPayment.self),
        Publication(UnemploymentRecovery.self), Publication(FundAidIncome.self), Publication(StatusTile.self),
        Publication(FundMembership.self), Publication(FundIncomeNeed.self), Publication(FundJobSeekerNeed.self),
        Publication(FundBenefitsNeed.self), Publication(FundEmploymentNeed.self), Publication(SignatoryAsked.self),
        Publication(SignatoryKnown.self), Publication(UnemploymentAppeal.self),
        Publication(FundPensionNeed.self), Publication(UnemploymentInsuranceAnswer.self),
        Publication(OtherFundNeed.self), Publication(OtherFundAnswer.self), Publication(FundControl.self),
        Publication(FundDeathProofNeed.self),
    ]
    /// What it goes by.
    public static var rules: [LegalRule] {
        AkassaRules.all + UnemploymentRules.all + FundContacts.all + [
            EmployerRules.day.legal, JobSeekerRules.register, AidSources.list, RetirementRules.toFunds,
            GrantRules.asked, EstateProof.rule,
        ]
            + [PensionDeduction.age.legal, PensionDeduction.deducted, GodManConsumer.knows, Self.deputy]
    }

    /// The funds' code.
    public init() {}

    /// What it hears: its own decisions and payments, claims from application to end, roles in companies, SSBTEK's needs.
    public var rivers: [River<Self>] {
        own + applications + pensions + deputies + signatories + months + programmes + otherFunds + controls
            + sickness + ladders + reviews + registrationErrors + endings
            + companies + [
                AidSources.river(of: Self.self, answering: FundAidIncome.self) { _, _ in [] }
            ]
    }

    /// A state has lasted its time.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .company: try Self.companyDue(&state, &effects)
        case .recovery: try Self.decideClaim(&state, &effects)
        case .claim: try Self.claimDue(&state, &effects)
        case .payout: try Self.payMonths(&state, &effects)
        case .revision: try Self.revise(&state, &effects)
        case .age: try Self.ageDue(&state, &effects)
        case .ladder: try Self.ladderDue(&state, &effects)
        case .review: try Self.reviewDue(&state, &effects)
        }
    }

    private var own: [River<Self>] {
        [
            River(
                "adopt a decision", hears: UnemploymentDecision.self, concerns: { [$0.data.fund] },
                mine: [
                    Condition("grants benefit") { _, event in
                        event.isNew && event.data.kind == .decision && event.data.outcome == .granted
                    },
                    Condition("is not one we hold") { state, _ in state.benefit.stage.after(.granted) != nil },
                ],
                handle: { state, event, _ in
                    guard state.benefit.take(.granted) else { return }
                    state.benefit.chain.adopt(event)
                    state.benefit.decision = event.data
                }),
            River(
                "note what is paid", hears: UnemploymentPayment.self, concerns: { [$0.data.fund] },
                mine: [Condition("is paid") { _, event in event.data.kind == .paid }],
                handle: { state, event, _ in
                    state.benefit.paid.append(
                        .init(from: event.data.from, to: event.data.to, amount: event.data.amount))
                }),
            River(
                "close a claim that is paid", hears: UnemploymentPayment.self, concerns: { [$0.data.fund] },
                mine: [
                    Condition("pays the claim we hold") { state, event in
                        event.data.kind == .reclaimed && state.benefit.claim?.stage == .decided
                            && state.benefit.claim?.amount == event.data.amount
                    }
                ], handle: Self.closeClaim),
        ]
    }
}

extension Effects<Akassa.Timer> {
    /// 00:00 after a last day.
    func midnight(after day: Day) -> Instant { Stockholm.instant(day.adding(days: 1)) }
}
