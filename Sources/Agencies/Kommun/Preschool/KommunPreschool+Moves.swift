import AgencyKit
import LifeEvents

/// Preschool and moves: the old municipality closes the queue or lets the child keep its place for a time, the new one
/// tells the guardians that they may apply (M18).
extension KommunPreschool {
    var moves: [River<Self>] {
        [
            River(
                "correct a move", hears: Move.self, as: Self.branch,
                mine: [Condition("acted on the corrected move") { $1.corrects($0.move.chain) }],
                handle: Self.correctMove),
            River(
                "leave preschool after a move out", hears: Move.self, as: Self.branch,
                under: [PreschoolRules.kept.legal],
                concerns: {
                    $0.data.minor && Kommun.changesMunicipality($0.data) ? Kommun.named($0.data.fromMunicipality) : []
                },
                mine: [
                    Condition("is a move not known") { !$0.move.knows($1.id, $1.occurredOn, .out) },
                    Condition("has something with preschools") { state, _ in state.place.stage.after(.movedOut) != nil
                    },
                ], handle: Self.leave),
            River(
                "expect a child after a move in", hears: Move.self, as: Self.branch, under: [PreschoolRules.offer],
                concerns: {
                    $0.data.minor && Kommun.changesMunicipality($0.data) ? Kommun.named($0.data.toMunicipality) : []
                },
                mine: [Condition("is a move not known") { !$0.move.knows($1.id, $1.occurredOn, .into) }],
                handle: { state, event, effects in
                    state.move.adopt(event, .into)
                    effects.cancelTimer(.keptPlace)
                    let kept = state.place.keptUntil
                    guard !state.death.holds, state.place.take(.movedIn) else { return }
                    // The move out that ended an earlier place is history now: undoing this move does not restore it.
                    state.place.aborted = ChainHead()
                    state.place.keptUntil = nil
                    state.place.informed = []
                    guard state.place.stage == .started else { return }
                    state.place.keptBefore = kept
                    try Self.tell(
                        .ongoing, "Barnet är folkbokfört i \(effects.place) igen och har kvar sin plats", state,
                        &effects)
                }),
            River(
                "let a child that has moved stay longer", hears: MunicipalApplication.self, as: Self.branch,
                under: [PreschoolRules.keptLonger.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is for preschool") { _, event in event.data.service == .preschool },
                    Condition("keeps its place for a time") { state, _ in state.place.stage == .keeping },
                ],
                whole: [
                    Condition("is filed by a guardian of the child that stays") { state, event in
                        state.guardians.mayAct(event.data.filedBy)
                    }
                ],
                handle: { state, _, effects in
                    guard let until = state.place.keptUntil else { return }
                    let longer = effects.value(of: PreschoolRules.keptLonger)
                    state.place.longer += longer
                    try Self.keep(until: until.adding(months: longer), &state, &effects)
                }),
            River(
                "undo a move", hears: Annulled<Move>.self, as: Self.branch,
                mine: [Condition("acted on the annulled move") { $0.move.annuls($1) }],
                handle: { state, event, effects in
                    try Self.undo(state.move.takeBack(event), &state, event.data.reasonCode, &effects)
                }),
            River(
                "close preschool for a child who left the country", hears: Deregistration.self, as: Self.branch,
                concerns: { $0.isNew ? Kommun.named($0.data.municipality) : [] },
                mine: [
                    Condition("has something with preschools") { state, _ in state.place.stage.after(.ended) != nil }
                ],
                handle: { state, event, effects in
                    state.place.abroad = ChainHead(event)
                    try Self.end(
                        &state, .transferred,
                        "Förskolan i \(effects.place) upphör för att \(event.data.reason.childSentence)", &effects)
                }),
            River(
                "restore preschool for a child who never left", hears: Annulled<Deregistration>.self, as: Self.branch,
                mine: [Condition("is the departure we know") { $1.annuls($0.place.abroad) }],
                handle: { state, event, effects in
                    try state.place.abroad.take(event)
                    try Self.comeBack(&state, event.data.reasonCode, &effects)
                }),
        ]
    }

    /// Keeps who has custody; a guardian of a child that has moved here is told that it may go to preschool.
    static func learnGuardian(
        _ state: inout Case, _ event: Event<FamilyRelation>, _ effects: inout Effects<Timer>
    ) throws {
        let holder = event.data.holder
        try state.guardians.take(event)
        // Who has moved here is told, where the child is of the age that is reached out to. The municipality's register
        // has the date of birth by the number; here it is the day since when custody is held [A].
        guard state.place.stage == .expected, state.guardians.mayAct(holder),
            !state.place.informed.contains(holder),
            PreschoolRules.isOffered(born: event.data.from, on: effects.today)
        else { return }
        state.place.informed.append(holder)
        try effects.set(
            Tile(
                .preschool, .informed,
                "Ditt barn kan gå i förskola i \(effects.place). Ansök när du vill, du får en plats inom fyra månader",
                about: effects.subject), for: holder)
    }

    /// A place in the queue ends, for the new municipality has a queue of its own; a place is kept for a time (M18).
    private static func leave(_ state: inout Case, _ event: Event<Move>, _ effects: inout Effects<Timer>) throws {
        state.move.adopt(event, .out)
        let former = state.place.stage
        guard state.place.take(.movedOut) else { return }
        guard former != .expected else { return try tellNotHere(event.data, &state, &effects) }
        cancelAll(&effects)
        guard state.place.stage != .keeping else { return try keep(&state, event.data, &effects) }
        let new = event.data.toMunicipality
        let name = new.map { Municipalities.name(code: $0) } ?? "din nya kommun"
        state.place.keptUntil = nil
        state.place.aborted = try publish(.aborted, reason: .transferred, state, &effects)
        try tell(
            .stopped, "Köplatsen i \(effects.place) upphör för att barnet flyttat. Ansök i \(name)",
            other: new.flatMap { Municipalities.agency(code: $0) }, state, &effects)
    }

    /// Who was told that a child may go to preschool here is told that it may not any more.
    private static func tellNotHere(_ move: Move, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        for guardian in state.place.informed {
            try effects.set(
                Tile(
                    .preschool, .stopped,
                    "Barnet har flyttat från \(effects.place) och kan inte längre få en plats där",
                    about: effects.subject, other: move.toMunicipality.flatMap { Municipalities.agency(code: $0) }),
                for: guardian)
        }
        state.place.informedBefore = state.place.informed
        state.place.informed = []
    }

    private static func keep(_ state: inout Case, _ move: Move, _ effects: inout Effects<Timer>) throws {
        let months = effects.value(of: PreschoolRules.kept) + state.place.longer
        let last = move.effectiveDate.adding(months: months)
        guard last != state.place.keptUntil else { return }
        try keep(until: last, &state, &effects)
    }

    private static func keep(until last: Day, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        state.place.keptUntil = last
        effects.setTimer(.keptPlace, at: KommunRules.instant(after: last))
        try tell(.ongoing, "Barnet kan gå kvar till den \(SwedishText.day(last))", state, &effects)
    }

    static func endKeptPlace(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.place.take(.lastDayPassed) else { return }
        state.place.aborted = try publish(.closed, reason: .transferred, state, &effects)
        try tell(
            .stopped, "Platsen i förskola i \(effects.place) har upphört för att barnet flyttat", state, &effects)
    }

    /// Follows the head; a municipality that the corrected move no longer names undoes what it did.
    private static func correctMove(
        _ state: inout Case, _ event: Event<Move>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.move.stillConcerns(effects.municipality, event.data) else {
            return try undo(state.move.takeBackLast(), &state, "moveCorrected", &effects)
        }
        try state.move.chain.take(event, event.occurredOn)
        if state.place.stage == .keeping { try keep(&state, event.data, &effects) }
    }

    /// Only what stands after the last of them is told.
    private static func undo(
        _ ways: [KnownMove.Way], _ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>
    ) throws {
        for (place, way) in ways.enumerated() {
            try undo(way, tells: place == ways.count - 1, &state, reason, &effects)
        }
    }

    private static func undo(
        _ way: KnownMove.Way, tells: Bool, _ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>
    ) throws {
        let former = state.place.stage
        let informed = former == .expected ? state.place.informed : []
        let wasKept = state.place.keptUntil != nil
        if way == .into, former == .started, let kept = state.place.keptBefore {
            return try keepAgain(until: kept, tells: tells, &state, &effects)
        }
        if way == .out, former == .none, !state.place.informedBefore.isEmpty {
            return try expectAgain(tells: tells, &state, &effects)
        }
        state.place.informed = []
        state.place.keptUntil = nil
        for guardian in informed {
            try effects.set(
                Tile(
                    .preschool, .corrected, "Rättat: barnet har inte flyttat till \(effects.place)",
                    about: effects.subject), for: guardian)
        }
        guard state.place.take(former == .movedOut && wasKept ? .placeRestored : .moveAnnulled), former != .expected
        else { return }
        if state.place.aborted.holds {
            try effects.annul(MunicipalCaseStatus.self, in: &state.place.aborted, reason: reason)
        }
        guard state.place.stage == .started else {
            setOffer(&state, &effects)
            return try tell(.corrected, "Rättat: köplatsen i \(effects.place) finns kvar", state, &effects)
        }
        effects.cancelTimer(.keptPlace)
        state.place.longer = 0
        try tell(.corrected, "Rättat: barnet har kvar sin plats i \(effects.place)", state, &effects)
    }

    /// The child never came back: its place is kept for a time, as before.
    private static func keepAgain(
        until kept: Day, tells: Bool, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        state.place.keptBefore = nil
        guard state.place.take(.movedOut) else { return }
        guard tells else { return state.place.keptUntil = kept }
        try keep(until: kept, &state, &effects)
    }

    /// The child never moved on: it may go to preschool here, as before.
    private static func expectAgain(
        tells: Bool, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard state.place.take(.movedIn) else { return }
        state.place.informed = state.place.informedBefore
        state.place.informedBefore = []
        guard tells else { return }
        for guardian in state.place.informed {
            try effects.set(
                Tile(
                    .preschool, .corrected,
                    "Rättat: ditt barn kan gå i förskola i \(effects.place). Ansök när du vill", about: effects.subject),
                for: guardian)
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

    static let keptLonger = DatedRule(
        "preschool-kept-longer", "M18", "on application it keeps it longer, by", .months, [.since(2026, 1, 1, 2)],
        source: "months assumed", mark: .assumption)

    /// From the autumn of the year in which the child is 3, until the autumn in which it is 6.
    static func isOffered(born: Day, on day: Day) -> Bool {
        // The autumn begins with August [A].
        let year = day.month >= 8 ? day.year : day.year - 1
        return (3...5).contains(year - born.year)
    }
}
