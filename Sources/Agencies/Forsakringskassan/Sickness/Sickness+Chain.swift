import AgencyKit
import LifeEvents

/// The rehabilitation chain: at some days of a period the ability is judged anew, against other work (S24-S27). What puts
/// the test off past day 365 an officer finds, which is not played.
extension ForsakringskassanSickness {
    /// The days of the chain after which the ability is judged, and before which a return puts the next test off.
    private static let days = [ChainRules.ownWork, ChainRules.market, ChainRules.returning]

    /// Sets the timer of the next day of the chain that is granted or applied for past.
    static func setChainTimer(_ state: Case, _ effects: inout Effects<Timer>) {
        guard state.period.employer != nil, state.period.isOpen, state.period.judging == nil,
            let number = next(state, effects.rules), let day = state.period.day(number),
            let last = state.period.lastClaimed, last > day
        else { return effects.cancelTimer(.chain) }
        effects.setTimer(.chain, at: effects.midnight(after: day))
    }

    private static func next(_ state: Case, _ rules: RuleValues) -> Int? {
        let day = state.period.firstDay ?? .earliest
        return days.map { rules.value(of: $0, on: day) }.first { number in
            !state.period.judged.contains { $0 >= number }
        }
    }

    /// A day of the chain is past.
    static func judge(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let number = next(state, effects.rules) else { return }
        state.period.judging = number
        // Of who was held for dead the day of the claim's decision may have passed.
        let expected = max(state.period.claim?.decidesOn ?? decisionDay(state, effects), effects.today)
        if state.period.claim == nil { effects.setTimer(.decision, at: Stockholm.instant(expected, hour: 8)) }
        let isOwnWork = number == effects.value(of: ChainRules.ownWork)
        if isOwnWork, let employer = state.period.employer {
            try effects.ask(
                RedeploymentNeed(
                    caseRef: state.period.caseRef, facts: ["possible", "from"], asked: [AgencyID(.arbetsgivare)],
                    by: effects.needDay(before: expected), employer: employer), for: SicknessRules.purpose,
                in: &state.period.redeployment)
        }
        let limit = following(number, state, effects.rules)
        let what =
            if isOwnWork {
                "om du kan göra annat arbete hos arbetsgivaren"
            } else if let limit {
                "om du är tillbaka i ditt arbete före \(text(limit, state))"
            } else {
                "om du kan göra ett vanligt arbete på arbetsmarknaden"
            }
        try effects.set(
            Tile(
                .assessment, .investigating,
                "Du har varit sjuk i \(number) dagar. Vi prövar \(what). Besked väntas \(SwedishText.day(expected))",
                expected: expected))
    }

    /// Why there is no right past a day of the chain; nil: there is.
    static func finding(_ number: Int, _ state: Case, _ rules: RuleValues) -> SicknessCase.SickPeriod.Ground? {
        let day = state.period.firstDay ?? .earliest
        guard number != rules.value(of: ChainRules.ownWork, on: day) else {
            return state.period.otherWorkFrom == nil ? nil : .otherWork
        }
        // A return that is planned, and before the next day of the chain, puts the test against the market off.
        guard let limit = following(number, state, rules), let last = state.period.day(limit),
            let past = state.period.day(number), let returns = state.rehabilitation.returnsOn,
            past < returns, returns < last
        else { return .market }
        return nil
    }

    private static func following(_ number: Int, _ state: Case, _ rules: RuleValues) -> Int? {
        let day = state.period.firstDay ?? .earliest
        return days.map { rules.value(of: $0, on: day) }.first { $0 > number }
    }

    private static func text(_ number: Int, _ state: Case) -> String {
        "dag \(number), \(SwedishText.day(state.period.day(number) ?? .earliest))"
    }

    /// There is a right past the day of the chain: the next one is told, and after the first the way back is talked of.
    static func closeJudgment(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let number = state.period.judging else { return }
        state.period.judging = nil
        state.period.judged.append(number)
        setChainTimer(state, &effects)
        guard let limit = following(number, state, effects.rules), let day = state.period.day(limit) else { return }
        let isOwnWork = number == effects.value(of: ChainRules.ownWork)
        let what = isOwnWork ? "Du har fortsatt rätt efter dag \(number)" : "Du prövas mot ditt vanliga arbete"
        try effects.set(
            Tile(
                .assessment, .ongoing, "\(what). Nästa prövning efter \(text(limit, state))", next: day))
        if isOwnWork { try summon(&state, &effects) }
    }
}
