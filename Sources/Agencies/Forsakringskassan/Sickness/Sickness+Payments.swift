import AgencyKit
import LifeEvents

/// Sickness benefit is paid on a day of the month for the days that are granted up to another (S14, S15).
extension ForsakringskassanSickness {
    /// Sets the timers that a period waits for: payment, silence after its last day, and the chain.
    static func setPaymentTimers(_ state: Case, _ effects: inout Effects<Timer>) {
        guard let last = state.period.lastDay else { return }
        if !effects.hasTimer(.payout) {
            effects.setTimer(.payout, at: Stockholm.instant(effects.rules.nextSicknessPayout(after: effects.today)))
        }
        // While the insured trains nothing more of the sick period is waited for.
        guard state.joint.span == nil || !state.joint.isOpen else { return }
        if state.period.stage == .paying {
            effects.setTimer(
                .silence, at: effects.midnight(after: last.adding(days: effects.value(of: SicknessRules.silence))))
        }
        setChainTimer(state, &effects)
    }

    /// A day of payment.
    static func pay(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let month = Month(of: effects.today)
        let cut = month.firstDay.adding(days: effects.value(of: SicknessRules.cutDay) - 1)
        try grantProvisionally(to: cut, &state, &effects)
        let sum = state.period.due(to: cut, effects.rules) - state.period.paid.reduce(0) { $0 + $1.amount }
        if sum > 0, let to = state.period.lastGranted(to: cut) {
            let from =
                state.period.paid.last.map { state.period.firstGranted(after: $0.to) } ?? state.period.spans.first?.from
            try effects.publish(
                InsurancePayment(
                    benefit: .sicknessBenefit, from: from, to: to, amount: sum, kind: .paid, payee: effects.subject,
                    paidOn: effects.today))
            state.period.paid.append(.init(to: to, amount: sum))
        }
        let trains = try payTraining(to: cut, &state, &effects)
        let next = effects.rules.nextSicknessPayout(after: effects.today)
        let isOver = !state.period.isOpen && state.period.lastDay.map { $0 <= cut } ?? true
        if !isOver || trains { effects.setTimer(.payout, at: Stockholm.instant(next)) }
        guard sum > 0, state.period.tellsPayment, state.period.stage == .paying else { return }
        state.period.tellsPayment = false
        try tell(
            .ongoing, "Sjukpenning betalas ut i dag. Nästa gång \(SwedishText.day(next))", next: next, &effects)
    }

    /// Days of an application to go on that is not decided are paid while it is looked at (S18).
    private static func grantProvisionally(
        to cut: Day, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard let claim = state.period.claim, let last = state.period.lastDay, last < cut, claim.from <= cut,
            state.period.paidDays >= 15
        else { return }
        let span = SicknessCase.SickPeriod.Span(from: claim.from, to: min(claim.to, cut), degree: claim.degree)
        state.period.grant(span)
        try publishDecision(span, provisional: true, &state, &effects)
    }
}

extension SicknessCase.SickPeriod {
    /// The last granted day up to a day.
    func lastGranted(to cut: Day) -> Day? { spans.last { $0.from <= cut }.map { min($0.to, cut) } }

    /// The first granted day after a day.
    func firstGranted(after day: Day) -> Day {
        let next = day.adding(days: 1)
        return spans.first { $0.to >= next }.map { max($0.from, next) } ?? next
    }

    /// Days that were paid for.
    var paidDays: Int {
        guard let last = paid.last?.to else { return 0 }
        return spans.reduce(0) { sum, span in
            span.from <= last ? sum + span.from.distance(to: min(span.to, last)) + 1 : sum
        }
    }

    /// Whether somebody with an employer is granted so much that a plan for the return is needed (S29).
    func isExpectedLong(_ rules: RuleValues) -> Bool {
        guard employer != nil, let last = lastDay, let number = number(of: last) else { return false }
        return number >= rules.value(of: ChainRules.plan, on: last)
    }
}
