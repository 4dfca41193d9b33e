public import AgencyKit
public import LifeEvents

/// Migrationsverket: whether somebody has a residence permit, and its dates, to SSBTEK; never its ground or a country.
///
/// It holds no case: what it knows of a person is nothing, or what a scenario says in its stead.
public struct Migrationsverket: Agency {
    /// Nothing is remembered.
    public typealias Case = MigrationsverketCase
    /// Nothing is waited for.
    public typealias Timer = NoTimer

    /// Whose topics it writes.
    public static let owner = Owner.migrationsverket
    /// What it publishes.
    public static let publications = [Publication(PermitAidIncome.self)]
    /// What it goes by.
    public static let rules = [AidSources.list]

    /// The agency.
    public init() {}

    /// What it hears: SSBTEK's needs.
    public var rivers: [River<Self>] {
        [AidSources.river(of: Self.self, answering: PermitAidIncome.self) { _, _ in [] }]
    }
}

/// What Migrationsverket remembers of one person.
public struct MigrationsverketCase: AgencyCase {
    /// Nothing.
    public init() {}
}
