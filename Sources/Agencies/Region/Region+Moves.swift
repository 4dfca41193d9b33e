import AgencyKit
import LifeEvents

/// The new region takes over where the county changes; the old one finishes what is booked and says nothing (M22).
extension Region {
    static let takesOver = LegalRule(
        "M22", "the region is responsible from the registration; within the region nothing changes", source: "HSL 8:1",
        mark: .likely)

    var moves: [River<Region>] {
        [
            River(
                "correct a move", hears: Move.self, under: [Self.takesOver],
                mine: [
                    Condition("welcomed because of the corrected move") { state, event in
                        event.corrects(state.healthCare.move)
                    }
                ], handle: Self.correctMove),
            River(
                "take over in the new county", hears: Move.self, under: [Self.takesOver],
                concerns: { Self.newCounty($0.data) },
                mine: [
                    Condition("is a move not known") { state, event in
                        let known = state.healthCare.move.head
                        return known?.id != event.id && known?.value != event.occurredOn
                    }
                ], handle: Self.takeOver),
            River(
                "tell a guardian of a child who moved in", hears: FamilyRelation.self, under: [Self.takesOver],
                concerns: { $0.change == .corrected ? Self.around($0.data.municipality) : [] },
                mine: [
                    Condition("is custody") { _, event in event.data.kind == .custody },
                    Condition("is of a child who moved in") { state, _ in
                        state.healthCare.move.holds && state.healthCare.isChild
                    },
                    Condition("has not told the guardian") { !$0.healthCare.told.contains($1.data.holder) },
                ],
                handle: { state, event, effects in
                    state.healthCare.told.append(event.data.holder)
                    try effects.set(
                        Tile(
                            .healthCare, .informed,
                            "\(Regions.name(effects.agency)) ansvarar för ditt barns vård. BVC hör av sig",
                            about: effects.subject), for: event.data.holder)
                }),
            River(
                "take back the care of who never moved", hears: Annulled<Move>.self, under: [Self.takesOver],
                mine: [
                    Condition("welcomed because of the annulled move") { state, event in
                        event.annuls(state.healthCare.move)
                    }
                ],
                handle: { state, _, effects in try Self.withdrawCare(&state, &effects) }),
            River(
                "tell who has left the country", hears: Deregistration.self,
                concerns: { $0.isNew ? Self.around($0.data.municipality) : [] },
                handle: { state, event, effects in
                    state.healthCare.abroad = ChainHead(event)
                    state.healthCare.toldAbroad = Self.guardiansOfMinor(state, on: event.data.from)
                    let until = "från den \(SwedishText.day(event.data.from)). Bokad vård slutförs"
                    try Self.tellAbroad(.stopped, state, &effects) { region, care in
                        "\(Regions.name(region)) ansvarar inte längre för \(care) \(until)"
                    }
                }),
            River(
                "take care of who has come back to the country", hears: Deregistration.self, under: [Self.takesOver],
                concerns: { $0.change == .ceased ? Self.around($0.data.municipality) : [] },
                handle: { state, event, effects in
                    state.healthCare.abroad.adopt(event)
                    state.healthCare.toldAbroad = Self.guardiansOfMinor(state, on: event.occurredOn)
                    try Self.tellAbroad(.informed, state, &effects) { region, care in
                        "\(Regions.name(region)) ansvarar för \(care) igen från den \(SwedishText.day(event.occurredOn))"
                    }
                }),
            River(
                "take care again of who never left", hears: Annulled<Deregistration>.self,
                mine: [Condition("is the departure we know") { $1.annuls($0.healthCare.abroad) }],
                handle: { state, event, effects in
                    try state.healthCare.abroad.take(event)
                    // Only the return was wrong.
                    let isAbroad = state.healthCare.abroad.holds
                    try Self.tellAbroad(.corrected, state, &effects) { region, care in
                        "Rättat: \(Regions.name(region)) ansvarar \(isAbroad ? "inte för \(care)" : "för \(care) som förut")"
                    }
                }),
        ]
    }

    /// Who is told of a minor. The region's register has the date of birth by the number; here it is the day since when
    /// custody is held [A].
    private static func guardiansOfMinor(_ state: RegionCase, on day: Day) -> [Subject] {
        let guardians = state.childHealth.guardians
        let isMinor = guardians.custodies.contains {
            $0.chain.holds && day < $0.from.adding(months: 12 * 18)
        }
        return isMinor ? guardians.holders : []
    }

    /// Tells of a departure: of a child its guardians, never the child's own page.
    private static func tellAbroad(
        _ code: TileCode, _ state: RegionCase, _ effects: inout Effects<Timer>, _ text: (AgencyID, String) -> String
    ) throws {
        guard !state.healthCare.toldAbroad.isEmpty else {
            return try effects.set(Tile(.healthCare, code, text(effects.agency, "din vård")))
        }
        for guardian in state.healthCare.toldAbroad {
            try effects.set(
                Tile(
                    .healthCare, code, text(effects.agency, "ditt barns vård"), about: effects.subject), for: guardian)
        }
    }

    private static func takeOver(
        _ state: inout RegionCase, _ event: Event<Move>, _ effects: inout Effects<Timer>
    ) throws {
        state.healthCare.move.adopt(event, event.occurredOn)
        state.healthCare.isChild = event.data.minor
        state.healthCare.from = event.data.effectiveDate
        state.healthCare.told = []
        // Of a child the guardians are told, whom the register names next.
        guard !event.data.minor else { return }
        try effects.set(
            Tile(
                .healthCare, .informed,
                "\(Regions.name(effects.agency)) ansvarar för vården från den "
                    + "\(SwedishText.day(event.data.effectiveDate)). Du kan välja vårdcentral"))
    }

    private static func correctMove(
        _ state: inout RegionCase, _ event: Event<Move>, _ effects: inout Effects<Timer>
    ) throws {
        guard newCounty(event.data) == [effects.agency] else { return try withdrawCare(&state, &effects) }
        try state.healthCare.move.take(event, event.occurredOn)
        let from = event.data.effectiveDate
        guard from != state.healthCare.from else { return }
        state.healthCare.from = from
        // The guardians of a child have not been told of a day.
        guard !state.healthCare.isChild else { return }
        try effects.set(
            Tile(
                .healthCare, .corrected,
                "Rättat: \(Regions.name(effects.agency)) ansvarar för vården från den \(SwedishText.day(from))"))
    }

    private static func withdrawCare(_ state: inout RegionCase, _ effects: inout Effects<Timer>) throws {
        let former = state.healthCare
        state.healthCare = RegionCase.HealthCare()
        let text = "Rättat: \(Regions.name(effects.agency)) ansvarar inte för vården"
        guard former.isChild else { return try effects.set(Tile(.healthCare, .corrected, text)) }
        for guardian in former.told {
            try effects.set(Tile(.healthCare, .corrected, text, about: effects.subject), for: guardian)
        }
    }
}
