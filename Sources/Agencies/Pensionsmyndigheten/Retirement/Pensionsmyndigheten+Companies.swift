import AgencyKit
import LifeEvents

/// Occupational pensions in the housing supplement of a new pensioner: the companies that were named are asked, and one that
/// is silent is not waited for (R16).
extension Pensionsmyndigheten {
    var companies: [River<Self>] {
        [
            River(
                "hear of an occupational pension", hears: OccupationalPensionAnswer.self,
                under: [SupplementRules.asks, RetirementRules.companies],
                mine: [
                    Condition("is of a company that has not answered") { state, event in
                        event.data.caseRef == Self.supplementRef
                            && state.supplement.companies.contains {
                                $0.provider == event.source && $0.status == nil
                            }
                    }
                ], handle: Self.takeCompany)
        ]
    }

    static let supplementRef = "supplement"

    static func askRent(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let day = SwedishCalendar.lastDayMoved(
            effects.today.adding(days: effects.value(of: RetirementRules.completion)))
        state.supplement.stage = .lacking
        effects.setTimer(.supplement, at: Stockholm.instant(day.adding(days: 1), hour: 8))
        try tellSupplement(
            state,
            Tile(
                .housingSupplement, .awaitingCitizen,
                "Din ansökan saknar hyran. Ange den senast \(SwedishText.day(day)), annars avslår vi ansökan",
                deadline: day), &effects)
    }

    static func lapseSupplement(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let first = state.supplement.first ?? Month(of: effects.today)
        let review = PensionRules.reviewDeadline(decided: effects.today, effects.rules)
        state.supplement.stage = .decided
        try rejectSupplement(&state, first, "du har inte angett hyran", review, &effects)
    }

    static func askCompanies(_ state: Case, by day: Day, _ effects: inout Effects<Timer>) throws {
        let providers = state.supplement.companies.map(\.provider)
        guard !providers.isEmpty else { return }
        try effects.publish(
            OccupationalPensionNeed(caseRef: supplementRef, facts: ["monthly"], asked: providers, by: day),
            purpose: supplementPurpose)
    }

    private static func takeCompany(
        _ state: inout Case, _ event: Event<OccupationalPensionAnswer>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.supplement.companies.firstIndex(where: { $0.provider == event.source }) else { return }
        state.supplement.companies[place].status = event.data.status
        state.supplement.companies[place].monthly = event.data.monthly
        guard state.supplement.stage == .decided else { return }
        try recountSupplement(&state, "efter svar från bolaget", &effects)
    }

    /// Why there is no right to a supplement: it is for a whole pension, from the guide age (SFB 101:3).
    static func lacksRight(_ state: Case, _ effects: Effects<Timer>) -> String? {
        let hasPension = state.pensions.contains {
            ($0.kind == .oldAge || $0.survivorKind == .widow) && $0.chain.holds
        }
        if !hasPension, !state.retirement.isOpen {
            return "du har ingen pension som ger rätt till bostadstillägg"
        }
        if state.pensions.contains(where: { $0.kind == .oldAge && $0.chain.holds && $0.share < 100 }) {
            return "du tar inte ut hela pensionen"
        }
        guard let born = state.birthDate, let first = state.retirement.first else { return nil }
        let guide = RetirementRules.month(of: PensionRules.guideAge, born: born, effects.rules)
        let wanted = max(first, state.supplement.first ?? first)
        return wanted < guide ? "det betalas tidigast från \(PensionRules.text(guide))" : nil
    }

    static func rejectSupplement(
        _ state: inout Case, _ first: Month, _ why: String, _ review: Day, _ effects: inout Effects<Timer>
    ) throws {
        try effects.publish(PensionDecision(kind: .housingSupplement, outcome: .rejected, month: first, share: 100))
        try tellSupplement(
            state,
            Tile(
                .housingSupplement, .decided,
                "Avslag: \(why). Begär omprövning senast \(SwedishText.day(review))", reviewBy: review), &effects)
    }

    static func tellNewSupplement(
        _ state: Case, _ first: Month, _ review: Day, _ effects: inout Effects<Timer>
    ) throws {
        let isSilent = state.supplement.companies.contains { $0.status == nil }
        let silent = isSilent ? " Bolaget har inte svarat, så vi har räknat med din egen uppgift." : ""
        try tellSupplement(
            state,
            Tile(
                .housingSupplement, .decided,
                "Du får bostadstillägg från \(PensionRules.text(first)).\(silent) Anmäl ändrad hyra inom 14 dagar. Begär "
                    + "omprövning senast \(SwedishText.day(review))", reviewBy: review), &effects)
    }
}

extension PensionsmyndighetenCase {
    /// A company that was asked what it pays.
    struct Company: Codable, Equatable, Sendable {
        var provider: AgencyID
        /// How it has answered; nil: it has not.
        var status: AnswerStatus?
        /// Kronor a month.
        var monthly: Int?
    }
}

extension PensionsmyndighetenCase.Supplement {
    /// Occupational pensions as answered, and as the person has told where a company is silent; kronor a month.
    var occupational: Int {
        let answered = companies.compactMap(\.monthly).reduce(0, +)
        return answered + later + (companies.contains { $0.status == nil } ? own ?? 0 : 0)
    }
}
