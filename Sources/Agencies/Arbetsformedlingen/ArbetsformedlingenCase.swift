public import AgencyKit
import LifeEvents

/// What Arbetsförmedlingen remembers of one person: `NONE → ACTIVE → EXIT`.
public struct ArbetsformedlingenCase: AgencyCase {
    /// A registration as a job-seeker (inskrivning): active until it has an event that ended it.
    struct Registration: Codable, Sendable {
        /// The event that holds.
        var head: EventID
        var from: Day
        /// Percent.
        var extent: Int
        /// The event that ended it.
        var ceased: EventID?
    }

    /// A fact of another agency that we acted on.
    struct KnownFact: Codable, Sendable {
        /// Head of the chain.
        var event: EventID
        /// When it happened.
        var day: Day
    }

    var registration: Registration?
    var move: KnownFact?
    var death: KnownFact?

    /// A person who is no job-seeker.
    public init() {}

    /// Whether the person is registered now.
    var isActive: Bool {
        guard let registration else { return false }
        return registration.ceased == nil
    }
}
