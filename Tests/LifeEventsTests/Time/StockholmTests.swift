import Foundation
import LifeEvents
import Testing

@Suite struct StockholmTests {
    private static let zone = TimeZone(identifier: "Europe/Stockholm")!
    private static let calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        return calendar
    }()

    @Test(arguments: [1996...2021, 2022...2047, 2048...2073, 2074...2099])
    func `every hour has the offset that the time zone database gives`(years: ClosedRange<Int>) {
        var instant = Stockholm.instant(Day(year: years.lowerBound, month: 1, dayOfMonth: 1)!)
        let end = Stockholm.instant(Day(year: years.upperBound + 1, month: 1, dayOfMonth: 1)!)
        var wrong: [Instant] = []
        var last = Stockholm.offset(at: instant - .hours(1))
        while instant < end {
            let date = Date(timeIntervalSince1970: Double(instant.milliseconds / 1_000))
            let offset = Stockholm.offset(at: instant)
            if offset != .seconds(Int64(Self.zone.secondsFromGMT(for: date))) { wrong.append(instant) }
            // The repeated hour reads as its first, summer, occurrence.
            let isRepeated = last > offset
            let back = Stockholm.instant(Stockholm.local(instant))
            if back != (isRepeated ? instant - .hours(1) : instant) { wrong.append(instant) }
            last = offset
            instant += .hours(1)
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(5))")
    }

    @Test func `on the days of change every half hour is what Foundation's calendar says`() {
        for year in 1996...2099 {
            for (month, first) in [(3, 25), (10, 25)] {
                for number in first...31 {
                    let day = Day(year: year, month: month, dayOfMonth: number)!
                    guard day.weekday == .sunday else { continue }
                    for half in 0..<48 {
                        let parts = DateComponents(
                            year: year, month: month, day: number, hour: half / 2, minute: half % 2 * 30)
                        let expected = Self.calendar.date(from: parts)!.timeIntervalSince1970
                        let instant = Stockholm.instant(day, hour: half / 2, minute: half % 2 * 30)
                        #expect(Double(instant.milliseconds) / 1_000 == expected, "\(day) \(half)")
                    }
                }
            }
        }
    }

    @Test(arguments: [
        ("2026-03-02 08:00", "2026-03-02T07:00:00.000Z"),
        ("2026-03-29 01:59:59.999", "2026-03-29T00:59:59.999Z"),
        ("2026-03-29 02:30", "2026-03-29T01:30:00.000Z"),
        ("2026-03-29 03:00", "2026-03-29T01:00:00.000Z"),
        ("2026-07-01 00:00", "2026-06-30T22:00:00.000Z"),
        ("2026-10-25 02:30", "2026-10-25T00:30:00.000Z"),
        ("2026-10-25 03:00", "2026-10-25T02:00:00.000Z"),
        ("1995-07-01 00:00", "1995-06-30T23:00:00.000Z"),
        ("1954-06-15 00:00", "1954-06-14T23:00:00.000Z"),
        ("1996-07-01 00:00", "1996-06-30T22:00:00.000Z"),
    ])
    func `a local time has one instant`(local: String, utc: String) {
        #expect(Stockholm.instant(LocalDateTime(local)!).description == utc)
    }

    @Test(arguments: [
        ("2026-03-29T00:59:59.999Z", "2026-03-29 01:59:59.999"),
        ("2026-03-29T01:00:00.000Z", "2026-03-29 03:00"),
        ("2026-10-25T00:59:00.000Z", "2026-10-25 02:59"),
        ("2026-10-25T01:00:00.000Z", "2026-10-25 02:00"),
        ("2026-03-01T23:00:00.000Z", "2026-03-02 00:00"),
        ("2026-12-31T23:00:00.000Z", "2027-01-01 00:00"),
        ("1969-12-31T22:59:59.999Z", "1969-12-31 23:59:59.999"),
    ])
    func `the clock shows an instant`(utc: String, local: String) {
        let instant = Instant(utc)!
        #expect(Stockholm.local(instant).description == local)
        #expect(Stockholm.day(of: instant).description == local.prefix(10))
    }

    @Test func `a birth day before 1996 is midnight at +01:00 and comes back as the same day`() {
        for number in Day("1890-01-01")!.number...Day("2030-01-01")!.number {
            let day = Day(number: number)
            let midnight = Stockholm.instant(day)
            guard Stockholm.day(of: midnight) == day, Stockholm.day(of: midnight - .milliseconds(1)) < day else {
                Issue.record("\(day)")
                return
            }
        }
    }

    @Test func `hours beyond the clock run on`() {
        let day = Day("2026-03-02")!
        #expect(Stockholm.instant(day, hour: 24) == Stockholm.instant(day.adding(days: 1)))
    }

    @Test(arguments: [
        "", "2026-03-02", "2026-03-02 24:00", "2026-03-02 08:60", "2026-03-02 8:00", "2026-03-02_08:00",
        "2026-03-02 08:00:60", "2026-03-02 08:00:00,000", "2026-03-02 08:00Z", "2026-02-30 08:00",
    ])
    func `what is no local time is refused`(text: String) {
        #expect(LocalDateTime(text) == nil)
    }

    @Test func `a local time has parts and an order`() {
        let time = LocalDateTime("2026-03-02T08:09:10.011")!
        #expect((time.hour, time.minute, time.second, time.millisecond) == (8, 9, 10, 11))
        #expect(time.description == "2026-03-02 08:09:10.011")
        #expect(LocalDateTime(day: time.day, hour: 8, minute: 9, second: 10)!.description == "2026-03-02 08:09:10")
        #expect(LocalDateTime(day: time.day, hour: 8)! < time)
        #expect(time < LocalDateTime(day: time.day.adding(days: 1), hour: 0)!)
    }
}
