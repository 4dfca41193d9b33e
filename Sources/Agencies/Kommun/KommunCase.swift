public import AgencyKit
import LifeEvents

/// What a municipality remembers of one inhabitant: its services are parts of one case.
public struct KommunCase: AgencyCase {
    @Part var familyLaw = FamilyLaw()
    @Part var preschool = Preschool()
    var care: [Care] = []
    @Part var residence = Residence()
    /// Head of the death's chain, once something has been ended by it.
    var death: EventID?
    /// The day of death that was acted on.
    var deathDate: Day?

    /// A person of whom nothing is known.
    public init() {}

    /// Whether a death would end anything.
    var hasSomethingOpen: Bool {
        familyLaw.stage.after(.subjectDied) != nil || preschool.stage.after(.subjectDied) != nil
            || care.contains { $0.stage.after(.ended) != nil } || residence.stage == .welcomed
    }
}

extension KommunCase {
    /// Family law (familjerätt) about a child.
    struct FamilyLaw: CasePart {
        enum Stage: String, Codable, Sendable {
            case idle, invited, confirmed, paternityInquiry, closedByDeath

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.idle, .alerted): .invited
                case (.invited, .lastDayPassed): .paternityInquiry
                case (.invited, .bothConfirmed), (.paternityInquiry, .bothConfirmed): .confirmed
                case (.invited, .alertAnnulled), (.paternityInquiry, .alertAnnulled): .idle
                case (.invited, .subjectDied), (.paternityInquiry, .subjectDied): .closedByDeath
                case (.closedByDeath, .deathAnnulled): .invited
                default: nil
                }
            }
        }

        enum Trigger { case alerted, bothConfirmed, lastDayPassed, alertAnnulled, subjectDied, deathAnnulled }

        struct Late: Codable, Equatable, Sendable {
            var event: EventID
            var guardian: Subject
        }

        var stage = Stage.idle
        /// Head of Skatteverket's alert.
        var alert: EventID?
        var mother: Subject?
        /// A guardian who died, and the head of what told us.
        var late: Late?
        /// Last day of the invitation.
        var lastDay: Day?
        /// Our last case status, and the one that ended the case at a death: what an annulment annuls.
        var status: EventID?
        var aborted: EventID?

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }

    /// The preschool queue (förskolekö) for a child.
    struct Preschool: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, expected, queued, movedOut, closedByDeath

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .adopted): .queued
                case (.none, .applied), (.expected, .applied), (.movedOut, .applied): .queued
                case (.none, .movedIn), (.movedOut, .movedIn): .expected
                case (.queued, .movedOut): .movedOut
                case (.expected, .movedOut), (.expected, .moveAnnulled): Stage.none
                case (.movedOut, .moveAnnulled): .queued
                case (.queued, .subjectDied): .closedByDeath
                case (.closedByDeath, .deathAnnulled): .queued
                default: nil
                }
            }
        }

        enum Trigger { case adopted, applied, movedIn, movedOut, moveAnnulled, subjectDied, deathAnnulled }

        var stage = Stage.none
        var applicant: Subject?
        var caseRef: String?
        /// Our status that ended the place in the queue.
        var aborted: EventID?

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }

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
        /// The event that started it: the head of its chain, also after an end that is annulled.
        var head: EventID
        /// The CEASED event, and why.
        var ceased: EventID?
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
            case still
            case closed, welcomed, settled

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.still, .movedOut), (.welcomed, .movedOut), (.settled, .movedOut): .closed
                case (.still, .movedIn), (.closed, .movedIn): .welcomed
                case (.welcomed, .thirtyDaysPassed), (.welcomed, .subjectDied): .settled
                case (.settled, .deathAnnulled): .welcomed
                case (.closed, .moveAnnulled), (.welcomed, .moveAnnulled), (.settled, .moveAnnulled): .still
                default: nil
                }
            }
        }

        enum Trigger { case movedOut, movedIn, thirtyDaysPassed, moveAnnulled, subjectDied, deathAnnulled }
        enum Direction: String, Codable, Sendable { case out, `in` }

        var stage = Stage.still
        /// Head of the last move's chain.
        var move: EventID?
        /// The day of the last move, and whether it was out or in: what a second notice of the same move repeats.
        var movedOn: Day?
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
            move == id || (movedOn == day && direction == way)
        }
    }
}
