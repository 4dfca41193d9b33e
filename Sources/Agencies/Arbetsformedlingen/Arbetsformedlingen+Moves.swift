import AgencyKit
import LifeEvents

/// A job-seeker who moves stays registered; one who leaves the country does not.
extension Arbetsformedlingen {
    var moves: [River<Self>] {
        [
            River(
                "follow the move", hears: Move.self,
                mine: [
                    Condition("is a job-seeker") { state, _ in state.isActive },
                    Condition("is a new move") { _, event in event.isNew },
                    Condition("is between municipalities") { _, event in
                        event.data.fromMunicipality != event.data.toMunicipality
                    },
                    Condition("is not a move we know") { state, event in state.move.head?.value != event.occurredOn },
                ],
                handle: { state, event, effects in
                    state.move.adopt(event, event.occurredOn)
                    try effects.set(
                        Tile(
                            .employmentService, .informed,
                            "Din inskrivning är som förut. Vi har din nya kommun och du behöver inte göra något"))
                }),
            River(
                "take over a corrected move", hears: Move.self,
                mine: [
                    Condition("corrects the move we know") { state, event in event.corrects(state.move) }
                ],
                // Office and search area follow the register by themselves: only the chain's head is new.
                handle: { state, event, _ in try state.move.take(event, event.occurredOn) }),
            River(
                "forget a move that never was", hears: Annulled<Move>.self,
                mine: [
                    Condition("is a job-seeker") { state, _ in state.isActive },
                    Condition("is the move we know") { state, event in event.annuls(state.move) },
                ],
                handle: { state, event, effects in
                    try state.move.take(event)
                    try effects.set(
                        Tile(.employmentService, .corrected, "Rättat: flytten var fel. Din inskrivning är som förut"))
                }),
            River(
                "end for who has left the country", hears: Deregistration.self,
                mine: [
                    Condition("is a job-seeker") { state, _ in state.isActive },
                    Condition("is a new deregistration") { _, event in event.isNew },
                ], handle: Self.leave),
            River(
                "tell who has come back to the country", hears: Deregistration.self,
                mine: [Condition("ends the departure we know") { state, event in event.ceases(state.abroad) }],
                handle: { state, event, effects in
                    try state.abroad.take(event)
                    try effects.set(
                        Tile(
                            .employmentService, .informed,
                            "Du är folkbokförd i Sverige igen. Skriv in dig på nytt om du söker arbete"))
                }),
            River(
                "go on for who never left", hears: Annulled<Deregistration>.self,
                mine: [
                    Condition("is the departure we know") { state, event in event.annuls(state.abroad) }
                ], handle: Self.comeBack),
        ]
    }

    private static func leave(
        _ state: inout Case, _ event: Event<Deregistration>, _ effects: inout Effects<Timer>
    ) throws {
        guard var registration = state.registration else { return }
        state.abroad = ChainHead(event)
        try effects.cease(
            JobSeekerRegistration(
                from: registration.from, extent: registration.extent, reason: .moved, concerns: state.funds),
            in: &registration.chain, occurredOn: event.data.from)
        state.registration = registration
        try endProgramme(&state, on: event.data.from, &effects)
        try effects.set(
            Tile(
                .employmentService, .stopped,
                "Din inskrivning upphörde den \(SwedishText.day(event.data.from)) för att \(event.data.reason.sentence)"
            ))
    }

    private static func comeBack(
        _ state: inout Case, _ event: Event<Annulled<Deregistration>>, _ effects: inout Effects<Timer>
    ) throws {
        try state.abroad.take(event)
        guard !state.abroad.holds else {
            return try effects.set(
                Tile(
                    .employmentService, .corrected,
                    "Rättat: du är inte folkbokförd i Sverige. Din inskrivning har upphört"))
        }
        guard var registration = state.registration,
            try effects.restore(
                JobSeekerRegistration.self, in: &registration.chain, reason: event.data.reasonCode)
        else { return }
        state.registration = registration
        state.followAgain(&effects)
        try effects.set(
            Tile(.employmentService, .corrected, "Rättat: avregistreringen var fel. Din inskrivning är som förut"))
    }
}
