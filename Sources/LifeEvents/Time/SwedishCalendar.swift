/// Working days in Sweden, calculated for any year by the rules of today; nothing is stored.
///
/// Moving Midsummer and All Saints' to a Saturday is of 1953; for older years the answer is today's rule, not history.
public enum SwedishCalendar {
    /// The holiday or Eve on a day; where two meet, the one with the fixed date. An ordinary Sunday is none.
    public static func holiday(on day: Day) -> SwedishHoliday? {
        let date = day.date
        return fixed(date) ?? movable(date, day)
    }

    /// The Swedish name of the holiday or Eve on a day: "Kristi himmelsfärdsdag". An ordinary Sunday has none.
    public static func holidayName(_ day: Day) -> String? {
        holiday(on: day)?.name
    }

    /// Whether the day is none of: Saturday, Sunday, public holiday, Midsummer Eve, Christmas Eve, New Year's Eve.
    ///
    /// A few nanoseconds at a weekend, about 15 otherwise.
    public static func isWorkingDay(_ day: Day) -> Bool {
        day.weekday < .saturday && holiday(on: day) == nil
    }

    /// The n-th working day after the day, or before it if `count` is negative; at 0 the day itself if it is a working
    /// day, else the next. Takes time in proportion to `count`.
    public static func adding(workingDays count: Int, to day: Day) -> Day {
        guard count != 0 else { return lastDayMoved(day) }
        let step = count < 0 ? -1 : 1
        var left = count.magnitude
        var result = day
        while left > 0 {
            let next = result.adding(days: step)
            // At the end of what a day number can hold no further day comes.
            guard next != result else { break }
            result = next
            if isWorkingDay(result) { left -= 1 }
        }
        return result
    }

    /// Where the last day of a statutory period ends up: on a Saturday, Sunday, public holiday, Midsummer Eve, Christmas
    /// Eve or New Year's Eve the act may still be done on the next weekday that is none of these (lag (1930:173) 2 §).
    public static func lastDayMoved(_ day: Day) -> Day {
        var result = day
        while !isWorkingDay(result), result.number < Int32.max {
            result = result.adding(days: 1)
        }
        return result
    }

    /// Easter Sunday of a year, by the Gregorian computus.
    public static func easter(of year: Int) -> Day {
        Day(clamping: easterNumber(year))
    }

    @inline(__always)
    private static func fixed(_ date: Gregorian.Date) -> SwedishHoliday? {
        switch (date.month, date.day) {
        case (1, 1): .newYearsDay
        case (1, 6): .epiphany
        case (5, 1): .mayDay
        case (6, 6): date.year >= 2005 ? .nationalDay : nil
        case (12, 24): .christmasEve
        case (12, 25): .christmasDay
        case (12, 26): .secondChristmasDay
        case (12, 31): .newYearsEve
        default: nil
        }
    }

    @inline(__always)
    private static func movable(_ date: Gregorian.Date, _ day: Day) -> SwedishHoliday? {
        let weekday = day.weekday
        switch (date.month, date.day) {
        case (6, 20...26) where weekday == .saturday: return .midsummerDay
        case (6, 19...25) where weekday == .friday: return .midsummerEve
        case (10, 31) where weekday == .saturday, (11, 1...6) where weekday == .saturday: return .allSaintsDay
        // Good Friday is 20 March at the earliest, Whit Monday 14 June at the latest.
        case (3, 20...31), (4...5, _), (6, 1...14): return ofEaster(date.year, day)
        default: return nil
        }
    }

    @inline(__always)
    private static func ofEaster(_ year: Int, _ day: Day) -> SwedishHoliday? {
        switch Int(day.number) - easterNumber(year) {
        case -2: .goodFriday
        case 0: .easterSunday
        case 1: .easterMonday
        case 39: .ascensionDay
        case 49: .pentecost
        case 50: year < 2005 ? .whitMonday : nil
        default: nil
        }
    }

    /// The day number of Easter Sunday: the Sunday after the ecclesiastical full moon on or after 21 March.
    private static func easterNumber(_ year: Int) -> Int {
        let century = year / 100
        let golden = year % 19
        // The moon's age, with the century's leap days left out and the lunar correction put in.
        let moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30
        // The two latest full moons are drawn one day back, so that Easter never comes after 25 April.
        let late = moon == 29 || (moon == 28 && golden > 10) ? 1 : 0
        let fullMoon = Gregorian.day(year: year, month: 3, day: 21 + moon - late)
        return fullMoon + 7 - Gregorian.weekdayFromSunday(ofDay: fullMoon)
    }
}
