import AgencyKit
import LifeEvents

/// Introduction benefit: applied for month by month in arrears, decided once, paid on the 26th (N13, N14).
extension Forsakringskassan {
    var introductions: [River<Self>] {
        [
            River(
                "follow the introduction", hears: IntroductionProgramme.self,
                under: [ArrivalRules.mapped.legal, ArrivalRules.day.legal], handle: Self.followProgramme),
            River(
                "take an application for introduction benefit", hears: BenefitApplication.self,
                under: [ArrivalRules.backwards, ArrivalRules.appliedBy.legal, ArrivalRules.benefitDecided.legal],
                mine: [
                    Self.isAlive(BenefitApplication.self),
                    Condition("is for introduction benefit") { _, event in event.data.benefit == .introductionBenefit },
                ],
                whole: [
                    Condition("is filed by who takes part") { _, event in event.data.filedBy == event.subject },
                    Condition("is of time in the introduction") { state, event in
                        state.introduction.covers(event.data.to ?? event.data.from)
                    },
                    Condition("goes back to the month before at most") { _, event in
                        event.data.from >= Month(of: event.knownOn).adding(months: -1).firstDay
                    },
                    Condition("is not applied for already") { state, event in
                        !state.introduction.periods.contains { $0.from == event.data.from }
                    },
                ], handle: Self.applyForIntroduction),
        ]
    }

    private static func followProgramme(
        _ state: inout Case, _ event: Event<IntroductionProgramme>, _ effects: inout Effects<Timer>
    ) throws {
        switch event.data.state {
        case .mapping: state.introduction.mappedFrom = event.data.from
        case .decided:
            state.introduction.programmeFrom = event.data.from
            state.introduction.endsOn = event.data.to
            let first = Month(of: event.data.from)
            effects.setTimer(.introductionReminder, at: Stockholm.instant(first.next.firstDay))
        case .month:
            guard let month = event.data.month, let days = event.data.days else { return }
            state.introduction.told.removeAll { $0.month == month }
            state.introduction.told.append(.init(month: month, days: days))
            setIntroductionPayday(state, &effects)
        case .ended:
            state.introduction.endsOn = event.data.to
            effects.cancelTimer(.introductionReminder)
        }
    }

    private static func applyForIntroduction(
        _ state: inout Case, _ event: Event<BenefitApplication>, _ effects: inout Effects<Timer>
    ) throws {
        let to = event.data.to ?? Month(of: event.data.from).lastDay
        state.introduction.periods.append(.init(from: event.data.from, to: to, appliedOn: effects.today))
        effects.cancelTimer(.introductionReminder)
        guard state.introduction.decision.head == nil else { return setIntroductionPayday(state, &effects) }
        guard state.introduction.periods.count == 1 else { return }
        let days = effects.value(of: ArrivalRules.benefitDecided)
        let decided = SwedishCalendar.adding(workingDays: days, to: effects.today)
        effects.setTimer(.introduction, at: Stockholm.instant(decided, hour: 8))
        try effects.set(
            Tile(
                .introductionBenefit, .received,
                "Ansökan om etableringsersättning kom in \(SwedishText.day(effects.today)). Besked väntas "
                    + "\(SwedishText.day(decided)).", expected: decided))
    }

    static func decideIntroduction(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let period = state.introduction.periods.first, !state.death.holds else { return }
        try effects.publish(
            BenefitDecision(
                benefit: .introductionBenefit, outcome: .granted, from: period.from,
                payees: [Payee(person: effects.subject, share: 100)]), in: &state.introduction.decision)
        setIntroductionPayday(state, &effects)
        let by = effects.rules.reviewDeadline(decided: effects.today)
        let mapped = effects.value(of: ArrivalRules.mapped)
        let day = effects.value(of: ArrivalRules.day)
        var parts: [String] = []
        let start = state.introduction.programmeFrom
        if start.map({ period.from < $0 }) ?? true {
            parts.append("\(mapped) kr per dag från \(SwedishText.day(period.from))")
        }
        if let start {
            let month = Month(of: max(start, period.from))
            let supplement = childSupplement(in: month, state, effects.rules)
            let children = state.arrival.children.count
            let extra =
                supplement == 0
                ? ""
                : " och \(InsuranceRules.kronor(supplement)) i månaden för \(children == 1 ? "barnet" : "barnen")"
            parts.append("\(day) kr per dag\(extra) från \(SwedishText.day(max(start, period.from)))")
        }
        try effects.set(
            Tile(
                .introductionBenefit, .decided,
                "Etableringsersättning är beviljad: \(parts.joined(separator: ", ")). Begär omprövning senast "
                    + "\(SwedishText.day(by)).", reviewBy: by))
    }

    /// SEK a month for the children of the household (N13).
    private static func childSupplement(in month: Month, _ state: Case, _ rules: RuleValues) -> Int {
        let day = month.firstDay
        let older = rules.value(of: ArrivalRules.olderAge, on: day)
        let sums = state.arrival.children.map { child in
            let isOlder = child.birthDate.map { $0.adding(months: 12 * older) <= month.lastDay } ?? false
            return rules.value(of: isOlder ? ArrivalRules.olderChild : ArrivalRules.child, on: day)
        }.sorted(by: >)
        return sums.prefix(rules.value(of: ArrivalRules.children, on: day)).reduce(0, +)
    }

    /// SEK of a period; nil: the Employment Service has not told of its days.
    private static func introductionSum(
        _ period: Case.IntroductionBenefit.Period, _ state: Case, _ rules: RuleValues
    ) -> Int? {
        var sum = 0
        let start = state.introduction.programmeFrom
        if let first = state.introduction.mappedFrom, start.map({ period.from < $0 }) ?? true {
            let last = start.map { min(period.to, $0.adding(days: -1)) } ?? period.to
            sum +=
                IntroductionDays.weekdays(max(first, period.from), last)
                * rules.value(of: ArrivalRules.mapped, on: period.from)
        }
        guard let start, period.to >= start else { return sum }
        let month = Month(of: period.to)
        guard let told = state.introduction.told.first(where: { $0.month == month }) else { return nil }
        return sum + told.days * rules.value(of: ArrivalRules.day, on: period.to)
            + childSupplement(in: month, state, rules)
    }

    /// On which day a period is paid: the 26th of the next month where it was applied for in time, else a month later.
    private static func payday(_ period: Case.IntroductionBenefit.Period, _ rules: RuleValues) -> Day {
        var month = Month(of: period.to).next
        let last = rules.value(of: ArrivalRules.appliedBy, on: period.to)
        while period.appliedOn > month.firstDay.adding(days: last - 1) { month = month.next }
        return PayoutDay.nearest.day(rules.value(of: ArrivalRules.payday, on: period.to), in: month)
    }

    private static func setIntroductionPayday(_ state: Case, _ effects: inout Effects<Timer>) {
        guard state.introduction.decision.holds else { return }
        let days = state.introduction.periods
            .filter { !$0.isPaid && introductionSum($0, state, effects.rules) != nil }
            .map { payday($0, effects.rules) }
        guard let next = days.min() else { return effects.cancelTimer(.introductionPayday) }
        effects.setTimer(.introductionPayday, at: Stockholm.instant(max(next, effects.today.adding(days: 1))))
    }

    static func payIntroduction(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.introduction.decision.holds, !state.death.holds else { return }
        for place in state.introduction.periods.indices {
            let period = state.introduction.periods[place]
            guard !period.isPaid, payday(period, effects.rules) <= effects.today,
                let sum = introductionSum(period, state, effects.rules)
            else { continue }
            state.introduction.periods[place].isPaid = true
            let month = Month(of: period.to)
            if sum > 0 {
                try effects.publish(
                    InsurancePayment(
                        benefit: .introductionBenefit, month: month, amount: sum, kind: .paid, payee: effects.subject,
                        paidOn: effects.today))
            }
            let isWhole = period.from == month.firstDay && period.to == month.lastDay
            let name = isWhole ? InsuranceRules.monthName(month) : InsuranceRules.period(period.from, period.to)
            let by = month.next.next.firstDay.adding(days: effects.value(of: ArrivalRules.appliedBy) - 1)
            let next = PayoutDay.nearest.day(effects.value(of: ArrivalRules.payday), in: month.next.next)
            let when = state.introduction.hasPaid ? "" : ", så kommer pengarna \(SwedishText.day(next))"
            state.introduction.hasPaid = true
            try effects.set(
                Tile(
                    .introductionBenefit, .ongoing,
                    "\(InsuranceRules.kronor(sum)) för \(name) betalas ut \(SwedishText.day(effects.today)). Ansök om "
                        + "\(InsuranceRules.monthName(month.next)) senast \(SwedishText.day(by))\(when).", next: next))
        }
        setIntroductionPayday(state, &effects)
    }

    /// A month of the programme is over and nobody has applied for anything.
    static func remindOfIntroduction(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.introduction.periods.isEmpty, !state.death.holds else { return }
        let month = Month(of: effects.today).adding(months: -1)
        let last = month.next.lastDay
        effects.setTimer(.introductionReminder, at: Stockholm.instant(month.next.next.firstDay))
        try effects.set(
            Tile(
                .introductionBenefit, .awaitingCitizen,
                "Du har inte ansökt om etableringsersättning. Ansök om \(InsuranceRules.monthName(month)) senast "
                    + "\(SwedishText.day(last)). Annars får du ingen för den månaden. För tiden före "
                    + "\(InsuranceRules.monthName(month)) är det för sent.", deadline: last))
    }
}
