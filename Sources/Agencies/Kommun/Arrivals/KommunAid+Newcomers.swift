import AgencyKit
import LifeEvents

/// Aid until the first introduction benefit: one decision for some months, from the day on which the household was received,
/// then month by month until there is a programme (N20).
extension KommunAid {
    /// Who answers of somebody who has just come.
    static let newcomerSources: [AgencyID] = [.forsakringskassan, .migrationsverket]

    /// What is decided at once of somebody who was received a short while ago; nil: aid is as for others.
    static func plan(
        for month: Month, _ state: Case, _ effects: Effects<Timer>
    ) -> AidPlan? {
        guard state.reception.stage == .received, let received = state.reception.receivedOn, state.paid.isEmpty,
            !state.months.contains(where: { $0.plan != nil }), Month(of: received) == month
        else { return nil }
        return AidPlan(
            from: received, last: month.adding(months: effects.value(of: ArrivalRules.aidMonths) - 1), next: month)
    }

    /// The sum of a month: by thirtieths, or what days it has, where it is not whole.
    static func planned(_ month: Month, _ plan: AidPlan, _ whole: Int) -> Int {
        guard month == Month(of: plan.from) else { return whole }
        let (days, own) = (
            month.firstDay.distance(to: month.lastDay) + 1, plan.from.distance(to: month.lastDay) + 1
        )
        guard own < days else { return whole }
        // A month has thirty days in aid.
        return (2 * whole * own + 30) / 60
    }

    /// All is there: the norm and the rent for a month.
    static func reckonPlan(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let month = state.months[place]
        let norm = month.norm(effects.rules)
        let balance = month.balance(effects.rules, aidMonths: 0)
        let income = norm + month.costs.sum - balance
        let minus = income > 0 ? " minus inkomster \(InsuranceRules.kronor(income))" : ""
        let day = max(month.expected ?? effects.today, effects.today)
        try tell(
            month.adults, .aidCalculation, .investigating,
            "Norm \(InsuranceRules.kronor(norm)) plus hyra \(InsuranceRules.kronor(month.costs.sum))\(minus) är "
                + "\(InsuranceRules.kronor(max(0, balance))) i månaden. Beslut väntas \(SwedishText.day(day)).", state,
            &effects, expected: day)
        state.months[place].due = Stockholm.instant(day, hour: 8)
    }

    /// One decision for the months until there is a benefit.
    static func grantPlan(
        _ plan: AidPlan, _ whole: Int, _ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard state.months[place].take(.granted) else { return }
        state.months[place].decided = whole
        state.months[place].decidedOn = effects.today
        let month = state.months[place]
        state.months[place].due = KommunRules.morning(SwedishCalendar.adding(workingDays: 1, to: effects.today))
        try publish(.decided, of: month, &effects, cause: month.cause)
        let by = appealBy(effects)
        let first = planned(month.month, plan, whole)
        let period = InsuranceRules.period(plan.from, month.month.lastDay)
        let following = monthNames(from: month.month.next, to: plan.last)
        let each = plan.last == month.month.next ? "" : " var"
        try tell(
            month.adults, .aidDecision, .decided,
            "\(AidRules.capital(month.you)) får \(InsuranceRules.kronor(first)) för \(period) och "
                + "\(InsuranceRules.kronor(whole)) för \(following)\(each). Överklaga senast \(SwedishText.day(by)).",
            state,
            &effects, cause: month.cause, reviewBy: by)
        setTimer(state, &effects)
    }

    /// `mars och april 2026`
    private static func monthNames(from first: Month, to last: Month) -> String {
        var names: [String] = []
        var month = first
        while month < last {
            names.append(month.year == last.year ? SwedishText.month(month) : InsuranceRules.monthName(month))
            month = month.next
        }
        return AidRules.list(names + [InsuranceRules.monthName(last)])
    }

    /// When a further month is paid: on a day of the month before, or the working day before.
    private static func planPayday(_ month: Month, _ effects: Effects<Timer>) -> Day {
        PayoutDay.workingDayBefore.day(effects.value(of: ArrivalRules.aidPayday), in: month.adding(months: -1))
    }

    /// A payout day: the next month of the decision, or one more where there is no programme yet.
    static func payPlan(
        _ plan: AidPlan, _ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let month = state.months[place]
        guard let whole = month.decided else { return }
        var plan = plan
        let current = plan.next
        if current > plan.last {
            // Nobody has a benefit yet: aid goes on for a month.
            guard !state.reception.hasProgramme else { return endPlan(place, &state, &effects) }
            plan.last = current
            state.months[place].plan = plan
            try publish(.decided, of: state.months[place], &effects, cause: month.cause)
        }
        let amount = planned(current, plan, whole)
        try effects.publish(
            MunicipalPayment(
                benefit: .financialAid, municipality: effects.municipality, month: current, amount: amount, kind: .paid,
                payee: month.payee, paidOn: effects.today), cause: month.cause)
        plan.next = current.next
        state.months[place].plan = plan
        let today = SwedishText.day(effects.today)
        let name = InsuranceRules.monthName(current)
        let sum = InsuranceRules.kronor(amount)
        let isFirst = current == Month(of: plan.from)
        let what = isFirst ? "\(sum) betalas ut \(today)" : "\(sum) för \(name) betalas ut \(today)"
        guard current == plan.last else {
            let next = planPayday(plan.next, effects)
            state.months[place].due = KommunRules.morning(next)
            return try tell(
                month.adults, .aidPayment, .ongoing,
                "\(what). Nästa utbetalning är \(SwedishText.day(next)).", state, &effects, cause: month.cause,
                next: next)
        }
        let opens = AidMonth.opens(plan.next, effects.value(of: AidRules.opens))
        let following = InsuranceRules.monthName(plan.next)
        try tell(
            month.adults, .aidPayment, .ongoing,
            "\(what). Räcker pengarna inte i \(following) söker \(month.you) igen från \(SwedishText.day(opens)).",
            state,
            &effects, cause: month.cause, next: opens)
        guard !state.reception.hasProgramme else { return endPlan(place, &state, &effects) }
        state.months[place].due = KommunRules.morning(planPayday(plan.next, effects))
    }

    /// Nothing more is paid by the decision: it closes after its last month.
    private static func endPlan(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) {
        guard let plan = state.months[place].plan else { return }
        state.months[place].take(.paid)
        state.months[place].due = Stockholm.instant(
            max(plan.last.next.firstDay, effects.today.adding(days: 1)))
        setTimer(state, &effects)
    }

    /// The programme is decided: aid ends with what is paid. One that ends for the permit leaves aid to the departure.
    static func hearProgramme(
        _ state: inout Case, _ event: Event<IntroductionProgramme>, _ effects: inout Effects<Timer>
    ) throws {
        switch event.data.state {
        case .decided: state.reception.hasProgramme = true
        case .ended: state.reception.hasProgramme = false
        case .mapping, .month: return
        }
        guard state.reception.hasProgramme,
            let place = state.months.firstIndex(where: { month in
                month.stage == .decided && month.plan.map { $0.next > $0.last } ?? false
            })
        else { return }
        endPlan(place, &state, &effects)
    }

    /// The household has moved on: what the month has is paid, nothing after it.
    static func stopNewcomers(on day: Day, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard
            let place = state.months.firstIndex(where: { month in
                month.plan != nil && (month.stage == .decided || month.stage == .calculated)
            }), var plan = state.months[place].plan
        else { return }
        let month = Month(of: day)
        plan.last = month
        state.months[place].plan = plan
        try tell(
            state.months[place].adults, .aidPayment, .stopped,
            "Du har flyttat från \(effects.place). Vi betalar \(InsuranceRules.monthName(month)), den nya kommunen från "
                + "\(SwedishText.day(month.next.firstDay)). Ansök där.", state, &effects, other: effects.agency)
        guard plan.next > month else { return }
        endPlan(place, &state, &effects)
    }
}

/// One decision for some months.
struct AidPlan: Codable, Equatable, Sendable {
    /// The first day of aid.
    var from: Day
    /// The last month that is decided.
    var last: Month
    /// The month that is paid next.
    var next: Month
}
