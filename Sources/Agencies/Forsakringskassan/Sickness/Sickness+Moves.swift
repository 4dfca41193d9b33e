import AgencyKit
import LifeEvents

/// Who moves to another region takes no consent along: the old one is told no more, and the insured is asked anew (S45).
extension ForsakringskassanSickness {
    var moves: [River<Self>] {
        [
            River(
                "ask anew who moves to another region", hears: Move.self, under: [WayBackMoves.anew],
                mine: [
                    Self.isAlive(Move.self),
                    Condition("is a new move from a region that is told of the way back") { state, event in
                        event.isNew && !state.rehabilitation.left(by: event.data, on: event.knownOn).isEmpty
                    },
                ],
                handle: { state, event, effects in
                    let old = state.rehabilitation.left(by: event.data, on: effects.today)
                    state.rehabilitation.left += old
                    try Self.tellEnd(to: state.rehabilitation.told.filter { old.contains($0) }, &state, &effects)
                    let last = InsuranceRules.lastDay(effects.value(of: ChainRules.answer), after: effects.today)
                    let place = event.data.toMunicipality.map { Municipalities.name(code: $0) } ?? "en ny kommun"
                    try Self.tellWayBack(
                        .awaitingCitizen,
                        "Du har flyttat till \(place). Vi delar inget mer med läkaren där du bodde. Säg senast "
                            + "\(SwedishText.day(last)) om vi får bjuda in läkaren i din nya region", deadline: last,
                        &effects)
                })
        ]
    }
}

extension SicknessCase.WayBack {
    /// The regions that a consent names and that a move leaves.
    func left(by move: Move, on day: Day) -> [AgencyID] {
        guard let from = move.fromMunicipality?.prefix(2), let to = move.toMunicipality?.prefix(2), from != to else {
            return []
        }
        return recipients(on: day).filter { $0.owner == .region && "\($0)".hasSuffix("-\(from)") }
    }
}

/// The rule of consents and moves.
enum WayBackMoves {
    static let anew = LegalRule(
        "S45", "a consent names who is told; where somebody moves to another region that one is asked about anew",
        source: "10 kap. 1 § offentlighets- och sekretesslagen; 110:14 socialförsäkringsbalken", mark: .likely)
}
