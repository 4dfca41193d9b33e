import AgencyKit
import LifeEvents

/// Who has moved to Sweden is asked, tried and insured; child benefit of the household follows (N10, N11).
extension Forsakringskassan {
    var arrivals: [River<Self>] {
        [
            River(
                "keep a permit", hears: ResidencePermit.self, under: [ArrivalRules.insured],
                mine: [
                    Condition("is granted or extended, or corrects what we keep") { state, event in
                        event.isNew || event.corrects(state.arrival.permit)
                    }
                ],
                handle: { state, event, _ in
                    // A further permit changes nothing: who is insured stays so.
                    let first = state.arrival.permit.head?.value ?? event.data.from
                    if event.isNew {
                        state.arrival.permit.adopt(event, event.data.state == .extended ? first : event.data.from)
                    } else {
                        try state.arrival.permit.take(event, event.data.from)
                    }
                    state.arrival.family = event.data.family
                    state.arrival.take(.permitted)
                }),
            River(
                "review who has no permit any more", hears: ResidencePermit.self, under: [ArrivalRules.insured],
                mine: [Condition("ends the permit we keep") { $1.ceases($0.arrival.permit) }],
                handle: { state, event, effects in
                    let first = state.arrival.permit.head?.value ?? event.data.from
                    try state.arrival.permit.take(event, first)
                    guard state.arrival.take(.permitEnded) else { return }
                    try effects.publish(
                        InsuranceCaseStatus(caseRef: Self.insuredRef, benefit: .insurance, state: .underReview))
                    try effects.set(
                        Tile(
                            .insurance, .underReview,
                            "Uppehållstillståndet gäller inte längre. Vi ser över om ni är försäkrade. Berätta om ni bor "
                                + "kvar i Sverige."))
                }),
            River(
                "undo what followed from a permit that never was", hears: Annulled<ResidencePermit>.self,
                mine: [Condition("is the permit we keep, or its end") { $1.annuls($0.arrival.permit) }],
                handle: { state, event, effects in
                    switch try state.arrival.permit.take(event) {
                    case .annulled: try Self.undoArrival(event.data.reasonCode, &state, &effects)
                    case .restored where state.arrival.take(.permitted):
                        try effects.set(
                            Tile(
                                .insurance, .corrected,
                                "Rättat: uppehållstillståndet gäller. Ni är försäkrade som förut."))
                    default: break
                    }
                }),
            River(
                "ask who has moved to Sweden", hears: Immigration.self, under: [ArrivalRules.asked.legal],
                mine: [
                    Self.isAlive(Immigration.self),
                    Condition("acts alone, and is not known here") { state, event in
                        event.isNew && event.data.family?.first == event.subject
                            && state.arrival.stage.after(.registered) != nil
                    },
                ],
                handle: { state, event, effects in
                    state.arrival.take(.registered)
                    state.arrival.immigration.adopt(event)
                    if state.arrival.family.isEmpty { state.arrival.family = event.data.family ?? [] }
                    let last = InsuranceRules.lastDay(effects.value(of: ArrivalRules.asked), after: effects.today)
                    try effects.publish(
                        InsuranceCaseStatus(
                            caseRef: Self.insuredRef, benefit: .insurance, expectedDate: last, state: .awaitingCitizen))
                    let you = state.arrival.family.count > 1 ? "ni" : "du"
                    let benefits =
                        state.arrival.family.count > 1 ? "barnbidrag och andra ersättningar" : "ersättningar"
                    try effects.set(
                        Tile(
                            .insurance, .awaitingCitizen,
                            "Anmäl att \(you) har flyttat till Sverige senast \(SwedishText.day(last)). Annars prövas inte "
                                + "\(benefits).", deadline: last))
                }),
            River(
                "forget a registration in Sweden that never was", hears: Annulled<Immigration>.self,
                mine: [Condition("is the registration we know") { $1.annuls($0.arrival.immigration) }],
                handle: { state, event, effects in
                    try state.arrival.immigration.take(event)
                    try Self.undoArrival(event.data.reasonCode, &state, &effects)
                }),
            River(
                "take a notice of a move to Sweden", hears: InsuredNotice.self,
                under: [ArrivalRules.tried.legal],
                mine: [
                    Self.isAlive(InsuredNotice.self),
                    Condition("is asked, and not tried yet") { state, _ in state.arrival.stage.after(.filed) != nil },
                ],
                whole: [Condition("is filed by the person") { _, event in event.data.filedBy == event.subject }],
                handle: { state, event, effects in
                    state.arrival.take(.filed)
                    let births = event.data.children ?? []
                    // Only children whom the register has told of.
                    state.arrival.children = event.data.family
                        .filter { $0 != event.subject && state.arrival.family.contains($0) }
                        .map { child in
                            .init(person: child, birthDate: births.first { $0.person == child }?.birthDate)
                        }
                    let days = effects.value(of: ArrivalRules.tried)
                    let decided = SwedishCalendar.adding(workingDays: days, to: effects.today)
                    effects.setTimer(.insured, at: Stockholm.instant(decided, hour: 8))
                    try effects.publish(
                        InsuranceCaseStatus(
                            caseRef: Self.insuredRef, benefit: .insurance, expectedDate: decided, state: .investigating)
                    )
                    try effects.set(
                        Tile(
                            .insurance, .investigating,
                            "Anmälan kom in \(SwedishText.day(effects.today)). Besked väntas \(SwedishText.day(decided)).",
                            expected: decided))
                }),
        ]
    }

    private static let insuredRef = "insurance"

    /// Insured from the permit's first day; child benefit from the month after it, as R's own case decides.
    static func decideInsured(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let from = state.arrival.permit.head?.value, state.arrival.take(.decided) else { return }
        // Who comes later waits for benefits of residence.
        let years = effects.value(of: ArrivalRules.fiveYears, on: from)
        let first = Month(of: from.adding(months: 12 * years)).next
        let isGranted = years == 0
        var owed: [Subject] = []
        for place in state.arrival.children.indices {
            let child = state.arrival.children[place]
            let lastAge = effects.value(of: ChildRules.lastAge)
            guard child.birthDate.map({ $0.adding(months: 12 * lastAge) > first.firstDay }) ?? true else { continue }
            owed.append(child.person)
            let decision = BenefitDecision(
                benefit: .childBenefit, outcome: isGranted ? .granted : .rejected,
                from: Month(of: from).next.firstDay,
                payees: isGranted ? [Payee(person: effects.subject, share: 100)] : [])
            state.arrival.children[place].decision = ChainHead(try effects.publish(decision, about: child.person))
            guard isGranted else { continue }
            state.payments.rows.append(.init(child: child.person, share: 100, from: first, to: nil))
        }
        try effects.publish(
            InsuranceCaseStatus(caseRef: insuredRef, benefit: .insurance, state: .decided))
        let by = effects.rules.reviewDeadline(decided: effects.today)
        let review = "Begär omprövning senast \(SwedishText.day(by))."
        let you = state.arrival.family.count > 1 ? "Ni" : "Du"
        let day = SwedishText.day(from)
        guard isGranted, !owed.isEmpty else {
            let text =
                owed.isEmpty
                ? "\(you) är försäkrad\(you == "Ni" ? "e" : "") från \(day)."
                : "\(you) får inte barnbidrag: det krävs \(years) års bosättning i Sverige. Ansök igen "
                    + "\(SwedishText.day(first.firstDay))."
            return try effects.set(Tile(.insurance, .decided, "\(text) \(review)", reviewBy: by))
        }
        try effects.set(
            Tile(
                .insurance, .decided,
                "\(you) är försäkrade från \(day) och får barnbidrag från \(InsuranceRules.monthName(first)). \(review)",
                reviewBy: by))
        try beginChildBenefit(from: first, &state, &effects)
    }

    /// The first payday of a new benefit is not the one that is upon us; all that is owed till then is paid on it.
    private static func beginChildBenefit(
        from first: Month, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let ahead = SwedishCalendar.adding(workingDays: effects.value(of: ArrivalRules.ahead), to: effects.today)
        var month = Month(of: effects.today)
        while effects.rules.childBenefitPayout(in: month) < ahead { month = month.next }
        let payday = effects.rules.childBenefitPayout(in: month)
        state.payments.notBefore = payday
        setPayoutTimer(state, &effects)
        let whole = state.payments.amount(in: month, effects.rules)
        let sum = state.payments.owedMonths(through: month, effects.rules)
            .reduce(0) { $0 + state.payments.owed(in: $1, effects.rules) }
        let period =
            first == month
            ? InsuranceRules.monthName(month)
            : "\(SwedishText.month(first))–\(InsuranceRules.monthName(month))"
        try effects.set(
            Tile(
                .childBenefit, .ongoing,
                "Barnbidrag \(InsuranceRules.kronor(whole)) i månaden. Första gången den \(SwedishText.day(payday)), då "
                    + "\(InsuranceRules.kronor(sum)) för \(period).", next: payday))
    }

    /// Never insured: decisions are taken back; what is paid is not claimed without fault.
    private static func undoArrival(
        _ reason: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let former = state.arrival
        guard state.arrival.take(.undone), former.stage != .unknown else { return }
        effects.cancelTimer(.insured)
        for child in former.children {
            var decision = child.decision
            try effects.annul(BenefitDecision.self, in: &decision, about: child.person, reason: reason)
            state.payments.rows.removeAll { $0.child == child.person }
        }
        state.arrival.children = []
        setPayoutTimer(state, &effects)
        try effects.set(
            Tile(
                .insurance, .corrected,
                "Rättat: uppehållstillståndet var fel. Ni är inte försäkrade. Det som är utbetalt får ni behålla."))
        if former.children.contains(where: { $0.decision.holds }) {
            try effects.set(Tile(.childBenefit, .corrected, "Rättat: barnbidraget betalas inte ut."))
        }
        guard state.introduction.mappedFrom != nil || !state.introduction.periods.isEmpty else { return }
        try effects.annul(BenefitDecision.self, in: &state.introduction.decision, reason: reason)
        state.introduction = .init()
        effects.cancelTimer(.introduction)
        effects.cancelTimer(.introductionReminder)
        effects.cancelTimer(.introductionPayday)
        try effects.set(
            Tile(.introductionBenefit, .corrected, "Rättat: etableringsersättningen betalas inte ut."))
    }
}
