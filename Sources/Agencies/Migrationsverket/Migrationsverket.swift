public import AgencyKit
public import LifeEvents

/// Migrationsverket, the Migration Agency: a permit, the municipality that is to receive its holder, the daily allowance
/// until then, and what becomes of a permit that is refused, withdrawn or over. Decisions are said by scenarios; never is
/// their ground told, nor a country.
public struct Migrationsverket: Agency {
    /// What is remembered of one person.
    public typealias Case = MigrationsverketCase

    /// What it waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// A municipality is chosen.
        case assign
        /// The daily allowance of who lives in a home of one's own ends.
        case allowance
        /// The last day of the permit is long over.
        case expiry
        /// A withdrawal can no longer be appealed.
        case final
    }

    /// Whose topics it writes.
    public static let owner = Owner.migrationsverket
    /// What it publishes.
    public static let publications = [
        Publication(PermitAidIncome.self), Publication(ResidencePermit.self), Publication(PermitAppeal.self),
        Publication(StatusTile.self),
    ]
    /// What it goes by.
    public static let rules = [AidSources.list, GodManConsumer.knows, ArrivalRules.alone] + ArrivalRules.ofMigration

    /// The agency.
    public init() {}

    /// What it hears.
    public var rivers: [River<Self>] {
        permits + settlements + appeals
            + GodManConsumer.rivers(
                Self.self, "Migrationsverket", for: [.guardRights, .careForPerson], tells: false, of: "child alone")
            + [
                AidSources.river(of: Self.self, answering: PermitAidIncome.self) { state, period in
                    guard state.permit.chain.holds, let term = state.permit.chain.head?.value,
                        period.touches(term.from, term.to)
                    else { return [] }
                    return [AidFact(fact: .permit, from: term.from, to: term.to)]
                }
            ]
    }

    /// A time is over.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .assign: try Self.assign(&state, &effects)
        case .allowance: try Self.endAllowance(&state, &effects)
        case .expiry: try Self.expire(&state, &effects)
        case .final: try Self.withdraw(&state, &effects)
        }
    }
}
