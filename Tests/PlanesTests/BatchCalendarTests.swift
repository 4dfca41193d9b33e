import LifeEvents
import Planes
import Testing

/// When a register's extracts leave. The dates are those that Skatteverket published for Navet around Christmas 2015.
@Suite struct BatchCalendarTests {
    private static let daily = BatchCalendar(.day, at: TimeOfDay(6), isSnapshot: true)
    private static let weekly = BatchCalendar(.week(.tuesday), at: TimeOfDay(6), isSnapshot: true)

    private static func runs(_ calendar: BatchCalendar, from first: String, to last: String) -> [String] {
        guard var day = Day(first), let end = Day(last) else { return [] }
        var days: [String] = []
        while day <= end {
            if calendar.isRun(day) { days.append("\(day)") }
            day = day.adding(days: 1)
        }
        return days
    }

    @Test func `daily runs around Christmas 2015 are on the ten published dates`() {
        #expect(
            Self.runs(Self.daily, from: "2015-12-22", to: "2016-01-09") == [
                "2015-12-22", "2015-12-23", "2015-12-24", "2015-12-29", "2015-12-30", "2015-12-31", "2016-01-05",
                "2016-01-06", "2016-01-08", "2016-01-09",
            ])
    }

    @Test func `weekly runs around Christmas 2015 are on the three published dates`() {
        #expect(
            Self.runs(Self.weekly, from: "2015-12-22", to: "2016-01-09") == [
                "2015-12-22", "2015-12-29", "2016-01-05",
            ])
    }

    @Test func `JK 805-18: registered as dead on a Thursday and removed on the Friday is 24 hours at daily readers`()
        throws
    {
        let registered = Stockholm.instant(try #require(Day("2017-12-14")), hour: 13)
        let removed = Stockholm.instant(try #require(Day("2017-12-15")), hour: 9)
        let (out, back) = (Self.daily.run(holding: registered), Self.daily.run(holding: removed))
        #expect("\(Stockholm.local(out.known))" == "2017-12-15 06:00")
        // On a Saturday, as JK says.
        #expect("\(Stockholm.local(back.known))" == "2017-12-16 06:00")
        #expect(back.known - out.known == .hours(24))
        // A weekly reader's run holds both, so that it never shows the death.
        let weekly = BatchCalendar(.week(.thursday), at: TimeOfDay(6), isSnapshot: true)
        #expect(weekly.run(holding: registered).known == weekly.run(holding: removed).known)
        #expect("\(Stockholm.local(weekly.run(holding: removed).known))" == "2017-12-21 06:00")
        #expect(removed < weekly.run(holding: registered).windowEnd)
    }

    @Test func `a week's run that falls on a day without one is on the next day that has one`() {
        // 29 December 2015 is a Tuesday after a Monday; Friday 25 December follows Christmas Eve.
        let friday = BatchCalendar(.week(.friday), at: TimeOfDay(6), isSnapshot: false)
        #expect(
            Self.runs(friday, from: "2015-12-22", to: "2016-01-09") == ["2015-12-29", "2016-01-05", "2016-01-08"])
    }

    @Test func `what is registered at midnight is in the run of the next day`() throws {
        let midnight = Stockholm.instant(try #require(Day("2026-03-03")))
        #expect("\(Stockholm.local(Self.daily.run(holding: midnight).known))" == "2026-03-04 06:00")
        #expect(
            "\(Stockholm.local(Self.daily.run(holding: midnight - .minutes(1)).known))" == "2026-03-03 06:00")
    }
}
