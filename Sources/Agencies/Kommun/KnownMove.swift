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

    /// The last move never was: the one before it is the last again.
    mutating func forgetLast() {
        let last = earlier.popLast()
        (chain, way, to) = (last?.chain ?? FactChain(), last?.way, last?.to)
    }

    /// Whether a correction still leads out of the municipality, or into it, as the move did.
    func stillConcerns(_ code: String, _ data: Move) -> Bool {
        guard data.fromMunicipality != data.toMunicipality else { return false }
        return (way == .out ? data.fromMunicipality : data.toMunicipality) == code
    }
}
