import AgencyKit
import LifeEvents

/// A move ends the right to housing allowance for the dwelling that was left; a new one needs an application (M12, M14).
extension Forsakringskassan {
    static func endAtMove(_ state: inout Case, _ event: Event<Move>, _ effects: inout Effects<Timer>) throws {
        let former = state.housing
        guard state.housing.take(.moved) else { return }
        state.housing.remember(former)
        let move = Case.HousingAllowance.Move(left: event.occurredOn, effective: event.data.effectiveDate)
        state.housing.move = FactChain(event, move)
        let last = HousingRules.lastDay(left: move.left)
        state.housing.lastDay = last
        state.housing.application = nil
        state.housing.moves += 1
        state.housing.announced = nil
        // After a move the family says itself who lives there (D24).
        state.housing.childDeaths = []
        try endGrants(&state, on: last, &effects)
        if var application = former.application, application.isFor(move) {
            application.month = max(application.month, HousingRules.firstMonth(arose: move.effective))
            try keep(application, last, &state, &effects)
        } else {
            state.housing.openedOn = effects.today
            try askForApplication(&state, move, &effects)
        }
        try considerClaim(&state, whyMoved(state), &effects)
        setHousingTimers(state, &effects)
    }

    /// Who has applied for the new dwelling before the register told of the move has applied.
    private static func keep(
        _ application: Case.HousingAllowance.Application, _ last: Day, _ state: inout Case,
        _ effects: inout Effects<Timer>
    ) throws {
        guard state.housing.take(.applied) else { return }
        state.housing.application = application
        try effects.set(
            Tile(
                .housingAllowance, .investigating,
                "Bostadsbidraget för bostaden du lämnade upphör efter \(text(Month(of: last))). Vi har din ansökan "
                    + "för den nya. Besked senast den \(SwedishText.day(application.decidesOn))",
                expected: application.decidesOn))
    }

    /// Ends what lasts longer than a day.
    /// - Parameter number: what they are ended by; nil: the last move.
    static func endGrants(
        _ state: inout Case, on day: Day, by number: Int? = nil, _ effects: inout Effects<Timer>
    ) throws {
        let number = number ?? state.housing.moves
        for place in state.housing.grants.indices {
            try end(&state.housing.grants[place], on: day, by: number, &effects)
        }
    }

    /// A right that would begin only after the day never held.
    private static func end(
        _ grant: inout Case.HousingAllowance.Grant, on day: Day, by move: Int, _ effects: inout Effects<Timer>
    ) throws {
        guard grant.chain.holds, grant.last.map({ $0 > day }) ?? true else { return }
        grant.end = day
        grant.endedBy = move
        if grant.from > day {
            try effects.annul(BenefitDecision.self, in: &grant.chain, reason: "notValid")
        } else {
            try effects.cease(decision(grant, for: effects.subject), in: &grant.chain, occurredOn: day)
        }
    }

    private static func askForApplication(
        _ state: inout Case, _ move: Case.HousingAllowance.Move, _ effects: inout Effects<Timer>
    ) throws {
        let first = max(HousingRules.firstMonth(arose: move.effective), Month(of: effects.today))
        let last = first.lastDay
        state.housing.applyBy = last
        try effects.publish(status(of: state.housing, .awaitingCitizen, expected: last))
        let ended = HousingRules.lastDay(left: move.left)
        let day = SwedishText.day(last)
        let month = SwedishText.month(first)
        let isWhole = first <= Month(of: ended).next
        try effects.set(
            Tile(
                .housingAllowance, .awaitingCitizen,
                "Bostadsbidrag gäller bara bostaden där du bor och är folkbokförd. "
                    + (isWhole
                        ? "Ansök senast den \(day), så får du för \(month). "
                        : "Ansök för din nya bostad senast den \(day), så får du från \(month). ")
                    + "Annars får du först från ansökningsmånaden", deadline: last))
    }

    /// Another day of the move: month by month, what is owed is paid and what was overpaid is claimed (M15).
    static func correctMove(_ state: inout Case, _ event: Event<Move>, _ effects: inout Effects<Timer>) throws {
        let move = Case.HousingAllowance.Move(left: event.occurredOn, effective: event.data.effectiveDate)
        let last = HousingRules.lastDay(left: move.left)
        if let place = state.housing.place(ofEarlier: event) {
            try state.housing.earlier[place].move.take(event, move)
            state.housing.earlier[place].lastDay = last
            try correctEnd(&state, last, by: state.housing.earlier[place].moves, &effects)
            try reviseClaims(&state, "moveCorrected", &effects)
            try considerClaim(&state, whyMoved(state), &effects)
            return setHousingTimers(state, &effects)
        }
        let former = state.housing.move.head?.value
        try state.housing.move.take(event, move)
        guard former != move else { return }
        state.housing.lastDay = last
        try correctEnd(&state, last, by: state.housing.moves, &effects)
        try reviseClaims(&state, "moveCorrected", &effects)
        if state.housing.stage == .needsApplication {
            try askForApplication(&state, move, &effects)
        } else if let place = state.housing.grants.lastIndex(where: { $0.appliedIn != nil && $0.chain.holds }),
            let applied = state.housing.grants[place].appliedIn
        {
            var grant = state.housing.grants[place]
            grant.from = max(applied, HousingRules.firstMonth(arose: move.effective)).firstDay
            if grant.from != state.housing.grants[place].from {
                try effects.publish(
                    decision(grant, for: effects.subject), in: &grant.chain, occurredOn: grant.from)
                state.housing.grants[place] = grant
                try effects.set(
                    Tile(
                        .housingAllowance, .corrected,
                        "Rättat: du får bostadsbidrag från \(SwedishText.month(Month(of: grant.from))) "
                            + "\(grant.from.year)"))
            }
        }
        try considerClaim(&state, whyMoved(state), &effects)
        setHousingTimers(state, &effects)
    }

    /// The old end is annulled, so that the chain keeps one end.
    private static func correctEnd(
        _ state: inout Case, _ day: Day, by move: Int, _ effects: inout Effects<Timer>
    ) throws {
        for place in state.housing.grants.indices where state.housing.grants[place].endedBy == move {
            guard state.housing.grants[place].end != day else { continue }
            try reopen(&state.housing.grants[place], "moveCorrected", &effects)
            try end(&state.housing.grants[place], on: day, by: move, &effects)
        }
    }

    /// What a move has ended holds again; what never held begins anew.
    static func reopen(
        _ grant: inout Case.HousingAllowance.Grant, _ reason: String, _ effects: inout Effects<Timer>
    ) throws {
        grant.end = nil
        grant.endedBy = nil
        guard try !effects.restore(BenefitDecision.self, in: &grant.chain, reason: reason) else { return }
        try effects.publish(decision(grant, for: effects.subject), in: &grant.chain)
    }

    static func annulMove(_ state: inout Case, _ event: Event<Annulled<Move>>, _ effects: inout Effects<Timer>) throws {
        guard let place = state.housing.place(ofEarlier: event) else {
            return try undoLast("flytten", event.data.reasonCode, &state, &effects)
        }
        // Another has followed: what this one ended that one ends.
        let earlier = state.housing.earlier
        let isLast = place == earlier.count - 1
        let next = isLast ? state.housing.moves : earlier[place + 1].moves
        let last = isLast ? state.housing.lastDay : earlier[place + 1].lastDay
        let reason = event.data.reasonCode
        state.housing.earlier.remove(at: place)
        try undo(earlier[place].moves, reason, &state, &effects) { grant, effects in
            if let last { try end(&grant, on: last, by: next, &effects) }
        }
        setHousingTimers(state, &effects)
        try effects.set(
            Tile(.housingAllowance, .corrected, "Rättat: den tidigare flytten var fel. Den senare gäller som förut"))
    }

    /// What was decided after a move, or a departure, never held, and what it ended holds again.
    private static func undo(
        _ number: Int, _ reason: String, _ state: inout Case, _ effects: inout Effects<Timer>,
        after: (inout Case.HousingAllowance.Grant, inout Effects<Timer>) throws -> Void = { _, _ in }
    ) throws {
        for place in state.housing.grants.indices where state.housing.grants[place].decidedAfter == number {
            try effects.annul(BenefitDecision.self, in: &state.housing.grants[place].chain, reason: reason)
        }
        state.housing.grants.removeAll { $0.decidedAfter == number }
        for place in state.housing.grants.indices where state.housing.grants[place].endedBy == number {
            try reopen(&state.housing.grants[place], reason, &effects)
            try after(&state.housing.grants[place], &effects)
        }
        try withdrawClaims(&state, reason, &effects) { $0.ground == .move(number) }
        try considerClaim(&state, whyMoved(state), &effects)
    }

    /// The last move, or departure, never was: it stands as before it.
    static func undoLast(
        _ what: String, _ reason: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let number = state.housing.moves
        let open = state.housing.caseState == nil ? nil : state.housing
        state.housing.returnToFormer()
        if let open { try effects.publish(status(of: open, .closed)) }
        try undo(number, reason, &state, &effects)
        setHousingTimers(state, &effects)
        let wrong = "Rättat: \(state.housing.move.holds ? "den senare " : "")\(what) var fel."
        switch state.housing.stage {
        case .needsApplication:
            guard let applyBy = state.housing.applyBy else { return }
            try effects.publish(status(of: state.housing, .awaitingCitizen, expected: applyBy))
            try effects.set(
                Tile(
                    .housingAllowance, .corrected,
                    "\(wrong) Ansök för bostaden före den senast den \(SwedishText.day(applyBy))", deadline: applyBy))
        case .investigating:
            guard let application = state.housing.application else { return }
            try effects.publish(
                status(of: state.housing, .investigating, expected: application.decidesOn))
            try effects.set(
                Tile(
                    .housingAllowance, .corrected,
                    "\(wrong) Besked om din ansökan senast den \(SwedishText.day(application.decidesOn))",
                    expected: application.decidesOn))
        case .paying:
            try effects.set(
                Tile(.housingAllowance, .corrected, "\(wrong) Bostadsbidraget betalas ut som förut"))
        case .none, .ended: break
        }
    }

    private static func whyMoved(_ state: Case) -> String {
        let left = state.housing.move.head?.value.left
        return left.map { "men flyttade den \(SwedishText.day($0)). " } ?? "för mycket. "
    }

    /// The time to apply without losing a month is over.
    static func lapse(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.housing.take(.lastDayPassed) else { return }
        try effects.publish(status(of: state.housing, .closed))
        let ended = state.housing.move.head.map { HousingRules.lastDay(left: $0.value.left) } ?? effects.today
        let month = Month(of: ended.adding(days: 1))
        try effects.set(
            Tile(
                .housingAllowance, .stopped,
                "Bostadsbidraget upphörde i \(SwedishText.month(month)) \(month.year). "
                    + "Ansök när du vill, du får från ansökningsmånaden"))
    }
}

extension ForsakringskassanCase.HousingAllowance.Application {
    /// Whether it can only be for the dwelling of a move: asked for after it, from a day that is not before it.
    func isFor(_ move: ForsakringskassanCase.HousingAllowance.Move) -> Bool {
        move.left <= openedOn && move.left <= from
    }
}
