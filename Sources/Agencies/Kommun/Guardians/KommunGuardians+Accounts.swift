import AgencyKit
import LifeEvents

/// Inventory, yearly account, fee, and what happens to who is late (FB 14 and 16 kap., G7 to G12).
extension KommunGuardians {
    var accounts: [River<Self>] {
        [
            River(
                "take an inventory", hears: GuardianInventory.self,
                under: [GuardianRules.inventory.legal, GuardianRules.reviewInventory.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [Condition("is waited for") { state, _ in state.supervision.stage == .appointed }],
                whole: [
                    Condition("is filed by the representative") { state, event in state.holder == event.data.filedBy },
                    Condition("is on honour") { _, event in event.data.onHonour },
                ], handle: Self.takeInventory),
            River(
                "take a yearly account", hears: YearlyAccount.self,
                under: [GuardianRules.yearly, GuardianRules.reviewAccount.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [Condition("is waited for") { state, _ in state.supervision.stage == .yearDue }],
                whole: [
                    Condition("is filed by the representative") { state, event in state.holder == event.data.filedBy },
                    Condition("adds up") { _, event in
                        event.data.opening + event.data.income - event.data.expenses == event.data.closing
                    },
                ], handle: Self.takeAccount),
            River(
                "hear a balance", hears: AssetsAnswer.self, under: [GuardianRules.disclosure],
                concerns: { [$0.data.asker] },
                mine: [
                    Condition("is of a party that we have asked") { state, event in
                        state.supervision.extracts.contains { $0.party == event.source }
                    }
                ],
                handle: { state, event, _ in
                    guard let party = event.source, let balance = event.data.balance else { return }
                    state.supervision.balances.removeAll { $0.party == party && $0.asOf == event.data.asOf }
                    state.supervision.balances.append(.init(party: party, asOf: event.data.asOf, amount: balance))
                }),
            River(
                "hear the principal on a weighty act", hears: GuardianView.self, under: [GuardianRules.viewHere.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [Condition("is of a request in hand") { state, _ in state.division.stage == .asked }],
                whole: [
                    Condition("is filed by the principal") { _, event in event.data.filedBy == event.subject }
                ],
                handle: { state, event, _ in state.division.request?.agrees = event.data.agrees }),
        ]
    }

    private static func takeInventory(
        _ state: inout Case, _ event: Event<GuardianInventory>, _ effects: inout Effects<Timer>
    ) throws {
        guard let holder = state.holder else { return }
        state.supervision.stage = .inventoryIn
        state.supervision.debts = event.data.debts
        state.supervision.closing = event.data.assets
        state.supervision.yearFrom = event.data.asOf
        state.supervision.reminders = 0
        effects.cancelTimer(.late)
        let day = SwedishCalendar.adding(
            workingDays: effects.value(of: GuardianRules.reviewInventory), to: effects.today)
        try awaitReview(until: day, &effects)
        try effects.set(
            Tile(
                .guardianInventory, .received,
                "Förteckningen kom in \(SwedishText.day(effects.today)). Granskningen väntas klar \(SwedishText.day(day)).",
                about: effects.subject, expected: day), for: holder)
    }

    private static func awaitReview(until day: Day, _ effects: inout Effects<Timer>) throws {
        effects.setTimer(.review, at: KommunRules.morning(day))
        try effects.publish(
            MunicipalCaseStatus(
                caseRef: "supervision", municipality: effects.municipality, service: .guardianship, expectedDate: day,
                state: .investigating))
    }

    private static func takeAccount(
        _ state: inout Case, _ event: Event<YearlyAccount>, _ effects: inout Effects<Timer>
    ) throws {
        guard let holder = state.holder, let year = state.supervision.year else { return }
        effects.cancelTimer(.late)
        state.supervision.reminders = 0
        let answered = state.supervision.balances.filter { $0.asOf == event.data.to }
        let isGap = !answered.isEmpty && answered.reduce(0) { $0 + $1.amount } != event.data.closing
        guard !isGap else {
            // What banks have said differs: the representative is heard.
            let last = SwedishCalendar.lastDayMoved(
                effects.today.adding(days: effects.value(of: GuardianRules.reminder)))
            state.supervision.lastDay = last
            effects.setTimer(.late, at: KommunRules.instant(after: last))
            return try effects.set(
                Tile(
                    .yearlyAccount, .awaitingCitizen,
                    "Årsräkningen för \(year) stämmer inte med bankernas saldon. Förklara eller lämna en ny senast "
                        + "\(SwedishText.day(last)). Annars kan du få en anmärkning.", about: effects.subject,
                    deadline: last), for: holder)
        }
        state.supervision.stage = .yearIn
        state.supervision.closing = event.data.closing
        let day = SwedishCalendar.adding(workingDays: effects.value(of: GuardianRules.reviewAccount), to: effects.today)
        try awaitReview(until: day, &effects)
        try effects.set(
            Tile(
                .yearlyAccount, .received,
                "Årsräkningen för \(year) kom in \(SwedishText.day(effects.today)). Granskningen väntas klar omkring "
                    + "\(SwedishText.day(day)).", about: effects.subject, expected: day), for: holder)
    }

    /// What is in is looked through.
    static func review(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let holder = state.holder else { return }
        let today = SwedishText.day(effects.today)
        func done() throws {
            try effects.publish(
                MunicipalCaseStatus(
                    caseRef: "supervision", municipality: effects.municipality, service: .guardianship,
                    state: .executing))
        }
        switch state.supervision.stage {
        case .inventoryIn:
            state.supervision.stage = .active
            try done()
            let last = GuardianRules.accountDay(of: effects.today.year)
            try effects.set(
                Tile(
                    .guardianInventory, .done,
                    "Förteckningen är granskad \(today). Spara kvitton till årsräkningen, som ska vara inne senast "
                        + "\(SwedishText.day(last)).", about: effects.subject), for: holder)
            if let next = Month(year: effects.today.year + 1, month: 1) {
                effects.setTimer(.year, at: Stockholm.instant(next.firstDay))
            }
        case .yearIn:
            guard let year = state.supervision.year else { return }
            state.supervision.stage = .active
            try decideFee(year, &state, &effects)
            try done()
            try effects.set(
                Tile(
                    .yearlyAccount, .done, "Årsräkningen för \(year) är granskad utan anmärkning \(today).",
                    about: effects.subject), for: holder)
            state.supervision.yearFrom = Month(year: year + 1, month: 1)?.firstDay
            if let next = Month(year: effects.today.year + 1, month: 1) {
                effects.setTimer(.year, at: Stockholm.instant(next.firstDay))
            }
        case .none, .appointed, .active, .yearDue, .finalDue: return
        }
    }

    private static func decideFee(_ year: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let fact = state.fact, let holder = state.holder, let end = Day(year: year, month: 12, dayOfMonth: 31)
        else {
            return
        }
        let first = state.supervision.yearFrom ?? fact.from
        let months = first.year == year ? 13 - first.month : 12
        let fee = GuardianRules.fee(fact.scope, months: months, on: end, effects.rules)
        // The year's income is not known here, so that the assets alone decide.
        let share = GuardianRules.principalShare(
            of: fee, income: 0, assets: state.supervision.closing - state.supervision.debts, on: end, effects.rules)
        try effects.publish(
            GuardianFee(
                year: year, amount: fee, paidBy: share == fee ? .principal : share == 0 ? .kommun : .both,
                principalShare: share == fee || share == 0 ? nil : share))
        let last = GuardianRules.last(effects.value(of: GuardianRules.appeal), from: effects.today)
        let payer =
            share == fee
            ? "huvudmannens pengar" : share == 0 ? "kommunens pengar" : "huvudmannens och kommunens pengar"
        let text =
            "Arvodet för \(year) är \(PensionRules.kronor(fee)) kr och betalas med \(payer). Överklaga senast "
            + "\(SwedishText.day(last))."
        try effects.set(Tile(.guardianFee, .decided, text, about: effects.subject, reviewBy: last), for: holder)
        try effects.set(Tile(.guardianFee, .decided, text, reviewBy: last))
    }

    /// The balances of a day, for the representative's form.
    static func askBanks(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let day = state.supervision.asksFor else { return }
        for extract in state.supervision.extracts where extract.party.owner == .bank && extract.chain.holds {
            try effects.publish(
                AssetsNeed(caseRef: "assets-\(day)", facts: ["balance"], asked: [extract.party], asOf: day),
                purpose: GuardianRules.supervision)
        }
    }

    /// A year is over: its account is due before the 1st of March.
    static func beginYear(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let holder = state.holder, state.chain.holds else { return }
        let year = effects.today.year - 1
        guard let end = Day(year: year, month: 12, dayOfMonth: 31), let start = Day(year: year, month: 1, dayOfMonth: 1)
        else { return }
        state.supervision.stage = .yearDue
        state.supervision.year = year
        state.supervision.asksFor = end
        let first = max(state.supervision.yearFrom ?? start, start)
        let last = GuardianRules.accountDay(of: year)
        state.supervision.lastDay = last
        effects.setTimer(.late, at: KommunRules.instant(after: last))
        try askBanks(&state, &effects)
        let period = "\(SwedishText.shortDay(first))–\(SwedishText.day(end))"
        try effects.set(
            Tile(
                .yearlyAccount, .awaitingCitizen,
                "Lämna årsräkning för \(period) senast \(SwedishText.day(last)). Bankernas saldon är ifyllda. Annars kan du "
                    + "få betala vite.", about: effects.subject, deadline: last), for: holder)
    }

    /// Late: a reminder with a time, then a fine, which the court imposes.
    static func remind(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let holder = state.holder, state.chain.holds else { return }
        let isInventory = state.supervision.stage == .appointed
        guard isInventory || state.supervision.stage == .yearDue else { return }
        let (tile, what): (TileName, String) =
            isInventory ? (.guardianInventory, "Förteckningen") : (.yearlyAccount, "Årsräkningen")
        let last = SwedishCalendar.lastDayMoved(effects.today.adding(days: effects.value(of: GuardianRules.reminder)))
        state.supervision.lastDay = last
        state.supervision.reminders += 1
        let text: String
        if state.supervision.reminders == 1 {
            text =
                "\(what) har inte kommit in. Lämna den senast \(SwedishText.day(last)). Annars kan du få betala vite."
            effects.setTimer(.late, at: KommunRules.instant(after: last))
        } else {
            let sum = PensionRules.kronor(effects.value(of: GuardianRules.fine))
            text =
                "\(what) har inte kommit in. Tingsrätten kan döma ut vite på \(sum) kr. Lämna den senast "
                + "\(SwedishText.day(last))."
        }
        try effects.publish(
            MunicipalCaseStatus(
                caseRef: "supervision", municipality: effects.municipality, service: .guardianship,
                state: .awaitingCitizen))
        try effects.set(Tile(tile, .awaitingCitizen, text, about: effects.subject, deadline: last), for: holder)
    }
}
