import LifeEvents
import Scenarios

extension Instant {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `4 Mar`, in Stockholm.
    var dayAndMonth: String {
        let day = Stockholm.day(of: self)
        return "\(day.dayOfMonth) \(Self.months[day.month - 1])"
    }

    /// `4 Mar 2026`, in Stockholm.
    var fullDay: String { "\(dayAndMonth) \(Stockholm.day(of: self).year)" }

    /// `09:00`, in Stockholm.
    var clock: String { String(toTheMinute.suffix(5)) }

    /// `4 Mar 09:00`, in Stockholm.
    var dayAndClock: String { "\(dayAndMonth) \(clock)" }
}
