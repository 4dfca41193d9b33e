import AgencyKit
import LifeEvents

extension ForsakringskassanCase {
    /// Activity grant (aktivitetsstöd): `NONE → INFORMED → APPLIED → GRANTED`.
    struct ActivityGrant: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, informed, applied
            /// The fund has answered, or its time has passed.
            case complete
            case granted

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .assigned), (.granted, .assigned), (.informed, .assigned): .informed
                case (.informed, .applied): .applied
                case (.applied, .complete): .complete
                case (.complete, .granted): .granted
                default: nil
                }
            }
        }

        enum Trigger: Sendable { case assigned, applied, complete, granted }

        /// A month, or a part of one, that is applied for.
        struct Period: Codable, Equatable, Sendable {
            var from: Day
            var to: Day
            var appliedOn: Day
            var isPaid = false
        }

        /// Days of a month without a grant.
        struct Away: Codable, Equatable, Sendable {
            var month: Month
            var days: Int
        }

        var stage = Stage.none
        var from: Day = .earliest
        var to: Day = .earliest
        var fund: AgencyID?
        var inquiry = Inquiry()
        var decision = ChainHead()
        // What the fund has answered: income a month, percent, days used before.
        var income = 0
        var level = 0
        var used = 0
        /// Days that were paid.
        var paid = 0
        /// Days that sanctions take from what is paid next.
        var withheld = 0
        var away: [Away] = []
        var periods: [Period] = []

        var caseRef: String { "grant-\(from)" }
        /// Whether a day is of the programme.
        func covers(_ day: Day) -> Bool { stage != .none && from <= day && day <= to }

        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }
}
