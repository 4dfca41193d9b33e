import AgencyKit
import LifeEvents

/// Which municipality gets the municipal tax after a move (M11).
extension SkatteverketTaxation {
    var moves: [River<Self>] {
        [
            River(
                "tell which municipality gets the tax", hears: Move.self, under: [MoveRules.tax],
                mine: [
                    Condition("is an adult") { _, event in !event.data.minor },
                    Condition("is a new move between municipalities") { _, event in
                        event.isNew && event.data.fromMunicipality != event.data.toMunicipality
                    },
                ], handle: Self.followMove),
            River(
                "correct which municipality gets the tax", hears: Move.self, under: [MoveRules.tax],
                mine: [Condition("corrects the move we know") { state, event in event.corrects(state.move) }],
                handle: Self.correctMove),
            River(
                "take back what a move changed", hears: Annulled<Move>.self, under: [MoveRules.tax],
                mine: [Condition("annuls the move we know") { state, event in event.annuls(state.move) }],
                handle: { state, event, effects in
                    try state.move.take(event)
                    state.places.removeLast()
                    try effects.set(
                        Tile(.taxMunicipality, .corrected, "Rättat: flytten var fel. Din kommunalskatt går som förut"))
                }),
        ]
    }

    private static func followMove(
        _ state: inout Case, _ event: Event<Move>, _ effects: inout Effects<Timer>
    ) throws {
        guard let old = event.data.fromMunicipality, let new = event.data.toMunicipality else { return }
        if state.places.isEmpty { state.places.append(.init(municipality: old, from: .earliest)) }
        state.places.append(.init(municipality: new, from: event.data.effectiveDate))
        state.move.adopt(event)
        try effects.set(Tile(.taxMunicipality, .informed, text(state, event.data.effectiveDate)))
    }

    private static func correctMove(
        _ state: inout Case, _ event: Event<Move>, _ effects: inout Effects<Timer>
    ) throws {
        guard let new = event.data.toMunicipality, let former = state.places.popLast() else { return }
        try state.move.take(event)
        let place = TaxationCase.Place(municipality: new, from: event.data.effectiveDate)
        state.places.append(place)
        guard place != former else { return }
        try effects.set(Tile(.taxMunicipality, .corrected, "Rättat: \(text(state, place.from))"))
    }

    /// The tax of the year of the move, and from when the new municipality has it.
    private static func text(_ state: Case, _ effective: Day) -> String {
        let year = effective.year
        // Registered after 1 November, the new municipality has the tax only of the year after the next.
        let first = state.municipality(taxed: year + 1) == state.places.last?.municipality ? year + 1 : year + 2
        let old = state.municipality(taxed: year).map { Municipalities.name(code: $0) } ?? ""
        let new = state.places.last.map { Municipalities.name(code: $0.municipality) } ?? ""
        let until = first == year + 1 ? "\(year)" : "\(year) och \(year + 1)"
        let day = Case.registrationDay(taxed: year).map { SwedishText.day($0) } ?? ""
        return "Din kommunalskatt för \(until) går till \(old), där du var folkbokförd den \(day). "
            + "Från \(first) gäller \(new)"
    }
}

extension TaxationCase {
    /// Where the register has told that a person was registered.
    struct Place: Codable, Equatable, Sendable {
        var municipality: String
        var from: Day
    }

    /// M11: 1 November of the year before (inkomstskattelagen 65 kap. 3 §).
    static func registrationDay(taxed year: Int) -> Day? { Day(year: year - 1, month: 11, dayOfMonth: 1) }

    /// The municipality that has a year's tax.
    func municipality(taxed year: Int) -> String? {
        guard let day = Self.registrationDay(taxed: year) else { return nil }
        return places.last { $0.from <= day }?.municipality
    }
}
