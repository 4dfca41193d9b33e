public import AgencyKit
public import LifeEvents

/// Landlords (hyresvärdar): who rents which dwelling. They answer the population register's order, and nobody else.
public struct Hyresvard: Agency {
    /// What is remembered of one tenant.
    public typealias Case = HyresvardCase
    /// Nothing is waited for.
    public typealias Timer = NoTimer

    /// Whose topics it writes.
    public static let owner = Owner.hyresvard
    /// What it publishes; a tenancy is said by scenarios.
    public static let publications = [
        Publication(Tenancy.self), Publication(TenancyAnswer.self), Publication(StatusTile.self),
    ]
    /// What it goes by.
    static let duty = LegalRule(
        "M6", "a landlord answers the order of the population register, and nobody else", source: "FOL 32 §")
    /// All of it.
    public static let rules = [duty, GodManConsumer.knows, GuardianRules.administrator]

    /// The landlords' code.
    public init() {}

    /// What it hears: its own tenancies, and orders.
    public var rivers: [River<Self>] {
        [
            River(
                "adopt a tenancy", hears: Tenancy.self, concerns: { [$0.source].compactMap(\.self) },
                handle: { state, event, _ in try state.tenancy.take(event, event.data.addressRef ?? "") }),
            River(
                "answer who rents", hears: TenancyNeed.self, under: [Self.duty], concerns: { $0.data.asked },
                handle: { state, event, effects in
                    guard let asker = event.source else { return }
                    let purpose = Skatteverket.populationRegistration
                    if let refusal = event.refusal(purpose: purpose, hasCase: true) {
                        try effects.publish(
                            TenancyAnswer(
                                caseRef: event.data.caseRef, asker: asker, status: .refused, refusal: refusal),
                            purpose: event.purpose)
                        return
                    }
                    let rents = state.tenancy.holds && state.tenancy.head?.value == event.data.addressRef
                    try effects.publish(
                        TenancyAnswer(
                            caseRef: event.data.caseRef, asker: asker, status: .answered, rents: rents ? .yes : .no),
                        purpose: purpose)
                }),
            River(
                "act on a public notice", hears: PublicNotice.self, under: [GuardianRules.administrator],
                handle: { state, event, _ in try state.notice.take(event) }),
        ] + GodManConsumer.extracts(Self.self, "Hyresvärden")
    }
}

/// What a landlord remembers of one tenant.
public struct HyresvardCase: AgencyCase {
    /// The dwelling.
    var tenancy = FactChain<String>()
    /// Who acts for the tenant, by an extract.
    @Part var godMan: KnownGodMan
    /// That the tenant has an administrator, as was made public.
    @Part var notice: ChainHead

    /// No tenant.
    public init() {}
}

extension HyresvardCase: KnowsGodMan {}
