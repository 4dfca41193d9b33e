public import AgencyKit
public import LifeEvents

/// A fund in the name of an owner that has no topics of its own yet, and so may hear and say everything: decides a week
/// after somebody has registered as a job-seeker.
public struct UnemploymentFund: Agency {
    /// What is remembered of one person.
    public struct Case: AgencyCase {
        var registeredOn: Day?

        /// Nothing.
        public init() {}
    }

    /// What the fund waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// The week without benefit is over.
        case qualified
    }

    /// A decision on benefit, a type of the package's own.
    public struct Decision: LifeEvent {
        /// `ivo.decision.v1`
        public static let type = EventType("ivo.decision.v1")
        /// Since when it holds.
        public var from: Day
    }

    /// Whose topics it writes.
    public static let owner = Owner.ivo
    /// What it publishes.
    public static let publications = [Publication(Decision.self)]

    /// The fund.
    public init() {}

    /// What it hears.
    public var rivers: [River<Self>] {
        [
            River(
                "open a case", hears: JobSeekerRegistration.self,
                mine: [Condition("has no case") { state, _ in state.registeredOn == nil }],
                whole: [Condition("seeks at least half-time work") { _, event in event.data.extent >= 50 }],
                handle: { state, event, effects in
                    state.registeredOn = event.data.from
                    effects.setTimer(.qualified, at: effects.now + .days(7))
                })
        ]
    }

    /// The week is over.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        try effects.publish(Decision(from: effects.today))
    }
}
