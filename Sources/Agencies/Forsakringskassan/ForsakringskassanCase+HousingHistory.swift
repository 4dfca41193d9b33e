import AgencyKit
import LifeEvents

extension ForsakringskassanCase.HousingAllowance {
    /// How an allowance stood before a move or a departure: what stands again where that never was.
    struct Situation: Codable, Equatable, Sendable {
        var stage: Stage
        var move: FactChain<Move>
        var lastDay: Day?
        var abroad: ChainHead
        /// How many moves, or departures, there had been.
        var moves: Int
        var application: Application?
        var applyBy: Day?
        var openedOn: Day?
        var childDeaths: [ChildDeath]
    }

    /// A claim back, with what of it was claimed for each month.
    struct Claim: Codable, Equatable, Sendable {
        /// What it followed from.
        enum Ground: Codable, Equatable, Sendable {
            /// A move or a departure, by its number.
            case move(Int)
            /// A child that has left, by its number.
            case child(Int)
            /// The income that was taxed.
            case income
            case death
        }

        var recovery: Recovery
        var ground: Ground
        var sums: [Sum]
        /// Our last word on it.
        var head: EventID?
        /// When a review of it is decided.
        var reviewedOn: Day?
        /// Whether the review has been decided.
        var isReviewed = false

        /// The day on which a review is decided; nil: none waits, or there is nothing more to pay.
        var openReview: Day? { isReviewed || recovery.stage != .decided ? nil : reviewedOn }

        /// Whether a move is the ground of what is considered, or to be paid.
        var isOfMove: Bool {
            guard case .move = ground else { return false }
            return isLive
        }

        /// Whether it is considered, or to be paid.
        var isLive: Bool { recovery.isOpen || recovery.stage == .decided }
    }

    /// Remembers how it stood before a move or a departure.
    mutating func remember(_ former: Self) {
        earlier.append(
            Situation(
                stage: former.stage, move: former.move, lastDay: former.lastDay, abroad: former.abroad,
                moves: former.moves, application: former.application, applyBy: former.applyBy,
                openedOn: former.openedOn, childDeaths: former.childDeaths))
    }

    /// The last move, or departure, never was: it stands as before it.
    mutating func returnToFormer() {
        guard let former = earlier.popLast() else { return }
        _ = take(.restored(former.stage))
        (move, lastDay, abroad, moves) = (former.move, former.lastDay, former.abroad, former.moves)
        (application, applyBy, openedOn) = (former.application, former.applyBy, former.openedOn)
        childDeaths = former.childDeaths
    }

    /// The place of a move before the last, among those who have gone before: where the event is of it.
    func place<Data: LifeEvent>(ofEarlier event: Event<Data>) -> Int? {
        earlier.firstIndex { event.follows($0.move) && $0.move.holds }
    }

    /// Whether an event tells of a move that the allowance has not ended by.
    func isNewMove(_ event: Event<LifeEvents.Move>) -> Bool {
        event.isNew && move.head?.value.left != event.occurredOn
    }

    func correctsMove(_ event: Event<LifeEvents.Move>) -> Bool {
        event.corrects(move) || event.change == .corrected && place(ofEarlier: event) != nil
    }

    func annulsMove(_ event: Event<Annulled<LifeEvents.Move>>) -> Bool {
        event.annuls(move) || place(ofEarlier: event) != nil
    }
}
