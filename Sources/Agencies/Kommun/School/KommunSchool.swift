public import AgencyKit
public import LifeEvents

/// School (grundskola) of children who have newly arrived, and Swedish for immigrants (sfi) of adults (N15, N16).
public struct KommunSchool: Agency {
    /// What is remembered of one person.
    public typealias Case = KommunSchoolCase

    /// What it waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// The child begins school.
        case school
        /// The course begins.
        case sfi
    }

    /// Writes `kommun.*`.
    public static let owner = Owner.kommun
    /// School.
    public static let branch: Branch? = Branch("skola")
    /// What it publishes.
    public static let publications = [
        Publication(MunicipalCaseStatus.self, as: branch), Publication(StatusTile.self, as: branch),
    ]
    /// What it goes by.
    public static let rules: [LegalRule] = ArrivalRules.ofSchool

    /// The branch.
    public init() {}

    /// What it hears.
    public var rivers: [River<Self>] { guardians + pupils + courses + moves }

    /// A time is over.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .school: try Self.startSchool(&state, &effects)
        case .sfi: try Self.startCourse(&state, &effects)
        }
    }

    private var guardians: [River<Self>] {
        [
            River(
                "keep the guardians for school", hears: FamilyRelation.self, as: Self.branch,
                concerns: { Kommun.concerned(by: $0.data) },
                mine: [Condition("is custody that we follow") { state, event in state.guardians.follows(event) }],
                handle: { state, event, _ in try state.guardians.take(event) }),
            River(
                "correct the guardians for school", hears: Annulled<FamilyRelation>.self, as: Self.branch,
                mine: [Condition("annuls custody that we follow") { state, event in state.guardians.follows(event) }],
                handle: { state, event, _ in try state.guardians.take(event) }),
        ]
    }

    /// Where a case stands.
    static func publish(
        _ service: MunicipalService, _ stage: CaseState, expected: Day? = nil, _ effects: inout Effects<Timer>,
        reason: CaseReason? = nil, cause: Cause? = nil
    ) throws {
        try effects.publish(
            MunicipalCaseStatus(
                caseRef: service == .school ? "school" : "sfi", municipality: effects.municipality, service: service,
                expectedDate: expected, reason: reason, state: stage), cause: cause)
    }
}
