import AgencyKit
import LifeEvents

/// Share capital of a new firm: paid in, checked, certified to Bolagsverket, or paid back (C1, C20).
extension Bank {
    static let check = DatedRule(
        "bank-customer-check", "C20", "a bank checks a new firm as customer in", .workingDays, [.since(2026, 1, 1, 5)],
        source: "none", mark: .assumption)

    var capital: [River<Self>] {
        [
            River(
                "know a firm and who acts for it", hears: Company.self,
                concerns: { ($0.data.concerns ?? []).filter { $0.owner == .bank } },
                handle: { state, event, _ in
                    state.capital.signatories.take(event.data)
                    if event.data.state == .filed { state.capital.notice.adopt(event) }
                }),
            River(
                "take in share capital", hears: ShareCapitalFiling.self, under: [Self.check.legal],
                concerns: { [$0.data.bank] },
                mine: [
                    Condition("is of a firm without share capital here") { state, _ in
                        state.capital.stage.after(.paidIn) != nil
                    }
                ],
                whole: [
                    Condition("is filed by who signs for the firm, as Bolagsverket tells") { state, event in
                        state.capital.signatories.groups.contains { $0.contains(event.data.filedBy) }
                    }
                ], handle: Self.takeIn),
            River(
                "say no to a firm", hears: ShareCapital.self, concerns: { [$0.source].compactMap(\.self) },
                mine: [
                    Condition("refuses") { _, event in event.isNew && event.data.state == .refused },
                    Condition("is of a firm that is checked") { state, _ in state.capital.stage == .check },
                ],
                handle: { state, event, effects in
                    guard state.capital.take(.refused) else { return }
                    effects.cancelTimer(.capital)
                    // No reason: why a bank says no is nobody else's to know, and not on the page either.
                    try effects.set(
                        Tile(
                            .shareCapital, .decided,
                            "Banken säger nej. Fråga banken om skälet eller välj en annan bank"))
                }),
            River(
                "pay back where no firm came to be", hears: Annulled<Company>.self,
                mine: [
                    Condition("annuls the notice we know") { state, event in event.annuls(state.capital.notice) }
                ], handle: Self.payBack),
            River(
                "keep who owns a firm that is a customer", hears: BeneficialOwners.self,
                mine: [
                    Condition("is of a firm we know") { state, _ in state.capital.notice.head != nil }
                ],
                handle: { state, event, _ in
                    if let owners = event.data.owners { state.capital.owners = owners }
                }),
        ]
    }

    private static func takeIn(
        _ state: inout Case, _ event: Event<ShareCapitalFiling>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.capital.take(.paidIn) else { return }
        state.capital.amount = event.data.amount
        let day = SwedishCalendar.adding(workingDays: effects.value(of: check), to: effects.today)
        effects.setTimer(.capital, at: Stockholm.instant(day, hour: 8))
        try effects.set(
            Tile(
                .shareCapital, .investigating,
                "Banken har tagit emot \(Amounts.kronor(event.data.amount)) och kontrollerar uppgifterna. Besked väntas "
                    + SwedishText.day(day), expected: day))
    }

    static func certify(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.capital.take(.certified) else { return }
        try effects.publish(
            ShareCapital(state: .certified, amount: state.capital.amount, certifiedOn: effects.today),
            in: &state.capital.certificate)
        try effects.set(
            Tile(
                .shareCapital, .done,
                "Banken har intygat aktiekapitalet för Bolagsverket. Pengarna är bolagets när det är registrerat"))
    }

    private static func payBack(
        _ state: inout Case, _ event: Event<Annulled<Company>>, _ effects: inout Effects<Timer>
    ) throws {
        try state.capital.notice.take(event)
        guard state.capital.take(.paidBack) else { return }
        effects.cancelTimer(.capital)
        try effects.annul(ShareCapital.self, in: &state.capital.certificate, reason: event.data.reasonCode)
        try effects.set(
            Tile(
                .shareCapital, .stopped,
                "Bolaget bildas inte. Banken betalar tillbaka \(Amounts.kronor(state.capital.amount))"))
    }
}

extension BankCase {
    /// Share capital of a firm: `NONE → CHECK → CERTIFIED, REFUSED`.
    struct CapitalAccount: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, check, certified, refused, paidBack

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .paidIn), (.paidBack, .paidIn): .check
                case (.check, .certified): .certified
                case (.check, .refused): .refused
                case (.check, .paidBack), (.certified, .paidBack): .paidBack
                default: nil
                }
            }
        }

        enum Trigger: Sendable { case paidIn, certified, refused, paidBack }

        var stage = Stage.none
        /// SEK.
        var amount = 0
        var signatories = Signatories()
        /// The notice of the firm, as Bolagsverket tells it.
        var notice = ChainHead()
        var certificate = ChainHead()
        /// Who owns the firm, for the bank's knowledge of its customer (lag 2017:630).
        var owners: [BeneficialOwner] = []

        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }
}
