import AgencyKit
import LifeEvents

/// A new company: notice, signatures, certificate, name, registration (C1 to C6).
extension Bolagsverket {
    var formations: [River<Self>] {
        [
            River(
                "take a notice of a new company", hears: CompanyFiling.self,
                under: [
                    BolagsverketRules.capital.legal, BolagsverketRules.notify.legal, BolagsverketRules.signers,
                    BolagsverketRules.complete,
                ],
                mine: [
                    Condition("is of no company that is notified already") { state, _ in
                        state.formation.stage.after(.filed) != nil
                    }
                ],
                whole: [
                    Condition("is filed by a board member or the CEO (C3)") { _, event in
                        event.data.officers.contains {
                            $0.person == event.data.filedBy && $0.role != .deputy
                        }
                    },
                    Condition("has founders, a name and who signs") { _, event in
                        !event.data.founders.isEmpty && !event.data.names.isEmpty && !event.data.signatories.isEmpty
                    },
                    Condition("has the share capital of its form (C1)") { _, event in
                        event.data.form != .limitedCompany
                            || event.data.shareCapital >= event.value(of: BolagsverketRules.capital)
                    },
                    Condition("comes in time after the memorandum (C2)") { _, event in
                        event.knownOn
                            <= SwedishCalendar.lastDayMoved(
                                event.data.formedOn.adding(months: event.value(of: BolagsverketRules.notify)))
                    },
                ], handle: Self.begin),
            River(
                "take a founder's signature", hears: CompanySignature.self, under: [BolagsverketRules.signers],
                mine: [
                    Condition("is of a memorandum") { _, event in event.data.document == .memorandum },
                    Condition("is of a notice that waits") { state, _ in state.formation.stage == .draft },
                ],
                whole: [
                    Condition("is filed by a founder, for oneself (C3)") { state, event in
                        state.formation.isFounder(event.data.filedBy)
                    }
                ],
                handle: { state, event, effects in
                    guard !state.formation.signed.contains(event.data.filedBy) else { return }
                    state.formation.signed.append(event.data.filedBy)
                    try Self.look(&state, &effects)
                }),
            River(
                "take a board member's consent", hears: CompanySignature.self, under: [BolagsverketRules.signers],
                mine: [
                    Condition("is of a seat on the board") { _, event in event.data.document == .boardConsent },
                    Condition("is of a notice that is open") { state, _ in
                        state.formation.stage == .draft || state.formation.stage == .complete
                    },
                ],
                whole: [
                    Condition("is filed by who is to have the seat") { state, event in
                        state.formation.filing?.officers.contains { $0.person == event.data.filedBy } ?? false
                    }
                ], handle: { state, event, _ in state.formation.consented.append(event.data.filedBy) }),
            River(
                "take a bank's certificate", hears: ShareCapital.self, under: [BolagsverketRules.capital.legal],
                mine: [
                    Condition("is of a notice that waits") { state, _ in state.formation.stage == .draft },
                    Condition("certifies") { _, event in event.isNew && event.data.state == .certified },
                ],
                handle: { state, event, effects in
                    state.formation.certified = event.data.amount ?? 0
                    try Self.look(&state, &effects)
                }),
            River(
                "take what a notice lacked", hears: CompanyCompletion.self,
                under: [BolagsverketRules.complete, BolagsverketRules.completion.legal],
                mine: [
                    Condition("is of a notice that waits") { state, _ in
                        state.formation.stage == .draft || state.formation.stage == .supplement
                    }
                ],
                whole: [
                    Condition("is filed by a founder") { state, event in
                        state.formation.isFounder(event.data.filedBy)
                    },
                    Condition("is what lacks") { state, event in Self.isWanted(event.data, state.formation) },
                ], handle: Self.complete),
        ]
    }

    private static func isWanted(_ data: CompanyCompletion, _ formation: Case.Formation) -> Bool {
        switch data.item {
        case .name: formation.stage == .supplement && !(data.names ?? []).isEmpty
        case .fee: formation.lacks.contains(.fee)
        case .capital: formation.lacks.contains(.certificate) && data.bank != nil
        case .document: false
        }
    }

    private static func begin(
        _ state: inout Case, _ event: Event<CompanyFiling>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.formation.stage.after(.filed) != nil else { return }
        state.formation = Case.Formation()
        state.formation.take(.filed)
        let data = event.data
        state.formation.filing = data
        // Who notifies has signed with that.
        state.formation.signed = data.founders.filter { $0 == data.filedBy }
        let last = SwedishCalendar.lastDayMoved(
            data.formedOn.adding(months: effects.value(of: BolagsverketRules.notify)))
        state.formation.lastDay = last
        effects.setTimer(.formation, at: effects.midnight(after: last))
        try tellFiled(&state, &effects)
        try look(&state, &effects)
    }

    /// While filed the bank alone is told, which must know who may pay in for the firm.
    private static func tellFiled(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let filing = state.formation.filing else { return }
        try effects.publish(
            Company(
                state: .filed, form: filing.form, municipality: filing.seat, sni: filing.sni,
                signatories: filing.signatories, concerns: filing.bank.map { [$0] }), in: &state.formation.chain)
    }

    private static func complete(
        _ state: inout Case, _ event: Event<CompanyCompletion>, _ effects: inout Effects<Timer>
    ) throws {
        switch event.data.item {
        case .fee:
            state.formation.filing?.feePaid = true
            try look(&state, &effects)
        case .capital:
            state.formation.filing?.bank = event.data.bank
            try tellFiled(&state, &effects)
        case .name:
            state.formation.filing?.names = event.data.names ?? []
            guard state.formation.take(.renamed) else { return }
            try handle(&effects)
        case .document: break
        }
    }

    /// Looks whether all is there, and tells what is not (C4).
    private static func look(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let lacks = state.formation.lacks
        guard !lacks.isEmpty else {
            guard state.formation.take(.whole) else { return }
            return try handle(&effects)
        }
        guard lacks != [.certificate] else {
            return try effects.set(
                Tile(
                    .company, .awaitingAgency,
                    "Alla stiftare har skrivit under. Nu väntar vi på bankens intyg om aktiekapitalet",
                    other: state.formation.filing?.bank))
        }
        guard let filing = state.formation.filing, let last = state.formation.lastDay else { return }
        try effects.set(
            Tile(
                .company, .awaitingCitizen,
                "Anmälan om \(filing.form.swedish) har kommit in. \(Self.sentence(lacks, filing)). Ordna det senast "
                    + "\(SwedishText.day(last)), annars faller bildandet", deadline: last))
    }

    /// `Två saker saknas: underskrift av den andra stiftaren och bankens intyg om aktiekapitalet`
    private static func sentence(_ lacks: [Case.Formation.Lack], _ filing: CompanyFiling) -> String {
        let words = lacks.map { lack in
            switch lack {
            case .signatures(1) where filing.founders.count == 2: "underskrift av den andra stiftaren"
            case .signatures(1): "underskrift av en stiftare"
            case .signatures(let count): "underskrift av \(count) stiftare"
            case .certificate: "bankens intyg om aktiekapitalet"
            case .fee: "avgiften"
            }
        }
        let count = ["", "En sak saknas", "Två saker saknas", "Tre saker saknas"][words.count]
        return "\(count): \(Amounts.list(words))"
    }

    private static func handle(_ effects: inout Effects<Timer>) throws {
        let day = effects.day(workingDays: BolagsverketRules.handling)
        effects.setTimer(.formation, at: Stockholm.instant(day, hour: 8))
        try effects.set(
            Tile(
                .company, .investigating,
                "Anmälan är komplett sedan \(SwedishText.day(effects.today)). Besked väntas \(SwedishText.day(day))",
                expected: day))
    }

    static func formationDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.formation.stage == .complete else {
            let isUnnamed = state.formation.stage == .supplement
            guard state.formation.take(.lastDayPassed) else { return }
            try effects.annul(
                Company.self, in: &state.formation.chain, reason: isUnnamed ? "notValid" : "formationLapsed")
            return try effects.set(
                Tile(
                    .company, .stopped,
                    isUnnamed
                        ? "Anmälan är avskriven, för inget nytt namn kom i tid. Gör en ny anmälan om ni vill starta bolaget"
                        : "Bildandet har fallit, för anmälan blev inte komplett i tid. Gör en ny anmälan om ni vill starta "
                            + "bolaget"))
        }
        guard let filing = state.formation.filing else { return }
        guard let name = filing.names.first(where: { !BolagsverketRules.isConfusable($0) }) else {
            state.formation.take(.nameLacking)
            let day = effects.day(workingDays: BolagsverketRules.completion)
            effects.setTimer(.formation, at: effects.midnight(after: day))
            return try effects.set(
                Tile(
                    .company, .awaitingCitizen,
                    "Inget av namnen kan registreras, för de liknar andra företags. Föreslå nya namn senast "
                        + "\(SwedishText.day(day)), annars skriver vi av anmälan", deadline: day))
        }
        state.formation.take(.nameFound)
        try register(filing, name, &state, &effects)
    }

    private static func register(
        _ filing: CompanyFiling, _ name: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard state.company.take(.registered) else { return }
        let company = Company(
            state: .registered, form: filing.form, municipality: filing.seat, sni: filing.sni, name: name,
            shareCapital: filing.shareCapital, officers: filing.officers, signatories: filing.signatories,
            concerns: filing.bank.map { [$0] })
        state.company.head = try effects.publish(company)
        state.company.told = company
        try tellRoles(&state, &effects)
        try effects.set(
            Tile(
                .company, .done,
                "Bolaget är registrerat från \(SwedishText.day(effects.today)). Nästa steg: ansök om F-skatt och anmäl "
                    + "verklig huvudman"))
        try askForOwners(&state, &effects)
    }
}
