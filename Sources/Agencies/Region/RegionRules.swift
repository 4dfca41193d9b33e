import AgencyKit
import LifeEvents

/// The rules of child health (barnhälsovård, BVC).
enum ChildHealthRules {
    static let visits = LegalRule(
        "B24", "a home visit, then visits at 4 weeks, 3, 5 and 12 months from birth", source: "1177, BVC programmes")
    static let homeVisit = DatedRule(
        "child-health-home-visit", "B24", "the home is visited within, from the registration of the birth", .days,
        [.since(2026, 1, 1, 14)], source: "1177; days assumed", mark: .assumption)

    /// All of them.
    static let all: [LegalRule] = [visits, homeVisit.legal]
}

extension Effects<Region.Timer> {
    /// The last day of a visit, or the day around which it is.
    func day(of visit: ChildHealthVisit, born: Day, registered: Day) -> Day {
        switch visit {
        case .home: registered.adding(days: value(of: ChildHealthRules.homeVisit, on: registered))
        case .fourWeeks: born.adding(days: 28)
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
