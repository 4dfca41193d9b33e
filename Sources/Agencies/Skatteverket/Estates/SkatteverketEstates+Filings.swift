import AgencyKit
import LifeEvents

/// What partners file: the inventory, what was missing in it, more time; and the municipality's notice instead of it.
extension SkatteverketEstates {
    var filings: [River<Self>] {
        [
            River(
                "receive an estate inventory", hears: EstateInventoryFiling.self,
                mine: [Condition("awaits an inventory") { state, _ in state.estate.stage.isWaiting }],
                whole: [
                    Self.isPartner { $0.filedBy },
                    Condition("was held after the death") { state, event in
                        guard let died = state.estate.death.head?.value else { return false }
                        return died <= event.data.heldOn && event.data.heldOn <= event.knownOn
                    },
                ], handle: Self.receive),
            River(
                "receive what was missing", hears: InventoryCompletionFiling.self,
                mine: [
                    Condition("has asked for something missing") { state, _ in
                        state.estate.stage == .supplementAsked
                    }
                ],
                whole: [
                    Self.isPartner { $0.filedBy },
                    Condition("is what was asked for") { state, event in state.estate.missing == event.data.item },
                    Condition("comes when somebody acts for heirs who are not known") { state, _ in
                        !state.estate.hasUnknownHeirs || state.estate.unknownHeirsActor != nil
                    },
                ], handle: Self.complete),
            River(
                "give more time", hears: InventoryExtensionFiling.self,
                mine: [Condition("awaits an inventory") { state, _ in state.estate.stage == .awaiting }],
                whole: [
                    Self.isPartner { $0.filedBy },
                    Condition("is applied for while there is time") { state, event in
                        state.estate.heldBy.map { event.knownOn <= $0 } ?? false
                    },
                    Condition("asks for a later day") { state, event in
                        state.estate.heldBy.map { event.data.until > $0 } ?? false
                    },
                ],
                handle: { state, event, effects in
                    Self.setDates(&state, EstateRules.dates(heldBy: event.data.until, effects.rules), &effects)
                    try Self.publish(&state, .extended, &effects)
                    let day = SwedishText.day(event.data.until)
                    try Self.tell(
                        state, .awaitingCitizen,
                        "Ni har fått mer tid. Bouppteckningen ska göras senast den \(day) och lämnas in inom en månad "
                            + "efter mötet", deadline: state.estate.dueDate, &effects)
                }),
        ]
    }

    private static func receive(
        _ state: inout Case, _ event: Event<EstateInventoryFiling>, _ effects: inout Effects<Timer>
    ) throws {
        let data = event.data
        let known = state.estate.partners
        let summoned = data.summoned ?? []
        let lack =
            missing(state, data, certifiers: effects.value(of: EstateRules.certifiers), on: effects.today)
            ?? (needsGodMan(state, data, on: effects.today) ? .summons : nil)
        if data.unknownHeirs == true { state.estate.hasUnknownHeirs = true }
        let lacksActor = state.estate.hasUnknownHeirs && state.estate.unknownHeirsActor == nil
        let missing = lack ?? (lacksActor ? .holders : nil)
        guard state.estate.take(missing == nil ? .filed : .filedIncomplete) else { return }
        state.estate.heldOn = data.heldOn
        state.estate.summoned = summoned
        // Who has a share by law and is not named stays a partner until the inventory is whole.
        let forgotten = known.persons.filter { !data.holders.contains($0) && !summoned.contains($0) }
        state.estate.partners = EstatePartners(
            (data.holders + forgotten).map { state.holder($0, on: effects.today) })
        state.estate.missing = missing
        for holder in state.estate.partners.persons where state.needsGodMan(holder, on: effects.today) {
            try tellChiefGuardian(&state, holder, &effects)
        }
        try tellActors(&state, &effects)
        guard let missing else { return try register(&state, as: .received, &effects) }
        let lastDay = SwedishCalendar.lastDayMoved(
            effects.today.adding(days: effects.value(of: EstateRules.completion)))
        state.estate.lastDay = lastDay
        effects.setTimer(.inventory, at: SkatteverketRules.midnight(after: lastDay))
        try publish(&state, .supplementAsked, &effects)
        try tell(
            state, .awaitingCitizen,
            "Bouppteckningen är inte komplett: \(lack == nil ? noActor : missing.sentence). Komplettera senast den "
                + "\(SwedishText.day(lastDay)), annars kan Skatteverket kräva det med vite", deadline: lastDay, &effects
        )
    }

    private static let noActor = "en god man, som överförmyndaren utser, ska företräda okända arvingar"

    /// What is not whole (D8): two certify, all who have a share are named, or summoned where they waive it, and the nearest
    /// who inherit after a spouse are summoned.
    private static func missing(
        _ state: Case, _ filing: EstateInventoryFiling, certifiers needed: Int, on day: Day
    ) -> InventoryItem? {
        if let certifiers = filing.certifiers, certifiers < needed { return .signature }
        let named = filing.holders + (filing.summoned ?? [])
        guard state.estate.partners.persons.allSatisfy(named.contains) else { return .holders }
        return state.waiting(on: day).allSatisfy(named.contains) ? nil : .summons
    }

    /// Whether a minor's guardian is partner too, and no god man was summoned to the meeting (D12).
    private static func needsGodMan(_ state: Case, _ filing: EstateInventoryFiling, on day: Day) -> Bool {
        var state = state
        state.estate.partners = EstatePartners(filing.holders.map { state.holder($0, on: day) })
        return filing.holders.contains { state.needsGodMan($0, on: day) }
    }

    private static func complete(
        _ state: inout Case, _ event: Event<InventoryCompletionFiling>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.estate.take(.completed) else { return }
        state.estate.missing = nil
        try register(&state, as: .supplemented, &effects)
    }

    /// The inventory is whole: it is registered when the handling time is over.
    private static func register(
        _ state: inout Case, as stage: EstateInventoryState, _ effects: inout Effects<Timer>
    ) throws {
        let day = SwedishCalendar.adding(workingDays: effects.value(of: EstateRules.handling), to: effects.today)
        effects.cancelTimer(.unattended)
        effects.setTimer(.inventory, at: SkatteverketRules.morning(day))
        try publish(&state, stage, &effects)
        let what = stage == .supplemented ? "Kompletteringen" : "Bouppteckningen"
        try tell(
            state, .received, "\(what) har kommit in. Besked omkring den \(SwedishText.day(day))", expected: day,
            &effects)
    }
}

extension InventoryItem {
    /// What is missing, for the citizen.
    fileprivate var sentence: String {
        switch self {
        case .signature: "två personer ska intyga den"
        case .holders: "alla delägare ska vara med"
        case .summons: "det saknas bevis om att alla har kallats"
        case .assets: "tillgångar och skulder saknas"
        }
    }
}
