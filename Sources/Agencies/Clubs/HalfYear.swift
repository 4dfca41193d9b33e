import LifeEvents

/// A half of a calendar year, for which grants are given: `2026H1`.
struct HalfYear: Codable, Hashable, Sendable {
    let year: Int
    /// Whether it is January to June.
    let isSpring: Bool

    init(year: Int, isSpring: Bool) {
        self.year = year
        self.isSpring = isSpring
    }

    /// The half-year in which a day is.
    init(of day: Day) { self.init(year: day.year, isSpring: day.month <= 6) }

    /// As messages have it; nil for another text.
    init?(_ text: String) {
        let parts = text.split(separator: "H")
        guard parts.count == 2, let year = Int(parts[0]), parts[1] == "1" || parts[1] == "2" else { return nil }
        self.init(year: year, isSpring: parts[1] == "1")
    }

    /// `2026H1`
    var text: String { "\(year)H\(isSpring ? 1 : 2)" }
    /// `våren 2026`
    var name: String { "\(isSpring ? "våren" : "hösten") \(year)" }
    /// The last day to apply for it, and when it is decided and paid, are in the year of its last day or in the next.
    var yearAfter: Int { isSpring ? year : year + 1 }

    var firstDay: Day { Day(year: year, month: isSpring ? 1 : 7, dayOfMonth: 1) ?? .latest }
    var lastDay: Day { Day(year: year, month: isSpring ? 6 : 12, dayOfMonth: isSpring ? 30 : 31) ?? .latest }

    func contains(_ day: Day) -> Bool { firstDay <= day && day <= lastDay }
}

/// A day of any year: 25 August.
struct YearDay: Hashable, Sendable {
    let month: Int
    let day: Int

    init(_ month: Int, _ day: Int) {
        self.month = month
        self.day = day
    }

    /// That day of a year.
    func day(in year: Int) -> Day { Day(year: year, month: month, dayOfMonth: day) ?? .latest }
}
