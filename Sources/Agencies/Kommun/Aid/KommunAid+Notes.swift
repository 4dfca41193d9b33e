import AgencyKit
import LifeEvents

/// What a caseworker has found or decided by hand, and what only the committee may decide (A10, A12).
extension KommunAid {
    var notes: [River<Self>] {
        [
            River(
                "act on a caseworker's note", hears: AidNote.self,
                under: [AidRules.household, AidRules.activity.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of a month that is applied for") { state, event in
                        state.place(of: event.data.month) != nil
                    }
                ], handle: Self.note),
            River(
                "remember what was paid with another household", hears: AidNote.self,
                concerns: { Kommun.named($0.data.municipality) },
                mine: [Condition("says so") { _, event in event.data.kind == .paidWithHousehold }],
                handle: { state, event, _ in state.paidWithOthers.append(event.data.month) }),
            River(
                "tell whether a further adult consents", hears: AidNote.self, under: [AidRules.moveMonth],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [Condition("asks for it") { _, event in event.data.kind == .consentAsked }],
                handle: { state, event, effects in
                    guard let applicant = event.data.person else { return }
                    state.consentFor = .init(applicant: applicant, month: event.data.month)
                    try Self.passOnConsent(&state, &effects)
                }),
        ]
    }

    private static func note(
        _ state: inout Case, _ event: Event<AidNote>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.place(of: event.data.month) else { return }
        let month = state.months[place]
        let last = event.data.until ?? effects.today.adding(days: effects.value(of: AidRules.hearing))
        let by = SwedishText.day(last)
        switch event.data.kind {
        case .registeredElsewhere:
            try tell(
                month.adults, .aidFacts, .awaitingCitizen,
                "Stämmer hushållet? Ett barn är folkbokfört på en annan adress. Svara senast \(by). Annars räknar vi barnet "
                    + "efter de nätter som ni och den andra föräldern är överens om.", state, &effects, deadline: last)
        case .cohabitant:
            let people = month.adults + [event.data.person].compactMap(\.self).filter { !month.adults.contains($0) }
            try tell(
                people, .aidFacts, .awaitingCitizen,
                "Försäkringskassan har uppgift om sambo, ansökan säger ensam. Visa hur ni bor senast \(by). Vi beslutar "
                    + "efter det som visas, inte efter någon annans register.", state, &effects, deadline: last)
        case .evidence:
            if let child = event.data.person, let nights = event.data.nights {
                state.months[place].nights.removeAll { $0.child == child }
                state.months[place].nights.append(.init(child: child, percent: nights))
            }
            try tell(
                month.adults, .aidFacts, .done, "Vi vet hur ni bor. Det räknas från \(month.name).", state, &effects)
            if month.stage == .calculated { try retell(place, &state, &effects) }
        case .askedByHand:
            guard let person = event.data.person else { return }
            state.months[place].byHand.removeAll { $0 == person }
            state.months[place].handIncome += event.data.amount ?? 0
            if month.stage == .calculated { try retell(place, &state, &effects) }
        case .absent:
            state.months[place].cut = event.data.amount ?? 0
        case .excused:
            state.months[place].cut = 0
            state.months[place].hasPlan = true
            state.months[place].waitsForPlan = false
        case .planAgreed:
            state.months[place].hasPlan = true
            state.months[place].waitsForPlan = false
        case .wrongFacts:
            try effects.publish(
                CommitteeItem(
                    municipality: effects.municipality, about: effects.subject, kind: .claim, caseRef: month.caseRef,
                    amount: event.data.amount, readyOn: effects.today), about: desk(effects))
            try tell(
                month.adults, .aidLateIncome, .underReview,
                "Socialnämnden prövar \(SwedishText.day(AidRules.committeeDay(after: effects.today))) om "
                    + "\(InsuranceRules.kronor(event.data.amount ?? 0)) för \(month.name) ska betalas tillbaka.", state,
                &effects)
        case .consentGiven:
            guard let person = event.data.person else { return }
            state.months[place].consented.append(person)
            try askElsewhere(place, &state, &effects)
        case .paidWithHousehold, .consentAsked: break
        }
        setTimer(state, &effects)
    }

    /// The desk of the municipality's committee (socialnämnd).
    static func desk(_ effects: Effects<Timer>) -> Subject {
        Subject(text: "desk:\(effects.agency)/socialnamnd") ?? effects.subject
    }

    var committee: [River<Self>] {
        [
            River(
                "lay a case before the committee", hears: CommitteeItem.self, under: [AidRules.thirds],
                concerns: { Kommun.named($0.data.municipality) },
                handle: { state, event, effects in
                    state.items.append(
                        .init(
                            about: event.data.about, kind: event.data.kind, caseRef: event.data.caseRef,
                            amount: event.data.amount, cause: effects.cause))
                    effects.setTimer(
                        .committee, at: KommunRules.morning(AidRules.committeeDay(after: event.data.readyOn)))
                }),
            River(
                "tell what the committee has decided", hears: CommitteeDecision.self, under: [AidRules.household],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is a claim on the household") { state, event in
                        event.data.kind == .claim && state.place(of: event.data.caseRef) != nil
                    }
                ],
                handle: { state, event, effects in
                    guard let place = state.place(of: event.data.caseRef) else { return }
                    let month = state.months[place]
                    let by = Self.appealBy(effects)
                    let amount = InsuranceRules.kronor(event.data.amount ?? 0)
                    let text =
                        event.data.outcome == .granted
                        ? "\(AidRules.capital(month.you)) ska betala tillbaka \(amount) för \(month.name), för att uppgifter var "
                            + "fel. Överklaga senast \(SwedishText.day(by))."
                        : "\(AidRules.capital(month.you)) ska inte betala tillbaka något för \(month.name)."
                    try Self.tell(month.adults, .aidLateIncome, .decided, text, state, &effects, reviewBy: by)
                }),
        ]
    }

    /// The committee meets: it decides as the papers propose; a scenario may say otherwise in its name.
    static func meet(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        for item in state.items {
            try effects.publish(
                CommitteeDecision(
                    municipality: effects.municipality, caseRef: item.caseRef, kind: item.kind, outcome: .granted,
                    amount: item.amount), about: item.about, cause: item.cause)
        }
        state.items = []
    }
}
