import AgencyKit
import LifeEvents

/// Who supervises a god man follows where the principal is registered (FB 16 kap. 2 §, M20): the old chief guardian offers
/// the file and supervises until the new one has taken it; the god man is the same.
extension KommunGuardians {
    static let moving = LegalRule(
        "M20", "a guardianship is handed over without consent: supervision follows the registration",
        source: "FB 16 kap. 2 §")
    static let transferring = DatedRule(
        "guardianship-transfer", "M20", "the new chief guardian answers within", .days, [.since(2026, 1, 1, 30)],
        source: "none", mark: .assumption)
    static let takingOver = DatedRule(
        "guardianship-taken-over", "M20", "the new chief guardian has looked through the file in", .workingDays,
        [.since(2026, 1, 1, 10)], source: "none", mark: .assumption)

    var transfers: [River<Self>] {
        [
            River(
                "offer a guardianship after a move out", hears: Move.self, under: [Self.moving],
                concerns: { Kommun.changesMunicipality($0.data) ? Kommun.named($0.data.fromMunicipality) : [] },
                mine: [
                    Condition("is a new move") { _, event in event.isNew },
                    Condition("has a god man whom we supervise") { state, _ in
                        state.chain.holds && !state.isForEstate
                    },
                ], handle: Self.offer),
            River(
                "offer on what is looked at when the principal moves on", hears: Move.self, under: [Self.moving],
                concerns: { Kommun.changesMunicipality($0.data) ? Kommun.named($0.data.fromMunicipality) : [] },
                mine: [
                    Condition("is a new move") { _, event in event.isNew },
                    Condition("is offered the guardianship") { state, _ in state.transfer.from != nil },
                ],
                handle: { state, event, _ in
                    state.transfer.move.adopt(event)
                    state.transfer.onward = event.data.toMunicipality
                }),
            River(
                "follow a corrected move of a principal", hears: Move.self, under: [Self.moving],
                mine: [Condition("corrects the move that we have acted on") { $1.corrects($0.transfer.move) }],
                handle: Self.correctMove),
            River(
                "keep the guardianship of who comes back", hears: Move.self, under: [Self.moving],
                concerns: { Kommun.changesMunicipality($0.data) ? Kommun.named($0.data.toMunicipality) : [] },
                mine: [
                    Condition("is a new move") { _, event in event.isNew },
                    Condition("has offered the guardianship") { state, _ in state.transfer.stage == .offered },
                ],
                handle: { state, event, effects in
                    state.transfer.move.adopt(event)
                    try Self.takeBackOffer("notValid", &state, &effects)
                    guard let holder = state.holder else { return }
                    try Self.tell(
                        holder, .informed,
                        "Huvudmannen är folkbokförd i \(effects.place) igen, som har tillsyn som förut", &effects)
                }),
            River(
                "keep the guardianship of who leaves the country", hears: Deregistration.self, under: [Self.moving],
                concerns: { $0.isNew ? Kommun.named($0.data.municipality) : [] },
                mine: [
                    Condition("has a god man whom we supervise, not for an estate") { state, _ in
                        state.chain.holds && !state.isForEstate
                    }
                ],
                handle: { state, event, effects in
                    state.transfer.abroad.adopt(event)
                    try Self.takeBackOffer("notValid", &state, &effects)
                    guard let holder = state.holder else { return }
                    try Self.tell(
                        holder, .informed,
                        "Huvudmannen är inte folkbokförd i Sverige från den \(SwedishText.day(event.data.from)). "
                            + "\(effects.place) har tillsyn och uppdraget gäller tills annat beslutas", &effects)
                }),
            River(
                "keep the guardianship of who never left the country", hears: Annulled<Deregistration>.self,
                mine: [Condition("annuls the departure that we know") { $1.annuls($0.transfer.abroad) }],
                handle: { state, event, effects in
                    try state.transfer.abroad.take(event)
                    guard let holder = state.holder else { return }
                    try Self.tell(
                        holder, .corrected,
                        "Rättat: avregistreringen var fel. \(effects.place) har tillsyn som förut", &effects)
                }),
            River(
                "keep the guardianship when nobody moved", hears: Annulled<Move>.self,
                mine: [Condition("annuls the move that we have acted on") { $1.annuls($0.transfer.move) }],
                handle: { state, event, effects in
                    try state.transfer.move.take(event)
                    state.transfer.onward = nil
                    guard state.transfer.stage != .none else { return }
                    try Self.supervisesAgain(event.data.reasonCode, &state, &effects)
                    try Self.tellSupervises(state, &effects)
                }),
            River(
                "look no more at a guardianship that is not offered", hears: Annulled<CaseTransfer>.self,
                under: [Self.moving],
                mine: [Condition("annuls the offer that we look at") { $1.annuls($0.transfer.offered) }],
                handle: { state, event, effects in
                    try state.transfer.offered.take(event)
                    (state.transfer.from, state.transfer.onward) = (nil, nil)
                    effects.cancelTimer(.takeOver)
                }),
            River(
                "give back a guardianship that was never to be handed over", hears: Annulled<Guardianship>.self,
                under: [Self.moving],
                mine: [Condition("annuls what we have taken over") { $1.annuls($0.transfer.taken) }],
                handle: { state, event, effects in
                    try state.transfer.taken.take(event)
                    guard let holder = state.holder else { return }
                    try effects.annul(Guardianship.self, in: &state.chain, reason: event.data.reasonCode)
                    (state.fact, state.holder) = (nil, nil)
                    try Self.tell(
                        holder, .corrected, "Rättat: flytten var fel. \(effects.place) har inte tillsyn", &effects)
                }),
            River(
                "look at a guardianship that is offered", hears: CaseTransfer.self, under: [Self.moving],
                concerns: { $0.data.state == .offered ? Kommun.named($0.data.toMunicipality) : [] },
                mine: [Condition("supervises no god man here") { state, _ in !state.chain.holds }],
                handle: { state, event, effects in
                    state.transfer.from = event.data.fromMunicipality
                    state.transfer.offered.adopt(event)
                    effects.setTimer(
                        .takeOver,
                        at: KommunRules.morning(
                            SwedishCalendar.adding(workingDays: effects.value(of: Self.takingOver), to: effects.today)))
                }),
            River(
                "note that an officer does not take over", hears: CaseTransfer.self,
                concerns: { $0.data.state == .refused ? Kommun.named($0.data.toMunicipality) : [] },
                handle: { state, _, effects in
                    state.transfer.from = nil
                    effects.cancelTimer(.takeOver)
                }),
            River(
                "hear the answer of the new chief guardian", hears: CaseTransfer.self, under: [Self.moving],
                concerns: { $0.data.state == .offered ? [] : Kommun.named($0.data.fromMunicipality) },
                // What is not offered cannot be handed over or kept: the stage knows.
                handle: { state, event, effects in
                    guard event.data.state == .accepted else { return try Self.keep(&state, &effects) }
                    try Self.handOver(&state, &effects)
                }),
            River(
                "supervise a god man who is handed over", hears: Guardianship.self, under: [Self.moving],
                concerns: { $0.change == .ceased ? Kommun.concerned($0.data.concerns) : [] },
                mine: [
                    Condition("has taken over the guardianship") { state, event in
                        state.transfer.from != nil && event.data.reason == .transferred
                            && event.data.municipality == state.transfer.from
                    }
                ], handle: Self.supervise),
        ]
    }

    private static func offer(
        _ state: inout Case, _ event: Event<Move>, _ effects: inout Effects<Timer>
    ) throws {
        guard let new = event.data.toMunicipality else { return }
        state.transfer.move.adopt(event)
        try offer(to: new, &state, &effects)
    }

    private static func offer(
        to new: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard let holder = state.holder, state.transfer.take(.offered) else { return }
        state.transfer.to = new
        state.transfer.offer = ChainHead(
            try effects.publish(
                CaseTransfer(
                    service: .guardianship, state: .offered, fromMunicipality: effects.municipality,
                    toMunicipality: new, contentRef: state.fact?.caseRef)))
        let last = SwedishCalendar.lastDayMoved(effects.today.adding(days: effects.value(of: transferring)))
        effects.setTimer(.transfer, at: KommunRules.instant(after: last))
        try tell(
            holder, .awaitingAgency,
            "Huvudmannen har flyttat till \(Municipalities.name(code: new)). \(effects.place) har tillsyn tills "
                + "\(Municipalities.name(code: new)) har tagit över. Uppdraget gäller som förut", &effects)
    }

    /// What is not answered is not offered any more.
    private static func takeBackOffer(
        _ reason: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard state.transfer.take(.refused) else { return }
        effects.cancelTimer(.transfer)
        try effects.annul(CaseTransfer.self, in: &state.transfer.offer, reason: reason)
    }

    /// The move was wrong: what is offered is taken back, and what has been handed over never was.
    private static func supervisesAgain(
        _ reason: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        switch state.transfer.stage {
        case .none: break
        case .offered: try takeBackOffer(reason, &state, &effects)
        case .handedOver:
            guard state.transfer.take(.undone) else { return }
            try effects.restore(Guardianship.self, in: &state.chain, reason: reason)
        }
    }

    private static func tellSupervises(_ state: Case, _ effects: inout Effects<Timer>) throws {
        guard let holder = state.holder else { return }
        try tell(holder, .corrected, "Rättat: flytten var fel. \(effects.place) har tillsyn som förut", &effects)
    }

    /// Another day changes nothing; another municipality is offered the guardianship.
    private static func correctMove(
        _ state: inout Case, _ event: Event<Move>, _ effects: inout Effects<Timer>
    ) throws {
        try state.transfer.move.take(event)
        let leadsOut =
            Kommun.changesMunicipality(event.data) && event.data.fromMunicipality == effects.municipality
        if state.transfer.onward != nil { state.transfer.onward = leadsOut ? event.data.toMunicipality : nil }
        guard !leadsOut || state.transfer.to != event.data.toMunicipality else { return }
        let stage = state.transfer.stage
        try supervisesAgain("moveCorrected", &state, &effects)
        guard stage != .none else { return }
        guard leadsOut else { return try tellSupervises(state, &effects) }
        try offer(&state, event, &effects)
    }

    /// Refused, or not answered in time: all is as it was (god-man.md, R13).
    static func keep(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.transfer.take(.refused), let holder = state.holder, let new = state.transfer.to else { return }
        effects.cancelTimer(.transfer)
        try tell(
            holder, .awaitingAgency,
            "\(Municipalities.name(code: new)) har inte tagit över. \(effects.place) har tillsyn som förut", &effects)
    }

    private static func handOver(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.transfer.take(.accepted), var fact = state.fact, let holder = state.holder,
            let new = state.transfer.to
        else { return }
        effects.cancelTimer(.transfer)
        fact.reason = .transferred
        // Who is told of it anyway, and who takes over.
        fact.concerns += Kommun.named(new)
        try effects.cease(fact, in: &state.chain, occurredOn: effects.today)
        try tell(
            holder, .stopped, "\(Municipalities.name(code: new)) har tagit över tillsynen från \(effects.place)",
            &effects)
    }

    static func accept(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let old = state.transfer.from else { return }
        try effects.publish(
            CaseTransfer(
                service: .guardianship, state: .accepted, fromMunicipality: old, toMunicipality: effects.municipality))
    }

    private static func supervise(
        _ state: inout Case, _ event: Event<Guardianship>, _ effects: inout Effects<Timer>
    ) throws {
        state.transfer.from = nil
        state.transfer.taken.adopt(event)
        var fact = event.data
        fact.reason = nil
        fact.municipality = effects.municipality
        fact.concerns.removeAll { $0.owner == .kommun }
        state.chain = ChainHead()
        try effects.publish(fact, in: &state.chain)
        state.fact = fact
        state.holder = fact.holder
        state.isForEstate = false
        try tell(
            fact.holder, .informed,
            "\(effects.place) har tillsyn från den \(SwedishText.day(effects.today)). Uppdraget gäller som förut",
            &effects)
        guard let onward = state.transfer.onward else { return }
        state.transfer.onward = nil
        try offer(to: onward, &state, &effects)
    }

    private static func tell(
        _ holder: Subject, _ code: TileCode, _ text: String, _ effects: inout Effects<Timer>
    ) throws {
        try effects.set(Tile(.yearlyAccount, code, text, about: effects.subject), for: holder)
    }
}

extension KommunGuardianCase {
    /// A guardianship that is handed over, or taken over.
    struct Transfer: CasePart {
        enum Stage: String, Codable, Sendable {
            case none
            /// TRANSFER_OFFER.
            case offered
            /// CLOSED.
            case handedOver

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (_, .offered): .offered
                case (.offered, .accepted): .handedOver
                case (.offered, .refused), (.handedOver, .undone): Stage.none
                default: nil
                }
            }
        }

        enum Trigger: Sendable { case offered, accepted, refused, undone }

        private(set) var stage = Stage.none
        /// The municipality that is offered it.
        var to: String?
        /// The municipality that offers it to us, and the one to which the principal has moved on meanwhile.
        var from: String?
        var onward: String?
        var move = ChainHead()
        /// The departure from the country.
        var abroad = ChainHead()
        /// Our offer, the offer that we look at, and the end of the guardianship that we have taken over.
        var offer = ChainHead()
        var offered = ChainHead()
        var taken = ChainHead()

        init() {}

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }
}
