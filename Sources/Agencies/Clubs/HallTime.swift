import LifeEvents

/// A time on the clock of a hall: `17:30` in messages, `17.30` in texts.
struct HallTime: Codable, Hashable, Comparable, Sendable {
    /// Minutes since midnight.
    let minutes: Int

    private init(minutes: Int) { self.minutes = minutes }

    /// A time as messages have it; nil for another text.
    init?(_ text: String) {
        let parts = text.split(separator: ":").compactMap { Int($0) }
        guard parts.count == 2, 0..<24 ~= parts[0], 0..<60 ~= parts[1] else { return nil }
        minutes = parts[0] * 60 + parts[1]
    }

    private func joined(_ separator: String) -> String {
        let (hour, minute) = minutes.quotientAndRemainder(dividingBy: 60)
        return "\(hour < 10 ? "0" : "")\(hour)\(separator)\(minute < 10 ? "0" : "")\(minute)"
    }

    /// `17:30`
    var text: String { joined(":") }
    /// `17.30`
    var spoken: String { joined(".") }
    /// `1730`
    var digits: String { joined("") }

    /// So many minutes later; nil past midnight, and before it.
    func adding(_ count: Int) -> HallTime? {
        0..<(24 * 60) ~= minutes + count ? HallTime(minutes: minutes + count) : nil
    }

    /// The instant of it on a day.
    func instant(on day: Day) -> Instant { Stockholm.instant(day, hour: minutes / 60, minute: minutes % 60) }

    static func < (left: HallTime, right: HallTime) -> Bool { left.minutes < right.minutes }
}
