public import AgencyKit
import LifeEvents

/// What Arbetsförmedlingen remembers of one person: `NONE → ACTIVE → EXIT`.
public struct ArbetsformedlingenCase: AgencyCase {
    /// A registration as a job-seeker (inskrivning): active while its chain holds.
    struct Registration: Codable, Sendable {
        var chain: ChainHead
        var from: Day
        /// Percent.
        var extent: Int
        /// Whom else it concerns: the member's fund.
        var concerns: [AgencyID]?
    }

    var registration: Registration?
    /// The move that we acted on, with its day.
    @Part var move: FactChain<Day>
    /// The departure from the country that ended the registration.
    @Part var abroad: ChainHead
    /// The death that we acted on, with its day.
    @Part var death: FactChain<Day>

    /// What a job-seeker does for finding work, month by month.
    @Part var duty: Duty
    /// Funds that have asked in a claim.
    var askers: [AgencyID] = []
    /// Sanctions that a fund has told of.
    var sanctions: [ChainHead] = []
    /// The fund's decision on benefit, with the fund.
    @Part var benefit: FactChain<FundDecision>
    /// Companies in which a job-seeker has a role, by the event that told.
    var companies: [ChainHead] = []
    /// From when support to start a business is asked for.
    var supportFrom: Day?

    @Part var introduction: Introduction
    /// A labour-market programme, and its last day before a death ended it.
    @Part var programme: Programme
    var programmeBefore: Day?
    /// Sickness benefit, by the decisions that tell of it.
    var sick: [Sick] = []
    /// What is done together with Försäkringskassan.
    @Part var joint: Joint

    /// A person who is no job-seeker.
    public init() {}

    /// Whether the person is registered now.
    var isActive: Bool { registration?.chain.holds ?? false }
    /// Whom the registration concerns besides: the fund that pays, or paid.
    var funds: [AgencyID]? {
        registration?.concerns ?? (askers.isEmpty ? benefit.head.map { [$0.value.fund] } : askers)
    }

    /// Whom is registered again is followed again, from today.
    func followAgain(_ effects: inout Effects<Arbetsformedlingen.Timer>) {
        guard duty.isFollowed else { return }
        Arbetsformedlingen.hear(&effects)
    }

    /// What a job-seeker must do: `REGISTERED → PLANNED`, and a report each month.
    struct Duty: CasePart {
        /// Whether the registration was made here, and so is followed.
        var isFollowed = false
        var hasPlan = false
        /// The next month to report; nil: no fund has asked.
        var next: Month?
        var reported: [Month] = []
    }
}
