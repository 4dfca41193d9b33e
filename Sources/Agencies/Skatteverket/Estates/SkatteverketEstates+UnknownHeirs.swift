import AgencyKit
import LifeEvents

/// Heirs who are not known, or cannot be found: a god man acts for them in the estate (föräldrabalken 11 kap. 3 §), and until
/// there is one the inventory is not whole.
extension SkatteverketEstates {
    var unknownHeirs: [River<Self>] {
        [
            River(
                "let a god man act for heirs who are not known", hears: Guardianship.self,
                under: [EstateRules.unknownHeirs],
                mine: [
                    Condition("is an estate with heirs who are not known") { state, event in
                        event.isNew && state.estate.hasUnknownHeirs && event.data.scope == [.estateShare]
                    }
                ],
                handle: { state, event, effects in try Self.begin(event, &state, &effects) }),
            River(
                "follow who acts for heirs who are not known", hears: Guardianship.self,
                under: [EstateRules.unknownHeirs],
                mine: [
                    Condition("moves the order we hold") { state, event in
                        !event.isNew && event.follows(state.estate.unknownHeirsActor?.chain)
                    }
                ], handle: Self.follow),
            River(
                "let nobody act who never was appointed", hears: Annulled<Guardianship>.self,
                under: [EstateRules.unknownHeirs],
                mine: [
                    Condition("annuls the one we hold") { state, event in
                        state.estate.unknownHeirsActor.map { event.annuls($0.chain) } ?? false
                    }
                ], handle: { state, _, effects in try Self.loseActor(.corrected, &state, &effects) }),
        ]
    }

    private static func begin(
        _ event: Event<Guardianship>, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let holder = event.data.holder
        state.estate.unknownHeirsActor = .init(person: holder, chain: ChainHead(event))
        state.estate.partners.holders.append(.init(holder))
        try tellActors(&state, &effects)
        guard let lastDay = state.estate.lastDay, let what = awaited(state.estate.stage) else { return }
        try effects.set(
            Tile(
                .estateInventory, .awaitingCitizen,
                "Du företräder okända arvingar i dödsboet. Bouppteckningen ska \(what) senast den "
                    + SwedishText.day(lastDay), about: effects.subject, deadline: lastDay), for: holder)
    }

    /// What the inventory waits for; nil: for nothing that the heirs do.
    private static func awaited(_ stage: Case.Estate.Stage) -> String? {
        switch stage {
        case .supplementAsked: "kompletteras"
        case .reminded, .ordered: "lämnas in"
        default: nil
        }
    }

    private static func follow(
        _ state: inout Case, _ event: Event<Guardianship>, _ effects: inout Effects<Timer>
    ) throws {
        guard event.change == .corrected else { return try loseActor(.stopped, &state, &effects) }
        guard event.data.scope == [.estateShare] else { return try loseActor(.corrected, &state, &effects) }
        guard event.data.holder != state.estate.unknownHeirsActor?.person else {
            try state.estate.unknownHeirsActor?.chain.take(event)
            return
        }
        try loseActor(.corrected, &state, &effects)
        try begin(event, &state, &effects)
    }

    private static func loseActor(
        _ code: TileCode, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard let actor = state.estate.unknownHeirsActor else { return }
        state.estate.unknownHeirsActor = nil
        state.estate.partners.holders.removeAll { $0.person == actor.person }
        try effects.set(
            Tile(
                .estateInventory, code, "Du företräder inte längre okända arvingar i dödsboet",
                about: effects.subject), for: actor.person)
        try tellActors(&state, &effects)
    }
}
