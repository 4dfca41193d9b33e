public import AgencyKit
import LifeEvents

/// What a municipality remembers of one inhabitant: its services are parts of one case.
public struct KommunCase: AgencyCase {
    var care: [Care] = []
    @Part var residence: Residence
    /// The death, with its day, once something has been ended by it.
    @Part var death: FactChain<Day>

    /// A person of whom nothing is known.
    public init() {}

    /// Whether a death would end anything.
    var hasSomethingOpen: Bool {
        care.contains { $0.stage.after(.ended) != nil } || residence.stage == .welcomed
    }
}

extension KommunCase {
    /// One service of elder care (äldreomsorg).
    struct Care: Codable, Equatable, Sendable {
        enum Stage: String, Codable, Sendable {
            case started, ended, feeSettled

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.started, .ended): .ended
                case (.ended, .feePaid): .feeSettled
                case (.ended, .restored), (.feeSettled, .restored): .started
                default: nil
                }
            }
        }

        enum Trigger { case ended, feePaid, restored }

        var service: ElderCareService
        var stage = Stage.started
        var chain: ChainHead
        /// Why it has ended.
        var reason: ElderCareReason?

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }

    /// A person who leaves or arrives.
    struct Residence: CasePart {
        enum Stage: String, Codable, Sendable {
            /// No move heard of: an inhabitant (ACTIVE) or one who may come (EXPECTED).
            case noMove
            case closed, welcomed, settled

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.noMove, .movedOut), (.welcomed, .movedOut), (.settled, .movedOut): .closed
                case (.noMove, .movedIn), (.closed, .movedIn): .welcomed
                case (.welcomed, .thirtyDaysPassed), (.welcomed, .subjectDied): .settled
                case (.settled, .deathAnnulled): .welcomed
                case (.closed, .moveAnnulled), (.welcomed, .moveAnnulled), (.settled, .moveAnnulled): .noMove
                default: nil
                }
            }
        }

        enum Trigger { case movedOut, movedIn, thirtyDaysPassed, moveAnnulled, subjectDied, deathAnnulled }
        enum Direction: String, Codable, Sendable { case out, `in` }

        var stage = Stage.noMove
        /// The last move with its day, and whether it was out or in: what a second notice of the same move repeats.
        var move = FactChain<Day>()
        var direction: Direction?
        /// Last day of the welcome, while it is open or cut short by a death.
        var welcomeEnds: Day?

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }

        /// Whether the move has been acted on, by its id or its business key.
        func knows(_ id: EventID, _ day: Day, _ way: Direction) -> Bool {
            move.head?.id == id || (move.head?.value == day && direction == way)
        }
    }
}
