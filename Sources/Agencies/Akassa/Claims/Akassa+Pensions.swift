import AgencyKit
import LifeEvents

/// What is drawn in pension is asked of the Pensions Agency, and deducted (R20, R33).
extension Akassa {
    var pensions: [River<Self>] {
        [
            River(
                "hear what pension is drawn", hears: DrawnPensionAnswer.self, under: [PensionDeduction.deducted],
                concerns: { [$0.data.asker] },
                handle: { state, event, effects in
                    guard state.claim.pension.take(event) != .notAsked else { return }
                    guard let from = event.data.from, let monthly = event.data.monthly else { return }
                    state.claim.pensionFrom = from
                    state.claim.pensionMonthly = monthly
                    // What was paid for months with a pension that nobody had told of was too much.
                    _ = try Self.settle(&state, &effects)
                    try effects.set(
                        Tile(
                            .unemploymentBenefit, .decided,
                            "Din pension dras av från ersättningen från \(PensionRules.text(from))",
                            other: AgencyID(.pensionsmyndigheten)))
                }),
            River(
                "ask again when a pension is decided", hears: PensionDecision.self, under: [RetirementRules.toFunds],
                concerns: { ($0.data.concerns ?? []).filter { $0.owner == .akassa } },
                mine: [
                    Condition("is an old-age pension") { _, event in event.data.kind == .oldAge },
                    Condition("has a claim") { state, _ in state.claim.isRunning || state.claim.isCollecting },
                ],
                handle: { state, _, effects in try Self.askPension(&state, &effects) }),
        ]
    }

    static func askPension(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        try effects.ask(
            FundPensionNeed(
                caseRef: state.claim.caseRef, facts: ["kind", "from", "share", "monthly"],
                asked: [AgencyID(.pensionsmyndigheten)]), for: UnemploymentRules.purpose, in: &state.claim.pension)
    }
}

/// The rules by which a pension lessens unemployment benefit.
enum PensionDeduction {
    static let age = DatedRule(
        "fund-asks-pension", "R33", "a fund asks what pension is drawn of who has reached the age of", .years,
        [.since(2024, 1, 1, 63)], source: "förordning (2024:1350) 19 §; the age assumed", mark: .assumption)
    static let deducted = LegalRule(
        "R34", "an old-age pension is deducted from unemployment benefit, from its first month",
        source: "lag (2024:506) 6 kap. 7 §; akassan.handels.se")

    /// Whether a member may draw a pension.
    static func mayDraw(born: Day?, _ effects: Effects<Akassa.Timer>) -> Bool {
        born.map { $0.adding(months: effects.value(of: age) * 12) <= effects.today } ?? false
    }
}
