public import AgencyKit
import LifeEvents

/// What school remembers of one person: `APPLIED → PLACED → STARTED`, of a child and of a course.
public struct KommunSchoolCase: AgencyCase {
    @Part var guardians: Guardians
    @Part var school: Place
    @Part var course: Place
    /// The registration in Sweden, here.
    @Part var immigration: ChainHead
    /// The last move out of the municipality, or into it.
    @Part var move: KnownMove

    /// Nobody.
    public init() {}

    /// A place at school or in a course.
    struct Place: CasePart {
        enum Stage: String, Codable, Sendable {
            case none
            /// May apply, and has been told so.
            case offered
            case placed, started
            /// Has moved on.
            case ended

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .registered), (.ended, .registered): .offered
                case (.none, .applied), (.offered, .applied), (.ended, .applied): .placed
                case (.placed, .began): .started
                case (.offered, .left), (.placed, .left), (.started, .left): .ended
                case (.ended, .cameBack): .started
                default: nil
                }
            }
        }

        enum Trigger { case registered, applied, began, left, cameBack }

        var stage = Stage.none
        /// Who applied.
        var applicant: Subject?
        var cause: Cause?

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }
}
