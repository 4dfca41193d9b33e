import AgencyKit
import LifeEvents

/// Who has proved to an agency to act for somebody's estate: a mandate to the agency shows a token, and Skatteverket says
/// whether it is valid and who gave it may act (D5). Who inherits is told to nobody by it.
struct EstateProof: CasePart {
    /// The agency's case that asks.
    static let caseRef = "estate"
    /// What it rests on.
    static let rule = LegalRule(
        "D5", "who shows a valid token answers for the estate what is claimed back from it",
        source: "design of efterlevandeguiden.se; SFB 108 kap. 2 §", mark: .assumption)

    var inquiry = Inquiry()
    /// Who has given the mandate that is being looked into.
    var asked: Subject?
    /// Who may act.
    private(set) var actors: [Subject] = []

    init() {}

    /// Whether a person has proved to act for the estate.
    func mayAct(_ person: Subject) -> Bool { actors.contains(person) }

    /// Whether a mandate is a new one for an estate's account.
    static func isMandate(_ event: Event<GrantedMandate>) -> Bool {
        event.isNew && event.data.agency != nil && event.data.scope.contains(.account)
    }

    /// Without a token nothing is proved.
    static func showsToken<Case: AgencyCase>() -> Condition<Case, GrantedMandate> {
        Condition("shows a token") { _, event in event.data.tokenRef != nil }
    }

    /// Begins to look into a mandate.
    /// - Returns: the token that it shows.
    mutating func open(_ event: Event<GrantedMandate>) -> String? {
        asked = event.data.filedBy
        return event.data.tokenRef
    }

    /// Takes Skatteverket's answer.
    mutating func take(_ event: Event<DeathProofAnswer>) {
        guard case .complete = inquiry.take(event), let person = asked else { return }
        asked = nil
        if event.data.status == .answered, event.data.mayAct == true { actors.append(person) }
    }
}
