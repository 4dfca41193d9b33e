/// Arithmetic of the proleptic Gregorian calendar on days since 1970-01-01, without tables and without branches on sign.
///
/// Years are counted from 1 March, so the leap day comes last; the count starts so many whole cycles of 400 years
/// before year 0 that every `Int32` day number is positive, where division is cheap and needs no correction.
enum Gregorian {
    struct Date {
        var year: Int
        var month: Int
        var day: Int
    }

    private static let cycles = 14_800
    /// Days from the start of the count to 1970-01-01; 719,468 from 0000-03-01.
    private static let shift = cycles * 146_097 + 719_468

    /// The date of a day. `number` within Int32.
    @inline(__always)
    static func date(ofDay number: Int) -> Date {
        let quarters = 4 &* UInt64(truncatingIfNeeded: number &+ shift) &+ 3
        let century = quarters / 146_097
        let dayOfCentury = quarters % 146_097 / 4
        // 2,939,745 / 2^32 is 1/1,461 closely enough for a century: one multiplication gives year and day of year.
        let product = 2_939_745 &* (4 &* dayOfCentury &+ 3)
        let yearOfCentury = product >> 32
        let dayOfYear = (product & 0xFFFF_FFFF) / 2_939_745 / 4
        // 2,141 / 2^16 is the mean month's 1/30.6.
        let months = 2_141 &* dayOfYear &+ 197_913
        let afterNewYear = dayOfYear >= 306
        let year = Int(truncatingIfNeeded: 100 &* century &+ yearOfCentury) &- 400 &* cycles
        return Date(
            year: afterNewYear ? year &+ 1 : year,
            month: Int(truncatingIfNeeded: months >> 16) &- (afterNewYear ? 12 : 0),
            day: Int(truncatingIfNeeded: (months & 0xFFFF) / 2_141) &+ 1)
    }

    /// The day number of a date; a day outside its month runs on into its neighbours. `year` within ±5,000,000.
    @inline(__always)
    static func day(year: Int, month: Int, day: Int) -> Int {
        let fromMarch = month > 2 ? month - 3 : month + 9
        let years = (month > 2 ? year : year - 1) + 400 * cycles
        let century = years / 100
        return years * 365 + years / 4 - century + century / 4 + (153 * fromMarch + 2) / 5 + day - 1 - shift
    }

    @inline(__always)
    static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    @inline(__always)
    static func days(inMonth month: Int, of year: Int) -> Int {
        month == 2 ? (isLeap(year) ? 29 : 28) : 30 + ((month + month >> 3) & 1)
    }

    /// 0 for Sunday … 6 for Saturday. 1970-01-01 was a Thursday.
    @inline(__always)
    static func weekdayFromSunday(ofDay number: Int) -> Int {
        // 3,000,000,007 makes every Int32 positive and is 4, Thursday, in the count of weeks.
        Int(truncatingIfNeeded: UInt64(truncatingIfNeeded: number &+ 3_000_000_007) % 7)
    }
}
