public import AgencyKit
public import LifeEvents

/// Tingsrätten, the district court. It takes in what municipalities ask, and decides on god men and administrators; what it
/// judges of custody is said by scenarios.
public struct Tingsratten: Agency {
    /// What is asked about one person.
    public struct Case: AgencyCase {
        /// Social services' application on custody.
        var application = ChainHead()
        /// A case of a representative.
        @Part var order: Order

        /// Nothing.
        public init() {}
    }

    /// What a case waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// The principal has said nothing in time.
        case statement
        /// A certificate has not come.
        case certificate
        /// An application for a representative is decided.
        case decide
    }

    /// Writes `tingsratten.*`.
    public static let owner = Owner.tingsratten

    /// What scenarios say in its name.
    public static let publications = [
        Publication(CourtJudgment.self), Publication(CourtCaseStatus.self), Publication(GuardianOpinionNeed.self),
        Publication(GuardianOrder.self), Publication(PublicNotice.self), Publication(Bankruptcy.self),
        Publication(StatusTile.self),
    ]
    /// What it goes by.
    public static let rules = GuardianRules.ofCourt

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
        ] + representatives
    }

    /// A time is over.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .statement: try Self.needCertificate(&state, &effects)
        case .certificate: try Self.dismiss(&state, &effects)
        case .decide: try Self.decide(&state, &effects)
        }
    }
}
