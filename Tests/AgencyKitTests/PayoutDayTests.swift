import AgencyKit
import LifeEvents
import Testing

/// When money is paid whose day is no working day.
@Suite struct PayoutDayTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var rule: PayoutDay
        var nominal: Int
        var month: String
        var paid: String
        var why: String
        var testDescription: String { "\(nominal) in \(month): \(why)" }
        init(_ rule: PayoutDay, _ nominal: Int, _ month: String, _ paid: String, _ why: String) {
            (self.rule, self.nominal, self.month, self.paid, self.why) = (rule, nominal, month, paid, why)
        }
    }

    static let rows = [
        Row(.workingDayBefore, 20, "2026-04", "2026-04-20", "a Monday"),
        Row(.workingDayBefore, 20, "2026-06", "2026-06-18", "Saturday after Midsummer Eve"),
        Row(.workingDayBefore, 20, "2026-09", "2026-09-18", "a Sunday"),
        Row(.workingDayBefore, 20, "2026-12", "2026-12-18", "a Sunday"),
        Row(.workingDayBefore, 20, "2027-02", "2027-02-19", "a Saturday"),
        Row(.workingDayBefore, 27, "2026-03", "2026-03-27", "a Friday"),
        Row(.nearest, 25, "2026-04", "2026-04-24", "a Saturday"),
        Row(.nearest, 25, "2026-05", "2026-05-25", "a Monday"),
        Row(.nearest, 25, "2026-10", "2026-10-26", "a Sunday"),
        Row(.nearest, 25, "2026-12", "2026-12-23", "Christmas"),
        Row(.nearest, 27, "2026-12", "2026-12-23", "Christmas, a Sunday"),
        Row(.nearest, 25, "2028-12", "2028-12-22", "Christmas, and the 23rd is a Saturday"),
        Row(.nearestHolidayBefore, 18, "2026-03", "2026-03-18", "a Wednesday"),
        Row(.nearestHolidayBefore, 19, "2026-04", "2026-04-20", "a Sunday"),
        Row(.nearestHolidayBefore, 19, "2026-06", "2026-06-18", "Midsummer Eve"),
        Row(.nearestHolidayBefore, 18, "2026-04", "2026-04-17", "a Saturday"),
        Row(.nearestHolidayBefore, 19, "2019-04", "2019-04-18", "Good Friday"),
        Row(.workingDayBefore, 31, "2026-02", "2026-02-27", "past the month's end, a Saturday"),
    ]

    @Test(arguments: rows) func `a payout day that is no working day moves by its payer's rule`(_ row: Row) throws {
        let month = Month(of: try #require(Day("\(row.month)-01")))
        #expect(row.rule.day(row.nominal, in: month) == Day(row.paid))
    }

    @Test(arguments: PayoutDay.allCases) func `every payout day of a century is a working day near its own`(
        rule: PayoutDay
    ) throws {
        var month = Month(of: try #require(Day("1990-01-01")))
        for _ in 0..<1_200 {
            for nominal in [18, 19, 20, 25, 26, 27] {
                let paid = rule.day(nominal, in: month)
                #expect(SwedishCalendar.isWorkingDay(paid))
                #expect(Month(of: paid) == month)
                #expect(abs(paid.dayOfMonth - nominal) <= 6)
            }
            month = month.next
        }
    }

    @Test func `the next payment is this month's if its day has not passed`() throws {
        let first = try #require(Day("2026-06-18"))
        #expect(PayoutDay.workingDayBefore.next(20, from: first) == first)
        #expect(PayoutDay.workingDayBefore.next(20, from: first.adding(days: 1)) == Day("2026-07-20"))
    }
}
