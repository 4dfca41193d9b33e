public import AgencyKit
public import LifeEvents

/// Skatteverket's branch for estates of the dead (dödsbo): who the partners are, and the estate inventory from its last
/// day to its registration (ärvdabalken 20 kap.).
public struct SkatteverketEstates: Agency {
    /// What is remembered of one person.
    public typealias Case = EstateCase

    /// What the branch waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// The estate's next state: reminded, ordered, or registered.
        case inventory
        /// No partner is known and none has acted.
        case unattended
    }

    /// Whose topics it writes.
    public static let owner = Owner.skatteverket
    /// The branch.
    public static var branch: Branch? { estates }
    static let estates = Branch("dodsbo")

    /// The rules that it goes by.
    public static let rules = EstateRules.all + [DeathRules.lateChild]

    /// What it publishes.
    public static let publications = [
        Publication(EstateInventory.self, as: estates), Publication(HeirNotice.self, as: estates),
        Publication(EstateUnattended.self, as: estates), Publication(PartnerRepresentative.self, as: estates),
        Publication(PartnerDied.self, as: estates), Publication(RelativeDied.self, as: estates),
        Publication(EstateSuccessors.self, as: estates), Publication(EstateRole.self, as: estates),
        Publication(RepresentativeHousehold.self, as: estates), Publication(EstateActors.self, as: estates),
        Publication(StatusTile.self, as: estates),
    ]

    /// The branch.
    public init() {}

    /// What it hears: who would inherit, the death, and what the partners file.
    public var rivers: [River<Self>] {
        relations + relatives + inventories + filings + others + successors + lateHeirs + roles + unknownHeirs
    }

    /// A last day has passed, or a handling time is over.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .inventory: try Self.inventoryDue(&state, &effects)
        case .unattended: try Self.tellUnattended(&state, &effects)
        }
    }

    /// Who may act for an estate is its partner: a holder of age, or who acts for one that is not.
    static func isPartner<Data>(_ filer: @escaping @Sendable (Data) -> Subject) -> Condition<Case, Data> {
        Condition("is filed by an estate partner") { state, event in
            state.estate.partners.mayAct(filer(event.data))
        }
    }
}
