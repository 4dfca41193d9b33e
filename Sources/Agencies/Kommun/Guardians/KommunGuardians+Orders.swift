import AgencyKit
import LifeEvents

/// What the chief guardian makes of a court's order: the register, who is told, extracts to whom the representative names
/// (FB 11, 12 and 14 kap., G6, G7, G16 to G18).
extension KommunGuardians {
    var orders: [River<Self>] {
        [
            River(
                "enter an order in the register", hears: GuardianOrder.self, under: [GuardianRules.inventory.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is new, or changes the order that we have entered") { state, event in
                        event.isNew || event.follows(state.supervision.order)
                    }
                ],
                whole: [
                    Condition("names who acts, or ends it") { _, event in
                        event.data.holder != nil || event.data.change == .ended || event.change == .ceased
                    }
                ], handle: Self.enter),
            River(
                "undo an order that was for another", hears: Annulled<GuardianOrder>.self,
                mine: [
                    Condition("annuls the order that we have entered") { $1.annuls($0.supervision.order) }
                ],
                handle: { state, event, effects in
                    try state.supervision.order.take(event)
                    try Self.undo(event.data.reasonCode, &state, &effects)
                }),
            River(
                "send extracts to whom a representative names", hears: GuardianRecipients.self,
                under: [GodManConsumer.knows, GuardianRules.disclosure],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [Condition("has a representative here") { state, _ in state.chain.holds && !state.isForEstate }],
                whole: [
                    Condition("is filed by the representative") { state, event in state.holder == event.data.filedBy },
                    Condition("names a bank only where property is in the scope") { state, event in
                        !event.data.recipients.contains { $0.owner == .bank }
                            || state.fact?.scope.contains(.manageProperty) == true
                    },
                ], handle: Self.sendExtracts),
            River(
                "take a resignation", hears: GuardianResignation.self, under: [GuardianRules.leaving],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [Condition("has a representative here") { state, _ in state.chain.holds && !state.isForEstate }],
                whole: [
                    Condition("is filed by the representative") { state, event in state.holder == event.data.filedBy }
                ],
                // Who wants to leave stays until another is found.
                handle: { _, event, effects in
                    try effects.set(
                        Tile(
                            .whoKnows, .investigating,
                            "Begäran om att lämna uppdraget kom in \(SwedishText.day(effects.today)). Uppdraget gäller tills "
                                + "en ny god man är utsedd.", about: effects.subject), for: event.data.filedBy)
                }),
            River(
                "follow how a guardianship ends or changes", hears: Guardianship.self, under: [GuardianRules.leaving],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("changes the one that we supervise") { state, event in
                        !event.isNew && event.follows(state.chain)
                    }
                ], handle: Self.follow),
            River(
                "drop a guardianship that never was", hears: Annulled<Guardianship>.self,
                under: [GuardianRules.leaving],
                mine: [
                    Condition("annuls the one that we supervise") { state, event in event.annuls(state.chain) }
                ],
                handle: { state, event, effects in
                    try state.chain.take(event)
                    guard !state.chain.holds else { return }
                    for timer in [Timer.consent, .undivided] { effects.cancelTimer(timer) }
                    Self.stopSupervision(&state, &effects)
                    (state.holder, state.fact) = (nil, nil)
                    // Who needed one needs one still.
                    guard state.notices.contains(where: \.guardianIsPartner) || state.inventory.holds else { return }
                    if effects.value(of: Self.capacity) > 0 { return try Self.queue(&state, &effects) }
                    Self.find(from: effects.today, &effects)
                }),
        ]
    }

    /// Who is told, by what the scope lets the representative do.
    static func told(_ scope: [GuardianshipScope], _ effects: Effects<Timer>) -> [AgencyID] {
        var all = [AgencyID(.skatteverket)]
        if scope.contains(.manageProperty) || scope.contains(.guardRights) { all.append(AgencyID(.forsakringskassan)) }
        if scope.contains(.manageProperty) { all += [AgencyID(.kronofogden), AgencyID(.csn)] }
        if scope.contains(.careForPerson) || scope.contains(.guardRights) {
            all += [effects.agency.surroundingRegion].compactMap(\.self)
        }
        return all + [effects.agency]
    }

    private static func enter(
        _ state: inout Case, _ event: Event<GuardianOrder>, _ effects: inout Effects<Timer>
    ) throws {
        if event.isNew { state.supervision.order.adopt(event) } else { try state.supervision.order.take(event) }
        guard event.change != .ceased, event.data.change != .ended, let holder = event.data.holder else {
            return try end(.ended, &state, &effects)
        }
        let former = state.chain.holds ? state.fact : nil
        let fact = Guardianship(
            holder: holder, kind: event.data.kind, scope: event.data.scope, capacity: event.data.capacity,
            from: event.data.from, municipality: effects.municipality,
            caseRef: former?.caseRef ?? "\(event.data.kind.rawValue)-\(event.data.from)",
            concerns: told(event.data.scope + (former?.scope ?? []), effects))
        let isCorrection = event.change == .corrected
        try effects.publish(fact, in: &state.chain, occurredOn: isCorrection ? event.occurredOn : nil)
        (state.fact, state.holder, state.isForEstate) = (fact, holder, false)
        try renewExtracts(isCorrection ? event.occurredOn : nil, &state, &effects)
        if let former, former.holder != holder { try swap(former.holder, holder, state, &effects) }
        if former == nil { try tellPrincipal(fact, &effects) }
        // None at a swap; a shorter time where the scope grows.
        let grows = former.map { former in !fact.scope.allSatisfy { former.scope.contains($0) } } ?? false
        guard former == nil || grows else { return }
        let months = effects.value(of: grows ? GuardianRules.grown : GuardianRules.inventory)
        try askForInventory(
            of: holder, by: SwedishCalendar.lastDayMoved(event.knownOn.adding(months: months)), &state, &effects)
    }

    private static func askForInventory(
        of holder: Subject, by last: Day, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        state.supervision.stage = .appointed
        state.supervision.lastDay = last
        effects.setTimer(.late, at: KommunRules.instant(after: last))
        try effects.set(
            Tile(
                .guardianInventory, .awaitingCitizen,
                "Lämna en förteckning över tillgångar och skulder den \(SwedishText.day(effects.today)) senast "
                    + "\(SwedishText.day(last)). Annars kan du få betala vite.", about: effects.subject, deadline: last),
            for: holder)
    }

    private static func tellPrincipal(_ fact: Guardianship, _ effects: inout Effects<Timer>) throws {
        var names = ["Skatteverket"]
        if fact.concerns.contains(AgencyID(.forsakringskassan)) { names.append("Försäkringskassan") }
        if fact.concerns.contains(AgencyID(.kronofogden)) { names += ["Kronofogden", "CSN"] }
        if fact.concerns.contains(where: { $0.owner == .region }) { names += ["regionen"] }
        let all = names.joined(separator: ", ") + " och hemtjänsten"
        let who = fact.kind == .forvaltare ? "din förvaltare" : "din gode man"
        try effects.set(
            Tile(
                .whoKnows, .informed,
                "\(all) vet sedan \(SwedishText.day(effects.today)) vem som är \(who). \(capital(who)) anger vilka banker som "
                    + "ska veta."))
    }

    private static func capital(_ text: String) -> String { "\(text.prefix(1).uppercased())\(text.dropFirst())" }

    private static func sendExtracts(
        _ state: inout Case, _ event: Event<GuardianRecipients>, _ effects: inout Effects<Timer>
    ) throws {
        guard let fact = state.fact else { return }
        for party in event.data.recipients where !state.supervision.extracts.contains(where: { $0.party == party }) {
            let id = try effects.publish(extract(fact, to: party, .valid))
            state.supervision.extracts.append(.init(party: party, chain: ChainHead(id)))
        }
        guard state.supervision.stage == .appointed else { return }
        state.supervision.asksFor = fact.from
        effects.setTimer(
            .assets, at: KommunRules.morning(SwedishCalendar.adding(workingDays: 1, to: effects.today)))
    }

    private static func extract(_ fact: Guardianship, to party: AgencyID, _ state: ExtractState) -> GuardianExtract {
        GuardianExtract(
            addressee: party, holder: fact.holder, kind: fact.kind, scope: fact.scope, capacity: fact.capacity,
            from: fact.from, state: state)
    }

    /// What is open goes on with its date, with the new representative (FB 14 kap. 1 §: no new inventory).
    private static func swap(
        _ former: Subject, _ holder: Subject, _ state: Case, _ effects: inout Effects<Timer>
    ) throws {
        let (tile, what): (TileName, String)
        switch state.supervision.stage {
        case .appointed: (tile, what) = (.guardianInventory, "förteckningen")
        case .yearDue: (tile, what) = (.yearlyAccount, "årsräkningen")
        case .none, .inventoryIn, .active, .yearIn, .finalDue: return
        }
        guard let last = state.supervision.lastDay else { return }
        let day = SwedishText.day(effects.today)
        try effects.set(
            Tile(
                tile, .awaitingCitizen,
                "Lämna \(what) senast \(SwedishText.day(last)). Uppdraget gäller dig från \(day).",
                about: effects.subject, deadline: last), for: holder)
        try effects.set(
            Tile(
                tile, .stopped, "Uppdraget har gått över till en annan god man \(day).", about: effects.subject),
            for: former)
    }

    private static func renewExtracts(
        _ occurredOn: Day?, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard let fact = state.fact else { return }
        for place in state.supervision.extracts.indices where state.supervision.extracts[place].chain.holds {
            let party = state.supervision.extracts[place].party
            // A bank has nothing to do with who has no property to manage.
            let holds = party.owner != .bank || fact.scope.contains(.manageProperty)
            try effects.publish(
                extract(fact, to: party, holds ? .valid : .ended), in: &state.supervision.extracts[place].chain,
                occurredOn: occurredOn)
        }
    }

    static func endExtracts(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let fact = state.fact else { return }
        for place in state.supervision.extracts.indices {
            try effects.cease(
                extract(fact, to: state.supervision.extracts[place].party, .ended),
                in: &state.supervision.extracts[place].chain, occurredOn: effects.today)
        }
    }

    static func end(
        _ reason: GuardianshipReason, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard state.chain.holds, var fact = state.fact, let holder = state.holder else { return }
        fact.reason = reason
        try effects.cease(fact, in: &state.chain, occurredOn: effects.today)
        try endExtracts(&state, &effects)
        stopSupervision(&state, &effects)
        try askForAccount(of: holder, &state, &effects)
    }

    private static func undo(
        _ code: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard let holder = state.holder else { return }
        try effects.annul(Guardianship.self, in: &state.chain, reason: code)
        for place in state.supervision.extracts.indices {
            try effects.annul(GuardianExtract.self, in: &state.supervision.extracts[place].chain, reason: code)
        }
        stopSupervision(&state, &effects)
        (state.holder, state.fact) = (nil, nil)
        state.supervision = Case.Supervision()
        try effects.set(
            Tile(
                .whoKnows, .corrected,
                "Det var fel: du har ingen god man. Alla som fick veta det har fått veta att det var fel."))
        try effects.set(
            Tile(
                .guardianInventory, .corrected,
                "Det var fel: uppdraget gäller inte. Du ska inte lämna någon förteckning.",
                about: effects.subject), for: holder)
    }

    /// What an officer has said: dismissed or resigned, another god man, or another scope.
    private static func follow(
        _ state: inout Case, _ event: Event<Guardianship>, _ effects: inout Effects<Timer>
    ) throws {
        let former = state.holder
        try state.chain.take(event)
        guard event.change == .ceased else {
            (state.fact, state.holder) = (event.data, event.data.holder)
            return try renewExtracts(event.occurredOn, &state, &effects)
        }
        guard let former else { return }
        try endExtracts(&state, &effects)
        stopSupervision(&state, &effects)
        try effects.set(
            Tile(
                .whoKnows, .stopped,
                "Din gode mans uppdrag upphörde \(SwedishText.day(effects.today)). Överförmyndaren utser en ny."))
        try askForAccount(of: former, &state, &effects)
    }

    static func stopSupervision(_ state: inout Case, _ effects: inout Effects<Timer>) {
        for timer in [Timer.late, .assets, .review, .year] { effects.cancelTimer(timer) }
        state.supervision.stage = .finalDue
    }
}

extension KommunGuardianCase {
    /// Supervision of one representative: APPOINTED → ACTIVE → a YEAR that is DUE, IN, REVIEWED → FINAL_DUE.
    struct Supervision: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, appointed, inventoryIn, active, yearDue, yearIn, finalDue
        }

        struct Extract: Codable, Equatable, Sendable {
            var party: AgencyID
            var chain: ChainHead
        }

        var stage = Stage.none
        /// The court's order.
        var order = ChainHead()
        var extracts: [Extract] = []
        /// The last day of what is waited for, and how often it has been asked for.
        var lastDay: Day?
        var reminders = 0
        /// For which day banks are asked, and what they have answered.
        var asksFor: Day?
        var balances: [Balance] = []
        /// What the inventory says.
        var debts = 0
        /// The year that is accounted for, its first day, and its closing balance.
        var year: Int?
        var yearFrom: Day?
        var closing = 0
        /// Of a candidate: what has been asked.
        var inquiry = Inquiry()
        var candidateFor: Subject?
        var remarks = 0
        /// Of a principal whose representative is asked for.
        var opinion: Opinion?
        var checked: [Subject] = []

        struct Balance: Codable, Equatable, Sendable {
            var party: AgencyID
            var asOf: Day
            var amount: Int
        }

        struct Opinion: Codable, Equatable, Sendable {
            var caseRef: String
            var asker: AgencyID
            var scope: [GuardianshipScope]
            var proposed: Subject?
        }

        init() {}
    }
}
