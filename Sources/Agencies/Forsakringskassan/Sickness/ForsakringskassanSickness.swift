public import AgencyKit
public import LifeEvents

/// Försäkringskassan's sickness benefit and rehabilitation: from the certificate to the end of a sick period, the chain by
/// which the ability to work is judged, and the way back to work.
public struct ForsakringskassanSickness: Agency {
    /// What is remembered of one person or firm.
    public typealias Case = SicknessCase

    /// What a case waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// A report without an application is closed.
        case lapse = "sick-lapse"
        /// A certificate is looked for, then waited for.
        case certificate = "sick-certificate"
        /// An application is decided, or a judgment of the ability.
        case decision = "sick-decision"
        /// The time to be heard is over.
        case hearing = "sick-hearing"
        /// A day of payment.
        case payout = "sick-payout"
        /// A day of the chain is past.
        case chain = "sick-chain"
        /// Nothing has been heard since the last day.
        case silence = "sick-silence"
        /// A decision has been reviewed.
        case review = "sick-review"
        /// The time to say who may join a meeting is over.
        case consent = "meeting-consent"
        /// A meeting has been held.
        case meeting
        /// An application for sickness compensation is decided.
        case compensation = "lasting-compensation"
    }

    /// Whose topics it writes.
    public static let owner = Owner.forsakringskassan
    /// Sickness benefit; other benefits are another code of the same agency.
    public static var section: String? { "sjukforsakring" }

    /// What it publishes.
    public static let publications = [
        Publication(BenefitDecision.self), Publication(InsurancePayment.self), Publication(StatusTile.self),
        Publication(InsuranceIncomeNeed.self), Publication(ReturnPlanNeed.self), Publication(RedeploymentNeed.self),
        Publication(RehabilitationStep.self), Publication(EmployerSignerAsked.self),
        Publication(EmployerSignerKnown.self), Publication(InsuranceJobSeekerNeed.self),
        Publication(InsuranceAppeal.self), Publication(ComplementNeed.self), Publication(InsuranceRecovery.self),
        Publication(SicknessNote.self), Publication(WaitingChoice.self),
    ]
    /// What it goes by.
    public static var rules: [LegalRule] {
        SicknessRules.all + ChainRules.all + JobSeekerSicknessRules.all + SicknessReviewRules.all + [WayBackMoves.anew]
            + ComplementRules.all + OverworkRules.all + BusinessSicknessRules.all + LastingRules.all + JointRules.all
            + HandoverRules.all
            + [GodManConsumer.knows, InsuranceFundRules.benefits, CompensationRules.payday]
    }

    /// The code.
    public init() {}

    /// What it hears: certificates and reports, applications, what others answer, and what ends a period.
    public var rivers: [River<Self>] {
        certificates + reports + jobSeekers + reviews + corrections + signers + applications + answers + wayBack + moves
            + notes + overwork + businesses + compensations + joint + handovers + endings + representatives
    }

    /// A state has lasted its time.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .lapse: try Self.lapse(&state, &effects)
        case .certificate: try Self.certificateDue(&state, &effects)
        case .decision: try Self.decide(&state, &effects)
        case .hearing: try Self.heard(&state, &effects)
        case .payout: try Self.pay(&state, &effects)
        case .chain: try Self.judge(&state, &effects)
        case .silence: try Self.endInSilence(&state, &effects)
        case .consent: try Self.meetAlone(&state, &effects)
        case .review: try Self.reviewDue(&state, &effects)
        case .meeting: try Self.meet(&state, &effects)
        case .compensation: try Self.decideCompensation(&state, &effects)
        }
    }

    /// Who acts for the insured.
    private var representatives: [River<Self>] {
        GodManConsumer.rivers(
            Self.self, "Försäkringskassan", for: [.guardRights, .careForPerson], tells: false, of: "person who is ill")
    }

    /// Whether somebody may file for the insured: the insured, or who guards the rights and cares for the person.
    static func mayFile(_ person: Subject, _ state: Case, for insured: Subject) -> Bool {
        person == insured
            || state.godMan.mayAct(person, .guardRights) && state.godMan.mayAct(person, .careForPerson)
    }

    /// The condition of every rule that opens or moves something: nothing begins for the dead.
    static func isAlive<Data>(_: Data.Type) -> Condition<Case, Data> {
        Condition("is alive") { state, _ in !state.death.holds }
    }

    /// A line of the page.
    static func tell(
        _ code: TileCode, _ text: String, deadline: Day? = nil, expected: Day? = nil, next: Day? = nil,
        reviewBy: Day? = nil, other: AgencyID? = nil, _ effects: inout Effects<Timer>
    ) throws {
        try effects.set(
            Tile(
                .sicknessBenefit, code, text, deadline: deadline, expected: expected, next: next, reviewBy: reviewBy,
                other: other))
    }
}
