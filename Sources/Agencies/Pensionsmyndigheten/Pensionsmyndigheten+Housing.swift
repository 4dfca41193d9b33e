import AgencyKit
import LifeEvents

/// The housing supplement (bostadstillägg) after a move: only for the permanent home, whose cost is told anew (M16).
extension Pensionsmyndigheten {
    var housing: [River<Self>] {
        [
            River(
                "ask for the cost of the new home", hears: Move.self, under: [PensionRules.supplement],
                mine: [
                    Condition("is a new move") { _, event in event.isNew },
                    Condition("has a housing supplement") { state, _ in state.hasPension(.housingSupplement) },
                ],
                handle: { state, event, effects in
                    let former = state.housing
                    guard state.housing.take(.moved) else { return }
                    if former.stage != .idle { state.housing.earlier.append(former) }
                    state.housing.move = ChainHead(event)
                    (state.housing.first, state.housing.former) = (nil, nil)
                    effects.cancelTimer(.housing)
                    guard state.retirement.isOpen else {
                        return try effects.set(
                            Tile(.housingSupplement, .awaitingCitizen, "Anmäl nya bostadskostnaden"))
                    }
                    try Self.askNewRent(state, &effects)
                }),
            River(
                "follow a corrected move to a new home", hears: Move.self, under: [PensionRules.supplement],
                mine: [Condition("corrects the move that we have asked about") { $1.corrects($0.housing.move) }],
                handle: { state, event, _ in try state.housing.move.take(event) }),
            River(
                "take the cost of the new home", hears: PensionHousingChange.self,
                under: [PensionRules.supplement, PensionRules.supplementHandling.legal],
                mine: [
                    Condition("has a housing supplement") { state, _ in state.hasPension(.housingSupplement) }
                ],
                whole: [Condition("is filed by the pensioner") { _, event in event.data.filedBy == event.subject }],
                handle: { state, event, effects in
                    guard state.housing.take(.told) else { return }
                    let decision = SwedishCalendar.adding(
                        workingDays: effects.value(of: PensionRules.supplementHandling), to: effects.today)
                    state.housing.first = effects.supplementChanges(from: event.data.from, told: event.knownOn)
                    state.supplement.rent = event.data.monthlyRent
                    state.housing.decidesOn = decision
                    effects.setTimer(.housing, at: Stockholm.instant(decision, hour: 8))
                    try effects.set(
                        Tile(
                            .housingSupplement, .investigating,
                            "Vi har din nya bostadskostnad. Besked senast den \(SwedishText.day(decision))",
                            expected: decision))
                }),
            River(
                "go back to the home of before", hears: Annulled<Move>.self, under: [PensionRules.supplement],
                mine: [
                    Condition("annuls the move that we have asked about") { $1.annuls($0.housing.move) }
                ], handle: Self.undoMove),
        ]
    }

    /// The supplement is another from the month after the change: a decision of its own, which ends the one before.
    static func changeSupplement(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let first = state.housing.first, state.housing.take(.decided),
            let place = state.pensions.firstIndex(where: { $0.kind == .housingSupplement && !$0.chain.isEnded })
        else { return }
        var pension = state.pensions[place]
        let last = first.adding(months: -1)
        try effects.cease(
            PensionDecision(kind: .housingSupplement, outcome: .granted, month: last, share: pension.share),
            in: &pension.chain, occurredOn: last.lastDay)
        state.housing.former = pension.chain
        pension.chain = ChainHead(
            try effects.publish(
                PensionDecision(kind: .housingSupplement, outcome: .granted, month: first, share: pension.share),
                occurredOn: first.firstDay))
        pension.first = first
        state.pensions[place] = pension
        // What was decided before the run has no amount here.
        if state.supplement.stage == .decided {
            state.pensions[place].change(to: supplementAmount(state, in: first, effects), from: first)
        }
        let review = PensionRules.reviewDeadline(decided: effects.today, effects.rules)
        try effects.set(
            Tile(
                .housingSupplement, .decided,
                "Bostadstillägget är ändrat från \(PensionRules.text(first)). Begär omprövning senast den "
                    + "\(SwedishText.day(review))", reviewBy: review))
    }

    private static func undoMove(
        _ state: inout Case, _ event: Event<Annulled<Move>>, _ effects: inout Effects<Timer>
    ) throws {
        try state.housing.move.take(event)
        effects.cancelTimer(.housing)
        if var former = state.housing.former,
            let place = state.pensions.firstIndex(where: { $0.kind == .housingSupplement && !$0.chain.isEnded })
        {
            try effects.annul(
                PensionDecision.self, in: &state.pensions[place].chain, reason: event.data.reasonCode)
            try effects.restore(PensionDecision.self, in: &former, reason: event.data.reasonCode)
            state.pensions[place].chain = former
        }
        // A move before it stands, with what was asked and answered about it.
        var earlier = state.housing.earlier
        let last = earlier.popLast()
        state.housing = last ?? Case.Housing()
        state.housing.earlier = earlier
        switch state.housing.stage {
        case .idle, .changed:
            try effects.set(Tile(.housingSupplement, .corrected, "Rättat: bostadstillägget gäller som förut"))
        case .needsChange:
            try effects.set(
                Tile(
                    .housingSupplement, .corrected,
                    "Rättat: den senare flytten var fel. Anmäl bostadskostnaden för bostaden före den"))
        case .investigating:
            guard let decision = state.housing.decidesOn else { return }
            effects.setTimer(.housing, at: Stockholm.instant(max(decision, effects.today), hour: 8))
            try effects.set(
                Tile(
                    .housingSupplement, .corrected,
                    "Rättat: den senare flytten var fel. Besked om bostadskostnaden som förut", expected: decision))
        }
    }
}

extension Effects<Pensionsmyndigheten.Timer> {
    /// M16: from which month a change counts: the month after it, and at most some months back from when it was told.
    func supplementChanges(from day: Day, told: Day) -> Month {
        let back = Month(of: told).adding(months: -value(of: PensionRules.supplementMonths))
        return max(Month(of: day).next, back)
    }
}

extension PensionsmyndighetenCase {
    /// The cost of a home that the supplement is for.
    struct Housing: CasePart {
        enum Stage: String, Codable, Sendable {
            case idle
            /// NEEDS_CHANGE: the new cost is asked for.
            case needsChange
            case investigating
            /// CHANGED.
            case changed

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (_, .moved): .needsChange
                case (_, .told): .investigating
                case (.investigating, .decided): .changed
                default: nil
                }
            }
        }

        enum Trigger: Sendable { case moved, told, decided }

        private(set) var stage = Stage.idle
        var move = ChainHead()
        /// The first month of the change that is decided on.
        var first: Month?
        /// The decision before the last change.
        var former: ChainHead?
        /// When the cost that was told is decided on.
        var decidesOn: Day?
        /// How it stood at the moves before, the oldest first.
        var earlier: [Housing] = []

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
