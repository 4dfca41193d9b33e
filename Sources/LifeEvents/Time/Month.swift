import JSON

/// A calendar month of a year.
public struct Month: Hashable, Comparable, Sendable {
    /// Months since January of the year 0.
    private var count: Int32

    private init(count: Int) {
        self.count = Int32(clamping: count)
    }

    /// The month of a valid date.
    init(validYear year: Int, month: Int) {
        self.init(count: year * 12 + month - 1)
    }

    /// A month of the years 0 to 9999; nil if `month` is not 1 to 12.
    public init?(year: Int, month: Int) {
        guard 0...9_999 ~= year, 1...12 ~= month else { return nil }
        self.init(validYear: year, month: month)
    }

    /// The month a day lies in.
    public init(of day: Day) {
        let date = day.date
        self.init(validYear: date.year, month: date.month)
    }

    /// The year, as 2026.
    public var year: Int { count < 0 ? (Int(count) - 11) / 12 : Int(count) / 12 }
    /// The month of the year, 1 to 12.
    public var month: Int { Int(count) - year * 12 + 1 }

    /// The first day of the month.
    public var firstDay: Day {
        Day(clamping: Gregorian.day(year: Self.countable(year), month: month, day: 1))
    }

    /// The last day of the month.
    public var lastDay: Day {
        Day(clamping: Int(firstDay.number) + Gregorian.days(inMonth: month, of: year) - 1)
    }

    /// The month after this one.
    public var next: Month { adding(months: 1) }
    /// The month before this one.
    public var previous: Month { adding(months: -1) }

    /// The month `months` later, earlier if negative.
    public func adding(months: Int) -> Month {
        let (sum, overflow) = Int(count).addingReportingOverflow(months)
        return Month(count: overflow ? months : sum)
    }

    /// The earlier month first.
    public static func < (left: Month, right: Month) -> Bool {
        left.count < right.count
    }

    /// A year for which a day can be calculated; beyond it every day number is the outermost anyway.
    private static func countable(_ year: Int) -> Int {
        min(max(year, -5_900_000), 5_900_000)
    }
}

extension Month: CanonicalText {
    /// What the text is, for an error message.
    public static var textForm: String { "a month such as 2026-03" }

    /// Reads the seven bytes `YYYY-MM`.
    public init?(utf8 bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 7, bytes[4] == ASCII.hyphen, let year = ASCII.number(bytes, at: 0, count: 4),
            let month = ASCII.number(bytes, at: 5, count: 2)
        else { return nil }
        self.init(year: year, month: month)
    }

    /// Appends the seven bytes `YYYY-MM`; a month outside the years 0 to 9999 is written as the nearest inside.
    public func write(into bytes: inout [UInt8]) {
        let inside = min(max(self, Month(validYear: 0, month: 1)), Month(validYear: 9_999, month: 12))
        let year = UInt64(truncatingIfNeeded: inside.year)
        let word =
            ASCII.pair(year / 100) | ASCII.pair(year % 100) << 16
            | ASCII.pair(UInt64(truncatingIfNeeded: inside.month)) << 40 | 0x2D_0000_0000
        ASCII.append((word, 0, 0), count: 7, to: &bytes)
    }
}
