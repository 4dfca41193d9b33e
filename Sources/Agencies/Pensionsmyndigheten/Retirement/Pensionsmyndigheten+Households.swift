import AgencyKit
import LifeEvents

/// Couples and those who leave the country: each of a couple has a case, and the cases tell each other one sum (R31, R32).
extension Pensionsmyndigheten {
    var households: [River<Self>] {
        [
            River(
                "know of a marriage", hears: CivilStatusChange.self, under: [RetirementRules.couples],
                mine: [
                    Condition("tells to whom somebody is married") { _, event in
                        (event.data.status == .married || event.data.status == .partnership) && event.data.spouse != nil
                    }
                ],
                handle: { state, event, effects in
                    state.couple.spouse = event.data.spouse
                    // A former marriage is no more than that.
                    if event.isNew { (state.couple.over, state.couple.former) = (ChainHead(), nil) }
                    try Self.tellSpouse(&state, &effects)
                }),
            River(
                "know that a marriage is over", hears: CivilStatusChange.self, under: [RetirementRules.couples],
                mine: [
                    Condition("ends the marriage that is known") { state, event in
                        event.corrects(state.couple.over)
                            || event.isNew && state.couple.isMarried
                                && [.divorced, .widowed, .partnershipDissolved, .survivingPartner].contains(
                                    event.data.status)
                    }
                ],
                handle: { state, event, effects in
                    // Another day of the divorce changes nothing here.
                    if event.corrects(state.couple.over) {
                        try state.couple.over.take(event)
                        return
                    }
                    state.couple.end(event)
                    try Self.recount(&state, .decided, "för att du inte längre är gift", &effects)
                }),
            River(
                "know that a marriage is not over", hears: Annulled<CivilStatusChange>.self,
                under: [RetirementRules.couples],
                mine: [
                    Condition("annuls what ended the marriage") { state, event in event.annuls(state.couple.over) }
                ],
                handle: { state, event, effects in
                    try state.couple.over.take(event)
                    state.couple.restore()
                    try Self.recount(&state, .corrected, "för att du är gift som förut", &effects)
                    try Self.tellSpouse(&state, from: Month(of: effects.today).next, &effects)
                }),
            River(
                "count a spouse's income", hears: SpouseIncome.self, under: [RetirementRules.couples],
                mine: [
                    Condition("is new, or corrects what we know") { state, event in event.follows(state.couple.chain) }
                ],
                handle: { state, event, effects in
                    try state.couple.chain.take(event)
                    state.couple.spouse = event.data.spouse
                    state.couple.spouseYearly = event.data.yearly
                    try Self.recountSupplement(&state, "på grund av ändrad inkomst i hushållet", &effects)
                }),
            River(
                "ask who has left the country", hears: Deregistration.self, under: [RetirementRules.abroad],
                mine: [
                    Condition("has left the country") { _, event in event.data.reason == .emigrated && event.isNew },
                    Condition("is paid a pension that was applied for here") { state, _ in
                        state.retirement.stage == .drawn
                    },
                ],
                handle: { state, event, effects in
                    let day = SwedishCalendar.lastDayMoved(
                        effects.today.adding(days: effects.value(of: RetirementRules.completion)))
                    state.retirement.leftOn = event.data.from
                    effects.setTimer(.abroad, at: Stockholm.instant(day.adding(days: 1), hour: 8))
                    try effects.set(
                        Tile(
                            .pension, .awaitingCitizen,
                            "Du är avregistrerad som utflyttad. Bostadstillägg och garantipension prövas om. Svara senast "
                                + "\(SwedishText.day(day)). Din inkomstpension betalas även utomlands", deadline: day))
                }),
        ]
    }

    /// The spouse's case hears what of this one counts there.
    /// - Parameter month: from when it is so; nil: from now on.
    static func tellSpouse(
        _ state: inout Case, from month: Month? = nil, _ effects: inout Effects<Timer>
    ) throws {
        guard let spouse = state.couple.spouse, state.hasPension(.oldAge), let first = state.retirement.first else {
            return
        }
        let month = max(first, month ?? Month(of: effects.today))
        func monthly(_ kind: PensionKind) -> Int {
            state.pensions.first { $0.kind == kind && $0.covers(month) }?.amount(in: month) ?? 0
        }
        let yearly =
            SupplementRules.yearly(
                pension: monthly(.oldAge), capital: state.supplement.capital, guarantee: monthly(.guarantee),
                others: state.supplement.occupational + state.retirement.paidAbroad, assets: state.supplement.assets,
                on: effects.today, effects.rules) / 100
        guard yearly != state.couple.told else { return }
        state.couple.told = yearly
        try effects.publish(
            SpouseIncome(spouse: effects.subject, yearly: yearly, from: month), in: &state.couple.toldChain,
            about: spouse)
    }

    /// Nobody has said anything: the supplement ends, the guarantee too [l], the income pension goes on.
    static func endAbroad(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let left = state.retirement.leftOn, !state.isDead else { return }
        let last = max(Month(of: left), Month(of: effects.today))
        for place in state.pensions.indices
        where state.pensions[place].kind == .housingSupplement || state.pensions[place].kind == .guarantee {
            try end(&state.pensions[place], after: last, &effects)
        }
        try effects.set(
            Tile(
                .pension, .awaitingCitizen,
                "Bostadstillägg och garantipension upphör efter \(PensionRules.text(last)). Inkomstpensionen fortsätter. "
                    + "Skicka levnadsintyg när vi ber om det"))
    }
}

extension RetirementRules {
    static let couples = LegalRule(
        "R31", "incomes and home of a couple are counted together, and each applies for herself or himself",
        source: "SFB 102 kap. 15 §, 103 kap. 3 §")
    static let abroad = LegalRule(
        "R32", "who leaves the country is heard; the supplement ends, and the guarantee is tried anew",
        source: "SFB 5 kap.; FL 25 §", mark: .likely)
}
