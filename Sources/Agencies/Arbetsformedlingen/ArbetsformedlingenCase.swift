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
    }

    var registration: Registration?
    /// The move that we acted on, with its day.
    @Part var move: FactChain<Day>
    /// The departure from the country that ended the registration.
    @Part var abroad: ChainHead
    /// The death that we acted on, with its day.
    @Part var death: FactChain<Day>

    /// A person who is no job-seeker.
    public init() {}

    /// Whether the person is registered now.
    var isActive: Bool { registration?.chain.holds ?? false }
}
