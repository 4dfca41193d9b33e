import JSON

extension Instant: CanonicalText {
    /// What the text is, for an error message.
    public static var textForm: String { "an RFC 3339 time such as 2026-03-02T07:00:00.000Z" }

    /// Reads RFC 3339: any offset, no decimals or one to nine, cut to milliseconds; `t` and `z` may be small.
    ///
    /// Refused are a space for the `T`, a leap second (`:60`), hour 24, a time without offset, and what lies before
    /// the year 0 or after 9999 in UTC.
    public init?(utf8 bytes: UnsafeRawBufferPointer) {
        guard let value = Instant(canonical: bytes) ?? Instant(anyForm: bytes) else { return nil }
        self = value
    }

    /// Appends the 24 bytes `2026-03-02T07:00:00.000Z`. An instant that has no text is written as the nearest that has.
    public func write(into bytes: inout [UInt8]) {
        let (dayNumber, millisecondOfDay) = min(max(self, .earliest), .latest).utc
        let date = Gregorian.date(ofDay: Int(dayNumber))
        let year = UInt64(truncatingIfNeeded: date.year)
        let time = UInt64(truncatingIfNeeded: millisecondOfDay)
        let (seconds, milliseconds) = (time / 1_000, time % 1_000)
        let (minutes, second) = (seconds / 60, seconds % 60)
        let hundreds = milliseconds / 100
        // Three words of eight characters, the first character lowest: "2026-03-", "02T07:00", ":00.000Z".
        let yearAndMonth =
            ASCII.pair(year / 100) | ASCII.pair(year % 100) << 16
            | ASCII.pair(UInt64(truncatingIfNeeded: date.month)) << 40 | 0x2D00_002D_0000_0000
        let dayAndMinute =
            ASCII.pair(UInt64(truncatingIfNeeded: date.day)) | ASCII.pair(minutes / 60) << 24
            | ASCII.pair(minutes % 60) << 48 | 0x0000_3A00_0054_0000
        let secondAndZone =
            ASCII.pair(second) << 8 | (hundreds + 0x30) << 32 | ASCII.pair(milliseconds - hundreds * 100) << 40
            | 0x5A00_0000_2E00_003A
        ASCII.append((yearAndMonth, dayAndMinute, secondAndZone), count: 24, to: &bytes)
    }
}

extension Instant {
    /// The form this module writes, eight characters at a step; nil for any other, also a valid one.
    private init?(canonical bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 24 else { return nil }
        // Exclusive-or with the pattern leaves 0…9 where a digit stands and 0 where the right separator stands; adding
        // 0x76 (digit) or 0x7F (separator) carries everything else into the top bit.
        let first =
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)) ^ 0x2D30_302D_3030_3030
        let second =
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)) ^ 0x3030_3A30_3054_3030
        let third =
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)) ^ 0x5A30_3030_2E30_303A
        let wrong =
            first | (first &+ 0x7F76_767F_7676_7676) | second | (second &+ 0x7676_7F76_767F_7676)
            | third | (third &+ 0x7F76_7676_7F76_767F)
        guard wrong & 0x8080_8080_8080_8080 == 0 else { return nil }
        self.init(
            year: Self.pair(first, 0) * 100 + Self.pair(first, 2), month: Self.pair(first, 5),
            day: Self.pair(second, 0),
            hour: Self.pair(second, 3), minute: Self.pair(second, 6), second: Self.pair(third, 1),
            millisecond: Self.pair(third, 4) * 10 + Int((third >> 48) & 0xF))
    }

    @inline(__always)
    private static func pair(_ word: UInt64, _ index: UInt64) -> Int {
        let shifted = word &>> (index &* 8)
        return Int(truncatingIfNeeded: (shifted & 0xF) &* 10 &+ ((shifted >> 8) & 0xF))
    }

    @inline(__always)
    private init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, millisecond: Int) {
        guard 1...12 ~= month, day >= 1, day <= Gregorian.days(inMonth: month, of: year) else { return nil }
        guard hour < 24, minute < 60, second < 60 else { return nil }
        let days = Gregorian.day(year: year, month: month, day: day)
        let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second
        self.init(milliseconds: Int64(seconds * 1_000 + millisecond))
    }

    private init?(anyForm bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= 20, bytes[4] == ASCII.hyphen, bytes[7] == ASCII.hyphen,
            bytes[10] | 0x20 == UInt8(ascii: "t"),
            bytes[13] == ASCII.colon, bytes[16] == ASCII.colon,
            let year = ASCII.number(bytes, at: 0, count: 4), let month = ASCII.number(bytes, at: 5, count: 2),
            let day = ASCII.number(bytes, at: 8, count: 2), let hour = ASCII.number(bytes, at: 11, count: 2),
            let minute = ASCII.number(bytes, at: 14, count: 2), let second = ASCII.number(bytes, at: 17, count: 2)
        else { return nil }
        var index = 19
        guard let millisecond = Self.fraction(bytes, &index), let offset = Self.offset(bytes, index),
            let local = Instant(
                year: year, month: month, day: day, hour: hour, minute: minute, second: second, millisecond: millisecond
            )
        else { return nil }
        let instant = local - .minutes(offset)
        guard instant >= .earliest, instant <= .latest else { return nil }
        self = instant
    }

    /// Nothing, or a point and one to nine digits, read as milliseconds; moves `index` behind them.
    private static func fraction(_ bytes: UnsafeRawBufferPointer, _ index: inout Int) -> Int? {
        guard bytes[index] == ASCII.point else { return 0 }
        let start = index + 1
        var milliseconds = 0
        var weight = 100
        index = start
        while index < bytes.count, let digit = ASCII.digit(bytes[index]) {
            milliseconds += digit * weight
            weight /= 10
            index += 1
        }
        return 1...9 ~= index - start ? milliseconds : nil
    }

    /// Minutes east of Greenwich; the text ends with the offset.
    private static func offset(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Int64? {
        let length = bytes.count - index
        guard length > 0 else { return nil }
        let sign = bytes[index]
        if sign | 0x20 == UInt8(ascii: "z") { return length == 1 ? 0 : nil }
        guard length == 6, sign == ASCII.plus || sign == ASCII.hyphen, bytes[index + 3] == ASCII.colon,
            let hours = ASCII.number(bytes, at: index + 1, count: 2), hours < 24,
            let minutes = ASCII.number(bytes, at: index + 4, count: 2), minutes < 60
        else { return nil }
        let offset = Int64(hours * 60 + minutes)
        return sign == ASCII.plus ? offset : -offset
    }
}
