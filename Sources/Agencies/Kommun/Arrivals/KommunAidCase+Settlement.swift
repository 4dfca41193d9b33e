import AgencyKit
import LifeEvents

extension KommunAidCase {
    /// The reception of a household that the Migration Agency has assigned: `NONE → EXPECTED → OFFERED → RECEIVED`.
    struct Reception: CasePart {
        enum Stage: String, Codable, Sendable {
            case none
            /// Waits for a home.
            case expected
            /// Waits, and the day by which it should have been received has passed.
            case late
            case offered, received
            /// Has said no, or has moved on.
            case ended

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .assigned), (.ended, .assigned): .expected
                case (.expected, .dayPassed), (.offered, .dayPassed): .late
                case (.expected, .matched), (.late, .matched): .offered
                case (.offered, .received), (.late, .received): .received
                case (.expected, .left), (.late, .left), (.offered, .left), (.received, .left): .ended
                case (_, .undone): Stage.none
                default: nil
                }
            }
        }

        enum Trigger { case assigned, dayPassed, matched, received, left, undone }

        var stage = Stage.none
        /// What the Migration Agency has said.
        var chain = ChainHead()
        var household = ArrivedHousehold()
        var receiveBy: Day?
        var assignedOn: Day?
        /// From when the household lives here.
        var receivedOn: Day?
        /// What the Employment Service has told: the programme is decided.
        var hasProgramme = false
        /// The registration in Sweden.
        var immigration = ChainHead()

        /// The last day to tell the register: four weeks from the permit, whose day is not told here.
        var noticeBy: Day? { assignedOn.map { SwedishCalendar.adding(workingDays: -5, to: $0).adding(days: 28) } }

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }

    /// Of the desk of receptions: households that wait, and homes that are free.
    struct HomeDesk: CasePart {
        struct Waiting: Codable, Equatable, Sendable {
            var person: Subject
            var persons: Int
            var by: Day
        }

        struct Home: Codable, Equatable, Sendable {
            var homeRef: String
            var from: Day
        }

        var waiting: [Waiting] = []
        var free: [Home] = []
    }
}
