import Foundation
import LifeEvents
import Testing

@Suite struct DayTests {
    @Test(
        arguments: [
            (0, "1970-01-01", Weekday.thursday), (20_514, "2026-03-02", .monday), (-1, "1969-12-31", .wednesday),
            (11_016, "2000-02-29", .tuesday), (-719_528, "0000-01-01", .saturday), (2_932_896, "9999-12-31", .friday),
        ] as [(Int32, String, Weekday)])
    func `a day has a number, a text and a weekday`(number: Int32, text: String, weekday: Weekday) {
        #expect(Day(number: number).description == text)
        #expect(Day(text) == Day(number: number))
        #expect(Day(number: number).weekday == weekday)
    }

    @Test func `every day of ten thousand years follows the one before`() {
        var (year, month, dayOfMonth, weekday) = (0, 1, 1, 6)
        var wrong = 0
        for number in Day.earliest.number...Day.latest.number {
            let day = Day(number: number)
            if number % 16 == 0 || dayOfMonth >= 28 || dayOfMonth == 1 {
                let same = day.year == year && day.month == month && day.dayOfMonth == dayOfMonth
                let back = Day(year: year, month: month, dayOfMonth: dayOfMonth) == day
                if !same || !back || day.weekday.rawValue != weekday { wrong += 1 }
            }
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let last = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
            weekday = weekday % 7 + 1
            dayOfMonth += 1
            if dayOfMonth > last { (dayOfMonth, month) = (1, month + 1) }
            if month > 12 { (month, year) = (1, year + 1) }
        }
        #expect(wrong == 0)
        #expect(year == 10_000)
    }

    @Test(arguments: [
        "", "2026-3-2", "2026-02-29", "1900-02-29", "2026-04-31", "2026-00-01", "2026-13-01", "2026-01-00",
        "2026-01-32",
        "20260302", "2026/03/02", "2026-03-02 ", "-026-03-02", "２０２６-03-02",
    ])
    func `what is no day is refused`(text: String) {
        #expect(Day(text) == nil)
    }

    @Test(arguments: [
        ("2026-01-31", 1, "2026-02-28"), ("2028-01-31", 1, "2028-02-29"), ("2026-03-31", 1, "2026-04-30"),
        ("2026-01-15", 1, "2026-02-15"), ("2026-03-31", -1, "2026-02-28"), ("2026-12-31", 2, "2027-02-28"),
        ("2024-02-29", 12, "2025-02-28"), ("2024-02-29", 48, "2028-02-29"), ("2026-01-01", -1, "2025-12-01"),
        ("2026-03-03", 3, "2026-06-03"), ("0000-01-31", 1, "0000-02-29"),
    ])
    func `a month later is the same number or the month's last day`(from: String, months: Int, to: String) {
        #expect(Day(from)?.adding(months: months).description == to)
    }

    @Test func `days can be walked and counted`() {
        let first = Day("2026-02-27")!
        let last = Day("2026-03-02")!
        #expect((first...last).map(\.dayOfMonth) == [27, 28, 1, 2])
        #expect(first.distance(to: last) == 3)
        #expect(last.distance(to: first) == -3)
        #expect(last.adding(days: -3) == first)
        #expect(first < last)
    }

    @Test func `far beyond the calendar nothing traps`() {
        let day = Day("2026-01-31")!
        #expect(day.adding(days: .max).number == .max)
        #expect(day.adding(days: .min).number == .min)
        #expect(day.adding(months: .max).number == .max)
        #expect(day.adding(months: .min).number < -2_147_000_000)
        #expect(day.adding(days: .max).description == "9999-12-31")
        #expect(day.adding(days: .min).description == "0000-01-01")
        #expect(day.adding(days: .min).weekday != day.adding(days: .min).adding(days: 1).weekday)
    }

    @Test(arguments: [
        ("2026-02", "2026-02-01", "2026-02-28", "2026-03"), ("2024-02", "2024-02-01", "2024-02-29", "2024-03"),
        ("2026-12", "2026-12-01", "2026-12-31", "2027-01"),
    ])
    func `a month has a first day, a last day and a next month`(text: String, first: String, last: String, next: String)
    {
        let month = Month(text)!
        #expect(month.description == text)
        #expect(month.firstDay.description == first)
        #expect(month.lastDay.description == last)
        #expect(month.next.description == next)
        #expect(month.next.previous == month)
        #expect(Month(of: month.lastDay) == month)
        #expect(Month(year: month.year, month: month.month) == month)
        #expect(month < month.next)
    }

    @Test(arguments: ["", "2026", "2026-00", "2026-13", "2026-1", "2026-01-01", "2026_01"])
    func `what is no month is refused`(text: String) {
        #expect(Month(text) == nil)
    }

    @Test func `the month before the year 0 belongs to the year -1`() {
        let month = Month("0000-01")!.previous
        #expect((month.year, month.month) == (-1, 12))
        #expect(month.description == "0000-01")
    }

    @Test func `days and months are strings when encoded`() throws {
        let json = #"{"day":"2026-03-02","month":"2026-03"}"#
        let value = try JSONDecoder().decode(Both.self, from: Data(json.utf8))
        #expect(value.day == Day(number: 20_514))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(String(decoding: try encoder.encode(value), as: UTF8.self) == json)
    }

    private struct Both: Codable {
        var day: Day
        var month: Month
    }
}
