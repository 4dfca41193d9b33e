public import AgencyKit
public import LifeEvents

/// The county boards (länsstyrelser), one adapter for all: they get copies of decisions on serving permits in their county
/// (alkohollagen 9:7).
public struct Lansstyrelse: Agency {
    /// What is remembered of one firm.
    public struct Case: AgencyCase {
        @Part var serving: KnownServing

        /// Nothing.
        public init() {}
    }

    /// Nothing is waited for.
    public typealias Timer = NoTimer

    /// Writes nothing.
    public static let owner = Owner.lansstyrelse
    /// What is gone by.
    public static let rules = [ServingRules.copies]

    /// The county boards.
    public init() {}

    /// What is heard: decisions.
    public var rivers: [River<Self>] {
        [
            ServingReferrals.copy(
                Self.self, "keep a copy of a decision to serve alcohol", under: ServingRules.copies,
                concerns: { Self.around($0.data.municipality) })
        ]
    }

    /// The county board around a municipality: the first two digits of its code are the county's.
    private static func around(_ municipality: String) -> [AgencyID] {
        Int(municipality.prefix(2)).map { [AgencyID.lansstyrelse($0)] } ?? []
    }
}

extension Lansstyrelse.Case: KnowsServing {}
