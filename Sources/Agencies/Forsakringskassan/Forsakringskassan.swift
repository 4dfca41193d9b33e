public import AgencyKit
public import LifeEvents

/// Försäkringskassan: child benefit and parental benefit on the child, housing allowance on the insured.
public struct Forsakringskassan: Agency {
    /// What is remembered of one person.
    public typealias Case = ForsakringskassanCase

    /// What the agency waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// What birth and custody say together is decided; on the child.
        case childBenefit = "child-benefit"
        /// The child reaches the age at which child benefit ends; on the child.
        case childBenefitEnd = "child-benefit-end"
        /// A payout day of child benefit; on the parent.
        case childBenefitPayout = "child-benefit-payout"
        /// Days are decided, then paid; on the child.
        case days
        /// Housing allowance: the time to apply is over, an application is decided, a decision ends.
        case housing
        /// A decision on housing allowance is reviewed.
        case housingReview = "housing-review"
        /// A claim back is reviewed.
        case recoveryReview = "recovery-review"
        /// Housing allowance is paid.
        case housingPayment
        /// A claim back is decided.
        case recovery
        /// A claim of sickness benefit is decided.
        case sickness
        /// The Pensions Agency is told when a sickness compensation ends.
        case compensationEnd = "compensation-end"
        /// A sickness compensation is paid.
        case compensationPayday = "compensation-payday"
        /// Whether somebody who has moved to Sweden is insured is decided.
        case insured
        /// Introduction benefit is decided, asked after, paid.
        case introduction
        case introductionReminder = "introduction-reminder"
        case introductionPayday = "introduction-payday"
        /// Activity grant: the fund's time has passed, or it is decided; then paid.
        case grant
        case grantPayday = "grant-payday"
    }

    /// Whose topics it writes.
    public static let owner = Owner.forsakringskassan

    /// What it publishes.
    public static let publications = [
        Publication(BenefitDecision.self), Publication(InsuranceCaseStatus.self), Publication(StatusTile.self),
        Publication(InsurancePayment.self), Publication(ChildBenefitShare.self),
        Publication(ChildOfHouseholdDied.self), Publication(HouseholdAsked.self), Publication(HouseholdChild.self),
        Publication(RegisteredHome.self), Publication(ExpectedBirth.self), Publication(InsuranceRecovery.self),
        Publication(InsuranceDeathProofNeed.self),
        Publication(BenefitBasis.self), Publication(InsuranceRegisterDoubt.self), Publication(BuildUpNeed.self),
        Publication(InsuranceAidIncome.self), Publication(InsuranceAidPaidNeed.self),
        Publication(InsuranceBenefitsAnswer.self), Publication(CompensationAccount.self),
        Publication(UnemploymentInsuranceNeed.self),
    ]

    /// What it goes by.
    public static var rules: [LegalRule] {
        ChildRules.all + HousingRules.all + BuildUpRules.all + AidPaymentRules.all + InsuranceFundRules.all
            + CompensationRules.all + ArrivalRules.ofInsurance
            + GrantRules.all + [
                ProgrammeRules.ladder, ProgrammeRules.waiting.legal, UnemploymentRules.monthDays.legal,
                UnemploymentRules.cap.legal,
            ] + [GodManConsumer.knows, EstateProof.rule]
    }

    /// The agency.
    public init() {}

    /// What it hears: decisions of its own, then benefit by benefit, then death.
    public var rivers: [River<Self>] {
        [adoption] + heldBenefits + pregnancy + contact + beforeBirth + childBenefit + namedPayee + childBenefitPayments
            + days
            + housingAllowance + households + childDeaths + housingReviews + departures + recoveries + companies
            + financialAid
            + unemployment + compensations + arrivals + introductions + grants + death + meanwhile
            + representatives
    }

    /// A state of a benefit has lasted its time.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .childBenefit: try Self.decideChildBenefit(&state, &effects)
        case .childBenefitEnd: try Self.endChildBenefitByAge(&state, &effects)
        case .childBenefitPayout: try Self.payChildBenefit(&state, &effects)
        case .days: try Self.daysDue(&state, &effects)
        case .housing: try Self.housingDue(&state, &effects)
        case .housingReview: try Self.decideHousingReview(&state, &effects)
        case .recoveryReview: try Self.decideRecoveryReviews(&state, &effects)
        case .housingPayment: try Self.payHousing(&state, &effects)
        case .recovery: try Self.decideRecovery(&state, &effects)
        case .sickness: try Self.decideSickness(&state, &effects)
        case .compensationEnd: try Self.tellCompensationEnd(&state, &effects)
        case .compensationPayday: try Self.payCompensation(&state, &effects)
        case .insured: try Self.decideInsured(&state, &effects)
        case .introduction: try Self.decideIntroduction(&state, &effects)
        case .introductionReminder: try Self.remindOfIntroduction(&state, &effects)
        case .introductionPayday: try Self.payIntroduction(&state, &effects)
        case .grant: try Self.grantDue(&state, &effects)
        case .grantPayday: try Self.payGrant(&state, &effects)
        }
    }

    private var adoption: River<Self> {
        River(
            "adopt a benefit", hears: BenefitDecision.self,
            mine: [
                Condition("is a new decision") { _, event in event.isNew },
                Condition("is a benefit we model") { _, event in
                    [.childBenefit, .housingAllowance].contains(event.data.benefit)
                },
                Condition("grants it") { _, event in event.data.outcome != .rejected },
                Condition("is not one we hold") { state, event in
                    event.data.benefit == .childBenefit ? state.child.decided == nil : state.housing.grants.isEmpty
                },
            ],
            whole: [Condition("names who is paid") { _, event in !event.data.payees.isEmpty }],
            handle: Self.adopt)
    }

    private static func adopt(
        _ state: inout Case, _ event: Event<BenefitDecision>, _ effects: inout Effects<Timer>
    ) throws {
        let data = event.data
        switch data.benefit {
        case .childBenefit:
            state.child.decision.adopt(event)
            state.child.decided = data
            state.child.adopted = data.payees
            state.child.shares = data.payees.map {
                .init(payee: $0.person, share: $0.share, from: Month(of: data.from), chain: ChainHead())
            }
            setEndTimer(state, &effects)
        case .housingAllowance:
            try adoptHousing(&state, event, &effects)
        default: break
        }
    }

    /// The condition of every rule that opens or moves something: nothing begins for the dead.
    static func isAlive<Data>(_: Data.Type) -> Condition<Case, Data> {
        Condition("is alive") { state, _ in !state.death.holds }
    }
}
