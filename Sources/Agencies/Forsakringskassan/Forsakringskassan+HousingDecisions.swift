import AgencyKit
import LifeEvents

/// Applications, decisions and payments of housing allowance (M13, M14).
extension Forsakringskassan {
    static func applyForHousing(
        _ state: inout Case, _ event: Event<BenefitApplication>, _ effects: inout Effects<Timer>
    ) throws {
        guard let basis = basis(of: event.data), state.housing.take(.applied) else { return }
        state.housing.childDeaths = []
        // Not before the month of the application, nor before the right arose (M14).
        var month = max(Month(of: event.knownOn), HousingRules.firstMonth(arose: event.data.from))
        if let move = state.housing.move.head?.value {
            month = max(month, HousingRules.firstMonth(arose: move.effective))
        }
        try investigate(&state, month, basis, from: event.data.from, &effects)
        state.housing.application?.birthDate = event.data.birthDate
        try ask(for: basis.family, &state, &effects)
    }

    /// The dwelling is the same, its cost another: the rest is as it was decided.
    static func changeRent(
        _ state: inout Case, _ event: Event<HousingChange>, _ effects: inout Effects<Timer>
    ) throws {
        guard var basis = state.housing.grants.last?.basis, state.housing.take(.applied) else { return }
        basis.rent = event.data.monthlyRent
        basis.amount = nil
        let month = max(Month(of: event.knownOn), HousingRules.firstMonth(arose: event.data.from))
        try investigate(&state, month, basis, from: event.data.from, &effects)
        state.housing.application?.isNewRent = true
    }

    private static func investigate(
        _ state: inout Case, _ month: Month, _ basis: Case.HousingAllowance.Basis, from: Day,
        _ effects: inout Effects<Timer>
    ) throws {
        let application = Case.HousingAllowance.Application(
            from: from, month: month, basis: basis, openedOn: effects.today,
            decidesOn: SwedishCalendar.adding(workingDays: effects.value(of: HousingRules.handling), to: effects.today))
        state.housing.application = application
        state.housing.openedOn = effects.today
        setHousingTimers(state, &effects)
        try effects.publish(status(of: state.housing, .investigating, expected: application.decidesOn))
        try effects.set(
            Tile(
                .housingAllowance, .investigating,
                "Vi har din ansökan. Besked senast den \(SwedishText.day(application.decidesOn))",
                expected: application.decidesOn))
    }

    static func decideHousing(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard var application = state.housing.application else { return }
        state.housing.application = nil
        state.housing.decidedOn = effects.today
        if !application.isNewRent { countChildren(&application, state) }
        // Without children the age decides (M12).
        guard
            application.basis.children > 0 || application.isNewRent
                || effects.isYoung(application.birthDate, in: application.month)
        else { return try refuse(application, &state, &effects) }
        guard state.housing.take(.granted) else { return }
        let first = application.month
        let last = first.adding(months: effects.value(of: HousingRules.mostMonths) - 1).lastDay
        try endGrants(&state, on: first.firstDay.adding(days: -1), &effects)
        var grant = Case.HousingAllowance.Grant(
            chain: ChainHead(), from: first.firstDay, to: last, basis: application.basis,
            appliedIn: Month(of: application.openedOn), decidedAfter: state.housing.moves,
            amount: effects.housingAllowance(application.basis, in: first))
        try effects.publish(decision(grant, for: effects.subject), in: &grant.chain)
        state.housing.grants.append(grant)
        state.housing.payFrom = state.housing.payFrom ?? first
        if state.housing.payNext == nil { state.housing.payNext = payMonth(first, effects) }
        state.housing.announced = nil
        try effects.publish(status(of: state.housing, .decided))
        let review = effects.rules.reviewDeadline(decided: effects.today)
        let amount = grant.amount.map { "\(InsuranceRules.kronor($0)) i månaden " } ?? ""
        try effects.set(
            Tile(
                .housingAllowance, .decided,
                "Beviljat: \(amount)från \(text(first)) till \(text(Month(of: last))). "
                    + "Begär omprövning senast den \(SwedishText.day(review))", reviewBy: review))
    }

    /// Of the children who are named those count who live there (M12), from the month after the last has come.
    private static func countChildren(_ application: inout Case.HousingAllowance.Application, _ state: Case) {
        let named = application.basis.family
        application.basis.family = named.filter { state.livesWith($0) && state.isChild($0, in: application.month) }
        application.basis.children = application.basis.family.count
        for child in application.basis.family {
            guard let since = state.household.child(child)?.home?.since else { continue }
            application.month = max(application.month, HousingRules.firstMonth(arose: since))
        }
        application.isNamed = !named.isEmpty
    }

    private static func refuse(
        _ application: Case.HousingAllowance.Application, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard state.housing.take(.refused) else { return }
        try effects.publish(
            BenefitDecision(
                benefit: .housingAllowance, outcome: .rejected, from: effects.today,
                payees: [Payee(person: effects.subject, share: 0)]))
        try effects.publish(status(of: state.housing, .decided))
        let review = effects.rules.reviewDeadline(decided: effects.today)
        let why =
            application.isNamed
            ? "Du har inte vårdnaden om ett barn som är folkbokfört där du är det"
            : "Bostadsbidrag finns för barnfamiljer och 18–28 år"
        try effects.set(
            Tile(
                .housingAllowance, .decided,
                "Avslag. \(why). Begär omprövning senast den \(SwedishText.day(review))", reviewBy: review))
    }

    /// A decision ends at most a year after it began: the family is asked before, and told when it is over.
    static func remindOrEnd(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let place = state.housing.grants.indices.last, let last = state.housing.grants[place].last else { return }
        if effects.today > last {
            guard state.housing.take(.lastDayPassed) else { return }
            let month = text(Month(of: last))
            return try effects.set(
                Tile(
                    .housingAllowance, .stopped,
                    "Bostadsbidraget upphörde efter \(month). Ansök när du vill, du får från ansökningsmånaden"))
        }
        state.housing.grants[place].isReminded = true
        try effects.set(
            Tile(
                .housingAllowance, .awaitingCitizen,
                "Ansök på nytt senast den \(SwedishText.day(last)). Annars upphör bostadsbidraget den dagen",
                deadline: last))
    }

    /// The payout day: the month itself, and what is owed of earlier ones, a payment each.
    static func payHousing(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let next = state.housing.payNext else { return }
        let paid = Month(of: effects.today)
        var sum = 0
        for month in state.housing.months(to: max(next, paid)) where state.housing.owed(month) > 0 {
            let amount = state.housing.owed(month)
            try effects.publish(
                InsurancePayment(
                    benefit: .housingAllowance, month: month, amount: amount, kind: .paid, payee: effects.subject,
                    paidOn: effects.today))
            state.housing.notePaid(amount, month)
            sum += amount
        }
        let following = max(next, paid).next
        state.housing.payNext = following
        let announced = state.housing.announced
        state.housing.announced = nil
        setHousingTimers(state, &effects)
        guard sum > 0, announced != effects.today, state.housing.stage == .paying else { return }
        let payday = effects.housingPayday(of: following)
        let goesOn = state.housing.owed(following) > 0
        try effects.set(
            Tile(
                .housingAllowance, .ongoing,
                "\(InsuranceRules.kronor(sum)) utbetalt."
                    + (goesOn ? " Nästa utbetalning den \(SwedishText.day(payday))" : ""),
                next: goesOn ? payday : nil))
    }

    /// The first month whose payout day is to come.
    static func payMonth(_ first: Month, _ effects: Effects<Timer>) -> Month {
        let month = max(first, Month(of: effects.today))
        return effects.housingPayday(of: month) < effects.today ? month.next : month
    }

    /// `april 2026`
    static func text(_ month: Month) -> String { "\(SwedishText.month(month)) \(month.year)" }
}
