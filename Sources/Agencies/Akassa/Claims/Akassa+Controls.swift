import AgencyKit
import LifeEvents

/// A month that was paid is looked at: pay that the member has not told of is claimed back, and told to nobody else.
extension Akassa {
    var controls: [River<Self>] {
        [
            River(
                "look at a month that is paid", hears: FundControl.self, under: [FundContacts.reclaim],
                concerns: { [$0.data.fund] },
                mine: [
                    Condition("is of a month that was paid") { state, event in
                        state.claim.months.contains { $0.month == event.data.month && ($0.amount ?? 0) > 0 }
                    },
                    Condition("is not looked at already") { state, _ in !state.claim.control.inquiry.isOpen },
                ],
                handle: { state, event, effects in
                    state.claim.control = .init(month: event.data.month)
                    guard let ref = state.claim.control.ref else { return }
                    try effects.ask(
                        FundIncomeNeed(
                            caseRef: ref, facts: ["months"], asked: [AgencyID(.skatteverket)], by: effects.needDay,
                            from: event.data.month.firstDay, to: event.data.month.lastDay),
                        for: UnemploymentRules.purpose, in: &state.claim.control.inquiry)
                }),
            River(
                "find pay in a month that is paid", hears: TaxIncomeAnswer.self, under: [FundContacts.reclaim],
                concerns: { [$0.data.asker] }, handle: Self.compare),
            River(
                "take what a member says of unsaid pay", hears: DeviationExplanation.self,
                under: [FundContacts.reclaim], concerns: { [$0.data.fund] },
                mine: [
                    Condition("answers what we have asked about a paid month") { state, event in
                        state.claim.control.ref == event.data.noticeRef && state.benefit.claim?.stage == .considered
                    }
                ],
                whole: [
                    Condition("is filed by the member") { _, event in event.data.filedBy == event.subject }
                ],
                handle: { state, event, effects in
                    guard state.benefit.claim?.answer(agrees: false, on: event.knownOn) == true,
                        let day = state.benefit.claim?.decidesOn
                    else { return }
                    effects.setTimer(.recovery, at: Stockholm.instant(day, hour: 8))
                    try effects.set(
                        Tile(
                            .recovery, .investigating, "Vi har ditt svar. Beslut den \(SwedishText.day(day))",
                            expected: day))
                }),
        ]
    }

    private static func compare(
        _ state: inout Case, _ event: Event<TaxIncomeAnswer>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.claim.control.inquiry.take(event) != .notAsked, let month = state.claim.control.month,
            let place = state.claim.months.firstIndex(where: { $0.month == month })
        else { return }
        let declared = (event.data.months ?? []).filter { $0.month == month }.reduce(0) { $0 + $1.income }
        guard declared > state.claim.months[place].income else { return }
        state.claim.months[place].income = declared
        guard try settle(&state, &effects) < 0, let claim = state.benefit.claim else { return }
        try effects.set(
            Tile(
                .recovery, .awaitingCitizen,
                "Du har haft lön i \(named(month)) som du inte har berättat om, och har fått för mycket. Svara senast "
                    + "\(SwedishText.day(claim.answerBy)). Annars avgör vi på arbetsgivarens uppgift",
                deadline: claim.answerBy))
    }
}
