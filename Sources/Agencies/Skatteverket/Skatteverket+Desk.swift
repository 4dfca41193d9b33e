import AgencyKit
import LifeEvents

/// The desk at which births are registered: off unless the run gives it a capacity, and then a birth that is notified waits
/// until an officer takes it up. Handling time is that waiting and the work of B1.
extension Skatteverket {
    var desk: [River<Self>] {
        [
            River(
                "give a birth its turn", hears: RegisterTurn.self, as: Self.register,
                under: [BirthRules.capacity.legal],
                mine: [Condition("asks for a turn") { _, event in event.data.state == .asked }],
                handle: { state, event, effects in
                    let day = state.queue.turn(
                        for: event.data.person, "\(event.data.child)", at: effects.now,
                        OfficeTerms(capacity: effects.value(of: BirthRules.capacity)))
                    try effects.publish(
                        RegisterTurn(
                            state: .given, person: event.data.person, child: event.data.child, startsOn: day),
                        about: event.data.person)
                }),
            River(
                "take a turn back", hears: RegisterTurn.self, as: Self.register, under: [BirthRules.capacity.legal],
                mine: [Condition("leaves a turn") { _, event in event.data.state == .left }],
                handle: { state, event, _ in state.queue.leave(event.data.person, "\(event.data.child)") }),
            River(
                "register a birth in its turn", hears: RegisterTurn.self, as: Self.register,
                under: [BirthRules.capacity.legal, BirthRules.handling.legal],
                mine: [
                    Condition("gives a turn to a birth that waits for one") { state, event in
                        event.data.startsOn != nil
                            && state.births.contains { $0.child == event.data.child && $0.isQueued }
                    }
                ],
                handle: { state, event, effects in
                    guard let startsOn = event.data.startsOn,
                        let place = state.births.firstIndex(where: { $0.child == event.data.child })
                    else { return }
                    let day = SwedishCalendar.adding(
                        workingDays: effects.value(of: BirthRules.handling), to: startsOn)
                    state.births[place].isQueued = false
                    state.births[place].registersOn = SkatteverketRules.morning(day)
                    Self.setBirthTimer(state, &effects)
                    try Self.tellNotified(event.data.child, registered: day, state, &effects)
                }),
        ]
    }

    /// Asks the desk when the birth is taken up.
    static func queue(_ child: Subject, _ effects: inout Effects<Timer>) throws {
        try tellDesk(.asked, child, &effects)
    }

    /// A birth that was withdrawn needs its turn no more.
    static func leaveQueue(_ child: Subject, _ effects: inout Effects<Timer>) throws {
        guard effects.value(of: BirthRules.capacity) > 0 else { return }
        try tellDesk(.left, child, &effects)
    }

    private static func tellDesk(
        _ turn: OfficeTurnState, _ child: Subject, _ effects: inout Effects<Timer>
    ) throws {
        guard let desk = Subject(deskOf: effects.agency, office: "folkbokforing") else { return }
        try effects.publish(RegisterTurn(state: turn, person: effects.subject, child: child), about: desk)
    }
}
