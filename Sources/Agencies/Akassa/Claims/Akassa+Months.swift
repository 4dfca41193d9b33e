import AgencyKit
import LifeEvents

/// A month that is over is applied for, reckoned and paid.
extension Akassa {
    var months: [River<Self>] {
        [
            River(
                "take an application for a month", hears: UnemploymentMonth.self,
                under: [
                    UnemploymentRules.month.legal, UnemploymentRules.payout.legal, UnemploymentRules.beside.legal,
                    Self.deputy,
                    EstateProof.rule,
                ],
                concerns: { [$0.data.fund] },
                mine: [
                    Condition("has a claim") { state, _ in
                        state.claim.isCollecting || state.claim.isRunning || state.claim.stage == .complete
                            || state.death.holds && state.claim.former != nil
                    },
                    Condition("is not filed already as it is") { state, event in
                        !state.claim.months.contains { $0.isAs(event.data) }
                    },
                ],
                whole: [
                    Condition("is filed by the member, a god man that the fund knows, or for the estate") {
                        state, event in
                        event.data.filedBy == event.subject
                            || state.death.holds && state.estateProof.mayAct(event.data.filedBy, on: event.knownOn)
                            || state.deputies.mayAct(event.data.filedBy, on: event.knownOn)
                    },
                    Condition("is of a month that is over, from the first of the claim on") { state, event in
                        event.data.month.lastDay < event.knownOn && event.data.month >= Month(of: state.claim.from)
                    },
                    Condition("is filed in time") { _, event in
                        event.knownOn
                            <= event.data.month.lastDay.adding(months: event.value(of: UnemploymentRules.month))
                    },
                ], handle: Self.takeMonth)
        ]
    }

    private static func takeMonth(
        _ state: inout Case, _ event: Event<UnemploymentMonth>, _ effects: inout Effects<Timer>
    ) throws {
        let month = event.data.month
        let income = event.data.income ?? 0
        if let place = state.claim.months.firstIndex(where: { $0.month == month }) {
            state.claim.months[place].income = income
            state.claim.months[place].hindrances = event.data.hindrances
            guard state.claim.months[place].amount == nil else {
                let day = SwedishCalendar.adding(
                    workingDays: effects.value(of: AkassaRules.deciding), to: effects.today)
                effects.setTimer(.revision, at: Stockholm.instant(day, hour: 8))
                return try effects.set(
                    Tile(
                        .unemploymentBenefit, .investigating,
                        "Du har ändrat månadsansökan för \(named(month)), som redan är betald. Beslut väntas "
                            + SwedishText.day(day), expected: day))
            }
        } else {
            state.claim.months.append(.init(month: month, income: income, hindrances: event.data.hindrances))
            state.claim.months.sort { $0.month < $1.month }
        }
        scheduleMonths(&state, &effects)
        guard let due = state.claim.months.first(where: { $0.month == month })?.due else {
            return try effects.set(
                Tile(
                    .unemploymentBenefit, .received,
                    "Månadsansökan för \(named(month)) har kommit in. Den betalas när din ansökan om ersättning är avgjord"
                ))
        }
        try effects.set(
            Tile(
                .unemploymentBenefit, .investigating,
                "Månadsansökan för \(named(month)) har kommit in. Utbetalning \(SwedishText.day(due))", expected: due))
    }

    /// Gives each filed month its day of payment, once the claim is decided.
    static func scheduleMonths(_ state: inout Case, _ effects: inout Effects<Timer>) {
        // What was applied for before a death is paid to the estate.
        guard state.claim.isRunning || state.death.holds && state.claim.base > 0 else { return }
        let due = UnemploymentRules.payday(filedOn: effects.today, effects.value(of: UnemploymentRules.payout))
        for place in state.claim.months.indices where state.claim.months[place].amount == nil {
            state.claim.months[place].due = state.claim.months[place].due ?? due
        }
        guard let next = state.claim.months.filter({ $0.amount == nil }).compactMap(\.due).min() else { return }
        effects.setTimer(.payout, at: Stockholm.instant(next))
    }

    /// What a month gives.
    struct Reckoned: Equatable {
        var amount = 0
        /// Days of the period that it takes.
        var days = 0
        var waiting = 0
        var withheld = 0
        var owed = 0
    }

    /// Reckons a month.
    /// - Parameter used: days of the period that were used before it.
    static func reckon(
        _ filed: Case.Claim.FiledMonth, _ state: Case, used: Int, waiting: Int, withheld: Int, owed: Int,
        _ rules: RuleValues
    ) -> Reckoned {
        let claim = state.claim
        let used = used + claim.spent(in: filed.month)
        let monthDays = rules.value(of: UnemploymentRules.monthDays, on: filed.month.lastDay)
        let cap = rules.value(of: UnemploymentRules.cap, on: filed.month.lastDay)
        guard claim.base > 0, !filed.isBarred else { return Reckoned() }
        let last = [state.registrationEnd, claim.endsOn, state.death.holds ? state.death.head?.value : nil]
            .compactMap { $0 }.min()
        // Hundredths of days, as hindrances may be part of one.
        var without = 0
        for day in 0..<filed.month.firstDay.distance(to: filed.month.next.firstDay) {
            let day = filed.month.firstDay.adding(days: day)
            guard isWeekday(day) else { continue }
            let isOut =
                day < claim.start || last.map { day > $0 } ?? false || claim.barredTo.map { day <= $0 } ?? false
                || claim.isSick(on: day) || claim.isInProgramme(on: day)
            without += isOut ? 100 : min(100, filed.hindrances.filter { $0.date == day }.map(\.part).reduce(0, +))
        }
        let available = max(0, monthDays * 100 - without)
        let earned = min(filed.income * 12, claim.base)
        // All in hundredths of days times SEK.
        let unit = 100 * claim.base
        var rest = available * (claim.base - earned)
        var result = Reckoned()
        result.waiting = min(waiting, rest / unit)
        rest -= result.waiting * unit
        result.withheld = min(withheld, rest / unit)
        rest -= result.withheld * unit
        result.owed = owed
        rest += owed * unit
        result.days = min((rest + unit / 2) / unit, max(0, claim.days - used))
        if result.days == claim.days - used { rest = min(rest, result.days * unit) }
        guard result.days > 0, rest > 0 else { return result }
        // 10 percentage points less after day 100, 5 more after day 200.
        let levels = (0..<result.days).map { number in
            let day = used + number
            return claim.level - (day >= 200 ? 15 : day >= 100 ? 10 : 0)
        }.reduce(0, +)
        let income = min(claim.base, cap * 12)
        // income / 12 × level % × rest / 22, with the level as the days have it on average; nearest krona.
        let divisor = 1_200 * monthDays * result.days
        let share = rest / 100 * levels
        let deducted = claim.pensionFrom.map { $0 <= filed.month } ?? false ? claim.pensionMonthly : 0
        result.amount = max((income * (share / claim.base) + divisor / 2) / divisor - deducted, 0)
        return result
    }

    /// A day of payment.
    static func payMonths(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        for place in state.claim.months.indices
        where state.claim.months[place].amount == nil
            && (state.claim.months[place].due.map { $0 <= effects.today } ?? false)
        {
            try pay(&state, place, &effects)
        }
        scheduleMonths(&state, &effects)
    }

    private static func pay(_ state: inout Case, _ place: Int, _ effects: inout Effects<Timer>) throws {
        if state.claim.months[place].income > 0 {
            let beside = state.claim.months.count { $0.income > 0 && ($0.amount ?? 0) > 0 }
            state.claim.months[place].isBarred = beside >= effects.value(of: UnemploymentRules.beside)
        }
        let filed = state.claim.months[place]
        let paid = reckon(
            filed, state, used: state.claim.used, waiting: state.claim.waitingLeft, withheld: state.claim.withheld,
            owed: state.claim.owed, effects.rules)
        state.claim.months[place].amount = paid.amount
        state.claim.months[place].days = paid.days
        state.claim.months[place].withheld = paid.withheld
        state.claim.months[place].owed = paid.owed
        state.claim.used += paid.days
        state.claim.waitingLeft -= paid.waiting
        state.claim.withheld -= paid.withheld
        state.claim.owed -= paid.owed
        if paid.amount > 0 {
            try effects.publish(
                UnemploymentPayment(
                    fund: effects.agency, benefit: .unemploymentBenefit, from: filed.month.firstDay,
                    to: filed.month.lastDay, amount: paid.amount, kind: .paid, payee: effects.subject,
                    paidOn: effects.today))
        }
        state.claim.take(.paid)
        try tellPaid(&state, filed.month, paid, &effects)
    }

    private static func tellPaid(
        _ state: inout Case, _ month: Month, _ paid: Reckoned, _ effects: inout Effects<Timer>
    ) throws {
        guard !state.death.holds else { return }
        if state.claim.stage == .ending, let last = state.registrationEnd, month >= Month(of: last),
            state.claim.take(.lastPaid)
        {
            let until = month.adding(months: effects.value(of: UnemploymentRules.rest))
            return try effects.set(
                Tile(
                    .unemploymentBenefit, .done,
                    "Ersättningen för \(named(month)) är utbetald och ärendet är klart. Dagarna som är kvar gäller om du "
                        + "söker senast för \(named(until))"))
        }
        if state.claim.isInProgramme(on: month.next.firstDay) {
            let what =
                paid.amount > 0
                ? "Ersättningen för \(named(month)) betalas ut i dag" : "Du får ingen ersättning för \(named(month))"
            return try effects.set(
                Tile(
                    .unemploymentBenefit, .stopped,
                    "\(what). Försäkringskassan betalar medan du är i programmet",
                    other: AgencyID(.forsakringskassan)))
        }
        if state.claim.left(after: month.lastDay) == 0, state.claim.take(.exhausted) {
            return try tellExhausted(month, &effects)
        }
        let next = month.next
        let then =
            "Nästa steg: månadsansökan för \(named(next)) från \(SwedishText.day(next.next.firstDay))"
        if state.claim.months.contains(where: { $0.month == month && $0.isBarred }) {
            let review = effects.reviewBy
            return try effects.set(
                Tile(
                    .unemploymentBenefit, .decided,
                    "Du har haft ersättning vid sidan av arbete i \(effects.value(of: UnemploymentRules.beside)) månader och "
                        + "får ingen för \(named(month)), då du arbetade. Begär omprövning senast "
                        + "\(SwedishText.day(review)). \(then)", reviewBy: review))
        }
        guard paid.amount > 0 else {
            return try effects.set(
                Tile(
                    .unemploymentBenefit, .ongoing, "Du får ingen ersättning för \(named(month)). \(then)",
                    next: next.next.firstDay))
        }
        var less: [String] = []
        if paid.waiting > 0 { less.append(paid.waiting == 1 ? "en karensdag" : "två karensdagar") }
        if paid.withheld > 0 {
            less.append(paid.withheld == 1 ? "en avstängd dag" : "\(paid.withheld) avstängda dagar")
        }
        let minus = less.isEmpty ? "" : ", minskad med \(Amounts.list(less))"
        let days = paid.owed == 1 ? "en dag" : "\(paid.owed) dagar"
        let plus = paid.owed > 0 ? ", med \(days) som dragits av misstag" : ""
        try effects.set(
            Tile(
                .unemploymentBenefit, .ongoing,
                "Ersättningen för \(named(month)) betalas ut i dag\(minus)\(plus). \(then)", next: next.next.firstDay))
    }

    static func tellExhausted(_ month: Month, _ effects: inout Effects<Timer>) throws {
        try effects.set(
            Tile(
                .unemploymentBenefit, .done,
                "Du har inga dagar kvar med ersättning efter \(named(month)). Arbetsförmedlingen prövar om du kan få ett "
                    + "program", other: AgencyID(.arbetsformedlingen)))
    }

    /// Reckons paid months anew: pays what they lack on the next day of payment, claims back what was too much.
    /// - Parameters:
    ///   - pays: whether money follows; else the months only stand as they are reckoned.
    ///   - isDecided: whether the decision is corrected already.
    /// - Returns: SEK that is paid on the next day of payment; less than nothing where it is claimed back.
    @discardableResult
    static func settle(
        _ state: inout Case, pays: Bool = true, isDecided: Bool = false, _ effects: inout Effects<Timer>
    ) throws -> Int {
        var used = state.claim.before
        var waiting = state.claim.rest == nil ? effects.value(of: UnemploymentRules.waiting) : 0
        var tooMuch: (amount: Int, from: Day, to: Day)?
        var sum = 0
        let payday = UnemploymentRules.payday(filedOn: effects.today, effects.value(of: UnemploymentRules.payout))
        for place in state.claim.months.indices {
            let filed = state.claim.months[place]
            guard let amount = filed.amount else { continue }
            let anew = reckon(
                filed, state, used: used, waiting: waiting, withheld: filed.withheld, owed: filed.owed, effects.rules)
            let difference = anew.amount - amount
            waiting -= anew.waiting
            used += anew.days
            state.claim.months[place].amount = anew.amount
            state.claim.months[place].days = anew.days
            guard pays, difference != 0 else { continue }
            sum += difference
            let (from, to) = (filed.month.firstDay, filed.month.lastDay)
            if difference > 0 {
                try effects.publish(
                    UnemploymentPayment(
                        fund: effects.agency, benefit: .unemploymentBenefit, from: from, to: to, amount: difference,
                        kind: .paid, payee: effects.subject, paidOn: payday), due: Stockholm.instant(payday))
            } else {
                tooMuch = ((tooMuch?.amount ?? 0) - difference, tooMuch?.from ?? from, to)
            }
        }
        if state.claim.months.contains(where: { $0.amount != nil }) {
            state.claim.used = used
            state.claim.waitingLeft = waiting
        }
        if sum != 0, !isDecided, state.benefit.chain.holds, let decision = state.benefit.decision {
            try effects.publish(decision, in: &state.benefit.chain)
        }
        if let tooMuch { try claimBack(tooMuch.amount, tooMuch.from, tooMuch.to, &state, &effects) }
        return sum
    }

    /// A month that was changed after it was paid has been looked at.
    static func revise(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let payday = UnemploymentRules.payday(filedOn: effects.today, effects.value(of: UnemploymentRules.payout))
        let sum = try settle(&state, &effects)
        let what =
            sum > 0
            ? "Vi har räknat om ersättningen. Skillnaden betalas \(SwedishText.day(payday))"
            : sum < 0
                ? "Vi har räknat om ersättningen. Du har fått för mycket, och vi prövar om du ska betala tillbaka"
                : "Vi har räknat om ersättningen. Den ändras inte"
        try effects.set(Tile(.unemploymentBenefit, .decided, what, reviewBy: effects.reviewBy))
    }
}
