import AgencyKit
import LifeEvents

/// The last move that a branch of a municipality has acted on: out of the municipality, or into it.
struct KnownMove: CasePart {
    enum Way: String, Codable, Sendable { case out, into }

    var chain = FactChain<Day>()
    var way: Way?

    /// Whether a move has been acted on, by its id or by its day and way.
    func knows(_ id: EventID, _ day: Day, _ way: Way) -> Bool {
        chain.head?.id == id || (chain.head?.value == day && self.way == way)
    }

    /// Begins with a move that concerns the municipality.
    mutating func adopt(_ event: Event<Move>, _ way: Way) {
        chain.adopt(event, event.occurredOn)
        self.way = way
    }

    /// Whether a correction still leads out of the municipality, or into it, as the move did.
    func stillConcerns(_ code: String, _ data: Move) -> Bool {
        guard data.fromMunicipality != data.toMunicipality else { return false }
        return (way == .out ? data.fromMunicipality : data.toMunicipality) == code
    }
}
