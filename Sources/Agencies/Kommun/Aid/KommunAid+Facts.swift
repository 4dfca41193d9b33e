import AgencyKit
import LifeEvents

/// What SSBTEK's sources know of the adults, and what is reckoned from it (A5 to A8).
extension KommunAid {
    var facts: [River<Self>] {
        [
            River(
                "take what the sources know", hears: CompositeIncomeAnswer.self, under: [AidRules.asked],
                concerns: { [$0.data.asker] },
                mine: [
                    Condition("is of a month that is open") { state, event in
                        state.place(of: event.data.caseRef).map {
                            ![.closed, .dismissed, .applied].contains(state.months[$0].stage)
                        } ?? false
                    },
                    Condition("is an answer, and no refusal") { _, event in event.data.status == .answered },
                    Condition("is of an adult of the household") { state, event in
                        state.place(of: event.data.caseRef).map {
                            state.months[$0].adults.contains(event.data.person)
                        } ?? false
                    },
                ], handle: Self.take)
        ]
    }

    /// Asks SSBTEK about each adult, of the three months before.
    static func fetch(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let month = state.months[place]
        // Said first: who may ask is who has an open case.
        try publish(.investigating, of: month, &effects)
        let sources = month.plan == nil ? AidRules.sources : newcomerSources
        try ask(sources, month, state, &effects)
        state.months[place].waits = month.adults
        state.months[place].askedOn = effects.today
        // A day for the sources, an hour for the way.
        state.months[place].due = effects.now + .hours(25)
        try tell(
            month.adults, .aidApplication, .investigating,
            "Ansökan för \(month.name) är komplett sedan \(SwedishText.day(effects.today)). Beslut väntas "
                + "\(SwedishText.day(month.expected ?? effects.today)).", state, &effects, expected: month.expected)
        try tell(
            month.adults, .aidFacts, .awaitingAgency,
            "Vi frågade \(SwedishText.day(effects.today)) \(AidRules.list(sources.map(AidRules.name))). Du ser "
                + "svaren om dig här.", state, &effects, other: .ssbtek)
        state.months[place].isDrawn = isDrawn(effects)
    }

    /// Every tenth grant that could be automated goes to a person first (A10).
    private static func isDrawn(_ effects: Effects<Timer>) -> Bool {
        // A person's key is drawn from the seed.
        Int(effects.subject.rawValue % 100) < effects.value(of: AidRules.drawn)
    }

    private static func ask(
        _ sources: [AgencyID], _ month: AidMonth, _ state: Case, _ effects: inout Effects<Timer>, cause: Cause? = nil
    ) throws {
        let last = month.month.adding(months: -1).lastDay
        let first = month.month.adding(months: -3).firstDay
        for adult in month.adults {
            try effects.publish(
                AidIncomeNeed(
                    caseRef: month.caseRef, facts: AidSources.facts, asked: [.ssbtek], answerTo: effects.subject,
                    household: month.household.members, from: first, to: last, sources: sources), about: adult,
                cause: cause, purpose: AidSources.financialAid)
        }
    }

    /// A source that has not answered is asked again each day until the month closes.
    static func askAgain(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let month = state.months[place]
        guard !month.missing.isEmpty, month.isOpen else {
            state.months[place].askAgain = nil
            return
        }
        try ask(month.missing, month, state, &effects, cause: month.cause)
        state.months[place].waits = month.adults
        state.months[place].askAgain = Stockholm.instant(effects.today.adding(days: 1), hour: 8)
    }

    private static func take(
        _ state: inout Case, _ event: Event<CompositeIncomeAnswer>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.place(of: event.data.caseRef) else { return }
        let data = event.data
        state.months[place].waits.removeAll { $0 == data.person }
        // What a source says anew replaces what it said.
        state.months[place].facts.removeAll { $0.person == data.person && data.answered.contains($0.fact.source) }
        state.months[place].facts += (data.facts ?? []).map { .init(person: data.person, fact: $0) }
        for source in data.answered where !state.months[place].answered.contains(source) {
            state.months[place].answered.append(source)
        }
        let dark = data.missing + data.refused
        state.months[place].missing.removeAll { data.answered.contains($0) && !dark.contains($0) }
        for source in dark where !state.months[place].missing.contains(source) {
            state.months[place].missing.append(source)
        }
        guard state.months[place].waits.isEmpty else { return }
        guard state.months[place].stage == .fetching else {
            return try takeLate(place, &state, &effects)
        }
        try goOn(place, &state, &effects)
        setTimer(state, &effects)
    }

    /// All is there, or its time is over: the sum is reckoned.
    static func goOn(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.months[place].take(.fetched) else { return }
        state.months[place].byHand = state.months[place].waits
        state.months[place].waits = []
        let month = state.months[place]
        let today = SwedishText.day(effects.today)
        if month.missing.isEmpty && month.byHand.isEmpty {
            try tell(
                month.adults, .aidFacts, .done,
                "\(AidRules.all(month.answered.count)) svarade \(today). Kontrollera uppgifterna om dig. Stämmer "
                    + "något inte, säg till före beslutet.", state, &effects)
        } else {
            let since = SwedishText.day(month.askedOn ?? effects.today)
            for adult in month.adults {
                let isByHand = month.byHand.contains(adult)
                let names = AidRules.capital(AidRules.list(month.missing.map(AidRules.name)))
                let text =
                    isByHand
                    ? "En handläggare hämtar uppgifterna om dig för hand."
                    : month.missing.isEmpty
                        ? "Alla \(AidRules.count(month.answered.count)) svarade \(today) om dig. Kontrollera uppgifterna."
                        : "\(names) har inte svarat sedan \(since). Vi räknar utan den."
                try tell([adult], .aidFacts, .awaitingAgency, text, state, &effects, other: .ssbtek)
            }
            state.months[place].askAgain =
                month.missing.isEmpty ? nil : Stockholm.instant(effects.today.adding(days: 1), hour: 8)
        }
        guard month.plan == nil else { return try reckonPlan(place, &state, &effects) }
        try askAboutWage(place, &state, &effects)
        try compareWithMonthBefore(place, &state, &effects)
        try demandActivity(place, &state, &effects)
        try reckon(place, &state, &effects)
    }

    /// The tile of the calculation, and the day of decision; a programme decides at once where it may.
    static func reckon(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let month = state.months[place]
        let aidMonths = Set(state.paid.map(\.month)).count
        let norm = month.norm(effects.rules)
        let income = month.income(effects.rules, aidMonths: aidMonths)
        let balance = norm + month.costs.sum - income
        let day = max(month.expected ?? effects.today, effects.today)
        let result =
            balance > 0
            ? "är \(InsuranceRules.kronor(balance)) för \(month.name)"
            : "ger ett överskott på \(InsuranceRules.kronor(-balance)) för \(month.name)"
        try tell(
            month.adults, .aidCalculation, .investigating,
            "Norm \(InsuranceRules.kronor(norm)) plus boende med mera \(InsuranceRules.kronor(month.costs.sum)) minus "
                + "inkomster \(InsuranceRules.kronor(income)) \(result). Beslut väntas \(SwedishText.day(day)).", state,
            &effects, expected: day)
        if balance > 0, isAutomated(month, effects) {
            state.months[place].isAutomated = true
            return try decide(place, &state, &effects)
        }
        let morning = Stockholm.instant(day, hour: 8)
        state.months[place].due = morning > effects.now ? morning : effects.morning(afterWorkingDays: 1)
    }

    /// Only whole grants, all sources there, nobody protected, by a committee that has delegated it.
    private static func isAutomated(_ month: AidMonth, _ effects: Effects<Timer>) -> Bool {
        AidRules.automating.contains(effects.municipality) && month.missing.isEmpty && month.byHand.isEmpty
            && month.cut == 0 && !month.isDrawn && !month.waitsForPlan
    }
}
