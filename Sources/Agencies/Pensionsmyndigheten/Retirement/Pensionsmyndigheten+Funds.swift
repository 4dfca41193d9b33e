import AgencyKit
import LifeEvents

/// What a fund may know of a pension: whose benefit it lessens (R20).
extension Pensionsmyndigheten {
    var fundNeeds: [River<Self>] {
        [
            River(
                "tell a fund what pension is drawn", hears: FundPensionNeed.self, under: [RetirementRules.toFunds],
                handle: { state, event, effects in
                    guard let asker = event.source else { return }
                    let month = Month(of: effects.today)
                    let drawn = state.pensions.first { $0.kind == .oldAge && $0.chain.holds }
                    if let refusal = event.refusal(purpose: UnemploymentRules.purpose, hasCase: !state.isDead) {
                        try effects.publish(
                            DrawnPensionAnswer(
                                caseRef: event.data.caseRef, asker: asker, status: .refused, refusal: refusal),
                            purpose: event.purpose)
                        return
                    }
                    if !state.funds.asked.contains(asker) { state.funds.asked.append(asker) }
                    try effects.publish(
                        DrawnPensionAnswer(
                            caseRef: event.data.caseRef, asker: asker, status: .answered, kind: drawn?.kind,
                            from: drawn?.first, share: drawn?.share,
                            monthly: drawn.flatMap { $0.amount(in: max(month, $0.first)) }), purpose: event.purpose)
                })
        ]
    }
}

extension RetirementRules {
    static let toFunds = LegalRule(
        "R20", "a fund that pays somebody is told which pension is drawn, from when, its share and amount",
        source: "förordning (2024:1350) 19 §")
}
