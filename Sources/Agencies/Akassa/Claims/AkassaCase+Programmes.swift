import AgencyKit
import LifeEvents

extension AkassaCase.Claim {
    /// Days in a programme: Försäkringskassan pays them, and they are days of the period.
    struct ProgrammeSpan: Codable, Equatable, Sendable {
        var from: Day
        var to: Day

        /// Weekdays of it up to a day.
        func days(to day: Day) -> Int {
            let last = min(to, day)
            return from <= last ? IntroductionDays.weekdays(from, last) : 0
        }
    }

    /// What is left of a period that another fund has begun.
    struct Rest: Codable, Equatable, Sendable {
        var from: Day
        var daysLeft: Int
        var level: Int
        /// Sanctions for neglect in the period.
        var step: Int
    }

    /// A month that is paid and looked at: what was asked, and of which month.
    struct Control: Codable, Equatable, Sendable {
        var inquiry = Inquiry()
        var month: Month?

        /// The reference by which it is asked and explained.
        var ref: String? { month.map { "control-\($0)" } }
    }

    /// Whether a day is of a programme.
    func isInProgramme(on day: Day) -> Bool { programmes.contains { $0.from <= day && day <= $0.to } }

    /// Days of the period that programmes have used when a month is reckoned.
    func spent(in month: Month) -> Int {
        programmes.filter { $0.from < month.firstDay }.reduce(0) { $0 + $1.days(to: month.lastDay) }
    }

    /// Days that are left of the period after a day.
    func left(after day: Day) -> Int {
        max(0, days - used - programmes.reduce(0) { $0 + $1.days(to: day) })
    }

    /// The month before which the frame lies.
    var frameMonth: Month { Month(of: rest?.from ?? from) }
    /// Days that a decision grants: what is left of a period that another fund has begun.
    var granted: Int { days - before }
}
