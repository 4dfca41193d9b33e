import AgencyKit
import LifeEvents

extension Forsakringskassan {
    /// Child benefit on a parent's case: sums the shares of all children, tells the parent, pays on the payout days.
    var childBenefitPayments: [River<Self>] {
        [
            River(
                "sum a child's share", hears: ChildBenefitShare.self,
                under: [ChildRules.share, ChildRules.childBenefitDay.legal],
                handle: Self.takeShare),
            River(
                "drop a child's share", hears: Annulled<ChildBenefitShare>.self,
                mine: [
                    Condition("is a share we know") { state, event in
                        state.payments.chains.contains { event.annuls($0.chain) }
                    }
                ], handle: Self.dropShare),
        ]
    }

    private static func takeShare(
        _ state: inout Case, _ event: Event<ChildBenefitShare>, _ effects: inout Effects<Timer>
    ) throws {
        let share = event.data
        // An opening fact: what is before it has been paid.
        let isOpening = event.occurredOn < event.knownOn
        let known = state.payments.chains.first { $0.child == share.child }
        let openedFrom = isOpening ? Month(of: event.knownOn) : known?.openedFrom
        let first = max(share.from, openedFrom ?? share.from)
        state.payments.isOld = state.payments.isOld || isOpening
        state.payments.take(share, from: first)
        state.payments.chains.removeAll { $0.child == share.child }
        state.payments.chains.append(
            .init(child: share.child, chain: ChainHead(event), openedFrom: openedFrom))
        setPayoutTimer(state, &effects)
        guard !state.death.holds else { return }
        try tell(state, share, isOpening: isOpening, &effects)
    }

    private static func tell(
        _ state: Case, _ share: ChildBenefitShare, isOpening: Bool, _ effects: inout Effects<Timer>
    ) throws {
        let ends = share.share == 0 || share.to != nil
        let changed = share.to?.next ?? share.from
        let month = max(changed, Month(of: effects.today))
        let amount = state.payments.amount(in: month, effects.rules)
        guard amount > 0 else {
            let text =
                share.to.map { "Barnbidraget upphör efter \(InsuranceRules.monthName($0))" }
                ?? "Barnbidraget betalas inte ut. Du behöver inte göra något"
            return try effects.set(Tile(.childBenefit, .stopped, text))
        }
        let shares = Set(state.payments.rows.filter { $0.holds(in: month) }.map(\.share))
        let kronor = InsuranceRules.kronor(amount)
        let (name, day) = (InsuranceRules.monthName(changed), effects.value(of: ChildRules.childBenefitDay))
        let next = nextPayout(state, effects)
        let text: String
        if isOpening {
            text = "Barnbidrag \(kronor) i månaden, den \(day):e"
        } else if shares == [50] {
            text = "Ni delar barnbidraget: \(kronor) var i månaden från \(name), den \(day):e"
        } else if shares == [100], !ends, !state.payments.isOld, state.payments.paid.isEmpty, let next {
            text =
                "Barnbidrag \(kronor) i månaden. Första gången den \(SwedishText.day(next)). Du behöver inte ansöka"
        } else {
            text = "Barnbidrag \(kronor) i månaden från \(name), den \(day):e"
        }
        try effects.set(Tile(.childBenefit, .ongoing, text, next: next))
    }

    private static func dropShare(
        _ state: inout Case, _ event: Event<Annulled<ChildBenefitShare>>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.payments.chains.firstIndex(where: { event.annuls($0.chain) }) else { return }
        let child = state.payments.chains.remove(at: place).child
        state.payments.rows.removeAll { $0.child == child }
        setPayoutTimer(state, &effects)
        let amount = state.payments.amount(in: Month(of: effects.today).next, effects.rules)
        let rest = amount > 0 ? " Du får \(InsuranceRules.kronor(amount)) i månaden" : ""
        try effects.set(
            Tile(.childBenefit, .corrected, "Barnbidraget för ett barn var fel och betalas inte ut.\(rest)"))
    }

    /// The first payout day, from now on, at which something is owed; nil: nothing is in the next two years.
    private static func nextPayout(_ state: Case, _ effects: Effects<Timer>) -> Day? {
        var month = Month(of: effects.today)
        for _ in 0..<24 {
            let day = effects.rules.childBenefitPayout(in: month)
            if Stockholm.instant(day) > effects.now, state.payments.notBefore.map({ $0 <= day }) ?? true,
                !payable(state, through: month, effects.rules).isEmpty
            {
                return day
            }
            month = month.next
        }
        return nil
    }

    /// The months owed; to the dead nothing after the month of the death.
    private static func payable(_ state: Case, through month: Month, _ rules: RuleValues) -> [Month] {
        let months = state.payments.owedMonths(through: month, rules)
        guard state.death.holds, let death = state.death.head?.value else { return months }
        return months.filter { $0 <= Month(of: death) }
    }

    static func setPayoutTimer(_ state: Case, _ effects: inout Effects<Timer>) {
        guard let day = nextPayout(state, effects) else { return effects.cancelTimer(.childBenefitPayout) }
        effects.setTimer(.childBenefitPayout, at: Stockholm.instant(day))
    }

    /// A payout day: one payment of all that is owed.
    static func payChildBenefit(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let months = payable(state, through: Month(of: effects.today), effects.rules)
        if let first = months.first, let last = months.last {
            let amount = months.reduce(0) { $0 + state.payments.owed(in: $1, effects.rules) }
            for month in months {
                let whole = state.payments.amount(in: month, effects.rules)
                state.payments.paid.removeAll { $0.month == month }
                state.payments.paid.append(.init(month: month, amount: whole))
            }
            // A correction reaches back two years at most; older months are forgotten [A].
            state.payments.paid.removeAll { $0.month < Month(of: effects.today).adding(months: -24) }
            try effects.publish(
                InsurancePayment(
                    benefit: .childBenefit, month: first == last ? first : nil,
                    from: first == last ? nil : first.firstDay, to: first == last ? nil : last.lastDay, amount: amount,
                    kind: .paid, payee: effects.subject, paidOn: effects.today))
        }
        setPayoutTimer(state, &effects)
    }
}
