import AgencyKit
import LifeEvents

/// A move ends the right to housing allowance for the dwelling that was left; a new one needs an application (M12, M14).
extension Forsakringskassan {
    static func endAtMove(_ state: inout Case, _ event: Event<Move>, _ effects: inout Effects<Timer>) throws {
        guard state.housing.take(.moved) else { return }
        let move = Case.HousingAllowance.Move(left: event.occurredOn, effective: event.data.effectiveDate)
        state.housing.move.adopt(event, move)
        state.housing.application = nil
        state.housing.openedOn = effects.today
        state.housing.moves += 1
        state.housing.announced = nil
        // After a move the family says itself who lives there (D24).
        state.housing.childDeaths = []
        try endGrants(&state, on: HousingRules.lastDay(left: move.left), &effects)
        try askForApplication(&state, move, &effects)
        try considerClaim(&state, whyMoved(state), &effects)
        setHousingTimers(state, &effects)
    }

    /// Ends what lasts longer than a day.
    static func endGrants(_ state: inout Case, on day: Day, _ effects: inout Effects<Timer>) throws {
        let moves = state.housing.moves
        for place in state.housing.grants.indices {
            try end(&state.housing.grants[place], on: day, by: moves, &effects)
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
        let former = state.housing.move.head?.value
        let move = Case.HousingAllowance.Move(left: event.occurredOn, effective: event.data.effectiveDate)
        try state.housing.move.take(event, move)
        guard former != move else { return }
        try correctEnd(&state, HousingRules.lastDay(left: move.left), &effects)
        try reviseClaim(&state, "moveCorrected", &effects)
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
    private static func correctEnd(_ state: inout Case, _ day: Day, _ effects: inout Effects<Timer>) throws {
        let moves = state.housing.moves
        for place in state.housing.grants.indices where state.housing.grants[place].endedBy == moves {
            guard state.housing.grants[place].end != day else { continue }
            try reopen(&state.housing.grants[place], "moveCorrected", &effects)
            try end(&state.housing.grants[place], on: day, by: moves, &effects)
        }
    }

    /// What the last move, or departure, has ended holds again.
    static func reopenGrants(_ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>) throws {
        let moves = state.housing.moves
        for place in state.housing.grants.indices where state.housing.grants[place].endedBy == moves {
            try reopen(&state.housing.grants[place], reason, &effects)
        }
    }

    /// What a move has ended holds again; what never held begins anew.
    private static func reopen(
        _ grant: inout Case.HousingAllowance.Grant, _ reason: String, _ effects: inout Effects<Timer>
    ) throws {
        grant.end = nil
        grant.endedBy = nil
        guard try !effects.restore(BenefitDecision.self, in: &grant.chain, reason: reason) else { return }
        try effects.publish(decision(grant, for: effects.subject), in: &grant.chain)
    }

    static func annulMove(_ state: inout Case, _ event: Event<Annulled<Move>>, _ effects: inout Effects<Timer>) throws {
        let wasOpen = state.housing.caseState != nil
        guard state.housing.take(.restored) else { return }
        let status = status(of: state.housing, .closed)
        try state.housing.move.take(event)
        let moves = state.housing.moves
        // What was decided for a dwelling that nobody moved to never held.
        for place in state.housing.grants.indices where state.housing.grants[place].decidedAfter == moves {
            try effects.annul(
                BenefitDecision.self, in: &state.housing.grants[place].chain, reason: event.data.reasonCode)
        }
        state.housing.grants.removeAll { $0.decidedAfter == moves }
        try reopenGrants(&state, event.data.reasonCode, &effects)
        state.housing.application = nil
        state.housing.applyBy = nil
        if wasOpen { try effects.publish(status) }
        try withdrawClaim(&state, event.data.reasonCode, &effects)
        try considerClaim(&state, whyMoved(state), &effects)
        setHousingTimers(state, &effects)
        try effects.set(
            Tile(.housingAllowance, .corrected, "Rättat: flytten var fel. Bostadsbidraget betalas ut som förut"))
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
