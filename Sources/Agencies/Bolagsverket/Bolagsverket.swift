public import AgencyKit
public import LifeEvents

/// Bolagsverket: companies from the notice to the end, who acts for them, and who owns them.
public struct Bolagsverket: Agency {
    /// What is remembered of one company or person.
    public typealias Case = BolagsverketCase

    /// What the agency waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// A notice lapses, is handled, or is written off.
        case formation
        /// A change is handled.
        case change
        /// A new board has not been notified.
        case board
        /// Beneficial owners have not been notified.
        case owners
        /// An objection is decided; on the person.
        case objection
    }

    /// Whose topics it writes.
    public static let owner = Owner.bolagsverket
    /// What it publishes.
    public static let publications = [
        Publication(Company.self), Publication(CompanyRole.self), Publication(BeneficialOwners.self),
        Publication(SeatNotice.self), Publication(StatusTile.self),
    ]
    /// What it goes by.
    public static var rules: [LegalRule] { BolagsverketRules.all }

    /// The agency.
    public init() {}

    /// What it hears: notices, changes, owners, bankruptcies, then what it must know of officers.
    public var rivers: [River<Self>] { formations + changes + ownersNotices + bankruptcies + officers }

    /// A state has lasted its time.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .formation: try Self.formationDue(&state, &effects)
        case .change: try Self.decideChange(&state, &effects)
        case .board: try Self.boardMissing(&state, &effects)
        case .owners: try Self.ownersMissing(&state, &effects)
        case .objection: try Self.decideObjection(&state, &effects)
        }
    }
}

extension Effects<Bolagsverket.Timer> {
    /// 00:00 after a last day.
    func midnight(after day: Day) -> Instant { Stockholm.instant(day.adding(days: 1)) }
    /// The day some working days from today.
    func day(workingDays rule: DatedRule) -> Day { SwedishCalendar.adding(workingDays: value(of: rule), to: today) }
}
