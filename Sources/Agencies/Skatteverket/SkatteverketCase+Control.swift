import AgencyKit
import LifeEvents

extension SkatteverketCase {
    /// A control of where the person lives (bosättningskontroll, M6), and what the person says of a move by others.
    struct Control: CasePart {
        enum Stage: String, Codable, Sendable {
            case idle
            /// ORDERED: the person, and the landlord if one is known, are to answer.
            case ordered
            /// VISIT: the answers were no, differed, or did not come.
            case visit
            /// The person has said not to live there: nothing more is asked.
            case admitted
            /// The person has said that a move which was notified never was.
            case disputed

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.idle, .opened): .ordered
                case (.idle, .disputed): .disputed
                case (.ordered, .lastDayPassed), (.ordered, .contradicted), (.visit, .contradicted): .visit
                case (.ordered, .admitted), (.visit, .admitted): .admitted
                case (.ordered, .confirmed), (.visit, .confirmed): .idle
                case (.idle, .ended): nil
                case (_, .ended): .idle
                default: nil
                }
            }
        }

        enum Trigger: Sendable {
            case opened, disputed
            /// The person says to live there, and no landlord says anything else.
            case confirmed
            /// The person says to live there, the landlord that the person rents nothing.
            case contradicted
            case admitted, lastDayPassed
            /// Decided, cleared by an officer, or overtaken.
            case ended
        }

        private(set) var stage = Stage.idle
        /// When it was opened.
        var since: Day?
        /// When the stage is left; nil: no control is open.
        var dueOn: Instant?
        /// When a person whom nobody could find is missing; nil: there is none, or the home is known again.
        var missingOn: Instant?
        /// What the person has answered.
        var livesThere: Bool?
        /// What the landlord has answered.
        var rents: RentState?
        /// What the landlord was asked.
        var inquiry = Inquiry()
        /// An address of the person's at which somebody else is notified to live.
        var asked: String?

        init() {}

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            if next == .idle { dueOn = nil }
            return true
        }

        /// What both answers say together; nil: an answer is missing.
        var answers: Trigger? {
            switch (livesThere, rents) {
            case (false, _): .admitted
            case (true, .no): .contradicted
            case (true, _) where !inquiry.isOpen: .confirmed
            default: nil
            }
        }
    }

    /// A decision of the register that can be appealed, and where an appeal stands (M7).
    struct Appeal: CasePart {
        /// Who has appealed.
        var filedBy: Subject?
        /// When the decision was told; nil: there is none.
        var toldOn: Day?
        /// The case that the court has.
        var caseRef: String?

        /// What the decision is called.
        static func reference(toldOn day: Day) -> String { "move-\(day)" }
    }
}
