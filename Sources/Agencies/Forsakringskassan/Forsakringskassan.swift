public import AgencyKit
public import LifeEvents

/// Försäkringskassan: child benefit and parental benefit on the child, housing allowance on the insured.
public struct Forsakringskassan: Agency {
    /// What is remembered of one person.
    public typealias Case = ForsakringskassanCase

    /// What the agency waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// Parental benefit is decided, then paid.
        case parental
        /// Housing allowance: the time to apply is over, an application is decided, a decision ends.
        case housing
        /// Housing allowance is paid.
        case housingPayment
        /// A claim back is decided.
        case recovery
    }

    /// Whose topics it writes.
    public static let owner = Owner.forsakringskassan

    /// What it publishes.
    public static let publications = [
        Publication(BenefitDecision.self), Publication(InsuranceCaseStatus.self), Publication(StatusTile.self),
        Publication(InsurancePayment.self), Publication(InsuranceRecovery.self), Publication(BenefitBasis.self),
    ]

    /// What it goes by.
    public static var rules: [LegalRule] { HousingRules.all }

    /// The agency.
    public init() {}

    /// What it hears: decisions of its own, then benefit by benefit, then death.
    public var rivers: [River<Self>] {
        [adoption] + pregnancy + childBenefit + parentalBenefit + housingAllowance + departures + recoveries + guardians
            + death
    }

    /// A state of a benefit has lasted its time.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .parental: try Self.parentalDue(&state, &effects)
        case .housing: try Self.housingDue(&state, &effects)
        case .housingPayment: try Self.payHousing(&state, &effects)
        case .recovery: try Self.decideRecovery(&state, &effects)
        }
    }

    private var adoption: River<Self> {
        River(
            "adopt a benefit", hears: BenefitDecision.self,
            mine: [
                Condition("is a new decision") { _, event in event.isNew },
                Condition("is a benefit we model") { _, event in
                    [.childBenefit, .parentalBenefit, .housingAllowance].contains(event.data.benefit)
                },
                Condition("grants it") { _, event in event.data.outcome != .rejected },
                Condition("is not one we hold") { state, event in !state.holds(event.data.benefit) },
            ],
            whole: [Condition("names who is paid") { _, event in !event.data.payees.isEmpty }],
            handle: Self.adopt)
    }

    private static func adopt(
        _ state: inout Case, _ event: Event<BenefitDecision>, _ effects: inout Effects<Timer>
    ) throws {
        let data = event.data
        guard let first = data.payees.first?.person else { return }
        switch data.benefit {
        case .childBenefit:
            state.child = Case.ChildBenefit(
                mother: first, secondParent: data.payees.dropFirst().first?.person, start: data.from,
                chain: ChainHead(event), since: event.occurredOn)
        case .parentalBenefit:
            state.parental = Case.ParentalBenefit(
                state: .executing, applicant: first, from: data.from, to: data.to, openedOn: event.occurredOn,
                chain: ChainHead(event))
        case .housingAllowance:
            try adoptHousing(&state, event, &effects)
        case .sicknessBenefit, .activityGrant: break
        }
    }

    /// The condition of every rule that opens or moves something: nothing begins for the dead.
    static func isAlive<Data>(_: Data.Type) -> Condition<Case, Data> {
        Condition("is alive") { state, _ in !state.death.holds }
    }
}
