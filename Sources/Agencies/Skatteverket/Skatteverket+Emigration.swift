import AgencyKit
import LifeEvents

/// Who leaves Sweden for a year or more is registered here no longer (M8).
extension Skatteverket {
    var emigrations: [River<Self>] {
        [
            River(
                "take a notice of leaving", hears: EmigrationNotice.self, as: Self.register,
                mine: [
                    Self.isAlive(), Self.isOpen(),
                    Condition("is not about to leave") { state, _ in
                        state.abroad.departure == nil && !state.abroad.chain.holds
                    },
                ],
                whole: [
                    Self.isRegistered(),
                    Condition("is filed by who leaves, or a guardian of a child (M3)") { state, event in
                        event.data.filedBy == event.subject
                            || state.isChild(on: event.knownOn) && state.child.guardians == [event.data.filedBy]
                    },
                    Condition("is for a year or more (M8)") { _, event in
                        event.data.until.map {
                            $0 >= event.data.departureDate.adding(months: 12 * event.value(of: MoveRules.abroadYears))
                        } ?? true
                    },
                ], handle: Self.takeDeparture),
            River(
                "adopt a deregistration", hears: Deregistration.self, as: Self.register,
                mine: [
                    Condition("follows what we know of it") { state, event in
                        event.id != state.abroad.chain.head?.id && event.follows(state.abroad.chain)
                    }
                ],
                handle: { state, event, effects in
                    try state.abroad.chain.take(event)
                    state.abroad.departure = nil
                    guard event.change == .ceased else { return }
                    try effects.set(
                        Tile(
                            .moveNotice, .done,
                            "Du är folkbokförd i Sverige igen från den \(SwedishText.day(event.occurredOn))"))
                }),
            River(
                "restore who never left", hears: Annulled<Deregistration>.self, as: Self.register,
                mine: [Self.annuls(\.abroad.chain)],
                handle: { state, event, effects in
                    try state.abroad.chain.take(event)
                    try effects.set(
                        Tile(
                            .moveNotice, .corrected,
                            "Avregistreringen var fel och är borttagen. Allt gäller som förut"))
                }),
        ]
    }

    private static func takeDeparture(
        _ state: inout Case, _ event: Event<EmigrationNotice>, _ effects: inout Effects<Timer>
    ) throws {
        let data = event.data
        // M8: a notice after the departure holds from its own day.
        let from = max(data.departureDate, event.knownOn)
        state.abroad.departure = from
        let decision = max(
            SwedishCalendar.adding(workingDays: effects.value(of: MoveRules.handling), to: event.knownOn), from)
        effects.setTimer(.emigration, at: SkatteverketRules.morning(decision))
        let isLate = from > data.departureDate
        try effects.set(
            Tile(
                .moveNotice, .received,
                "Vi har fått din anmälan om flytt utomlands. "
                    + (isLate ? "Den kom efter avresan. " : "")
                    + "Du avregistreras från den \(SwedishText.day(from)). "
                    + "Besked omkring den \(SwedishText.day(decision))", expected: decision))
    }

    static func deregister(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let from = state.abroad.departure, let municipality = state.register.municipality else { return }
        state.abroad.departure = nil
        if state.move.take(.lapsed) {
            state.move.notice = nil
            effects.cancelTimer(.move)
        }
        state.abroad.chain = ChainHead(
            try effects.publish(
                Deregistration(
                    reason: .emigrated, from: from, municipality: municipality, concerns: agencies(of: [municipality])),
                occurredOn: from))
        try effects.set(
            Tile(
                .moveNotice, .done,
                "Du är inte längre folkbokförd i Sverige från den \(SwedishText.day(from)). "
                    + "Överklaga senast tre veckor efter beslutet"))
    }
}

extension SkatteverketCase {
    /// Leaving Sweden: `DEREGISTERED`, until a return ends it.
    struct Abroad: CasePart {
        /// The day from which a notified departure holds, until it is decided.
        var departure: Day?
        var chain = ChainHead()
    }
}
