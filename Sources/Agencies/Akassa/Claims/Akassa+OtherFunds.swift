import AgencyKit
import LifeEvents

/// A member who changes fund keeps what is left of a period: the new fund asks the old one (ALF 9:3).
extension Akassa {
    var otherFunds: [River<Self>] {
        [
            River(
                "tell another fund what a former member had", hears: OtherFundNeed.self, under: [FundContacts.other],
                concerns: { $0.data.asked }, handle: Self.answerFund),
            River(
                "hear what a member had with another fund", hears: OtherFundAnswer.self,
                under: [FundContacts.other, FundContacts.gap.legal], concerns: { [$0.data.asker] },
                handle: { state, event, effects in
                    guard state.claim.other.take(event) != .notAsked else { return }
                    if let from = event.data.memberFrom, let to = event.data.memberTo,
                        let since = state.membership.from,
                        since < to.adding(days: 1).adding(months: effects.value(of: FundContacts.gap))
                    {
                        state.claim.memberSince = from
                    }
                    if let from = event.data.from, let left = event.data.daysLeft, left > 0 {
                        state.claim.rest = .init(
                            from: from, daysLeft: left, level: event.data.level ?? 0, step: event.data.step ?? 0)
                    }
                    try Self.askFrame(&state, effects.needDay, &effects)
                    try Self.progress(&state, &effects)
                }),
        ]
    }

    private static func answerFund(
        _ state: inout Case, _ event: Event<OtherFundNeed>, _ effects: inout Effects<Timer>
    ) throws {
        guard let asker = event.source else { return }
        let ref = event.data.caseRef
        // Who still is a member here has no claim elsewhere.
        let hasLeft = state.membership.to.map { $0 < effects.today } ?? false
        if let refusal = event.refusal(purpose: UnemploymentRules.purpose, hasCase: hasLeft) {
            try effects.publish(
                OtherFundAnswer(caseRef: ref, asker: asker, status: .refused, refusal: refusal), purpose: event.purpose)
            return
        }
        let end = (state.membership.to ?? effects.today).adding(days: 1)
        let left = state.claim.left(after: end) + state.claim.used - used(before: end, state, effects.rules)
        // Days that are left live on, if something was paid in the months before.
        let paid = state.claim.months.last { ($0.amount ?? 0) > 0 }?.month
        let least = Month(of: effects.today).adding(months: -effects.value(of: UnemploymentRules.rest))
        let lives = state.claim.base > 0 && left > 0 && (paid ?? Month(of: state.claim.start)) >= least
        try effects.publish(
            OtherFundAnswer(
                caseRef: ref, asker: asker, status: .answered, memberFrom: state.membership.from,
                memberTo: state.membership.to, from: lives ? state.claim.start : nil, daysLeft: lives ? left : 0,
                level: lives ? state.claim.level : nil,
                step: lives ? state.ladder.next(.neglect) - 1 : nil), purpose: event.purpose)
    }

    static func askOtherFund(
        _ former: AgencyID, _ by: Day, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        try effects.ask(
            OtherFundNeed(
                caseRef: state.claim.caseRef, facts: ["memberFrom", "memberTo", "daysLeft", "level", "step"],
                asked: [former], by: by), for: UnemploymentRules.purpose, in: &state.claim.other)
    }

    /// Who leaves the fund is paid nothing for days after; the month that it is may still be applied for.
    static func endMembership(_ state: inout Case, _ last: Day, _ effects: inout Effects<Timer>) throws {
        guard state.claim.isRunning, state.claim.take(.registrationEnded) else { return }
        state.claim.endsOn = last
        state.registrationEnd = last
        if var decision = state.benefit.decision {
            decision.to = last
            try effects.cease(decision, in: &state.benefit.chain, occurredOn: last)
        }
        let month = Month(of: last)
        if state.claim.months.contains(where: { $0.month >= month && $0.amount != nil }) { state.claim.take(.lastPaid) }
        try effects.set(
            Tile(
                .unemploymentBenefit, .stopped,
                "Du är inte medlem hos oss efter \(SwedishText.day(last)). Vi betalar till och med den dagen. Ansök hos "
                    + "din nya a-kassa om dagarna som är kvar"))
    }
}
