import AgencyKit
import LifeEvents

/// What an officer finds in a sick case, which no rule of the program can: each note moves the case by its kind.
extension ForsakringskassanSickness {
    var notes: [River<Self>] {
        [
            River(
                "act on what an officer finds", hears: SicknessNote.self,
                under: [
                    ComplementRules.asked, OverworkRules.looked, JointRules.mapping, LastingRules.right,
                ],
                mine: [Self.isAlive(SicknessNote.self)],
                handle: { state, event, effects in
                    switch event.data.kind {
                    case .complement: try Self.askDoctor(event.data.contentRef, &state, &effects)
                    case .workControl: try Self.lookAtWork(event.data.month, &state, &effects)
                    case .jointMapping: try Self.map(&state, &effects)
                    case .lasting: state.lasting.degree = event.data.degree ?? 100
                    }
                }),
            River(
                "hear what completes a certificate", hears: ComplementAnswer.self,
                under: [ComplementRules.asked, ComplementRules.waited.legal],
                handle: Self.takeComplement),
        ]
    }

    /// A certificate that lacks something is completed by the region that sent it, and the decision waits.
    private static func askDoctor(
        _ question: String?, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard let claim = state.period.claim, let question, let region = certificate(for: claim, state)?.region,
            state.period.take(.incomplete)
        else { return }
        let by = SwedishCalendar.adding(workingDays: effects.value(of: ComplementRules.waited), to: effects.today)
        let day = SwedishCalendar.adding(workingDays: effects.value(of: SicknessRules.needDays), to: by)
        state.period.claim?.decidesOn = day
        effects.cancelTimer(.certificate)
        effects.setTimer(.decision, at: Stockholm.instant(day, hour: 8))
        try effects.ask(
            ComplementNeed(
                caseRef: state.period.caseRef, facts: ["contentRef"], asked: [region], by: by, contentRef: question),
            for: SicknessRules.purpose, in: &state.period.complement)
        try tell(
            .awaitingAgency,
            "Vi har bett läkaren att komplettera intyget. Beslut väntas senast \(SwedishText.day(day))", expected: day,
            other: region, &effects)
    }

    private static func takeComplement(
        _ state: inout Case, _ event: Event<ComplementAnswer>, _ effects: inout Effects<Timer>
    ) throws {
        guard case .complete = state.period.complement.take(event), event.data.status == .answered,
            state.period.take(.completed)
        else { return }
        let day = SwedishCalendar.adding(workingDays: effects.value(of: SicknessRules.needDays), to: effects.today)
        state.period.claim?.decidesOn = day
        effects.setTimer(.decision, at: Stockholm.instant(day, hour: 8))
        try tell(
            .investigating, "Läkaren har kompletterat intyget. Beslut väntas \(SwedishText.day(day))", expected: day,
            &effects)
    }
}

/// The rules of a certificate that lacks something.
enum ComplementRules {
    static let asked = LegalRule(
        "S46",
        "a certificate that lacks something is completed by who has sent it; what is asked is a document of its own",
        source: "SFB 110:14 and 110:55", mark: .likely)
    static let waited = DatedRule(
        "sickness-complement", "S47", "a completed certificate is waited for in, then it is decided on what there is",
        .workingDays, [.since(2026, 1, 1, 12)], source: "none", mark: .assumption)
    static let answered = DatedRule(
        "sickness-complement-answer", "S48", "a region answers what a certificate lacks in", .workingDays,
        [.since(2026, 1, 1, 10)], source: "none", mark: .assumption)
    static let all: [LegalRule] = [asked, waited.legal]
}
