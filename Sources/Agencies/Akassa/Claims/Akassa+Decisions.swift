import AgencyKit
import LifeEvents

/// What a claim gives: whether there is a right, for how many days and at what level.
extension Akassa {
    /// What the incomes of a frame give.
    struct Right: Equatable {
        /// SEK in the frame.
        var base: Int
        /// Days of the period.
        var days: Int
    }

    /// The rules of the day of decision.
    struct Terms {
        var year: Int
        var month: Int
        var months: Int
        var days: Int
        var inRow: Int

        init(year: Int, month: Int, months: Int, days: Int, inRow: Int) {
            (self.year, self.month, self.months, self.days, self.inRow) = (year, month, months, days, inRow)
        }

        init(_ effects: Effects<Timer>) {
            year = effects.value(of: UnemploymentRules.income)
            month = effects.value(of: UnemploymentRules.monthIncome)
            months = effects.value(of: UnemploymentRules.months)
            days = effects.value(of: UnemploymentRules.days)
            inRow = effects.value(of: UnemploymentRules.daysInRow)
        }
    }

    /// The right by the incomes of a frame, one for each month; nil: the income condition is not met.
    static func right(_ totals: [Int], _ terms: Terms) -> Right? {
        let base = totals.reduce(0, +)
        let good = totals.count { $0 >= terms.month }
        if base >= terms.year, good >= terms.months {
            let days = good >= 11 ? terms.days : good >= 8 ? terms.days * 2 / 3 : terms.days / 3
            return Right(base: base, days: days)
        }
        var (row, longest) = (0, 0)
        for total in totals {
            row = total >= terms.month ? row + 1 : 0
            longest = max(longest, row)
        }
        return longest >= terms.months ? Right(base: base, days: terms.inRow) : nil
    }

    /// Percent of the income, for a member since a month and months that count.
    static func level(_ highest: Int, memberMonths: Int, goodMonths: Int, frame: Int) -> Int {
        if memberMonths >= frame { return highest }
        return memberMonths >= 6 && goodMonths >= 4 ? highest - 20 : highest - 30
    }

    private static func totals(_ state: Case, _ effects: Effects<Timer>) -> [Int] {
        let month = state.claim.frameMonth
        let frame = effects.value(of: UnemploymentRules.frame)
        return months(month.adding(months: -frame), month.adding(months: -1)).map { one in
            state.claim.wages.filter { $0.month == one }.map(\.income).reduce(0, +)
        }
    }

    private static func level(_ state: Case, _ totals: [Int], _ effects: Effects<Timer>) -> Int {
        if let rest = state.claim.rest { return rest.level }
        let highest = effects.value(of: UnemploymentRules.level)
        let frame = effects.value(of: UnemploymentRules.frame)
        // Member from the first of the month (lag 1997:239 34 b §).
        let member =
            state.membership.chain.holds
            ? (state.claim.memberSince ?? state.membership.from).map { since in
                let from = Month(of: since), to = Month(of: state.claim.from)
                return (to.year - from.year) * 12 + to.month - from.month
            } ?? 0 : 0
        let least = effects.value(of: UnemploymentRules.monthIncome)
        let good = totals.suffix(min(member, frame)).count { $0 >= least }
        return level(highest, memberMonths: member, goodMonths: good, frame: frame)
    }

    static func decide(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let review = effects.reviewBy
        let totals = totals(state, effects)
        guard let registered = state.claim.registeredFrom else {
            return try reject(
                &state, .notRegistered, "Du får ingen ersättning, eftersom du inte är inskriven hos Arbetsförmedlingen",
                review, &effects)
        }
        guard let right = right(totals, Terms(effects)) else {
            return try reject(
                &state, .noIncomeCondition,
                "Du får ingen ersättning, eftersom din inkomst är för låg. Du kan söka ekonomiskt bistånd hos kommunen",
                review, &effects)
        }
        guard state.claim.take(.granted) else { return }
        state.claim.start = max(state.claim.from, registered)
        state.claim.base = right.base
        state.claim.days = right.days
        state.claim.level = level(state, totals, effects)
        state.claim.waitingLeft = effects.value(of: UnemploymentRules.waiting)
        if let rest = state.claim.rest {
            // The period goes on: days are used and waiting days served.
            state.claim.before = max(0, right.days - rest.daysLeft)
            state.claim.used = state.claim.before
            state.claim.waitingLeft = 0
            state.ladder.inherited = rest.step
        }
        let decision = UnemploymentDecision(
            fund: effects.agency, kind: .decision, outcome: .granted, from: state.claim.start,
            days: state.claim.granted,
            level: state.claim.level, concerns: [AgencyID(.arbetsformedlingen)])
        try effects.publish(decision, in: &state.benefit.chain)
        state.benefit.decision = decision
        state.benefit.take(.granted)
        let barred = try barForOwnExit(&state, &effects)
        let late = state.claim.start > state.claim.from ? ", eftersom du skrev in dig först då" : ""
        let month = Month(of: state.claim.start)
        try effects.set(
            Tile(
                .unemploymentBenefit, .decided,
                "Du kan få ersättning i högst \(state.claim.granted) dagar från \(SwedishText.day(state.claim.start))\(late)\(barred). "
                    + "Begär omprövning senast \(SwedishText.day(review)). Nästa steg: månadsansökan för \(named(month)) "
                    + "från \(SwedishText.day(month.next.firstDay))", reviewBy: review))
        scheduleMonths(&state, &effects)
        setAgeTimer(state, &effects)
        if state.registrationEnd != nil { try endWithRegistration(&state, nil, &effects) }
    }

    private static func reject(
        _ state: inout Case, _ reason: UnemploymentReason, _ text: String, _ review: Day,
        _ effects: inout Effects<Timer>
    ) throws {
        guard state.claim.take(.rejected) else { return }
        try effects.publish(
            UnemploymentDecision(
                fund: effects.agency, kind: .decision, outcome: .rejected, from: state.claim.from, reason: reason,
                concerns: [AgencyID(.arbetsformedlingen)]))
        try effects.set(
            Tile(
                .unemploymentBenefit, .decided, "\(text). Begär omprövning senast \(SwedishText.day(review))",
                reviewBy: review))
    }

    /// Who left the work without a valid reason waits for so many weekdays from the end of the employment.
    private static func barForOwnExit(_ state: inout Case, _ effects: inout Effects<Timer>) throws -> String {
        let left = state.claim.proofs.filter { ($0.answer?.endedBy ?? $0.ended.endedBy) == .employee }
        guard let last = left.map({ $0.answer?.to ?? $0.ended.to }).max(), state.claim.reason != .illness else {
            return ""
        }
        let days = effects.value(of: UnemploymentRules.ownExit)
        let barred = weekday(days, after: last)
        state.claim.barredTo = barred
        try effects.publish(
            UnemploymentDecision(
                fund: effects.agency, kind: .sanction, from: last.adding(days: 1), to: barred, step: 1,
                sanctionDays: days, sanction: .suspended, reason: .ownExit, concerns: [AgencyID(.arbetsformedlingen)]))
        return ", men inte till och med \(SwedishText.day(barred)), eftersom du själv lämnade arbetet"
    }

    private static func weekday(_ count: Int, after day: Day) -> Day {
        var (day, left) = (day, count)
        while left > 0 {
            day = day.adding(days: 1)
            if isWeekday(day) { left -= 1 }
        }
        return day
    }

    static func isWeekday(_ day: Day) -> Bool { day.weekday != .saturday && day.weekday != .sunday }

    /// What a late income changes of a decision that stands.
    static func correctDecision(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.claim.isRunning, let right = right(totals(state, effects), Terms(effects)),
            right.base != state.claim.base
        else { return }
        state.claim.base = right.base
        state.claim.days = right.days
        let decision = UnemploymentDecision(
            fund: effects.agency, kind: .decision, outcome: .granted, from: state.claim.start,
            days: state.claim.granted,
            level: state.claim.level, concerns: [AgencyID(.arbetsformedlingen)])
        try effects.publish(decision, in: &state.benefit.chain)
        state.benefit.decision = decision
        let month = Month(of: state.claim.start)
        try effects.set(
            Tile(
                .unemploymentBenefit, .corrected,
                "Rättat: vi har fått din inkomst i efterhand och räknat om ersättningen från "
                    + "\(SwedishText.day(state.claim.start)), i högst \(state.claim.granted) dagar. Nästa steg: månadsansökan för "
                    + "\(named(state.claim.months.last?.month.next ?? month))"))
        try settle(&state, isDecided: true, &effects)
    }
}
