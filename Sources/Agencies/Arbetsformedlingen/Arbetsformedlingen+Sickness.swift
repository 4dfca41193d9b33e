import AgencyKit
import LifeEvents

/// A job-seeker who is ill stays registered, and does not report for a month that is sick to its end.
extension Arbetsformedlingen {
    var sickness: [River<Self>] {
        [
            River(
                "answer Försäkringskassan since when there is a registration", hears: InsuranceJobSeekerNeed.self,
                under: [SickJobSeekers.told],
                handle: { state, event, effects in
                    guard let asker = event.source else { return }
                    let refusal = event.refusal(purpose: SicknessRules.purpose, hasCase: true)
                    let registration = refusal == nil && state.isActive ? state.registration : nil
                    let status: AnswerStatus =
                        refusal != nil ? .refused : registration == nil ? .unknown : .answered
                    try effects.publish(
                        JobSeekerAnswer(
                            caseRef: event.data.caseRef, asker: asker, status: status, refusal: refusal,
                            missing: status == .unknown ? ["registeredFrom"] : nil,
                            registeredFrom: registration?.from, extent: registration?.extent,
                            programmes: registration.flatMap { _ in state.programmePeriods }), purpose: event.purpose)
                }),
            River(
                "know that a job-seeker is ill", hears: BenefitDecision.self, under: [SickJobSeekers.excused],
                mine: [
                    Condition("is sickness benefit of a job-seeker") { state, event in
                        event.data.benefit == .sicknessBenefit && event.data.outcome != .rejected && state.isActive
                    }
                ], handle: Self.noteSickness),
            River(
                "forget that a job-seeker is ill, or has been", hears: Annulled<BenefitDecision>.self,
                under: [SickJobSeekers.excused],
                mine: [
                    Condition("annuls what we know") { state, event in
                        state.sick.contains { event.annuls($0.chain) }
                    }
                ],
                handle: { state, event, _ in
                    for place in state.sick.indices where event.annuls(state.sick[place].chain) {
                        try state.sick[place].chain.take(event)
                    }
                }),
        ]
    }

    private static func noteSickness(
        _ state: inout Case, _ event: Event<BenefitDecision>, _ effects: inout Effects<Timer>
    ) throws {
        let to = event.data.to ?? effects.today
        if let place = state.sick.firstIndex(where: { !event.isNew && event.follows($0.chain) }) {
            try state.sick[place].chain.take(event)
            (state.sick[place].to, state.sick[place].isWhole) = (to, event.data.degree ?? 100 == 100)
        } else {
            state.sick.append(
                .init(
                    chain: ChainHead(event), from: event.data.from, to: to, isWhole: event.data.degree ?? 100 == 100))
        }
        // Who is registered and ill has been heard of.
        hear(&effects)
        guard event.change != .ceased else {
            return try effects.set(
                Tile(
                    .employmentService, .ongoing,
                    "Sjukpenningen slutar efter \(SwedishText.day(to)). Du är inskriven som förut och söker arbete igen"
                ))
        }
        try effects.set(
            Tile(
                .employmentService, .informed,
                "Vi vet att du har sjukpenning \(InsuranceRules.period(event.data.from, to)). Du är inskriven som förut. "
                    + "Rapportera inte för en månad som du är sjuk hela"))
    }
}

extension ArbetsformedlingenCase {
    /// Days with sickness benefit, as Försäkringskassan has told.
    struct Sick: Codable, Equatable, Sendable {
        var chain: ChainHead
        var from: Day
        var to: Day
        var isWhole: Bool

        /// Whether it goes over a whole month.
        func covers(_ month: Month) -> Bool { isWhole && from <= month.firstDay && month.lastDay <= to }
    }

    /// Whether a month is sick from its first day to its last.
    func isSick(in month: Month) -> Bool {
        sick.contains { ($0.chain.holds || $0.chain.isEnded) && $0.covers(month) }
    }
}

/// The rules by which Försäkringskassan and Arbetsförmedlingen tell each other of a job-seeker who is ill.
enum SickJobSeekers {
    static let told = LegalRule(
        "UN47", "Försäkringskassan is told since when a job-seeker who is ill is registered",
        source: "lag (2002:623) 6 a §")
    static let excused = LegalRule(
        "UN48", "who is ill to the end of a month stays registered and need not report that month",
        source: "förordning (2000:628) 6 a §; practice", mark: .assumption)
    static let all = [told, excused]
}
