public import AgencyKit
import LifeEvents

/// What preschool remembers of one child.
public struct KommunPreschoolCase: AgencyCase {
    /// The child's place, from the queue on.
    struct Place: CasePart {
        enum Stage: String, Codable, Sendable {
            case none
            /// OFFERING: has moved here, and may apply.
            case expected
            case queued, offered, placed, started
            /// KEEP: has moved away, and keeps the place for a time.
            case keeping
            case closed, movedOut
            /// CLOSED: the child has died, or left the country.
            case closedByEnd

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .applied), (.closed, .applied), (.movedOut, .applied), (.expected, .applied): .queued
                case (.none, .hadPlace), (.expected, .hadPlace): .started
                case (.queued, .offered): .offered
                case (.offered, .accepted): .placed
                case (.offered, .declined): .closed
                case (.offered, .unanswered): .queued
                case (.placed, .began): .started
                case (.none, .movedIn), (.closed, .movedIn), (.movedOut, .movedIn): .expected
                case (.queued, .movedOut), (.offered, .movedOut), (.placed, .movedOut): .movedOut
                case (.started, .movedOut): .keeping
                case (.keeping, .lastDayPassed): .movedOut
                case (.expected, .movedOut), (.expected, .moveAnnulled): Stage.none
                case (.keeping, .movedIn), (.keeping, .moveAnnulled): .started
                case (.queued, .ended), (.offered, .ended), (.placed, .ended), (.started, .ended), (.keeping, .ended):
                    .closedByEnd
                case (.movedOut, .moveAnnulled), (.closedByEnd, .endAnnulled): .queued
                case (.movedOut, .placeRestored), (.closedByEnd, .placeRestored): .started
                default: nil
                }
            }
        }

        enum Trigger {
            case applied, hadPlace, offered, accepted, declined, unanswered, began
            case movedIn, movedOut, lastDayPassed, moveAnnulled
            /// The child has died, or left the country.
            case ended
            case endAnnulled
            /// The end of a child's place was wrong.
            case placeRestored
        }

        var stage = Stage.none
        var applicant: Subject?
        var caseRef: String?
        /// The day from which the guardians have a right to the place.
        var from: Day?
        /// What counts in the queue; an unanswered offer does not change it.
        var queueDay: Day?
        /// When the next place is offered.
        var offersOn: Day?
        /// Last day to answer.
        var lastDay: Day?
        var answers = JointAct<Bool>()
        /// The last day of a place that is kept after a move.
        var keptUntil: Day?
        /// Months for which it is kept longer, as was applied for.
        var longer = 0
        /// Until when it was kept when the child came back.
        var keptBefore: Day?
        /// Whether what has ended was a place, and not the wait for one.
        var hadPlace = false
        /// Guardians who have been told that the child may go to preschool here.
        var informed: [Subject] = []
        /// Those who had been told so when the child moved on.
        var informedBefore: [Subject] = []
        /// The departure from the country that ended it.
        var abroad = ChainHead()
        /// Our status that ended the place in the queue.
        var aborted = ChainHead()

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }

    @Part var place: Place
    /// The last move that we acted on.
    @Part var move: KnownMove
    @Part var guardians: Guardians
    /// The child's death, also where nothing was open.
    @Part var death: ChainHead

    /// A child of whom nothing is known.
    public init() {}
}
