public import AgencyKit
public import LifeEvents

/// Tingsrätten, the district court. It takes in what municipalities ask; what it judges is said by scenarios.
public struct Tingsratten: Agency {
    /// What is asked about one child.
    public struct Case: AgencyCase {
        /// Social services' application on custody.
        var application = ChainHead()

        /// Nothing.
        public init() {}
    }

    /// No case waits for anything.
    public typealias Timer = NoTimer

    /// Writes `tingsratten.*`.
    public static let owner = Owner.tingsratten

    /// What scenarios say in its name.
    public static let publications = [Publication(CourtJudgment.self)]

    /// The court.
    public init() {}

    /// It hears what is asked of it.
    public var rivers: [River<Self>] {
        [
            River(
                "enter an application on custody", hears: CourtApplication.self,
                mine: [Condition("is a new application") { state, event in event.isNew && !state.application.holds }],
                handle: { state, event, _ in state.application.adopt(event) }),
            River(
                "strike out an application that is withdrawn", hears: Annulled<CourtApplication>.self,
                mine: [Condition("annuls what is entered") { state, event in event.annuls(state.application) }],
                handle: { state, event, _ in try state.application.take(event) }),
        ]
    }
}
