import AgencyKit
import LifeEvents

/// Who is deregistered as having left the country has no right to housing allowance here; one who never left has.
/// Cases within the EU are looked at by hand, which is not played.
extension Forsakringskassan {
    var departures: [River<Self>] {
        [
            River(
                "end for who has left the country", hears: Deregistration.self,
                mine: [
                    Self.isAlive(Deregistration.self),
                    Condition("has housing allowance, or a case of it") { state, _ in state.housing.isOpen },
                    Condition("is a new deregistration") { _, event in event.isNew },
                ], handle: Self.leave),
            River(
                "tell who has come back to the country", hears: Deregistration.self,
                mine: [
                    Self.isAlive(Deregistration.self),
                    Condition("ends the departure we know") { $1.ceases($0.housing.abroad) },
                ],
                handle: Self.welcomeBack),
            River(
                "go on for who never left", hears: Annulled<Deregistration>.self,
                mine: [
                    Self.isAlive(Annulled<Deregistration>.self),
                    Condition("is the departure we know") { $1.annuls($0.housing.abroad) },
                ], handle: Self.comeBack),
        ]
    }

    static func leave(
        _ state: inout Case, _ event: Event<Deregistration>, _ effects: inout Effects<Timer>
    ) throws {
        let former = state.housing
        guard state.housing.take(.ceased) else { return }
        state.housing.remember(former)
        state.housing.abroad = ChainHead(event)
        state.housing.application = nil
        state.housing.moves += 1
        state.housing.announced = nil
        let last = HousingRules.lastDay(left: event.data.from)
        state.housing.lastDay = last
        try endGrants(&state, on: last, &effects)
        try considerClaim(
            &state,
            event.data.reason == .emigrated
                ? "men flyttade utomlands den \(SwedishText.day(event.data.from)). "
                : "men var inte folkbokförd i Sverige från den \(SwedishText.day(event.data.from)). ", &effects)
        setHousingTimers(state, &effects)
        try effects.set(
            Tile(
                .housingAllowance, .stopped,
                "Bostadsbidraget upphörde för att \(event.data.reason.sentence) "
                    + "\(event.data.reason == .emigrated ? "den" : "från den") \(SwedishText.day(event.data.from))"))
    }

    static func welcomeBack(
        _ state: inout Case, _ event: Event<Deregistration>, _ effects: inout Effects<Timer>
    ) throws {
        try state.housing.abroad.take(event)
        try effects.set(
            Tile(
                .housingAllowance, .informed,
                "Du är folkbokförd i Sverige igen. Ansök om bostadsbidrag när du vill, du får från "
                    + "ansökningsmånaden"))
    }

    static func comeBack(
        _ state: inout Case, _ event: Event<Annulled<Deregistration>>, _ effects: inout Effects<Timer>
    ) throws {
        try state.housing.abroad.take(event)
        // Only the return was wrong.
        guard !state.housing.abroad.holds else {
            return try effects.set(
                Tile(
                    .housingAllowance, .corrected,
                    "Rättat: du är inte folkbokförd i Sverige. Bostadsbidraget har upphört"))
        }
        try undoLast("avregistreringen", event.data.reasonCode, &state, &effects)
    }
}
