import JSON

/// A calendar day of the proleptic Gregorian calendar, without time of day or zone.
public struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01; negative before.
    public var number: Int32

    /// The day `number` days after 1970-01-01.
    @inlinable
    public init(number: Int32) {
        self.number = number
    }

    /// The day of a date in the years 0 to 9999; nil if the month has no such day.
    public init?(year: Int, month: Int, dayOfMonth: Int) {
        guard 0...9_999 ~= year, 1...12 ~= month, dayOfMonth >= 1,
            dayOfMonth <= Gregorian.days(inMonth: month, of: year)
        else { return nil }
        number = Int32(truncatingIfNeeded: Gregorian.day(year: year, month: month, day: dayOfMonth))
    }

    /// The nearest day to a number of any size.
    init(clamping number: Int) {
        self.number = Int32(clamping: number)
    }

    /// The first day that has a text: 0000-01-01.
    public static let earliest = Day(number: -719_528)
    /// The last day that has a text: 9999-12-31.
    public static let latest = Day(number: 2_932_896)

    /// The earlier day first.
    @inlinable
    public static func < (left: Day, right: Day) -> Bool {
        left.number < right.number
    }

    var date: Gregorian.Date { Gregorian.date(ofDay: Int(number)) }

    /// The year, as 2026.
    public var year: Int { date.year }
    /// The month, 1 to 12.
    public var month: Int { date.month }
    /// The day of the month, 1 to 31.
    public var dayOfMonth: Int { date.day }

    /// The day of the week.
    public var weekday: Weekday {
        // 0 is no raw value: it is Sunday.
        Weekday(rawValue: Gregorian.weekdayFromSunday(ofDay: Int(number))) ?? .sunday
    }

    /// The day `days` later, earlier if negative.
    public func adding(days: Int) -> Day {
        let (sum, overflow) = Int(number).addingReportingOverflow(days)
        return overflow ? Day(clamping: days) : Day(clamping: sum)
    }

    /// The same number in the month `months` later, or that month's last day if it has no such number
    /// (lag (1930:173) 1 §): 31 January and a month is 28 February.
    public func adding(months: Int) -> Day {
        let date = self.date
        let last = Month(validYear: date.year, month: date.month).adding(months: months).lastDay
        let surplus = last.dayOfMonth - date.day
        return surplus > 0 ? last.adding(days: -surplus) : last
    }

    /// Days from this day to `other`, negative if `other` is earlier.
    public func distance(to other: Day) -> Int {
        Int(other.number) - Int(number)
    }
}

extension Day: Strideable {
    /// The day `days` later, so that a range of days can be walked through.
    public func advanced(by days: Int) -> Day {
        adding(days: days)
    }
}

extension Day: CanonicalText {
    /// What the text is, for an error message.
    public static var textForm: String { "a day such as 2026-03-02" }

    /// Reads the ten bytes `YYYY-MM-DD`.
    public init?(utf8 bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 10, bytes[4] == ASCII.hyphen, bytes[7] == ASCII.hyphen,
            let year = ASCII.number(bytes, at: 0, count: 4), let month = ASCII.number(bytes, at: 5, count: 2),
            let day = ASCII.number(bytes, at: 8, count: 2)
        else { return nil }
        self.init(year: year, month: month, dayOfMonth: day)
    }

    /// Appends the ten bytes `YYYY-MM-DD`; a day outside the years 0 to 9999 is written as the nearest inside.
    public func write(into bytes: inout [UInt8]) {
        let date = min(max(self, .earliest), .latest).date
        let year = UInt64(truncatingIfNeeded: date.year)
        let yearAndMonth =
            ASCII.pair(year / 100) | ASCII.pair(year % 100) << 16
            | ASCII.pair(UInt64(truncatingIfNeeded: date.month)) << 40 | 0x2D00_002D_0000_0000
        ASCII.append((yearAndMonth, ASCII.pair(UInt64(truncatingIfNeeded: date.day)), 0), count: 10, to: &bytes)
    }
}
