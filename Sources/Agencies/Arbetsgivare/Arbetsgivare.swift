public import AgencyKit
public import LifeEvents

/// All private employers: they declare what they pay, and answer a fund about an employment. What a firm says is said by
/// scenarios; one that a scenario does not let speak is silent.
public struct Arbetsgivare: Agency {
    /// What is remembered of one employee.
    public typealias Case = ArbetsgivareCase
    /// Nothing is waited for.
    public typealias Timer = NoTimer

    /// Whose topics it writes.
    public static let owner = Owner.arbetsgivare
    /// What it publishes.
    public static let publications = [Publication(EmploymentAnswer.self), Publication(EmployerDeclaration.self)]
    /// What it goes by.
    public static let rules = [UnemploymentRules.asked]

    /// The employers' code.
    public init() {}

    /// What it hears: what funds ask of an employment.
    public var rivers: [River<Self>] {
        [
            River(
                "hear that a fund asks about an employment", hears: FundEmploymentNeed.self,
                under: [UnemploymentRules.asked],
                handle: { state, event, _ in
                    if !state.asked.contains(event.data.employer) { state.asked.append(event.data.employer) }
                })
        ]
    }
}

/// What employers remember of one employee.
public struct ArbetsgivareCase: AgencyCase {
    /// The firms that a fund has asked.
    var asked: [Subject] = []

    /// Nothing.
    public init() {}
}
