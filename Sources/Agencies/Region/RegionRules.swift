import LifeEvents

/// The regions' parameter file. `[A]` marks an assumption; the rest is 1177's and the programme of child health (B24).
enum RegionRules {
    /// Days from a birth's registration in which they visit the home [A].
    static let homeVisitDays = 14  // B24
    /// Days from birth to the visit at four weeks.
    static let fourWeeksDays = 28  // B24

    /// The last day of a visit, or the day around which it is.
    static func day(of visit: ChildHealthVisit, born: Day, registered: Day) -> Day {
        switch visit {
        case .home: registered.adding(days: homeVisitDays)
        case .fourWeeks: born.adding(days: fourWeeksDays)
        case .threeMonths: born.adding(months: 3)
        case .fiveMonths: born.adding(months: 5)
        case .twelveMonths: born.adding(months: 12)
        }
    }
}

/// The visits of a child's first year at child health, in their order.
enum ChildHealthVisit: String, Codable, Sendable, CaseIterable {
    case home, fourWeeks, threeMonths, fiveMonths, twelveMonths

    /// The visit after this one.
    var following: ChildHealthVisit? {
        switch self {
        case .home: .fourWeeks
        case .fourWeeks: .threeMonths
        case .threeMonths: .fiveMonths
        case .fiveMonths: .twelveMonths
        case .twelveMonths: nil
        }
    }

    /// What a guardian reads.
    /// - Parameter isNew: whether the guardian is told for the first time, and so not which visit it is.
    func text(_ day: String, isNew: Bool) -> String {
        switch self {
        case .home: "BVC ringer och bokar hembesök, senast den \(day)"
        case .fourWeeks where isNew: "Nästa besök på BVC den \(day)"
        case .fourWeeks: "Nästa besök på BVC vid 4 veckor, den \(day)"
        case .threeMonths: "Nästa: vaccination på BVC vid 3 månader, omkring den \(day)"
        case .fiveMonths: "Nästa: vaccination vid 5 månader, omkring den \(day)"
        case .twelveMonths: "Nästa: besök och vaccination vid 12 månader, omkring den \(day)"
        }
    }
}
