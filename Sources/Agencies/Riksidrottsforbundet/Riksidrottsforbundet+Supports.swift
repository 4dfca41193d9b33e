import AgencyKit
import LifeEvents

/// The support for a half-year: reckoned from the counts, sent in, decided and paid (H10 to H12, H14).
extension Riksidrottsforbundet {
    var supports: [River<Self>] {
        [
            River(
                "collect a meeting", hears: AssociationAttendance.self,
                under: [
                    StateGrantRules.meetings, StateGrantRules.minutes.legal, StateGrantRules.perLeader.legal,
                ],
                mine: [
                    Condition("is of a club with a number") { state, _ in state.hasNumber },
                    Condition("is of a club that a municipality has registered") { state, _ in state.isRegistered },
                ], handle: Self.collect),
            River(
                "take the application for support", hears: StateGrantFiling.self, under: [StateGrantRules.application],
                mine: [
                    Condition("is of a half-year that is due") { state, event in
                        state.place(of: event.data.period).map { state.supports[$0].stage == .due } ?? false
                    }
                ],
                whole: [
                    Condition("is filed by somebody whose mandate for the club holds") { state, event in
                        state.mandates.mayAct(event.data.filedBy, .grant, on: event.knownOn)
                    }
                ], handle: Self.submit),
            River(
                "know how many another club has counted", hears: OverlapAnswer.self, under: [StateGrantRules.dates],
                mine: [
                    Condition("is an answer, and no refusal") { _, event in event.data.status == .answered },
                    Condition("is of support that is sent in") { state, event in
                        state.placeSubmitted(event.data.caseRef) != nil
                    },
                ],
                handle: { state, event, _ in
                    guard let place = state.placeSubmitted(event.data.caseRef) else { return }
                    state.supports[place].duplicates = event.data.duplicates ?? 0
                }),
        ]
    }

    private static func collect(
        _ state: inout Case, _ event: Event<AssociationAttendance>, _ effects: inout Effects<Timer>
    ) throws {
        var meeting = ClubMeeting(
            bookingId: event.data.bookingId, date: event.data.date, counts: event.data.counts,
            noAgeLimit: event.data.noAgeLimit ?? 0, leaders: event.data.leaders, minutes: event.data.minutes,
            chain: ChainHead(event))
        if let place = state.meetings.firstIndex(where: { !event.isNew && event.follows($0.chain) }) {
            try state.meetings[place].chain.take(event)
            meeting.chain = state.meetings[place].chain
            state.meetings[place] = meeting
            return try forecastAgain(HalfYear(of: meeting.date), state, &effects)
        }
        state.meetings.append(meeting)
        effects.setTimer(.halfYear, at: Stockholm.instant(HalfYear(of: event.data.date).lastDay.adding(days: 1)))
    }

    private static func amount(_ support: Case.Support, _ state: Case, _ effects: Effects<Timer>) -> Int {
        StateGrantRules.amount(
            state.meetings.filter { support.period.contains($0.date) }, duplicates: support.duplicates, effects.rules)
    }

    static func forecast(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let support = Case.Support(period: HalfYear(of: effects.today.adding(days: -1)))
        guard state.hasNumber else { return }
        state.supports.append(support)
        try tellForecast(support, state, &effects)
    }

    /// A list has been corrected while the support is not sent in.
    private static func forecastAgain(_ period: HalfYear, _ state: Case, _ effects: inout Effects<Timer>) throws {
        guard let support = state.supports.first(where: { $0.period == period && $0.stage == .due }) else { return }
        try tellForecast(support, state, &effects)
    }

    private static func tellForecast(
        _ support: Case.Support, _ state: Case, _ effects: inout Effects<Timer>
    ) throws {
        let forecast = amount(support, state, effects)
        let last = StateGrantRules.lastDay(of: support.period)
        try effects.publish(
            StateGrant(period: support.period.text, state: .due, forecast: forecast, lastDay: last))
        try effects.set(
            Tile(
                .lok, .awaitingCitizen,
                "LOK-stödet för \(support.period.name) beräknas till \(Amounts.kronor(forecast)). Skicka in senast "
                    + "\(SwedishText.day(last)), annars kan det avslås", deadline: last))
    }

    private static func submit(
        _ state: inout Case, _ event: Event<StateGrantFiling>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.place(of: event.data.period), state.supports[place].take(.filed) else { return }
        let period = state.supports[place].period
        let payday = StateGrantRules.payday(of: period)
        try effects.publish(StateGrant(period: period.text, state: .submitted))
        effects.setTimer(.payday, at: Stockholm.instant(payday, hour: 8))
        try effects.set(
            Tile(
                .lok, .received, "Ansökan har kommit in. Utbetalning väntas \(SwedishText.day(payday))",
                expected: payday))
    }

    static func pay(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let place = state.supports.firstIndex(where: { $0.stage == .submitted }),
            state.supports[place].take(.paid)
        else { return }
        let support = state.supports[place]
        let amount = amount(support, state, effects)
        try effects.publish(StateGrant(period: support.period.text, state: .decided, amount: amount))
        try effects.publish(
            StateGrantPayment(
                benefit: .lokSupport, from: support.period.firstDay, to: support.period.lastDay, amount: amount,
                kind: .paid, payee: effects.subject, paidOn: effects.today))
        let overlap =
            support.duplicates > 0
            ? ". \(ClubText.capital(support.duplicates)) deltagartillfällen räknas i en annan förening" : ""
        try effects.set(
            Tile(
                .lok, .done,
                "LOK-stöd \(Amounts.kronor(amount)) är utbetalt \(SwedishText.day(effects.today))\(overlap)"))
    }
}
