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
                mine: [Condition("corrects a move we know") { state, event in state.place(of: event) != nil }],
                handle: Self.correctMove),
            River(
                "take back what a move changed", hears: Annulled<Move>.self, under: [MoveRules.tax],
                mine: [Condition("annuls a move we know") { state, event in state.place(of: event) != nil }],
                handle: { state, event, effects in
                    guard let place = state.place(of: event) else { return }
                    state.places.remove(at: place)
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
        state.places.append(
            .init(municipality: new, from: event.data.effectiveDate, move: ChainHead(event)))
        try effects.set(Tile(.taxMunicipality, .informed, text(state, event.data.effectiveDate)))
    }

    private static func correctMove(
        _ state: inout Case, _ event: Event<Move>, _ effects: inout Effects<Timer>
    ) throws {
        guard let new = event.data.toMunicipality, let place = state.place(of: event) else { return }
        let former = state.places[place]
        try state.places[place].move.take(event)
        (state.places[place].municipality, state.places[place].from) = (new, event.data.effectiveDate)
        guard new != former.municipality || event.data.effectiveDate != former.from else { return }
        try effects.set(Tile(.taxMunicipality, .corrected, "Rättat: \(text(state, event.data.effectiveDate))"))
    }

    /// Which municipality has the tax of the year of the move, of the next, and from then on.
    private static func text(_ state: Case, _ effective: Day) -> String {
        let year = effective.year
        let (old, next) = (state.municipality(taxed: year), state.municipality(taxed: year + 1))
        let new = state.places.last?.municipality
        func name(_ code: String?) -> String { code.map { Municipalities.name(code: $0) } ?? "" }
        func day(_ taxed: Int) -> String { Case.registrationDay(taxed: taxed).map { SwedishText.day($0) } ?? "" }
        func goes(_ years: String) -> String {
            "Din kommunalskatt för \(years) går till \(name(old)), där du var folkbokförd den \(day(year))"
        }
        if next == new {
            let following = next == old ? "Så är det även \(year + 1)" : "Från \(year + 1) gäller \(name(new))"
            return goes("\(year)") + ". \(following)"
        }
        // Registered after 1 November, the new municipality has the tax only of the year after the next.
        let then = "Från \(year + 2) gäller \(name(new))"
        guard next != old else { return goes("\(year) och \(year + 1)") + ". " + then }
        return goes("\(year)")
            + ", och för \(year + 1) till \(name(next)), där du var folkbokförd den \(day(year + 1)). \(then)"
    }
}

extension TaxationCase {
    /// Where the register has told that a person was registered.
    struct Place: Codable, Equatable, Sendable {
        var municipality: String
        var from: Day
        /// The move that led there; none of where one was first.
        var move = ChainHead()
    }

    /// The place of the move that an event corrects or annuls.
    func place<Data: LifeEvent>(of event: Event<Data>) -> Int? {
        places.firstIndex { !event.isNew && $0.move.holds && event.follows($0.move) }
    }

    /// M11: 1 November of the year before (inkomstskattelagen 65 kap. 3 §).
    static func registrationDay(taxed year: Int) -> Day? { Day(year: year - 1, month: 11, dayOfMonth: 1) }

    /// The municipality that has a year's tax.
    func municipality(taxed year: Int) -> String? {
        guard let day = Self.registrationDay(taxed: year) else { return nil }
        return places.last { $0.from <= day }?.municipality
    }
}
