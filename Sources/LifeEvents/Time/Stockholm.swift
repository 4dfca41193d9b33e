/// Local time in Europe/Stockholm, by arithmetic: UTC+1, and UTC+2 from the last Sunday of March to the last Sunday of
/// October, changing at 01:00 UTC (Directive 2000/84/EC; the same dates since 1996).
///
/// Before 1996 the summer time dates were others; there every local time is taken at +01:00, so that a day known only
/// as a date has one instant. About 10 ns a conversion.
public enum Stockholm {
    /// The instant at which the clock shows a time on a day.
    ///
    /// In the hour that spring leaves out, the clock has moved on: 02:30 is 03:30. In the hour that autumn repeats, the
    /// first, summer reading is taken. `hour`, `minute` and `second` may be larger than a clock shows; they run on.
    public static func instant(_ day: Day, hour: Int = 0, minute: Int = 0, second: Int = 0) -> Instant {
        instant(dayNumber: Int64(day.number), milliseconds: Int64((hour * 60 + minute) * 60 + second) * 1_000)
    }

    /// The instant at which the clock shows a local time; gap and overlap as for a day and an hour.
    public static func instant(_ local: LocalDateTime) -> Instant {
        instant(dayNumber: Int64(local.day.number), milliseconds: Int64(local.millisecondOfDay))
    }

    /// The calendar day in Stockholm.
    public static func day(of instant: Instant) -> Day {
        let shifted = instant + offset(at: instant)
        return Day(clamping: Int(shifted.utc.dayNumber))
    }

    /// What the clock in Stockholm shows.
    public static func local(_ instant: Instant) -> LocalDateTime {
        let shifted = (instant + offset(at: instant)).utc
        return LocalDateTime(
            day: Day(clamping: Int(shifted.dayNumber)), millisecondOfDay: Int(shifted.millisecondOfDay))
    }

    /// How far local time is ahead of UTC: one hour or two.
    public static func offset(at instant: Instant) -> VirtualDuration {
        isSummer(instant) ? .hours(2) : .hours(1)
    }

    @inline(__always)
    private static func instant(dayNumber: Int64, milliseconds: Int64) -> Instant {
        let reading = Instant(milliseconds: dayNumber * 86_400_000 + milliseconds)
        let summer = reading - .hours(2)
        return isSummer(summer) ? summer : reading - .hours(1)
    }

    @inline(__always)
    private static func isSummer(_ instant: Instant) -> Bool {
        let (dayNumber, millisecondOfDay) = instant.utc
        let number = Int(Int32(clamping: dayNumber))
        let date = Gregorian.date(ofDay: number)
        switch date.month {
        case 4...9: return date.year >= 1996
        case 3: return date.year >= 1996 && hasChanged(date, number, millisecondOfDay)
        case 10: return date.year >= 1996 && !hasChanged(date, number, millisecondOfDay)
        default: return false
        }
    }

    /// Whether 01:00 UTC of the last Sunday has passed in a month of 31 days.
    @inline(__always)
    private static func hasChanged(_ date: Gregorian.Date, _ number: Int, _ millisecondOfDay: Int64) -> Bool {
        let weekday = Gregorian.weekdayFromSunday(ofDay: number)
        // The Sunday on or before the date is the last one exactly if it is the 25th or later.
        guard date.day - weekday >= 25 else { return false }
        return weekday > 0 || millisecondOfDay >= 3_600_000
    }
}
