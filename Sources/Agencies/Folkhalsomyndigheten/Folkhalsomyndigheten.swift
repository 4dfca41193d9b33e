public import AgencyKit
public import LifeEvents

/// Folkhälsomyndigheten, the Public Health Agency: it gets copies of decisions on serving permits (alkohollagen 9:7).
public struct Folkhalsomyndigheten: Agency {
    /// What is remembered of one firm.
    public struct Case: AgencyCase {
        @Part var serving: KnownServing

        /// Nothing.
        public init() {}
    }

    /// Nothing is waited for.
    public typealias Timer = NoTimer

    /// Writes nothing.
    public static let owner = Owner.folkhalsomyndigheten
    /// What is gone by.
    public static let rules = [ServingRules.copies]

    /// The agency.
    public init() {}

    /// What is heard: decisions.
    public var rivers: [River<Self>] {
        [
            ServingReferrals.copy(
                Self.self, "keep a copy of a decision to serve alcohol", under: ServingRules.copies)
        ]
    }
}

extension Folkhalsomyndigheten.Case: KnowsServing {}
