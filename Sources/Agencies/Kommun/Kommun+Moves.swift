import AgencyKit
import LifeEvents

/// Preschool and moves: the old municipality closes the queue or lets the child keep its place for a time, the new one
/// tells the guardians that they may apply (M18).
extension Kommun {
    var preschoolMoves: [River<Kommun>] {
        [
            River(
                "learn who has custody", hears: FamilyRelation.self, as: Self.preschools, under: [PreschoolRules.offer],
                concerns: { $0.data.kind == .custody ? Self.named($0.data.municipality) : [] },
                mine: [
                    Condition("begins or moves the custody that we know") { state, event in
                        event.change != .ceased
                            && !state.preschool.guardians.contains { $0.custody.head?.id == event.id }
                    }
                ],
                handle: Self.learnCustody),
            River(
                "follow the end of custody", hears: FamilyRelation.self, as: Self.preschools,
                mine: [
                    Condition("ends custody that we know") { state, event in
                        state.preschool.guardians.contains { event.ceases($0.custody) }
                    }
                ],
                handle: { state, event, _ in
                    for place in state.preschool.guardians.indices
                    where event.ceases(state.preschool.guardians[place].custody) {
                        try state.preschool.guardians[place].custody.take(event)
                    }
                }),
            River(
                "correct a move", hears: Move.self, as: Self.preschools,
                mine: [
                    Condition("acted on the corrected move") { $1.corrects($0.preschoolMove.chain) }
                ],
                handle: Self.correctMove),
            River(
                "leave preschool after a move out", hears: Move.self, as: Self.preschools,
                under: [PreschoolRules.kept.legal],
                concerns: {
                    $0.data.minor && Self.changesMunicipality($0.data) ? Self.named($0.data.fromMunicipality) : []
                },
                mine: [
                    Condition("is a move not known") { !$0.preschoolMove.knows($1.id, $1.occurredOn, .out) },
                    Condition("has something with preschools") { state, _ in
                        state.preschool.stage.after(.movedOut) != nil
                    },
                ],
                handle: Self.leavePreschool),
            River(
                "expect a child after a move in", hears: Move.self, as: Self.preschools, under: [PreschoolRules.offer],
                concerns: {
                    $0.data.minor && Self.changesMunicipality($0.data) ? Self.named($0.data.toMunicipality) : []
                },
                mine: [Condition("is a move not known") { !$0.preschoolMove.knows($1.id, $1.occurredOn, .into) }],
                handle: { state, event, effects in
                    state.preschoolMove.adopt(event, .into)
                    effects.cancelTimer(.keptPlace)
                    // The move out that ended an earlier place is history now: undoing this move does not restore it.
                    if state.preschool.take(.movedIn) { state.preschool.aborted = ChainHead() }
                }),
            River(
                "undo a move", hears: Annulled<Move>.self, as: Self.preschools,
                mine: [Condition("acted on the annulled move") { $1.annuls($0.preschoolMove.chain) }],
                handle: { state, event, effects in
                    try Self.undoMove(&state, reasonCode: event.data.reasonCode, &effects)
                }),
            River(
                "close preschool for a child who left the country", hears: Deregistration.self, as: Self.preschools,
                concerns: { $0.isNew ? Self.named($0.data.municipality) : [] },
                mine: [
                    Condition("has something with preschools") { state, _ in
                        state.preschool.stage.after(.subjectDied) != nil
                    }
                ],
                handle: { state, event, effects in
                    state.preschool.abroad = ChainHead(event)
                    guard state.preschool.take(.subjectDied) else { return }
                    state.preschool.aborted = try Self.publishPreschool(.aborted, reason: .transferred, state, &effects)
                    try Self.tellApplicant(
                        .stopped, "Förskolan i \(effects.place) upphör för att barnet flyttat utomlands", state,
                        &effects)
                }),
            River(
                "restore preschool for a child who never left", hears: Annulled<Deregistration>.self,
                as: Self.preschools,
                mine: [Condition("is the departure we know") { $1.annuls($0.preschool.abroad) }],
                handle: { state, event, effects in
                    try state.preschool.abroad.take(event)
                    _ = try Self.restorePreschool(
                        &state, .deathAnnulled, reasonCode: event.data.reasonCode, &effects)
                }),
        ]
    }

    private static func learnCustody(
        _ state: inout KommunCase, _ event: Event<FamilyRelation>, _ effects: inout Effects<Timer>
    ) throws {
        state.preschool.guardians.removeAll { $0.holder == event.data.holder }
        state.preschool.guardians.append(.init(holder: event.data.holder, custody: ChainHead(event)))
        // Who has moved here is told, where the child is of the age that is reached out to. The municipality's register
        // has the date of birth by the number; here it is the day since when custody is held [A].
        guard state.preschool.stage == .expected, PreschoolRules.isOffered(born: event.data.from, on: effects.today)
        else {
            return
        }
        state.preschool.offered.append(event.data.holder)
        try effects.set(
            Tile(
                .preschool, .informed,
                "Ditt barn kan gå i förskola i \(effects.place). Ansök när du vill, du får en plats inom fyra månader",
                about: effects.subject), for: event.data.holder)
    }

    /// A place in the queue ends; a place is kept for a time (M18).
    private static func leavePreschool(
        _ state: inout KommunCase, _ event: Event<Move>, _ effects: inout Effects<Timer>
    ) throws {
        state.preschoolMove.adopt(event, .out)
        let former = state.preschool.stage
        guard state.preschool.take(.movedOut) else { return }
        let new = event.data.toMunicipality
        let other = new.flatMap { Municipalities.agency(code: $0) }
        let name = new.map { Municipalities.name(code: $0) } ?? "din nya kommun"
        switch former {
        case .queued:
            state.preschool.aborted = try publishPreschool(.aborted, reason: .transferred, state, &effects)
            try tellApplicant(
                .stopped, "Köplatsen i \(effects.place) upphör för att barnet flyttat. Ansök i \(name)", other: other,
                state, &effects)
        case .placed:
            let last = event.data.effectiveDate.adding(months: effects.value(of: PreschoolRules.kept))
            state.preschool.keptUntil = last
            effects.setTimer(.keptPlace, at: KommunRules.instant(after: last))
            try tellApplicant(.ongoing, "Barnet kan gå kvar till den \(SwedishText.day(last))", state, &effects)
        case .none, .expected, .keeping, .movedOut, .closedByDeath: break
        }
    }

    static func endKeptPlace(_ state: inout KommunCase, _ effects: inout Effects<Timer>) throws {
        guard state.preschool.take(.lastDayPassed) else { return }
        try publishPreschool(.closed, reason: .transferred, state, &effects)
        try tellApplicant(
            .stopped, "Platsen i förskola i \(effects.place) har upphört för att barnet flyttat", state, &effects)
    }

    /// Follows the head; a municipality that the corrected move no longer names undoes what it did.
    private static func correctMove(
        _ state: inout KommunCase, _ event: Event<Move>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.preschoolMove.stillConcerns(effects.municipality, event.data) else {
            return try undoMove(&state, reasonCode: "moveCorrected", &effects)
        }
        try state.preschoolMove.chain.take(event, event.occurredOn)
        guard state.preschool.stage == .keeping else { return }
        let last = event.data.effectiveDate.adding(months: effects.value(of: PreschoolRules.kept))
        guard last != state.preschool.keptUntil else { return }
        state.preschool.keptUntil = last
        effects.setTimer(.keptPlace, at: KommunRules.instant(after: last))
        try tellApplicant(.ongoing, "Barnet kan gå kvar till den \(SwedishText.day(last))", state, &effects)
    }

    private static func undoMove(
        _ state: inout KommunCase, reasonCode: String, _ effects: inout Effects<Timer>
    ) throws {
        let offered = state.preschool.stage == .expected ? state.preschool.offered : []
        state.preschool.offered = []
        let wasKept = state.preschool.stage == .keeping
        state.preschoolMove = KnownMove()
        effects.cancelTimer(.keptPlace)
        for guardian in offered {
            try effects.set(
                Tile(
                    .preschool, .corrected, "Rättat: barnet har inte flyttat till \(effects.place)",
                    about: effects.subject), for: guardian)
        }
        _ = try restorePreschool(&state, .moveAnnulled, reasonCode: reasonCode, &effects)
        if wasKept {
            try tellApplicant(.corrected, "Rättat: barnet har kvar sin plats i \(effects.place)", state, &effects)
        }
    }
}

/// The rules of preschool at a move.
enum PreschoolRules {
    static let offer = LegalRule(
        "M18", "preschool reaches out to children from the autumn of the year in which they are 3",
        source: "skollagen 8:12 a, 8:14")
    static let kept = DatedRule(
        "preschool-kept", "M18", "a child that has moved keeps its place for", .months, [.since(2026, 1, 1, 2)],
        source: "stockholm.se, karlstad.se")

    /// From the autumn of the year in which the child is 3, until the autumn in which it is 6.
    static func isOffered(born: Day, on day: Day) -> Bool {
        // The autumn begins with August [A].
        let year = day.month >= 8 ? day.year : day.year - 1
        return (3...5).contains(year - born.year)
    }
}
