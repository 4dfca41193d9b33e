import AgencyKit
import LifeEvents

extension Kommun {
    static func moveOut(
        _ state: inout KommunCase, _ event: Event<Move>, _ effects: inout Effects<Timer>
    ) throws {
        let wasOpen = state.residence.stage == .welcomed
        remember(event, .out, &state)
        if wasOpen { effects.cancelTimer(.welcome) }
        let new = event.data.toMunicipality
        let ended = try endCare(.move, on: event.data.effectiveDate, &state, &effects)
        guard !event.data.minor, state.residence.take(.movedOut) else { return }
        let text =
            ended.isEmpty
            ? "Inget mer att avsluta i \(effects.place)"
            : "\(ended.joined(separator: ". ")). Sök på nytt i \(new.map { Municipalities.name(code: $0) } ?? "din nya kommun")"
        try effects.set(Tile(.oldMunicipality, .done, text))
    }

    static func moveIn(
        _ state: inout KommunCase, _ event: Event<Move>, _ effects: inout Effects<Timer>
    ) throws {
        remember(event, .in, &state)
        guard !event.data.minor, state.residence.take(.movedIn) else { return }
        try effects.set(
            Tile(.newMunicipality, .informed, "Välkommen till \(effects.place). Förskola och andra val söker du själv"))
        setWelcome(event.data.effectiveDate, &state, &effects)
    }

    static func closeWelcome(_ state: inout KommunCase, _ effects: inout Effects<Timer>) throws {
        guard state.residence.take(.thirtyDaysPassed) else { return }
        state.residence.welcomeEnds = nil
        try effects.set(Tile(.newMunicipality, .done, "Klart i \(effects.place)"))
    }

    /// Follows the head; a municipality that the corrected move no longer names undoes what it did.
    static func correctMove(
        _ state: inout KommunCase, _ event: Event<Move>, _ effects: inout Effects<Timer>
    ) throws {
        let isOut = state.residence.direction == .out
        let named = isOut ? event.data.fromMunicipality : event.data.toMunicipality
        guard changesMunicipality(event.data), named == effects.municipality else {
            return try undoMove(&state, reasonCode: "moveCorrected", &effects)
        }
        try state.residence.move.take(event, event.occurredOn)
        if state.residence.stage == .welcomed { setWelcome(event.data.effectiveDate, &state, &effects) }
    }

    static func annulMove(
        _ state: inout KommunCase, _ event: Event<Annulled<Move>>, _ effects: inout Effects<Timer>
    ) throws {
        try undoMove(&state, reasonCode: event.data.reasonCode, &effects)
    }

    private static func undoMove(
        _ state: inout KommunCase, reasonCode: String, _ effects: inout Effects<Timer>
    ) throws {
        let wasOut = state.residence.direction == .out
        let hadPage = state.residence.take(.moveAnnulled)
        effects.cancelTimer(.welcome)
        state.residence = KommunCase.Residence()
        _ = try restoreCare(.move, reasonCode: reasonCode, &state, &effects)
        guard hadPage else { return }
        try effects.set(
            Tile(
                wasOut ? .oldMunicipality : .newMunicipality, .corrected,
                wasOut ? "Rättat: du är kvar i \(effects.place)" : "Rättat: du har inte flyttat till \(effects.place)"))
    }

    private static func remember(_ event: Event<Move>, _ way: KommunCase.Residence.Direction, _ state: inout KommunCase)
    {
        state.residence.move.adopt(event, event.occurredOn)
        state.residence.direction = way
    }

    private static func setWelcome(_ effective: Day, _ state: inout KommunCase, _ effects: inout Effects<Timer>) {
        let lastDay = effective.adding(days: KommunRules.welcomeDays)
        state.residence.welcomeEnds = lastDay
        effects.setTimer(.welcome, at: KommunRules.instant(after: lastDay))
    }
}
