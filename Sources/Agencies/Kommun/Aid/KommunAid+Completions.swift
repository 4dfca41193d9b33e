import AgencyKit
import LifeEvents

/// What a household tells after the application: a child is born, somebody moves out, a cost, an explanation.
extension KommunAid {
    var completions: [River<Self>] {
        [
            River(
                "take a completion", hears: AidCompletion.self, under: [AidRules.right],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of a month that is applied for") { state, event in
                        state.place(of: event.data.caseRef) != nil
                    }
                ],
                whole: [
                    Condition("is filed by an adult of the household, or by a god man in scope") { state, event in
                        guard let place = state.place(of: event.data.caseRef) else { return false }
                        return state.months[place].adults.contains(event.data.filedBy)
                            || state.representatives.mayAct(event.data.filedBy, on: event.knownOn)
                    },
                    Condition("is of a month that is not closed") { state, event in
                        state.place(of: event.data.caseRef).map { state.months[$0].isOpen } ?? false
                    },
                ], handle: Self.complete)
        ]
    }

    private static func complete(
        _ state: inout Case, _ event: Event<AidCompletion>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.place(of: event.data.caseRef) else { return }
        let data = event.data
        state.months[place].costs.rent = data.rent ?? state.months[place].costs.rent
        state.months[place].costs.power = data.power ?? state.months[place].costs.power
        state.months[place].costs.insurance = data.insurance ?? state.months[place].costs.insurance
        state.months[place].costs.fund = data.fund ?? state.months[place].costs.fund
        state.months[place].costs.other = data.other ?? state.months[place].costs.other
        state.months[place].declared = data.income ?? state.months[place].declared
        state.months[place].rentTo = data.rentTo ?? state.months[place].rentTo
        if data.explanation == .manualReview { try askForPerson(place, &state, &effects) }
        if let explanation = data.explanation, explanation != .manualReview {
            let month = state.months[place]
            try tell(
                month.adults, .aidLateIncome, .received,
                "Vi har er förklaring. Inkomsten räknas med för \(month.name).", state, &effects)
        }
        if let household = data.household { try change(household, data, place, &state, &effects) }
        switch state.months[place].stage {
        case .calculated, .hearing: if data.explanation == nil { try retell(place, &state, &effects) }
        default: break
        }
        setTimer(state, &effects)
    }

    /// What is told before the decision is reckoned anew, on the same day.
    static func retell(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let due = state.months[place].due
        try reckon(place, &state, &effects)
        state.months[place].due = due ?? state.months[place].due
    }

    private static func change(
        _ members: [AidMember], _ data: AidCompletion, _ place: Int, _ state: inout Case,
        _ effects: inout Effects<Timer>
    ) throws {
        let before = state.months[place]
        let since = data.since ?? effects.today
        let left = before.adults.filter { person in !members.contains { $0.person == person } }
        if !left.isEmpty { return try leave(left, since, place, &state, &effects) }
        let born = members.filter { member in !before.members.contains { $0.person == member.person } }
        guard !born.isEmpty else { return }
        // From the day on, in thirtieths of the month.
        let grown = AidHousehold(before.members + born, in: before.month, nights: before.nights)
        let more =
            effects.rules.aidNorm(grown, in: before.month) - effects.rules.aidNorm(before.household, in: before.month)
        let days = max(0, min(30, since.distance(to: before.month.lastDay) + 1))
        state.months[place].growth += more * days / 30
        state.months[place].born += born.map(\.person)
        try tell(
            before.adults, .aidFacts, .informed,
            "Vi vet att hushållet är fler från \(SwedishText.day(since)). Ni behöver inte göra något.", state, &effects)
        try reckonAgain(place, "att hushållet är fler från \(SwedishText.day(since))", &state, &effects)
    }

    /// An adult has moved out: what was paid stands, and what is asked from now on is not about that one.
    private static func leave(
        _ left: [Subject], _ since: Day, _ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let month = state.months[place]
        let next = InsuranceRules.monthName(month.month.next)
        let opens = SwedishText.day(AidMonth.opens(month.month.next, effects.value(of: AidRules.opens)))
        let text =
            "Ni är två hushåll från \(SwedishText.day(since)). \(AidRules.capital(month.name)) betalas inte igen. Ansök var "
            + "för sig om \(next) från \(opens)."
        try tell(month.adults, .aidApplication, .informed, text, state, &effects)
        for person in left {
            try effects.publish(
                AidNote(municipality: effects.municipality, month: month.month, kind: .paidWithHousehold), about: person
            )
        }
        state.months[place].members.removeAll { left.contains($0.person) }
        state.months[place].facts.removeAll { left.contains($0.person) }
        state.months[place].missing = []
        state.months[place].askAgain = nil
    }

    /// A person looks at what a programme decided, in two working days.
    private static func askForPerson(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.months[place].isAutomated else { return }
        state.months[place].reviewDue = effects.morning(afterWorkingDays: effects.value(of: AidRules.repeatCase))
        let month = state.months[place]
        let day = SwedishText.day(Stockholm.day(of: month.reviewDue ?? effects.now))
        try tell(
            month.adults, .aidDecision, .underReview,
            "En handläggare går igenom beslutet för \(month.name). Besked \(day).",
            state, &effects)
    }

    static func reviewByPerson(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        state.months[place].reviewDue = nil
        state.months[place].isAutomated = false
        let month = state.months[place]
        let balance = month.balance(effects.rules, aidMonths: Set(state.paid.map(\.month)).count)
        guard balance <= month.decided ?? 0 else {
            return try reckonAgain(place, "att en handläggare har gått igenom beslutet", &state, &effects)
        }
        let by = appealBy(effects)
        try tell(
            month.adults, .aidDecision, .decided,
            "En handläggare har gått igenom beslutet för \(month.name). Det är som förut. Överklaga senast "
                + "\(SwedishText.day(by)).", state, &effects, reviewBy: by)
    }
}
