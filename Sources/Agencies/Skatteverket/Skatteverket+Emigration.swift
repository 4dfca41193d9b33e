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
                    let day = SwedishText.day(event.occurredOn)
                    try Self.tellMover(
                        state, .done, "Du är folkbokförd i Sverige igen från den \(day)",
                        child: "Ditt barn är folkbokfört i Sverige igen från den \(day)", &effects)
                }),
            River(
                "restore who never left", hears: Annulled<Deregistration>.self, as: Self.register,
                mine: [Self.annuls(\.abroad.chain)],
                handle: { state, event, effects in
                    try state.abroad.chain.take(event)
                    let text = "Avregistreringen var fel och är borttagen. Allt gäller som förut"
                    try Self.tellMover(state, .corrected, text, child: text, &effects)
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
        let late = isLate ? "Den kom efter avresan. " : ""
        let answer = "avregistreras från den \(SwedishText.day(from)). Besked omkring den \(SwedishText.day(decision))"
        try tellMover(
            state, .received, "Vi har fått din anmälan om flytt utomlands. \(late)Du \(answer)",
            child: "Vi har fått anmälan om flytt utomlands för ditt barn. \(late)Barnet \(answer)",
            expected: decision, &effects)
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
        let day = SwedishText.day(from)
        try tellMover(
            state, .done,
            "Du är inte längre folkbokförd i Sverige från den \(day). Överklaga senast tre veckor efter beslutet",
            child: "Ditt barn är inte längre folkbokfört i Sverige från den \(day)", &effects)
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
