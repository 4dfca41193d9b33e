public import AgencyKit
import LifeEvents

/// What a municipality remembers of one inhabitant: its services are parts of one case.
public struct KommunCase: AgencyCase {
    @Part var familyLaw: FamilyLaw
    @Part var preschool: Preschool
    /// The last move that preschools acted on.
    @Part var preschoolMove: KnownMove
    /// The death, with its day, once something has been ended by it.
    @Part var death: FactChain<Day>

    /// A person of whom nothing is known.
    public init() {}

    /// Whether a death would end anything.
    var hasSomethingOpen: Bool {
        familyLaw.stage.after(.subjectDied) != nil || preschool.stage.after(.subjectDied) != nil
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

        /// A guardian who died (den avlidna).
        struct DeadGuardian: Codable, Equatable, Sendable {
            /// The custody that ended.
            var custody: ChainHead
            var guardian: Subject
        }

        var stage = Stage.idle
        /// Skatteverket's alert.
        var alert = ChainHead()
        var mother: Subject?
        var dead: DeadGuardian?
        /// Last day of the invitation.
        var lastDay: Day?
        /// Our last case status, and the one that ended the case at a death: what an annulment annuls.
        var status = ChainHead()
        var aborted = ChainHead()

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }

    /// Preschool (förskola) for a child: the queue, a place, and what a move makes of them.
    struct Preschool: CasePart {
        enum Stage: String, Codable, Sendable {
            case none
            /// OFFERING: has moved here, and may apply.
            case expected
            case queued
            /// STARTED: has a place.
            case placed
            /// KEEP: has moved away, and keeps the place for a time.
            case keeping
            case movedOut, closedByDeath

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .adopted), (.movedOut, .adopted): .queued
                case (.none, .placed), (.queued, .placed), (.expected, .placed): .placed
                case (.none, .applied), (.expected, .applied), (.movedOut, .applied): .queued
                case (.none, .movedIn), (.movedOut, .movedIn): .expected
                case (.keeping, .movedIn): .placed
                case (.queued, .movedOut): .movedOut
                case (.placed, .movedOut): .keeping
                case (.keeping, .lastDayPassed): .movedOut
                case (.expected, .movedOut), (.expected, .moveAnnulled): Stage.none
                case (.movedOut, .moveAnnulled): .queued
                case (.keeping, .moveAnnulled): .placed
                case (.queued, .subjectDied), (.placed, .subjectDied), (.keeping, .subjectDied): .closedByDeath
                case (.closedByDeath, .deathAnnulled): .queued
                default: nil
                }
            }
        }

        enum Trigger {
            case adopted, placed, applied, movedIn, movedOut, lastDayPassed, moveAnnulled, subjectDied, deathAnnulled
        }

        /// A guardian, as the register has told of the custody.
        struct Guardian: Codable, Equatable, Sendable {
            var holder: Subject
            var custody: ChainHead
        }

        var stage = Stage.none
        var applicant: Subject?
        var guardians: [Guardian] = []
        var caseRef: String?
        /// The last day of a place that is kept after a move.
        var keptUntil: Day?
        /// Guardians who have been told that the child may go to preschool here.
        var offered: [Subject] = []
        /// The departure from the country that ended it.
        var abroad = ChainHead()
        /// Our status that ended the place in the queue.
        var aborted = ChainHead()

        /// Whom we write to about the child: who applied, and every other guardian that we know.
        var readers: [Subject] {
            let known = guardians.filter { $0.custody.holds }.map(\.holder)
            return [applicant].compactMap(\.self) + known.filter { $0 != applicant }
        }

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }
}
