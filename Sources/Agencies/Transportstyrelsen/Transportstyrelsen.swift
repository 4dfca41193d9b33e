public import AgencyKit
public import LifeEvents

/// Transportstyrelsen: which vehicles somebody owns, to SSBTEK.
///
/// It holds no case: what it knows of a person is nothing, or what a scenario says in its stead.
public struct Transportstyrelsen: Agency {
    /// Nothing is remembered.
    public typealias Case = TransportstyrelsenCase
    /// Nothing is waited for.
    public typealias Timer = NoTimer

    /// Whose topics it writes.
    public static let owner = Owner.transportstyrelsen
    /// What it publishes.
    public static let publications = [Publication(VehicleAidIncome.self)]
    /// What it goes by.
    public static let rules = [AidSources.list]

    /// The agency.
    public init() {}

    /// What it hears: SSBTEK's needs.
    public var rivers: [River<Self>] {
        [AidSources.river(of: Self.self, answering: VehicleAidIncome.self) { _, _ in [] }]
    }
}

/// What Transportstyrelsen remembers of one person.
public struct TransportstyrelsenCase: AgencyCase {
    /// Nothing.
    public init() {}
}
