import AgencyKit
import LifeEvents

/// A business applies for F-tax, VAT and to be an employer (C10, C11, C18, C19).
extension SkatteverketTaxation {
    var businesses: [River<Self>] {
        [
            River(
                "know who acts for a company", hears: Company.self,
                handle: { state, event, _ in
                    state.business.signatories.take(event.data)
                    state.business.company = ChainHead(event)
                }),
            River(
                "know that the board acts again", hears: Annulled<Company>.self,
                mine: [
                    Condition("annuls what we know of the company") { state, event in
                        event.annuls(state.business.company)
                    }
                ],
                handle: { state, event, _ in
                    try state.business.company.take(event)
                    state.business.signatories.appoint(nil)
                }),
            River(
                "know who owns a company", hears: BeneficialOwners.self,
                handle: { state, event, _ in
                    if let owners = event.data.owners { state.business.owners = owners }
                }),
            River(
                "know of unpaid tax", hears: TaxArrears.self, under: [BusinessRules.fTax],
                mine: [
                    Condition("begins, or ends what we know") { state, event in
                        event.isNew || state.business.arrears.contains { event.follows($0.chain) }
                    }
                ],
                handle: { state, event, _ in
                    if let place = state.business.arrears.firstIndex(where: { !event.isNew && event.follows($0.chain) })
                    {
                        try state.business.arrears[place].chain.take(event)
                    } else if event.isNew {
                        state.business.arrears.append(
                            .init(person: event.data.person, amount: event.data.amount, chain: ChainHead(event)))
                    }
                }),
            River(
                "keep a mandate to register for tax", hears: GrantedMandate.self,
                mine: [
                    Condition("is for tax registration, to a person, or changes one that is known") { state, event in
                        state.business.signatories.knows(event)
                            || event.change != .ceased && event.data.holder != nil && event.data.level != .view
                                && (event.data.scope.contains(.taxRegistration) || event.data.scope.contains(.all))
                    }
                ],
                whole: [
                    Condition("is given by who signs for the firm") { state, event in
                        state.business.signatories.signsAlone(event.data.filedBy)
                    }
                ], handle: { state, event, _ in try state.business.signatories.take(event) }),
            River(
                "forget who never had a mandate of the firm", hears: Annulled<GrantedMandate>.self,
                handle: { state, event, _ in try state.business.signatories.take(event) }),
            River(
                "adopt a tax registration", hears: TaxRegistration.self, under: [BusinessRules.fTax],
                mine: [
                    Condition("is approved") { _, event in event.data.state == .approved },
                    Condition("is not one we hold") { state, _ in state.business.stage == .none },
                ],
                handle: { state, event, _ in
                    guard state.business.take(.adopted) else { return }
                    state.business.approved = event.data.kinds
                }),
            River(
                "take an application for tax registration", hears: TaxRegistrationFiling.self,
                under: [BusinessRules.handling.legal, BusinessRules.vatLimit.legal, BusinessRules.soleTrader],
                mine: [
                    Condition("is of a business whose application is not handled already") { state, _ in
                        state.business.stage.after(.applied) != nil
                    }
                ],
                whole: [
                    Condition("is filed by who signs for the firm, whose business it is, or with a mandate") {
                        state, event in
                        state.business.mayApply(event.data.filedBy, form: event.data.form, on: event.knownOn)
                    },
                    Condition("asks for VAT where the turnover is above the limit (C11)") { _, event in
                        event.data.kinds.contains(.vat)
                            || event.data.expectedTurnover <= event.value(of: BusinessRules.vatLimit)
                    },
                ], handle: Self.apply),
            River(
                "revoke in a bankruptcy", hears: Bankruptcy.self, under: [BusinessRules.bankruptcy],
                mine: [
                    Condition("opens one") { _, event in event.isNew && event.data.state == .opened },
                    Condition("is of a business that is approved") { state, _ in
                        state.business.stage == .decided && state.business.approved.contains(.fTax)
                    },
                ], handle: Self.revoke),
            River(
                "approve again where a bankruptcy is lifted", hears: Annulled<Bankruptcy>.self,
                under: [BusinessRules.bankruptcy],
                mine: [
                    Condition("annuls the one we acted on") { state, event in
                        event.annuls(state.business.bankruptcy) && state.business.stage == .revoked
                    }
                ], handle: Self.restore),
        ]
    }

    private static func apply(
        _ state: inout Case, _ event: Event<TaxRegistrationFiling>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.business.take(.applied) else { return }
        state.business.form = event.data.form
        state.business.kinds = event.data.kinds
        if event.data.form == .soleTrader { state.business.owner = event.data.filedBy }
        if state.business.noticedOn == nil { state.business.noticedOn = event.knownOn }
        let day = SwedishCalendar.adding(workingDays: effects.value(of: BusinessRules.handling), to: effects.today)
        effects.setTimer(.registration, at: Stockholm.instant(day, hour: 8))
        try effects.publish(TaxRegistration(state: .applied, kinds: event.data.kinds))
        try effects.set(
            Tile(
                .tax, .received,
                "Skatteverket har fått ansökan om \(Amounts.list(event.data.kinds.map(\.applied))). Besked väntas "
                    + SwedishText.day(day), expected: day))
    }

    static func decideRegistration(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.business.take(.decided) else { return }
        let day = SwedishText.day(effects.today)
        let debtors = state.business.debtors(above: effects.value(of: BusinessRules.insignificant))
        let refused = debtors.isEmpty ? [] : state.business.kinds.filter { $0 == .fTax }
        state.business.approved = state.business.kinds.filter { !refused.contains($0) }
        if !refused.isEmpty { try effects.publish(TaxRegistration(state: .refused, kinds: refused)) }
        if !state.business.approved.isEmpty {
            try effects.publish(
                TaxRegistration(state: .approved, kinds: state.business.approved, from: effects.today))
        }
        guard refused.isEmpty else {
            let review = SwedishCalendar.lastDayMoved(
                effects.today.adding(months: effects.value(of: BusinessRules.review)))
            try effects.set(
                Tile(
                    .tax, .decided, "Ansökan om F-skatt är avslagen den \(day). Skälen står i beslutet",
                    reviewBy: review))
            // The ground is that one's own affair, and on no other page.
            for debtor in debtors {
                try effects.set(
                    Tile(
                        .tax, .informed,
                        "Ett företag som du leder får inte F-skatt, för skatt i ett annat företag som du leder är inte "
                            + "betald. Betala den, eller kontakta Skatteverket", about: effects.subject), for: debtor)
            }
            return
        }
        try effects.set(Tile(.tax, .done, "\(approval(state.business)) från \(day). \(nextStep(state.business))"))
    }

    /// `Bolaget är godkänt för F-skatt och registrerat för moms och som arbetsgivare`
    private static func approval(_ business: Case.Business) -> String {
        let isCompany = business.form == .limitedCompany
        var words: [String] = []
        if business.approved.contains(.fTax) { words.append("\(isCompany ? "godkänt" : "godkänd") för F-skatt") }
        var registered: [String] = []
        if business.approved.contains(.vat) { registered.append("för moms") }
        if business.approved.contains(.employer) { registered.append("som arbetsgivare") }
        if !registered.isEmpty {
            words.append("\(isCompany ? "registrerat" : "registrerad") \(Amounts.list(registered))")
        }
        return "\(isCompany ? "Bolaget" : "Du") är \(Amounts.list(words))"
    }

    private static func nextStep(_ business: Case.Business) -> String {
        if business.approved.contains(.employer) {
            return "Nästa steg: lämna arbetsgivardeklaration varje månad ni betalar lön"
        }
        return business.approved.contains(.vat)
            ? "Nästa steg: lämna momsdeklaration" : "Nästa steg: betala preliminär skatt varje månad"
    }

    private static func revoke(
        _ state: inout Case, _ event: Event<Bankruptcy>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.business.take(.revoked) else { return }
        state.business.bankruptcy.adopt(event)
        try effects.publish(
            TaxRegistration(state: .revoked, kinds: [.fTax], from: effects.today), in: &state.business.revocation)
        try effects.set(
            Tile(
                .tax, .stopped,
                "Godkännandet för F-skatt är återkallat från \(SwedishText.day(effects.today)), för bolaget är i konkurs. "
                    + "Konkursförvaltaren svarar för bolagets skatt"))
    }

    private static func restore(
        _ state: inout Case, _ event: Event<Annulled<Bankruptcy>>, _ effects: inout Effects<Timer>
    ) throws {
        try state.business.bankruptcy.take(event)
        guard state.business.take(.restored) else { return }
        try effects.annul(TaxRegistration.self, in: &state.business.revocation, reason: event.data.reasonCode)
        try effects.set(
            Tile(
                .tax, .corrected,
                "Rättat: konkursbeslutet är upphävt. Bolaget är godkänt för F-skatt som om konkursen aldrig varit"))
    }
}
