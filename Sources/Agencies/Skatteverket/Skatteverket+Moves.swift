import AgencyKit
import LifeEvents

/// Moves (flyttning): a notice, a decision some days later, and what an officer corrects.
extension Skatteverket {
    var moves: [River<Self>] {
        [
            River(
                "take a move notice", hears: MoveNotice.self, as: Self.register,
                mine: [
                    Self.isAlive(), Self.isOpen(),
                    Condition("is not a notice we have") { state, _ in state.move.notice == nil },
                    Condition("is not a move we have decided") { state, event in
                        state.move.decided?.to != event.data.toMunicipality
                            || state.move.decided?.moveDate != event.data.moveDate
                    },
                ],
                whole: [
                    Self.isRegistered(),
                    Condition("names a municipality") { _, event in
                        event.data.toMunicipality.flatMap { Municipalities.agency(code: $0) } != nil
                    },
                    Condition("every guardian we know files or consents") { state, event in
                        guard event.data.filedBy != event.subject else { return true }
                        let agreed = event.data.consents + [event.data.filedBy]
                        return state.child.guardians.allSatisfy(agreed.contains)
                    },
                ], handle: Self.takeNotice),
            River(
                "adopt a move", hears: Move.self, as: Self.register,
                mine: [
                    Self.isNew(),
                    Condition("is not a move we have decided") { $1.id != $0.move.decided?.chain.head?.id },
                ], handle: Self.adopt),
            River(
                "correct a move", hears: Move.self, as: Self.register,
                mine: [Self.corrects { $0.move.decided?.chain ?? ChainHead() }], handle: Self.correctMove),
            River(
                "annul a move", hears: Annulled<Move>.self, as: Self.register,
                mine: [Self.annuls { $0.move.decided?.chain ?? ChainHead() }], handle: Self.annulMove),
        ]
    }

    private static func takeNotice(
        _ state: inout Case, _ event: Event<MoveNotice>, _ effects: inout Effects<Timer>
    ) throws {
        let data = event.data
        // Only whom the register has open files here, and a filing reaches its receiver whole.
        guard let new = data.toMunicipality, let addressRef = data.addressRef else { return }
        let decision = SkatteverketRules.moveDecision(moved: data.moveDate, notified: event.knownOn)
        let decidesOn = SkatteverketRules.morning(decision)
        let isOwn = data.filedBy == event.subject
        state.move.notice = .init(
            to: new, addressRef: addressRef, moveDate: data.moveDate, noticeDate: event.knownOn,
            household: data.household, isOwn: isOwn, decidesOn: decidesOn)
        effects.setTimer(.move, at: decidesOn)
        guard isOwn else { return }
        let isLate = SkatteverketRules.isLate(moved: data.moveDate, notified: event.knownOn)
        let day = SwedishText.shortDay(
            SkatteverketRules.effectiveDate(moved: data.moveDate, notified: event.knownOn))
        try effects.set(
            Tile(
                .moveNotice, .received,
                isLate ? "Mottagen. Den kom för sent och gäller från \(day)" : "Mottagen. Den gäller från \(day)",
                expected: decision))
    }

    /// Registers the person in the new municipality.
    static func decideMove(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let notice = state.move.notice, let from = state.register.municipality else { return }
        state.move.notice = nil
        let effective = SkatteverketRules.effectiveDate(moved: notice.moveDate, notified: notice.noticeDate)
        let isMinor = state.register.birthDate.map { SkatteverketRules.isMinor(born: $0, on: effective) } ?? false
        let head = try effects.publish(
            Move(
                fromMunicipality: from, toMunicipality: notice.to, addressRef: notice.addressRef,
                noticeDate: notice.noticeDate, effectiveDate: effective, household: notice.household, minor: isMinor),
            occurredOn: notice.moveDate)
        state.register.municipality = notice.to
        state.move.decided = .init(
            chain: ChainHead(head), from: from, to: notice.to, moveDate: notice.moveDate, effectiveDate: effective,
            isOwn: notice.isOwn)
        try relocateRelations(from: from, to: notice.to, on: effective, &state, &effects)
        guard notice.isOwn else { return }
        try effects.set(Tile(.moveNotice, .done, "Du är \(registered(notice.to, effective))"))
    }

    private static func registered(_ municipality: String, _ day: Day) -> String {
        "folkbokförd i \(Municipalities.name(code: municipality)) från \(SwedishText.shortDay(day))"
    }

    private static func adopt(
        _ state: inout Case, _ event: Event<Move>, _ effects: inout Effects<Timer>
    ) throws {
        let data = event.data
        // Of a person with protected personal data the register keeps what it has.
        guard let old = data.fromMunicipality, let new = data.toMunicipality else { return }
        var chain = ChainHead(event)
        var isOwn = false
        if let decided = state.move.decided, event.corrects(decided.chain) {
            (chain, isOwn) = (decided.chain, decided.isOwn)
            try chain.take(event)
        }
        state.register.municipality = new
        state.move.decided = .init(
            chain: chain, from: old, to: new, moveDate: event.occurredOn,
            effectiveDate: data.effectiveDate, isOwn: isOwn)
    }

    private static func correctMove(
        _ state: inout Case, _ event: Event<Move>, _ effects: inout Effects<Timer>
    ) throws {
        let former = state.move.decided
        try adopt(&state, event, &effects)
        if let former, let now = state.move.decided, former.to != now.to {
            try relocateRelations(from: former.to, to: now.to, on: now.effectiveDate, &state, &effects)
        }
        guard let now = state.move.decided, now.isOwn,
            former?.to != now.to || former?.effectiveDate != now.effectiveDate
        else { return }
        try effects.set(Tile(.moveNotice, .corrected, "Rättat: du är \(registered(now.to, now.effectiveDate))"))
    }

    private static func annulMove(
        _ state: inout Case, _ event: Event<Annulled<Move>>, _ effects: inout Effects<Timer>
    ) throws {
        guard let former = state.move.decided else { return }
        state.move.decided = nil
        state.register.municipality = former.from
        try relocateRelations(from: former.to, to: former.from, on: effects.today, &state, &effects)
        guard former.isOwn else { return }
        let name = Municipalities.name(code: former.from)
        try effects.set(Tile(.moveNotice, .corrected, "Rättat: flytten gäller inte. Du är folkbokförd i \(name)"))
    }
}
