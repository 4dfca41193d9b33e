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

    /// The fund's decision on benefit, with the fund.
    @Part var benefit: FactChain<AgencyID>
    /// Companies in which a job-seeker has a role, by the event that told.
    var companies: [ChainHead] = []
    /// From when support to start a business is asked for.
    var supportFrom: Day?

    /// A person who is no job-seeker.
    public init() {}

    /// Whether the person is registered now.
    var isActive: Bool { registration?.chain.holds ?? false }
    /// Whom the registration concerns besides: the fund that pays, or paid.
    var funds: [AgencyID]? { registration?.concerns ?? benefit.head.map { [$0.value] } }
}
