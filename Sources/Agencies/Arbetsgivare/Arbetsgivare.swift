public import AgencyKit
public import LifeEvents

/// All private employers: they declare what they pay, report who is ill, and answer a fund and Försäkringskassan. What a firm says is said by
/// scenarios; one that a scenario does not let speak is silent.
public struct Arbetsgivare: Agency {
    /// What is remembered of one employee.
    public typealias Case = ArbetsgivareCase
    /// Nothing is waited for.
    public typealias Timer = NoTimer

    /// Whose topics it writes.
    public static let owner = Owner.arbetsgivare
    /// What it publishes.
    public static let publications = [
        Publication(EmploymentAnswer.self), Publication(EmployerDeclaration.self), Publication(SickReport.self),
        Publication(ReturnPlanAnswer.self), Publication(RedeploymentAnswer.self),
    ]
    /// What it goes by.
    public static let rules = [
        UnemploymentRules.asked, ChainRules.plan.legal, ChainRules.ownWork.legal, ChainRules.consent,
    ]

    /// The employers' code.
    public init() {}

    /// What it hears: what funds ask of an employment, what Försäkringskassan asks of the way back, and what is planned.
    public var rivers: [River<Self>] {
        [
            River(
                "hear that a plan for the return is asked for", hears: ReturnPlanNeed.self,
                under: [ChainRules.plan.legal],
                handle: { state, event, _ in state.plans = event.data.by }),
            River(
                "hear that other work is asked for", hears: RedeploymentNeed.self, under: [ChainRules.ownWork.legal],
                handle: { state, event, _ in state.otherWork = event.data.by }),
            River(
                "know of the way back of an employee", hears: RehabilitationStep.self, under: [ChainRules.consent],
                handle: { state, event, _ in state.wayBack = event.data.state }),
            River(
                "hear that a fund asks about an employment", hears: FundEmploymentNeed.self,
                under: [UnemploymentRules.asked],
                handle: { state, event, _ in
                    if !state.asked.contains(event.data.employer) { state.asked.append(event.data.employer) }
                }),
        ]
    }
}

/// What employers remember of one employee.
public struct ArbetsgivareCase: AgencyCase {
    /// The firms that a fund has asked.
    var asked: [Subject] = []
    /// Until when answers about a plan for the return and about other work are of use.
    var plans: Day?
    var otherWork: Day?
    /// Where the way back of the employee stands.
    var wayBack: RehabilitationState?

    /// Nothing.
    public init() {}
}
