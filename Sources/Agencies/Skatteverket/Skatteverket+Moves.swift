import AgencyKit
import LifeEvents

/// Moves that are decided (M2), by a notice or by an officer, and what is corrected and annulled of them.
extension Skatteverket {
    var moves: [River<Self>] {
        moveNotices + [
            River(
                "adopt a move", hears: Move.self, as: Self.register,
                mine: [
                    Self.isNew(),
                    Condition("is not a move we have decided") { $1.id != $0.move.decided?.chain.head?.id },
                ], handle: Self.adoptMove),
            River(
                "correct a move", hears: Move.self, as: Self.register,
                mine: [Self.corrects { $0.move.decided?.chain ?? ChainHead() }], handle: Self.correctMove),
            River(
                "annul a move", hears: Annulled<Move>.self, as: Self.register,
                mine: [Self.annuls { $0.move.decided?.chain ?? ChainHead() }], handle: Self.annulMove),
            River(
                "say where a child's guardians have it now", hears: Move.self, as: Self.register,
                mine: [
                    Self.isNew(),
                    Condition("is a child with guardians") { state, event in
                        event.data.minor && state.child.relations.contains { $0.kind == .custody && $0.chain.holds }
                    },
                ],
                handle: { state, event, effects in
                    try Self.moveCustody(
                        &state, from: event.data.fromMunicipality, to: event.data.toMunicipality,
                        event.data.effectiveDate, &effects)
                }),
        ] + emigrations + mandates
    }

    /// Registers the person in the new municipality.
    static func decideMove(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let notice = state.move.notice, let from = state.register.municipality, state.move.take(.decided) else {
            return
        }
        let effective = effects.effectiveDate(moved: notice.moveDate, notified: notice.noticeDate)
        let head = try effects.publish(
            Move(
                fromMunicipality: from, toMunicipality: notice.to, addressRef: notice.addressRef,
                effectiveDate: effective, minor: state.isChild(on: effective),
                concerns: agencies(of: [from, notice.to])),
            occurredOn: notice.moveDate)
        let isOwn = notice.agreed == [effects.subject]
        state.register.municipality = notice.to
        findHome(&state, &effects)
        state.move.decided = .init(
            chain: ChainHead(head), from: from, to: notice.to, moveDate: notice.moveDate, effectiveDate: effective,
            addressRef: notice.addressRef, lessor: notice.lessor, filedBy: notice.agreed)
        state.move.isOwnMove = isOwn
        state.appeal.toldOn = effects.today
        let name = Municipalities.name(code: notice.to)
        let day = SwedishText.day(effective)
        let isLate = effects.isLate(moved: notice.moveDate, notified: notice.noticeDate)
        try tellMover(
            state, .done,
            "Du är folkbokförd i \(name) från den \(day)\(isLate ? ", den dag anmälan kom in" : ""). "
                + "Överklaga senast tre veckor efter beslutet",
            child: "Ditt barn är folkbokfört i \(name) från den \(day)", &effects)
        state.move.notice = nil
    }

    /// Where the person lives is known again: who is found is not missing.
    private static func findHome(_ state: inout Case, _ effects: inout Effects<Timer>) {
        state.control.missingOn = nil
        effects.cancelTimer(.missing)
    }

    /// The agencies of some municipalities, each once: the municipalities, then their regions.
    static func agencies(of codes: [String]) -> [AgencyID] {
        var agencies: [AgencyID] = []
        let found =
            codes.compactMap { Municipalities.agency(code: $0) } + codes.compactMap { Regions.agency(municipality: $0) }
        for agency in found where !agencies.contains(agency) { agencies.append(agency) }
        return agencies
    }

    private static func adoptMove(
        _ state: inout Case, _ event: Event<Move>, _ effects: inout Effects<Timer>
    ) throws {
        let data = event.data
        // Of a person with protected personal data the register keeps what it has.
        guard let old = data.fromMunicipality, let new = data.toMunicipality else { return }
        state.register.municipality = new
        state.move.decided = .init(
            chain: ChainHead(event), from: old, to: new, moveDate: event.occurredOn, effectiveDate: data.effectiveDate,
            addressRef: data.addressRef, isTold: state.death.stage != .dead)
        findHome(&state, &effects)
        if state.control.take(.ended) {
            effects.cancelTimer(.control)
            try effects.publish(RegisterControl(state: .closed))
        }
        // M2: the day of the decision, but of a child that follows a guardian it may be that guardian's day.
        let why = data.effectiveDate == effects.today ? ", den dag vi beslutade" : ""
        try tellDecidedWithoutNotice(
            &state, "i \(Municipalities.name(code: new))", "\(SwedishText.day(data.effectiveDate))\(why)", &effects)
    }

    /// The register's custody of a child names the municipality: it is told anew, to the old one as well.
    private static func moveCustody(
        _ state: inout Case, from old: String?, to new: String?, _ day: Day, _ effects: inout Effects<Timer>
    ) throws {
        guard let new, old != new else { return }
        for place in state.child.relations.indices {
            var relation = state.child.relations[place]
            guard relation.kind == .custody, relation.chain.holds else { continue }
            try effects.publish(
                FamilyRelation(
                    holder: relation.holder, kind: .custody, from: relation.from, municipality: new,
                    concerns: agencies(of: [new]), formerly: old.map { [$0] }),
                in: &relation.chain, occurredOn: day)
            state.child.relations[place] = relation
        }
    }

    private static func correctMove(
        _ state: inout Case, _ event: Event<Move>, _ effects: inout Effects<Timer>
    ) throws {
        guard var decided = state.move.decided, let old = event.data.fromMunicipality,
            let new = event.data.toMunicipality
        else { return }
        let former = decided
        try decided.chain.take(event)
        decided.from = old
        decided.to = new
        decided.moveDate = event.occurredOn
        decided.effectiveDate = event.data.effectiveDate
        decided.addressRef = event.data.addressRef
        state.register.municipality = new
        state.move.decided = decided
        endRetrial(&state, &effects)
        if event.data.minor {
            try moveCustody(&state, from: former.to, to: new, decided.effectiveDate, &effects)
        }
        guard
            former.to != new || former.effectiveDate != decided.effectiveDate || former.addressRef != decided.addressRef
        else { return }
        let what =
            former.to != new || former.addressRef != decided.addressRef ? "Adressen är rättad" : "Datumet är rättat"
        let place = "i \(Municipalities.name(code: new)) från den \(SwedishText.day(decided.effectiveDate))"
        try tellMover(
            state, .corrected, "\(what): du är folkbokförd \(place)",
            child: "\(what): ditt barn är folkbokfört \(place)", &effects)
    }

    private static func annulMove(
        _ state: inout Case, _ event: Event<Annulled<Move>>, _ effects: inout Effects<Timer>
    ) throws {
        guard let former = state.move.decided else { return }
        state.move.decided = nil
        state.register.municipality = former.from
        endRetrial(&state, &effects)
        findHome(&state, &effects)
        try moveCustody(&state, from: former.to, to: former.from, effects.today, &effects)
        let text = "Flytten var fel och är borttagen. Allt gäller som förut"
        try tellMover(state, .corrected, text, child: text, alsoDead: former.isTold, &effects)
    }
}
