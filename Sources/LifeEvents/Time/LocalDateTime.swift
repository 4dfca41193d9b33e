import JSON

/// A day and a time on the clock, without zone: what a wall clock in Stockholm shows.
public struct LocalDateTime: Hashable, Comparable, Sendable {
    /// The calendar day.
    public let day: Day
    /// Milliseconds on the clock since 00:00, 0 to 86,399,999.
    public let millisecondOfDay: Int

    init(day: Day, millisecondOfDay: Int) {
        self.day = day
        self.millisecondOfDay = millisecondOfDay
    }

    /// A time on the clock; nil unless hour < 24, minute < 60, second < 60 and millisecond < 1,000.
    public init?(day: Day, hour: Int, minute: Int = 0, second: Int = 0, millisecond: Int = 0) {
        guard 0..<24 ~= hour, 0..<60 ~= minute, 0..<60 ~= second, 0..<1_000 ~= millisecond else { return nil }
        self.init(day: day, millisecondOfDay: ((hour * 60 + minute) * 60 + second) * 1_000 + millisecond)
    }

    /// The hour, 0 to 23.
    public var hour: Int { millisecondOfDay / 3_600_000 }
    /// The minute of the hour, 0 to 59.
    public var minute: Int { millisecondOfDay / 60_000 % 60 }
    /// The second of the minute, 0 to 59.
    public var second: Int { millisecondOfDay / 1_000 % 60 }
    /// The millisecond of the second, 0 to 999.
    public var millisecond: Int { millisecondOfDay % 1_000 }

    /// The earlier clock reading first.
    public static func < (left: LocalDateTime, right: LocalDateTime) -> Bool {
        (left.day, left.millisecondOfDay) < (right.day, right.millisecondOfDay)
    }
}

extension LocalDateTime: CanonicalText {
    /// What the text is, for an error message.
    public static var textForm: String { "a local time such as 2026-03-02 08:00 or 2026-03-02 08:00:30.250" }

    /// Reads a day, a space or `T`, then `HH:MM`, `HH:MM:SS` or `HH:MM:SS.mmm`.
    public init?(utf8 bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 16 || bytes.count == 19 || bytes.count == 23,
            let day = Day(utf8: UnsafeRawBufferPointer(rebasing: bytes[..<10])),
            bytes[10] == UInt8(ascii: " ") || bytes[10] == UInt8(ascii: "T"), bytes[13] == ASCII.colon,
            let hour = ASCII.number(bytes, at: 11, count: 2), let minute = ASCII.number(bytes, at: 14, count: 2)
        else { return nil }
        var second: Int? = 0
        var millisecond: Int? = 0
        if bytes.count >= 19 {
            second = bytes[16] == ASCII.colon ? ASCII.number(bytes, at: 17, count: 2) : nil
        }
        if bytes.count == 23 {
            millisecond = bytes[19] == ASCII.point ? ASCII.number(bytes, at: 20, count: 3) : nil
        }
        guard let second, let millisecond else { return nil }
        self.init(day: day, hour: hour, minute: minute, second: second, millisecond: millisecond)
    }

    /// Appends `YYYY-MM-DD HH:MM`, with seconds and milliseconds only where they are not zero.
    public func write(into bytes: inout [UInt8]) {
        day.write(into: &bytes)
        let minutes = UInt64(truncatingIfNeeded: millisecondOfDay / 60_000)
        let rest = UInt64(truncatingIfNeeded: millisecondOfDay % 60_000)
        let (second, millisecond) = (rest / 1_000, rest % 1_000)
        let clock = ASCII.pair(minutes / 60) << 8 | ASCII.pair(minutes % 60) << 32 | 0x3A00_0020
        ASCII.append((clock, 0, 0), count: 6, to: &bytes)
        guard rest > 0 else { return }
        ASCII.append((0x3A | ASCII.pair(second) << 8, 0, 0), count: 3, to: &bytes)
        guard millisecond > 0 else { return }
        let hundreds = millisecond / 100
        let decimals = 0x2E | (hundreds + 0x30) << 8 | ASCII.pair(millisecond - hundreds * 100) << 16
        ASCII.append((decimals, 0, 0), count: 4, to: &bytes)
    }
}
