public import LifeEvents

/// A number that differs from case to case: least, most common, most (`[2, 3, 4]`); drawn triangular, one draw.
public struct Spread: Hashable, Sendable, CustomStringConvertible {
    /// The least.
    public let least: Int
    /// The most common.
    public let mode: Int
    /// The most.
    public let most: Int

    /// A spread; its numbers must rise.
    public init(_ least: Int, _ mode: Int, _ most: Int) {
        precondition(least <= mode && mode <= most, "a spread's numbers rise")
        (self.least, self.mode, self.most) = (least, mode, most)
    }

    /// Always 0.
    static let nothing = Spread(0, 0, 0)

    /// One draw.
    public func draw(_ stream: inout RandomStream) -> Int { stream.triangular(min: least, mode: mode, max: most) }

    /// As a plane writes it.
    public var description: String { "[\(least), \(mode), \(most)]" }
}

/// A time of the day.
public struct TimeOfDay: Hashable, Sendable, CustomStringConvertible {
    /// 0 to 23.
    public let hour: Int
    /// 0 to 59.
    public let minute: Int

    /// A time of the day by its parts.
    public init(_ hour: Int, _ minute: Int = 0) { (self.hour, self.minute) = (hour, minute) }

    /// `06:00`; nil if it is no time.
    public init?(text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }), let hour = Int(parts[0]),
            let minute = Int(parts[1]), 0..<24 ~= hour, 0..<60 ~= minute
        else { return nil }
        self.init(hour, minute)
    }

    /// The time on a day.
    public func on(_ day: Day) -> Instant { Stockholm.instant(day, hour: hour, minute: minute) }

    /// `06:00`.
    public var description: String {
        String("\(100 + hour)".dropFirst()) + ":" + String("\(100 + minute)".dropFirst())
    }
}

/// How sure a number is.
public enum Mark: String, CaseIterable, Sendable {
    /// A source says it.
    case stated = "s"
    /// A source makes it likely.
    case likely = "l"
    /// Put in by us.
    case assumption = "A"
}
