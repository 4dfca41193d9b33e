public import AgencyKit
public import LifeEvents

/// Pensionsmyndigheten: pays pensions, stops those of the dead, claims back what was paid too long, and finds survivors,
/// who need not apply.
public struct Pensionsmyndigheten: Agency {
    /// What is remembered of one person.
    public typealias Case = PensionsmyndighetenCase

    /// What the agency waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// A payday.
        case pay
        /// Pensions that an annulled death kept back are paid.
        case owed
        /// Claims of a survivor are decided.
        case decide
        /// The first month of a survivor's pension begins.
        case begin
        /// The last month of a survivor's pension is over.
        case end
        /// The time to answer a claim back is over, or it has been answered.
        case statement
        /// A claim back has been reviewed.
        case claimReview = "claim-review"
        /// A claim back from who has been silent is decided.
        case ownClaim = "own-claim"
        /// A changed housing cost is decided on, or has not been told in time.
        case housing
        /// An application for a housing supplement is decided.
        case supplement = "supplement-decision"
        /// A letter on retirement is sent.
        case letter = "old-age-letter"
        /// An application for an old-age pension is decided.
        case oldAge = "old-age-decision"
        /// The guarantee is decided: before the housing supplement, in which it counts.
        case guarantee = "guarantee-decision"
        /// Another state is asked again.
        case foreign = "foreign-reminder"
        /// The guarantee is counted anew.
        case recount
        /// Who had a part of a sickness compensation is asked to apply, or the case is closed.
        case invite
        /// A decision has been reviewed.
        case review = "pension-review"
        /// The pension income of a year is counted.
        case income = "pension-income"
        /// Who has left the country has had time to answer.
        case abroad
    }

    /// Whose topics it writes.
    public static let owner = Owner.pensionsmyndigheten

    /// The rules that it goes by.
    public static let rules =
        PensionRules.all + SupplementRules.all + RetirementRules.all + [
            AidSources.list, EstateProof.rule, GodManConsumer.knows,
        ]

    /// What it publishes.
    public static let publications = [
        Publication(PensionDecision.self), Publication(PensionPayment.self), Publication(PensionRecovery.self),
        Publication(SurvivorsNeed.self), Publication(PensionDeathProofNeed.self), Publication(SurvivorNotice.self),
        Publication(PensionAccount.self),
        Publication(CapitalNeed.self), Publication(PensionAmountAnswer.self), Publication(PensionAidIncome.self),
        Publication(ResidenceNeed.self), Publication(ForeignPensionNeed.self), Publication(OffsetNeed.self),
        Publication(OccupationalPensionNeed.self), Publication(PensionBenefitsNeed.self),
        Publication(DrawnPensionAnswer.self), Publication(PensionAppeal.self), Publication(SpouseIncome.self),
        Publication(StatusTile.self),
    ]

    /// The agency.
    public init() {}

    /// What it hears, in the order of a life.
    public var rivers: [River<Self>] {
        pensions + deaths + claimReviews + survivors + survivorNotices + applications + supplements + housing
            + retirement + foreignPensions + companies
            + ownClaims + consentMoves + afterCompensation + fundNeeds + changes + pensionReviews + households + [aid]
    }

    /// A payday, a decision, or a last day.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .pay: try Self.payMonth(&state, &effects)
        case .owed: try Self.payOwed(&state, &effects)
        case .decide: try Self.decideClaims(&state, &effects)
        case .begin: try Self.beginPayment(&state, &effects)
        case .end: try Self.endRights(&state, &effects)
        case .supplement: try Self.decideSupplement(&state, &effects)
        case .housing: try Self.housingDue(&state, &effects)
        case .ownClaim: try Self.decideOwnClaim(&state, &effects)
        case .letter: try Self.sendLetter(&state, &effects)
        case .oldAge: try Self.decideOldAge(&state, &effects)
        case .guarantee: try Self.decideGuarantee(&state, &effects)
        case .foreign: try Self.remindStates(&state, &effects)
        case .review: try Self.reviewDue(&state, &effects)
        case .income: try Self.countIncome(&state, &effects)
        case .abroad: try Self.endAbroad(&state, &effects)
        case .invite: try Self.inviteToApply(&state, &effects)
        case .recount: try Self.recountGuarantee(&state, &effects)
        case .claimReview: try Self.reviewClaim(&state, &effects)
        case .statement: try Self.decideRecovery(&state, waive: false, &effects)
        }
    }
}
