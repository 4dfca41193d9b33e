import AgencyKit
import LifeEvents

/// Which municipality receives a household, and the daily allowance until it does (N2, N3).
extension Migrationsverket {
    var settlements: [River<Self>] {
        [
            River(
                "end the daily allowance of who is received", hears: Settlement.self,
                under: [ArrivalRules.allowanceUntilHome],
                mine: [
                    Condition("is received") { state, event in
                        event.data.state == .received && state.permit.stage.after(.received) != nil
                    }
                ],
                handle: { state, event, effects in
                    state.permit.take(.received)
                    try Self.tell(
                        state, .dailyAllowance, .done,
                        "Dagersättningen slutade \(SwedishText.day(event.data.from)). Sök pengar hos kommunen tills du "
                            + "får ersättning från Försäkringskassan.", &effects)
                }),
            River(
                "pay the daily allowance on where the municipality is late", hears: Settlement.self,
                under: [ArrivalRules.allowanceUntilHome],
                mine: [
                    Condition("waits, and the municipality is late") { state, event in
                        event.data.state == .late && state.permit.stage == .assigned
                    }
                ],
                handle: { state, _, effects in
                    try Self.tell(
                        state, .dailyAllowance, .ongoing,
                        "Dagersättningen fortsätter tills kommunen har en bostad. Du behöver inte göra något.", &effects
                    )
                }),
            River(
                "end the daily allowance of who has said no to the home", hears: Settlement.self,
                under: [ArrivalRules.allowanceUntilHome],
                mine: [
                    Condition("is over before it began") { state, event in
                        event.data.state == .ended && state.permit.stage.after(.declined) != nil
                    }
                ],
                handle: { state, event, effects in
                    state.permit.take(.declined)
                    try Self.tell(
                        state, .dailyAllowance, .stopped,
                        "Dagersättningen slutade \(SwedishText.day(event.data.from)), eftersom du sa nej till bostaden.",
                        &effects)
                }),
            River(
                "hear who is registered", hears: Immigration.self, under: [ArrivalRules.number],
                mine: [Condition("holds a permit") { state, _ in state.permit.chain.holds }],
                // It is told, as who asked for the number; nothing here follows from it.
                handle: { _, _, _ in }),
        ]
    }

    /// A municipality is chosen: it alone is told, of each of the household.
    static func assign(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let code = "\(effects.value(of: ArrivalRules.turn))"
        let municipality = String(repeating: "0", count: max(0, 4 - code.count)) + code
        guard state.permit.take(.assigned), let agency = Municipalities.agency(code: municipality) else { return }
        let by = effects.today.adding(months: effects.value(of: ArrivalRules.receive))
        try effects.publish(
            ResidencePermit(
                state: .assigned, from: effects.today, permanent: state.permit.isPermanent, establishment: true,
                family: state.permit.household.members, municipality: municipality, receiveBy: by, concerns: [agency]),
            in: &state.permit.assignment)
        let household = state.permit.household
        guard household.isOwn(effects.subject) else { return }
        let last = household.isOne ? "Du bor" : "Ni bor"
        try tell(
            state, .settlement, .investigating,
            "\(Municipalities.body(code: municipality)) ska ordna en bostad åt \(household.object) senast "
                + "\(SwedishText.day(by)). \(last) kvar tills kommunen hör av sig.", &effects)
    }

    static func endAllowance(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        try tell(
            state, .dailyAllowance, .done,
            "Dagersättningen slutade \(SwedishText.day(effects.today.adding(days: -1))). Sök pengar hos kommunen tills "
                + "du får ersättning från Försäkringskassan.", &effects)
    }
}
