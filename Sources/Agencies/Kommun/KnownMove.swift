import AgencyKit
import LifeEvents

/// The moves that a branch of a municipality has acted on, out of the municipality or into it: the last, and those before.
struct KnownMove: CasePart {
    enum Way: String, Codable, Sendable { case out, into }

    /// A move that another has followed.
    struct Former: Codable, Equatable, Sendable {
        var chain: FactChain<Day>
        var way: Way?
        var to: String?
        /// Whether it never was: with the move that followed it nothing stands.
        var isAnnulled = false
    }

    var chain = FactChain<Day>()
    var way: Way?
    /// The municipality to which the last leads.
    var to: String?
    /// Those before it, the oldest first.
    var earlier: [Former] = []

    /// Whether a move has been acted on, by its id or by its day and way.
    func knows(_ id: EventID, _ day: Day, _ way: Way) -> Bool {
        chain.head?.id == id || (chain.head?.value == day && self.way == way)
    }

    /// Whether a move is one before the last, corrected.
    func isEarlier(_ event: Event<Move>) -> Bool { earlier.contains { event.corrects($0.chain) } }

    /// Begins with a move that concerns the municipality.
    mutating func adopt(_ event: Event<Move>, _ way: Way) {
        if chain.holds { earlier.append(.init(chain: chain, way: self.way, to: to)) }
        chain = FactChain(event, event.occurredOn)
        self.way = way
        to = event.data.toMunicipality
    }

    /// Whether an annulment takes back one of the moves.
    func annuls(_ event: Event<Annulled<Move>>) -> Bool {
        event.annuls(chain) || earlier.contains { event.annuls($0.chain) }
    }

    /// Takes back a move that never was. Where another has followed it, that one stands until it is taken back, too.
    /// - Returns: the ways of the moves that are undone now, the last first; none: it was one before the last.
    mutating func takeBack(_ event: Event<Annulled<Move>>) -> [Way] {
        if let place = earlier.firstIndex(where: { event.annuls($0.chain) }) {
            earlier[place].isAnnulled = true
            return []
        }
        return takeBackLast()
    }

    /// Takes back the last move, and those before it that never were: the one before them is the last again.
    /// - Returns: their ways, the last first.
    mutating func takeBackLast() -> [Way] {
        var undone: [Way] = []
        var isWrong = true
        while isWrong {
            if let way { undone.append(way) }
            let last = earlier.popLast()
            (chain, way, to) = (last?.chain ?? FactChain(), last?.way, last?.to)
            isWrong = last?.isAnnulled ?? false
        }
        return undone
    }

    /// Whether a correction still leads out of the municipality, or into it, as the move did.
    func stillConcerns(_ code: String, _ data: Move) -> Bool {
        guard data.fromMunicipality != data.toMunicipality else { return false }
        return (way == .out ? data.fromMunicipality : data.toMunicipality) == code
    }
}
