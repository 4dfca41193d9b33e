public import AgencyKit
public import LifeEvents

/// Banks: accounts of the dead are frozen, and opened for those who settle the estate.
public struct Bank: Agency {
    /// What is remembered of one customer.
    public typealias Case = BankCase
    /// What a bank waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// Share capital, and who pays it in, have been checked.
        case capital
    }

    /// Whose topics it writes.
    public static let owner = Owner.bank
    /// What it publishes.
    public static let publications = [
        Publication(BankCustomer.self), Publication(BankDeathProofNeed.self), Publication(AssetsAnswer.self),
        Publication(ShareCapital.self),
        Publication(StatusTile.self),
    ]

    /// The banks' code.
    public init() {}

    /// From how much a minor's inheritance is blocked: more than one price base amount.
    static let blocked = DatedRule(
        "blocked-account-from", "D12", "a minor's inheritance is paid to a blocked account where it is more than",
        .kronor, [.since(2025, 1, 1, 58_800), .since(2026, 1, 1, 59_200)], source: "FB 16 kap. 11 §; SFS 2025:872")
    /// The rules that it goes by.
    public static let rules = [
        blocked.legal, GodManConsumer.knows, GuardianRules.administrator, GuardianRules.disclosure,
        check.legal, EstateProof.rule,
    ]

    /// What it hears: customers, deaths, mandates and the proof of them, and new firms.
    public var rivers: [River<Self>] { customers + capital }

    /// Who pays in share capital has been checked.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        try Self.certify(&state, &effects)
    }

    private var customers: [River<Self>] {
        [
            River(
                "follow who is a customer", hears: BankCustomer.self, concerns: { [$0.source].compactMap(\.self) },
                mine: [
                    Condition("is new, or changes or ends what we know") { state, event in
                        event.follows(state.customer)
                    }
                ],
                handle: { state, event, _ in
                    if event.isNew { state.customer.adopt(event) } else { try state.customer.take(event) }
                }),
            River(
                "forget who was no customer", hears: Annulled<BankCustomer>.self,
                mine: [Condition("annuls what we know") { state, event in event.annuls(state.customer) }],
                handle: { state, event, _ in try state.customer.take(event) }),
            River(
                "freeze the accounts of the dead", hears: PublicDeath.self,
                mine: [
                    Condition("is a customer") { state, _ in state.customer.holds }
                ],
                handle: { state, event, effects in
                    let isNew = !state.death.holds
                    guard case .became = try state.death.take(event), isNew else { return }
                    try effects.set(
                        Tile(
                            .stopped, .stopped, "Bank-id, kort och autogiro är spärrade. Kontakta banken om räkningar"))
                }),
            River(
                "open the accounts of one who lives", hears: Annulled<PublicDeath>.self, handle: Self.open),
            River(
                "ask for proof that who acts may act", hears: GrantedMandate.self,
                concerns: { [$0.data.agency].compactMap(\.self) },
                mine: [
                    Condition("is a new mandate for accounts") { _, event in
                        event.isNew && event.data.scope.contains(.account)
                    },
                    Condition("is about a customer") { state, _ in state.customer.holds },
                ],
                whole: [Condition("shows a token") { _, event in event.data.tokenRef != nil }],
                handle: { state, event, effects in
                    guard let token = event.data.tokenRef else { return }
                    try state.estateProof.ask(
                        event,
                        BankDeathProofNeed(
                            caseRef: EstateProof.caseRef(token), facts: ["deathDate", "mayAct"],
                            asked: [AgencyID(.skatteverket)], tokenRef: token), &effects)
                }),
            River(
                "block what a minor inherits", hears: GuardianConsent.self, under: [Self.blocked.legal],
                concerns: { [$0.data.addressee] },
                mine: [
                    Condition("is for a division") { _, event in
                        event.data.act == .estateDivision && event.data.outcome == .granted
                    },
                    Condition("is of more than a price base amount") { _, event in
                        event.data.amount ?? 0 > event.value(of: Self.blocked)
                    },
                ],
                handle: { state, event, effects in
                    state.blocked += event.data.amount ?? 0
                    try effects.set(
                        Tile(
                            .bank, .informed,
                            "Arvet sätts in på ett spärrat konto: \(Amounts.kronor(state.blocked)). Uttag kräver "
                                + "överförmyndarens samtycke"))
                }),
            River(
                "free what the chief guardian consents to", hears: GuardianConsent.self,
                concerns: { [$0.data.addressee] },
                mine: [
                    Condition("is for a withdrawal") { _, event in
                        event.data.act == .withdrawal && event.data.outcome == .granted
                    },
                    Condition("is of money that is blocked") { state, event in
                        (event.data.amount ?? 0) <= state.blocked
                    },
                ],
                handle: { state, event, effects in
                    let freed = event.data.amount ?? 0
                    state.blocked -= freed
                    try effects.set(
                        Tile(
                            .bank, .informed,
                            "\(Amounts.kronor(freed)) kan tas ut med överförmyndarens samtycke. På det spärrade kontot "
                                + "är \(Amounts.kronor(state.blocked)) kvar"))
                }),
            River(
                "let a representative draw what is consented to", hears: GuardianConsent.self,
                under: [GodManConsumer.knows], concerns: { [$0.data.addressee] },
                mine: [
                    Condition("is for a withdrawal") { _, event in
                        event.data.act == .withdrawal && event.data.outcome == .granted
                    },
                    Condition("is of a customer with a representative for property") { state, _ in
                        state.godMan.stage == .active && state.godMan.scope.contains(.manageProperty)
                    },
                ],
                handle: { state, event, _ in state.freed += event.data.amount ?? 0 }),
            River(
                "act on a public notice", hears: PublicNotice.self, under: [GuardianRules.administrator],
                mine: [
                    Condition("limits property") { _, event in event.data.limits.contains(.manageProperty) }
                ],
                handle: { state, event, _ in try state.notice.take(event) }),
            River(
                "hear that a chief guardian wants a balance", hears: AssetsNeed.self,
                under: [GuardianRules.disclosure], concerns: { $0.data.asked },
                // The balance is what the scenario says of the account.
                handle: { state, event, _ in state.asked.append(event.data.asOf) }),
            River(
                "take the proof", hears: DeathProofAnswer.self, concerns: { [$0.data.asker] },
                handle: Self.takeProof),
        ]
            + EstateProof.ends(Self.self) { lost, code, _, effects in
                for person in lost {
                    try effects.set(
                        Tile(
                            .bank, code,
                            "Du kan inte längre använda dödsboets konto, för att du inte längre har rätt att sköta dödsboet",
                            about: effects.subject), for: person)
                }
            } + GodManConsumer.extracts(Self.self, "Banken")
    }

    private static func open(
        _ state: inout Case, _ event: Event<Annulled<PublicDeath>>, _ effects: inout Effects<Timer>
    ) throws {
        guard case .annulled = try state.death.take(event) else { return }
        try effects.set(
            Tile(
                .stopped, .corrected,
                "Du är inte längre registrerad som avliden hos banken. Kontrollera bank-id, kort och autogiro"))
        for actor in state.estateProof.lose(where: { _ in true }) {
            try effects.set(
                Tile(
                    .bank, .corrected, "Det var fel: dödsfallet har inte inträffat. Du kan inte längre använda kontot",
                    about: effects.subject), for: actor)
        }
    }

    private static func takeProof(
        _ state: inout Case, _ event: Event<DeathProofAnswer>, _ effects: inout Effects<Timer>
    ) throws {
        guard let (actor, mayAct) = state.estateProof.take(event) else { return }
        guard mayAct else {
            // Who has shown no right to the dead's affairs is told nothing of them, but what to do.
            return try effects.set(
                Tile(
                    .bank, .awaitingCitizen,
                    "Banken kunde inte kontrollera att du sköter dödsboet. Visa ett nytt intyg från efterlevandeguiden.se, "
                        + "annars kan banken inte betala räkningar åt dödsboet"), for: actor)
        }
        try effects.set(
            Tile(
                .bank, .informed,
                "Banken betalar begravning och räkningar ur dödsboets konto. Konton avslutas när bouppteckningen är "
                    + "registrerad", about: effects.subject), for: actor)
    }
}

/// What a bank remembers of one customer.
public struct BankCase: AgencyCase {
    var customer = ChainHead()
    /// The death, as the address register tells it.
    @Part var death: ChainHead
    /// Who acts for the customer, by an extract; whether the customer may still act alone.
    @Part var godMan: KnownGodMan
    /// That the customer has an administrator, as was made public.
    @Part var notice: ChainHead
    /// What the chief guardian has let the representative draw, SEK.
    var freed = 0
    /// For which days a chief guardian has asked for the balance.
    var asked: [Day] = []
    /// Who may use the account for the estate.
    @Part var estateProof: EstateProof
    /// What is on a blocked account, SEK.
    var blocked = 0
    /// Of a firm.
    @Part var capital: CapitalAccount

    /// No customer.
    public init() {}
}

extension BankCase: KnowsGodMan {}

extension BankCase: ProvesEstate {
    var isDead: Bool { death.holds }
}
