import AgencyKit
import LifeEvents

/// Decision, payment and end of a month (A9, A10, A19).
extension KommunAid {
    /// The day of decision: a whole grant, or a hearing before a refusal.
    static func decide(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let month = state.months[place]
        let balance = month.balance(effects.rules, aidMonths: Set(state.paid.map(\.month)).count)
        if let plan = month.plan, balance > 0 { return try grantPlan(plan, balance, place, &state, &effects) }
        guard balance > 0, month.cut == 0, !month.waitsForPlan else {
            guard state.months[place].take(.heard) else { return }
            let last = effects.today.adding(days: effects.value(of: AidRules.hearing))
            state.months[place].due = KommunRules.morning(last.adding(days: 1))
            let why =
                month.waitsForPlan
                ? "Ni har ingen planering för aktivitet"
                : month.cut > 0
                    ? "Beräkningen är \(InsuranceRules.kronor(month.cut)) lägre, för att en aktivitet uteblev utan skäl"
                    : "Beräkningen visar ett överskott på \(InsuranceRules.kronor(-balance))"
            return try tell(
                month.adults, .aidDecision, .awaitingCitizen,
                "\(why) för \(month.name). Svara senast \(SwedishText.day(last)) om något är fel. Annars beslutar vi efter "
                    + "det vi vet.", state, &effects, cause: month.cause, deadline: last)
        }
        try grant(balance, place, &state, &effects)
    }

    static func decideAfterHearing(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let month = state.months[place]
        let balance = month.balance(effects.rules, aidMonths: Set(state.paid.map(\.month)).count)
        guard balance <= 0 || month.waitsForPlan else { return try grant(balance, place, &state, &effects) }
        let why =
            month.waitsForPlan
            ? "ingen planering för aktivitet finns"
            : "inkomsterna är \(InsuranceRules.kronor(-balance)) högre än det ni får räkna med"
        try refuse(place, why, &state, &effects)
    }

    static func grant(
        _ amount: Int, _ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard state.months[place].take(.granted) else { return }
        state.months[place].decided = amount
        state.months[place].decidedOn = effects.today
        let month = state.months[place]
        let paying = SwedishCalendar.adding(workingDays: effects.value(of: AidRules.paying), to: effects.today)
        state.months[place].due = Stockholm.instant(paying, hour: 8)
        try publish(.decided, of: month, &effects, cause: month.cause)
        let by = appealBy(effects)
        let you = month.you
        let unhappy = you == "ni" ? "ni inte är nöjda" : "du inte är nöjd"
        var text = "\(AidRules.capital(you)) får \(InsuranceRules.kronor(amount)) för \(month.name)."
        if month.cut > 0 {
            text += " Det är \(InsuranceRules.kronor(month.cut)) lägre, för att en aktivitet uteblev utan skäl."
        }
        let fall = fallByCeiling(month, effects.rules)
        if fall > 0 {
            text +=
                " Normen är \(InsuranceRules.kronor(fall)) lägre, för att normen från det fjärde barnet är begränsad från "
                + "1 januari 2027."
        }
        if !month.missing.isEmpty {
            text += " \(AidRules.capital(AidRules.list(month.missing.map(AidRules.name)))) hade inte svarat."
        }
        text += " Överklaga senast \(SwedishText.day(by)) om \(unhappy)."
        if month.isAutomated {
            text += " Beslutet är fattat automatiskt. Du kan be en handläggare gå igenom det."
        }
        try tell(month.adults, .aidDecision, .decided, text, state, &effects, cause: month.cause, reviewBy: by)
        try claimBenefits(place, &state, &effects)
        setTimer(state, &effects)
    }

    /// How much less the norm is by the ceiling, SEK (A16).
    private static func fallByCeiling(_ month: AidMonth, _ rules: RuleValues) -> Int {
        rules.aidNorm(month.household, in: month.month, fromFourth: 100)
            - rules.aidNorm(month.household, in: month.month)
    }

    static func refuse(
        _ place: Int, _ why: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard state.months[place].take(.refused) else { return }
        state.months[place].decided = 0
        state.months[place].decidedOn = effects.today
        let month = state.months[place]
        state.months[place].due = Stockholm.instant(month.month.next.firstDay)
        try publish(.decided, of: month, &effects, cause: month.cause)
        let by = appealBy(effects)
        try tell(
            month.adults, .aidDecision, .decided,
            "\(AidRules.capital(month.you)) får inget bistånd för \(month.name): \(why). Överklaga senast "
                + "\(SwedishText.day(by)).", state, &effects, cause: month.cause, reviewBy: by)
        setTimer(state, &effects)
    }

    static func appealBy(_ effects: Effects<Timer>) -> Day {
        SwedishCalendar.lastDayMoved(effects.today.adding(days: 7 * effects.value(of: AidRules.appeal)))
    }

    /// The payout day: what is decided and not yet paid, to the applicant, or in part to the landlord.
    static func pay(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        if let plan = state.months[place].plan { return try payPlan(plan, place, &state, &effects) }
        guard state.months[place].take(.paid), let decided = state.months[place].decided else { return }
        let month = state.months[place]
        let amount = decided - state.paid(for: month.month) + emergency(in: month.month, state)
        state.months[place].due = Stockholm.instant(max(month.month.next.firstDay, effects.today.adding(days: 1)))
        guard amount > 0 else { return }
        var rest = amount
        if let landlord = month.rentTo, let payee = Subject(text: "\(landlord)") {
            let rent = min(rest, month.costs.rent)
            rest -= rent
            try payOut(rent, to: payee, month, &effects)
        }
        if rest > 0 { try payOut(rest, to: month.payee, month, &effects) }
        let opens = AidMonth.opens(month.month.next, effects.value(of: AidRules.opens))
        let to = month.rentTo == nil ? "" : ", hyran till hyresvärden"
        try tell(
            month.adults, .aidPayment, .ongoing,
            "\(InsuranceRules.kronor(amount)) för \(month.name) betalas ut \(SwedishText.day(effects.today))\(to). Ansök om "
                + "\(InsuranceRules.monthName(month.month.next)) från \(SwedishText.day(opens)).", state, &effects,
            cause: month.cause, next: opens)
    }

    /// What was paid for food is no part of the month's own decision.
    private static func emergency(in month: Month, _ state: Case) -> Int {
        state.months.filter { $0.month == month && $0.caseRef.hasSuffix("-emergency") }
            .reduce(0) { $0 + ($1.decided ?? 0) }
    }

    private static func payOut(
        _ amount: Int, to payee: Subject, _ month: AidMonth, _ effects: inout Effects<Timer>
    ) throws {
        try effects.publish(
            MunicipalPayment(
                benefit: .financialAid, municipality: effects.municipality, month: month.month, amount: amount,
                kind: .paid, payee: payee, paidOn: effects.today), cause: month.cause)
    }

    /// The month is over.
    static func close(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.months[place].take(.over) else { return }
        state.months[place].askAgain = nil
        let month = state.months[place]
        let isMoved = state.movedTo != nil && state.transfer != .refused
        try publish(.closed, of: month, &effects, reason: isMoved ? .transferred : nil, cause: month.cause)
        // Who has moved, has died, or was refused has read what matters.
        guard !isMoved, !state.death.holds, month.decided ?? 0 > 0 else { return }
        let ended = month.plan?.last ?? month.month
        let next = InsuranceRules.monthName(ended.next)
        let isApplied = state.place(of: ended.next) != nil
        let again = isApplied ? "" : " Ansök om \(next) om \(month.you) fortfarande behöver bistånd."
        try tell(
            month.adults, .aidPayment, .done,
            "\(AidRules.capital(InsuranceRules.monthName(ended))) är avslutad.\(again)", state, &effects,
            cause: month.cause)
    }
}
