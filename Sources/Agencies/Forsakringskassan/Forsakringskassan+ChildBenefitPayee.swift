import AgencyKit
import LifeEvents

/// Who is paid child benefit where custody is joint (B12), and when it ends by age (B10).
extension Forsakringskassan {
    /// Two guardians may name one of them, each by an own act (SFB 16:5); it holds from the month after.
    var namedPayee: [River<Self>] {
        [
            River(
                "pay child benefit to whom both have named", hears: BenefitApplication.self, under: [ChildRules.payee],
                mine: [
                    Self.isAlive(BenefitApplication.self),
                    Condition("names who is paid child benefit") { _, event in
                        event.data.benefit == .childBenefit && event.data.together != nil
                    },
                ],
                whole: [
                    Condition("is filed by one of two guardians") { state, event in
                        state.guardians.isJoint && state.guardians.mayAct(event.data.filedBy)
                    },
                    Condition("names a guardian") { state, event in
                        event.data.together.map { state.guardians.mayAct($0) } == true
                    },
                ], handle: Self.namePayee)
        ]
    }

    private static func namePayee(
        _ state: inout Case, _ event: Event<BenefitApplication>, _ effects: inout Effects<Timer>
    ) throws {
        guard let payee = event.data.together else { return }
        state.child.named.file(payee, by: event.data.filedBy, on: event.knownOn)
        guard case .agreed(let chosen) = state.child.named.standing(of: state.guardians.holders),
            chosen != state.child.chosen
        else { return }
        state.child.named.lapse()
        state.child.chosen = chosen
        state.child.changedOn = effects.today
        effects.setTimer(.childBenefit, at: effects.now)
    }

    /// A sole guardian has all; two have half each, or one of them all.
    static func payees(_ holders: [Subject], chosen: Subject?) -> [Payee] {
        if holders.count > 1, let chosen, holders.contains(chosen) { return [Payee(person: chosen, share: 100)] }
        return holders.map { Payee(person: $0, share: 100 / holders.count) }
    }

    /// The last month of the benefit: of the quarter in which the child reaches the age.
    private static func lastMonth(_ state: Case, _ effects: Effects<Timer>) -> Month? {
        guard let first = state.child.firstMonth else { return nil }
        let birthday = first.adding(months: 12 * effects.value(of: ChildRules.lastAge) - 1)
        return birthday.adding(months: 2 - (birthday.month - 1) % 3)
    }

    /// The benefit is ended at the beginning of its last quarter's last month, so that the parents know in time [A].
    static func setEndTimer(_ state: Case, _ effects: inout Effects<Timer>) {
        guard let last = lastMonth(state, effects) else { return }
        let day = Stockholm.instant(last.firstDay)
        if day > effects.now { effects.setTimer(.childBenefitEnd, at: day) }
    }

    static func endChildBenefitByAge(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard !state.death.holds, var decision = state.child.decided, let last = lastMonth(state, effects) else {
            return
        }
        state.child.isOver = true
        guard state.child.decision.holds else { return }
        decision.to = last.lastDay
        try effects.cease(decision, in: &state.child.decision, occurredOn: last.lastDay)
        try tellShares([], from: last.next, &state, &effects)
    }
}
