public import AgencyKit
public import LifeEvents

/// A municipality's permits (tillstånd): a new restaurant is told of the serving permit, and what its form needs is kept
/// (alkohollagen 8 kap.).
///
/// A branch of its own: no other branch sees its cases (OSL 8:2).
public struct KommunPermits: Agency {
    /// What is remembered of one firm.
    public struct Case: AgencyCase {
        /// Who acts for it, as the company register tells.
        var signatories = Signatories()
        /// Whether it has been told that it may apply.
        var isInvited = false
        /// What is known for the form: how it stands with the tax, and who owns it.
        var tax: TaxRegistration?
        var owners: [BeneficialOwner] = []

        /// Nothing.
        public init() {}
    }

    /// Nothing is waited for.
    public typealias Timer = NoTimer

    /// Writes `kommun.*`.
    public static let owner = Owner.kommun
    /// Permits.
    public static let branch: Branch? = Branch("tillstand")
    /// What it publishes.
    public static let publications = [Publication(StatusTile.self, as: branch)]

    /// The branch's code.
    public init() {}

    /// What it hears: new restaurants, and what their applications will need.
    public var rivers: [River<Self>] {
        [
            River(
                "know who acts for a firm that is invited", hears: Company.self,
                concerns: { Kommun.named($0.data.municipality) },
                mine: [Condition("is invited") { state, _ in state.isInvited }],
                handle: { state, event, _ in state.signatories.take(event.data) }),
            River(
                "invite a restaurant to apply", hears: Company.self, concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is a new firm") { _, event in event.data.state == .registered && event.isNew },
                    Condition("serves food (SNI 56)") { _, event in FoodRules.servesFood(event.data.sni) },
                    Condition("is not invited") { state, _ in !state.isInvited },
                ],
                handle: { state, event, effects in
                    state.isInvited = true
                    state.signatories.take(event.data)
                    try effects.set(
                        Tile(
                            .permitApplication, .informed,
                            "Ska ni servera alkohol? Då behöver ni tillstånd innan ni börjar. Bolagets uppgifter är redan "
                                + "ifyllda i ansökan"))
                }),
            River(
                "know how an applicant stands with the tax", hears: TaxRegistration.self,
                handle: { state, event, _ in state.tax = event.data }),
            River(
                "know who owns an applicant", hears: BeneficialOwners.self,
                handle: { state, event, _ in if let owners = event.data.owners { state.owners = owners } }),
        ]
    }
}
