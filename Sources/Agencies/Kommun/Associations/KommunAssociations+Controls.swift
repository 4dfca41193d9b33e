import AgencyKit
import LifeEvents

/// Lists that are shown on the spot, and what is claimed back (H14, H16).
extension KommunAssociations {
    var controls: [River<Self>] {
        [
            River(
                "ask a club that is drawn for its lists", hears: GrantSample.self,
                under: [AssociationRules.control.legal], concerns: { [$0.source].compactMap(\.self) },
                mine: [
                    Condition("is of a grant that is sent in") { state, event in
                        state.activity.grants.contains { $0.period.text == event.data.period && $0.stage == .submitted }
                    }
                ],
                handle: { state, event, effects in
                    guard
                        let place = state.activity.grants.firstIndex(where: { $0.period.text == event.data.period }),
                        state.activity.grants[place].take(.drawn)
                    else { return }
                    let last = effects.today.adding(days: effects.value(of: AssociationRules.control))
                    try Self.publish(.controlled, of: state.activity.grants[place], &effects)
                    try effects.set(
                        Tile(
                            .grants, .awaitingCitizen,
                            "Visa närvarolistorna på plats senast \(SwedishText.day(last))", deadline: last))
                }),
            River(
                "take what a control has found", hears: ControlOutcome.self, under: [AssociationRules.control.legal],
                concerns: { [$0.source].compactMap(\.self) },
                mine: [
                    Condition("is of a grant that is controlled") { state, event in
                        state.activity.grants.contains {
                            $0.period.text == event.data.period && $0.stage == .controlled
                        }
                    }
                ],
                handle: { state, event, effects in
                    guard let place = state.activity.grants.firstIndex(where: { $0.period.text == event.data.period })
                    else { return }
                    state.activity.grants[place].control = .init(
                        shown: event.data.shown, missing: event.data.missing)
                    let day = LeisureTerms.of(effects).grant.decisionDay(of: state.activity.grants[place].period)
                    try effects.set(
                        Tile(
                            .grants, .investigating,
                            "Kontrollen är gjord. Beslut väntas \(SwedishText.day(day))", expected: day))
                }),
        ]
    }

    private static func terms(_ effects: Effects<Timer>) -> RecoveryTerms {
        RecoveryTerms(
            answerDays: effects.value(of: AssociationRules.answerClaim),
            payDays: effects.value(of: AssociationRules.payClaim))
    }

    /// A meeting cannot have been: what was paid for it may be claimed back, and the club is heard first.
    static func considerClaim(
        _ bookingId: String, _ date: Day, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard let meeting = state.activity.place(of: bookingId, date) else { return }
        let period = HalfYear(of: date)
        let grant = state.activity.grants.first { $0.period == period && $0.stage == .paid }
        let reckoned = LeisureTerms.of(effects).grant
        let deducted = grant?.deducted ?? 0
        let before = reckoned.sum(state.activity.meetings(of: period), duplicates: deducted).amount
        state.activity.meetings.remove(at: meeting)
        guard grant != nil else { return try forecastAgain(period, state, &effects) }
        let amount = before - reckoned.sum(state.activity.meetings(of: period), duplicates: deducted).amount
        let claim = Recovery(of: amount, from: date, to: date, on: effects.today, terms(effects))
        state.activity.claim = claim
        state.activity.claimed = period
        effects.setTimer(.claim, at: KommunRules.morning(claim.decidesOn))
        try effects.set(
            Tile(
                .grants, .awaitingCitizen,
                "Hallen var stängd \(SwedishText.day(date)). Kommunen kan kräva tillbaka \(Amounts.kronor(amount)). Säg vad "
                    + "ni tycker senast \(SwedishText.day(claim.answerBy)), annars beslutar vi ändå",
                deadline: claim.answerBy))
    }

    /// The club has been heard: the claim is decided; then it is to be paid.
    static func decideClaim(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard var claim = state.activity.claim, let period = state.activity.claimed else { return }
        if claim.decide(on: effects.today, terms(effects)), let last = claim.payBy {
            state.activity.claim = claim
            try publish(.reclaimed, of: Case.Grant(period: period), &effects, amount: claim.amount)
            effects.setTimer(.claim, at: Stockholm.instant(last))
            let review = effects.today.adding(days: 7 * effects.value(of: AssociationRules.legality))
            return try effects.set(
                Tile(
                    .grants, .decided,
                    "\(Amounts.kronor(claim.amount)) ska betalas tillbaka senast \(SwedishText.day(last)), för hallen var "
                        + "stängd \(SwedishText.day(claim.from)). En kommunmedlem kan begära laglighetsprövning senast "
                        + SwedishText.day(review), reviewBy: review))
        }
        guard claim.pay() else { return }
        state.activity.claim = claim
        try effects.publish(
            MunicipalPayment(
                benefit: .clubGrant, municipality: effects.municipality, from: claim.from, to: claim.to,
                amount: claim.amount, kind: .reclaimed, payee: effects.subject, paidOn: effects.today))
        try effects.set(
            Tile(
                .grants, .done,
                "\(Amounts.kronor(claim.amount)) är återbetalda \(SwedishText.day(effects.today))"))
    }
}
