import AgencyKit
import LifeEvents

/// Pensions that hold, and their payment on the payday of each month (D28).
extension Pensionsmyndigheten {
    var pensions: [River<Self>] {
        [
            River(
                "adopt a pension", hears: PensionDecision.self,
                mine: [
                    Condition("is a new decision") { _, event in event.isNew && event.data.outcome != .rejected },
                    Condition("is not one we hold") { state, event in
                        !state.pensions.contains { $0.kind == event.data.kind }
                    },
                ],
                handle: { state, event, effects in
                    state.pensions.append(
                        .init(
                            kind: event.data.kind, survivorKind: event.data.survivorKind, share: event.data.share,
                            monthly: nil, first: event.data.month, last: event.data.to, chain: ChainHead(event),
                            // What held before the run was paid until then.
                            paidTo: Month(of: event.knownOn).adding(months: -1)))
                    Self.takeAmounts(&state)
                    Self.setPayday(state, &effects)
                }),
            River(
                "adopt a pension account", hears: PensionAccount.self,
                mine: [
                    Condition("is a new fact, or corrects what we hold") { state, event in
                        event.change != .ceased && event.follows(state.account.chain)
                    }
                ],
                handle: { state, event, effects in
                    try state.account.chain.take(event)
                    state.account.monthlyPension = event.data.monthlyPension
                    state.account.survivorBase = event.data.survivorBase
                    state.account.widowMonthly = event.data.widowMonthly
                    state.account.birthDate = event.data.birthDate
                    state.account.income = event.data.income
                    state.account.premium = event.data.premium
                    state.account.guaranteeBase = event.data.guaranteeBase
                    Self.setLetter(state, &effects)
                    Self.takeAmounts(&state)
                    Self.setPayday(state, &effects)
                }),
        ]
    }

    /// The account says what the old-age pension is; opening facts come in no order.
    private static func takeAmounts(_ state: inout Case) {
        guard let monthly = state.account.monthlyPension else { return }
        for index in state.pensions.indices where state.pensions[index].kind == .oldAge {
            state.pensions[index].monthly = monthly
        }
    }

    /// The next payday of what is to be paid.
    static func setPayday(_ state: Case, _ effects: inout Effects<Timer>) {
        let next = state.pensions.compactMap { nextMonth($0) }
            .map { PensionRules.payday(of: $0, born: state.birthDate) }
            // What is paid for months that have passed is paid with the next.
            .map { $0 > effects.today ? $0 : nextPayday(after: effects.today, born: state.birthDate) }.min()
        guard let next else { return effects.cancelTimer(.pay) }
        effects.setTimer(.pay, at: Stockholm.instant(next))
    }

    static func nextPayday(after day: Day, born: Day?) -> Day {
        let own = PensionRules.payday(of: Month(of: day), born: born)
        return own > day ? own : PensionRules.payday(of: Month(of: day).next, born: born)
    }

    /// The first month of a pension that has not been paid; nil: nothing is to be paid.
    static func nextMonth(_ pension: Case.Pension) -> Month? {
        // The guarantee is paid with the old-age pension.
        guard pension.kind != .guarantee, let monthly = pension.monthly, monthly > 0,
            pension.chain.holds || pension.chain.isEnded
        else {
            return nil
        }
        let next = max(pension.first, pension.paidTo?.next ?? pension.first)
        guard pension.last.map({ next <= $0 }) ?? true else { return nil }
        return next
    }

    static func payMonth(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        try pay(to: Month(of: effects.today), &state, &effects)
        try payArrears(&state, &effects)
        setPayday(state, &effects)
    }

    /// After an annulled death: the months whose payday has passed.
    static func payOwed(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let month = Month(of: effects.today)
        let isDue = PensionRules.payday(of: month, born: state.birthDate) <= effects.today
        try pay(to: isDue ? month : month.adding(months: -1), &state, &effects)
        setPayday(state, &effects)
    }

    /// Pays each pension up to a month: one payment each.
    private static func pay(
        to month: Month, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let payee = payee(state, effects.subject, on: effects.today)
        for index in state.pensions.indices {
            let pension = state.pensions[index]
            guard let first = nextMonth(pension), first <= month else { continue }
            // Nobody can take it for a child without a guardian: it is saved.
            guard let payee else { continue }
            let last = min(month, pension.last ?? month)
            var months: [Month] = []
            var next = first
            while next <= last {
                months.append(next)
                next = next.next
            }
            let isOne = months.count == 1
            let paid = months.map { Case.Paid(month: $0, amount: monthly(of: pension, in: $0, state)) }
            let amount = paid.reduce(0) { $0 + $1.amount }
            try effects.publish(
                PensionPayment(
                    benefit: pension.kind, month: isOne ? first : nil, from: isOne ? nil : first,
                    to: isOne ? nil : last, amount: amount, kind: .paid, payee: payee,
                    paidOn: effects.today))
            state.pensions[index].paidTo = last
            if pension.kind == .housingSupplement {
                try tellFirstSupplement(&state, amount: amount, from: first, to: last, &effects)
            } else if pension.kind == .oldAge {
                try tellPaidPension(&state, &effects)
            }
            state.pensions[index].paid += paid
        }
    }

    /// Kronor for a month; the guarantee is in the old-age pension.
    private static func monthly(of pension: Case.Pension, in month: Month, _ state: Case) -> Int {
        let own = pension.amount(in: month) ?? 0
        guard pension.kind == .oldAge else { return own }
        let guarantee = state.pensions.first { $0.kind == .guarantee && $0.covers(month) }
        return own + (guarantee?.amount(in: month) ?? 0)
    }

    /// Who is paid: the person, or a child's guardian; nil: nobody may take it.
    static func payee(_ state: Case, _ person: Subject, on day: Day) -> Subject? {
        state.isWarded(on: day) ? state.custodians.first : person
    }
}
