import AgencyKit
import LifeEvents

/// The test of knowledge of the alcohol act (kunskapsprov): booked, passed, failed (P6).
extension KommunPermits {
    var tests: [River<Self>] {
        [
            River(
                "book a test of knowledge", hears: KnowledgeTestBooking.self, under: [ServingRules.attempts.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of an application that is tried") { state, _ in state.stage.isTried },
                    Condition("is of a firm that has not passed") { state, event in
                        !state.knowsTheLaw(on: event.knownOn)
                    },
                ],
                whole: [
                    Condition("is filed by who signs for the firm") { state, event in
                        state.signatories.mayAct(event.data.filedBy, .all, on: event.knownOn)
                    },
                    Condition("is for one of the board") { state, event in
                        state.board.contains(event.data.candidate)
                    },
                ],
                handle: { state, event, effects in
                    state.test.booked = event.data.candidate
                    try effects.set(
                        Tile(
                            .permitTest, .ongoing,
                            "Provet är den \(SwedishText.day(event.data.testOn)). Ta med legitimation",
                            next: event.data.testOn))
                }),
            River(
                "take how a test went", hears: KnowledgeTest.self,
                under: [ServingRules.attempts.legal, ServingRules.testYears.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of an application that is tried") { state, _ in state.stage.isTried },
                    Condition("is of who is booked") { state, event in state.test.booked == event.data.candidate },
                ], handle: Self.takeResult),
        ]
    }

    private static func takeResult(
        _ state: inout Case, _ event: Event<KnowledgeTest>, _ effects: inout Effects<Timer>
    ) throws {
        state.test.booked = nil
        state.test.attempts += 1
        guard event.data.passed else { return try takeFailure(&state, event.data.candidate, &effects) }
        let until = effects.today.adding(months: 12 * effects.value(of: ServingRules.testYears))
        state.test.passed.append(.init(candidate: event.data.candidate, until: until))
        guard state.knowsTheLaw(on: effects.today) else { return }
        effects.cancelTimer(.mending)
        try effects.set(
            Tile(
                .permitTest, .done,
                "Provet är godkänt den \(SwedishText.day(effects.today)). Resultatet kan användas till "
                    + SwedishText.day(until)))
        try proposeIfReady(&state, &effects)
    }

    /// A failed attempt is the candidate's own affair, and on no other page.
    private static func takeFailure(
        _ state: inout Case, _ candidate: Subject, _ effects: inout Effects<Timer>
    ) throws {
        let left = effects.value(of: ServingRules.attempts) - state.test.attempts
        let again = left > 0 ? "Du kan göra om det \(ServingTexts.times(left))" : "Det var det sista försöket"
        try effects.set(
            Tile(
                .permitTest, .decided, "Provet är inte godkänt den \(SwedishText.day(effects.today)). \(again)",
                about: effects.subject), for: candidate)
        if left <= 0 { try loseTest(&state, &effects) }
    }

    /// Nobody has passed who should have: without knowledge of the law there is no permit (alkohollagen 8:12).
    static func loseTest(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        state.test.isLost = true
        effects.cancelTimer(.answers)
        effects.cancelTimer(.mending)
        try withdrawItem(&state, &effects)
        if state.stage == .heard { state.take(.answered) }
        effects.cancelTimer(.hearing)
        try propose(.test, &state, &effects)
    }
}
