import AgencyKit
import LifeEvents

/// Who is found able to take an ordinary work is offered a meeting with Arbetsförmedlingen (omställningsmöte), which learns of it
/// by consent alone, and of nothing but the day (S63).
extension ForsakringskassanSickness {
    var handovers: [River<Self>] {
        [
            River(
                "meet together with Arbetsförmedlingen", hears: Consent.self,
                under: [HandoverRules.offered.legal, ChainRules.consent],
                mine: [
                    Self.isAlive(Consent.self),
                    Condition("hands over to Arbetsförmedlingen what we hold") { _, event in
                        event.data.scope == .jobSeekerHandover
                            && event.data.holder == AgencyID(.forsakringskassan)
                            && event.data.recipients.contains(AgencyID(.arbetsformedlingen))
                    },
                    Condition("answers our offer") { state, event in
                        event.isNew && state.handover.answerBy.map { event.knownOn <= $0 } == true
                    },
                ],
                whole: [
                    Condition("is filed by who is ill") { state, event in
                        Self.mayFile(event.data.filedBy, state, for: event.subject)
                    }
                ], handle: Self.handOver),
            River(
                "take back a meeting with Arbetsförmedlingen", hears: Consent.self, under: [ChainRules.consent],
                mine: [
                    Condition("ends the consent to a meeting that we hold") { state, event in
                        event.ceases(state.handover.consent)
                    }
                ],
                handle: { state, event, effects in
                    try state.handover.consent.take(event)
                    try effects.publish(RehabilitationStep(state: .ended, concerns: [AgencyID(.arbetsformedlingen)]))
                    try Self.tellWayBack(
                        .informed, "Vi har slutat dela. Det som redan lämnats ut kan inte tas tillbaka", &effects)
                }),
        ]
    }

    /// The benefit has ended, for an ordinary work is within reach.
    static func offerHandover(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let last = InsuranceRules.lastDay(effects.value(of: HandoverRules.offered), after: effects.today)
        state.handover.answerBy = last
        try tellWayBack(
            .awaitingCitizen,
            "Vill du träffa Arbetsförmedlingen tillsammans med oss? Säg ja senast \(SwedishText.day(last)). Skriv in dig där "
                + "själv om du söker arbete", deadline: last, &effects)
    }

    private static func handOver(
        _ state: inout Case, _ event: Event<Consent>, _ effects: inout Effects<Timer>
    ) throws {
        state.handover.answerBy = nil
        state.handover.consent = ChainHead(event)
        let day = InsuranceRules.lastDay(effects.value(of: ChainRules.meetingDays), after: effects.today)
        try effects.publish(
            RehabilitationStep(state: .meeting, meetingOn: day, concerns: [AgencyID(.arbetsformedlingen)]))
        try tellWayBack(
            .ongoing,
            "Mötet hålls \(SwedishText.day(day)) med dig och Arbetsförmedlingen. Du kan ta tillbaka ditt ja när som helst",
            next: day, &effects)
    }
}

extension SicknessCase {
    /// The offer of a meeting with Arbetsförmedlingen after the benefit has ended.
    struct Handover: CasePart {
        /// The last day to say yes; nil: nothing is offered.
        var answerBy: Day?
        var consent = ChainHead()

        init() {}
    }
}

/// The rules of handing somebody over to Arbetsförmedlingen.
enum HandoverRules {
    static let offered = DatedRule(
        "handover-answer", "S63",
        "who is found able to take an ordinary work says within so many days whether Arbetsförmedlingen may join",
        .days,
        [.since(2026, 1, 1, 14)], source: "10 kap. 1 § offentlighets- och sekretesslagen; days assumed",
        mark: .assumption)
    static let all: [LegalRule] = [offered.legal]
}
