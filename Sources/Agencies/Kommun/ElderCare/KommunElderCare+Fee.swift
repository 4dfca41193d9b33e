import AgencyKit
import LifeEvents

/// The fee of care (omsorgsavgift): asked about with the person's consent, decided five working days later, changed from the
/// month after (E11, E14, E22).
extension KommunElderCare {
    var fees: [River<Self>] {
        [
            River(
                "reckon the fee by what the Pensions Agency pays", hears: PensionAmountAnswer.self,
                under: [
                    ElderCareRules.maximum.legal, ElderCareRules.minimum.legal, ElderCareRules.feeDecision.legal,
                    ElderCareRules.rent.legal, ElderCareRules.taxed.legal,
                ],
                concerns: { [$0.data.asker] },
                handle: Self.reckon),
            River(
                "ask again when a pension changes", hears: PensionDecision.self,
                under: [ElderCareRules.feeDecision.legal],
                concerns: { Kommun.concerned($0.data.concerns ?? []) },
                mine: [
                    Condition("has a fee, or lets us know the pension for that of an older service") { state, _ in
                        state.care.fee.stage == .set && state.isOpen
                            || state.hasOlderService
                                && state.care.permits.known.contains { $0.scope == .careFee && $0.chain.holds }
                    },
                    Condition("is new, or changes what we know") { state, event in
                        event.isNew || state.care.fee.decisions.contains { event.follows($0) }
                    },
                ],
                handle: { state, event, effects in
                    if let place = state.care.fee.decisions.firstIndex(where: { event.follows($0) && !event.isNew }) {
                        try state.care.fee.decisions[place].take(event)
                    } else {
                        state.care.fee.decisions.append(ChainHead(event))
                    }
                    if event.data.kind == .guarantee { state.care.fee.asksGuarantee = true }
                    let month = Month(of: effects.today)
                    let own = Self.firstWorkingDay(event.data.month)
                    let day = own > effects.today ? own : Self.firstWorkingDay(month.next)
                    effects.setTimer(.careIncome, at: KommunRules.morning(day))
                }),
            River(
                "ask again when a pension never was", hears: Annulled<PensionDecision>.self,
                mine: [
                    Condition("annuls what we know") { state, event in
                        state.care.fee.decisions.contains { event.annuls($0) }
                    }
                ],
                handle: { state, event, effects in
                    for place in state.care.fee.decisions.indices where event.annuls(state.care.fee.decisions[place]) {
                        try state.care.fee.decisions[place].take(event)
                    }
                    let day = Self.firstWorkingDay(Month(of: effects.today).next)
                    effects.setTimer(.careIncome, at: KommunRules.morning(day))
                }),
        ]
    }

    static let feePurpose = Purpose(known: "care-fee")

    private static func firstWorkingDay(_ month: Month) -> Day {
        SwedishCalendar.isWorkingDay(month.firstDay)
            ? month.firstDay : SwedishCalendar.adding(workingDays: 1, to: month.firstDay)
    }

    /// Once what was granted has begun; a home may be long in coming and is not waited for.
    static func askForIncome(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.care.fee.stage == .none, state.care.fee.from != nil,
            !state.care.requests.contains(where: { $0.service != .residentialCare && $0.stage == .granted })
        else { return }
        try askPensions(&state, &effects)
    }

    static func askPensions(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard !state.death.holds else { return }
        let holders = state.care.permits.holders(to: effects.agency, .careFee, on: effects.today)
        guard !holders.isEmpty else { return try askPerson(&state, &effects) }
        state.care.fee.stage = .asked
        try effects.ask(
            PensionAmountNeed(
                caseRef: "care-fee",
                facts: state.care.fee.asksGuarantee
                    ? ["oldAge", "guarantee", "housingSupplement"] : ["oldAge", "housingSupplement"], asked: holders,
                month: Month(of: effects.today)), for: feePurpose, in: &state.care.fee.inquiry)
    }

    /// Without consent the fee rests on what the person tells.
    static func askPerson(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        if state.care.fee.stage == .none { state.care.fee.stage = .asked }
        let last = SwedishCalendar.lastDayMoved(effects.today.adding(months: 1))
        try tell(
            Tile(
                .careFee, .awaitingCitizen,
                "Säg till kommunen vad du har i inkomst senast \(SwedishText.day(last)). Annars kan avgiften bli den högsta.",
                deadline: last), state, &effects)
    }

    private static func reckon(
        _ state: inout Case, _ event: Event<PensionAmountAnswer>, _ effects: inout Effects<Timer>
    ) throws {
        guard case .complete = state.care.fee.inquiry.take(event) else { return }
        guard event.data.status == .answered else { return try askPerson(&state, &effects) }
        state.care.fee.told = .init(
            pension: (event.data.oldAge ?? 0) + (event.data.guarantee ?? 0),
            supplement: event.data.housingSupplement ?? 0)
        guard let told = state.care.fee.told else { return }
        count(told, &state, &effects)
    }

    /// The fee as an income makes it, decided some days later.
    static func count(_ income: Case.Income, _ state: inout Case, _ effects: inout Effects<Timer>) {
        state.care.fee.next = ElderCareRules.fee(
            oldAge: income.pension, supplement: income.supplement, on: effects.today, effects.rules)
        state.care.fee.reason =
            income.supplement > state.care.fee.supplement ? .supplementCounts : .incomeChanged
        state.care.fee.supplement = income.supplement
        effects.setTimer(
            .careFee,
            at: KommunRules.morning(
                SwedishCalendar.adding(workingDays: effects.value(of: ElderCareRules.feeDecision), to: effects.today)))
    }

    static func decideFee(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let amount = state.care.fee.next, !state.death.holds else { return }
        let isFirst = state.care.fee.amount == nil
        state.care.fee.next = nil
        state.care.fee.stage = .set
        guard isFirst || amount != state.care.fee.amount else {
            // Who has said something is answered.
            guard state.care.fee.own != nil else { return }
            return try tell(Tile(.careFee, .decided, "Din avgift ändras inte"), state, &effects)
        }
        state.care.fee.amount = amount
        let last = ElderCareRules.lastAppeal(decided: effects.today, effects.rules)
        if state.hasOlderService {
            // What was paid until now is not known here, so that only the change is told.
            let names = Amounts.list(state.services.filter { $0.stage != .ended }.map(\.service.feeText))
            return try tell(
                Tile(
                    .careFee, .decided,
                    "Din avgift för \(names) är ändrad från \(PensionRules.text(Month(of: effects.today).next)). Överklaga "
                        + "senast \(SwedishText.day(last)). Stämmer inkomsten inte? Hör av dig till kommunen",
                    reviewBy: last), state, &effects)
        }
        // A change counts from the month after, never back in time.
        let from =
            isFirst
            ? SwedishText.day(state.care.fee.from ?? effects.today)
            : PensionRules.text(Month(of: effects.today).next)
        let kept = PensionRules.kronor(effects.value(of: ElderCareRules.minimum))
        let why: String
        switch (amount, state.care.fee.reason) {
        case (0, _): why = "för att minst \(kept) kr ska finnas kvar när hyran är betald"
        case (_, .supplementCounts): why = "för att bostadstillägget räknas som inkomst"
        case (_, .incomeChanged): why = "efter vad du har kvar när hyran är betald"
        }
        try tell(
            Tile(
                .careFee, .decided,
                "Avgiften är \(PensionRules.kronor(amount)) kr i månaden från \(from), \(why). Överklaga senast "
                    + "\(SwedishText.day(last)). Säg till kommunen om inkomsten ändras.", reviewBy: last), state,
            &effects)
    }
}

extension ElderCareService {
    /// What a fee is for.
    fileprivate var feeText: String {
        switch self {
        case .homeHelp: "hemtjänst"
        case .residentialCare: "särskilt boende"
        case .alarm: "trygghetslarm"
        }
    }
}
