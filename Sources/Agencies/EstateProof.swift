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

    private(set) var inquiry = Inquiry()
    /// Who has given the mandate that is being looked into.
    private var asked: Subject?
    /// Who may act.
    private(set) var actors: [Subject] = []

    init() {}

    /// Whether a person has proved to act for the estate.
    func mayAct(_ person: Subject) -> Bool { actors.contains(person) }

    /// Rivers of an agency that claims back from estates.
    /// - Parameter need: the agency's question about a token.
    static func rivers<A: Agency, Need: NeedEvent>(
        _ type: A.Type, need: @escaping @Sendable (_ token: String) -> Need
    ) -> [River<A>] where A.Case: ProvesEstate {
        [
            River(
                "ask for proof that who answers may act for an estate", hears: GrantedMandate.self, under: [rule],
                mine: [
                    Condition("is a new mandate for an estate's account") { _, event in
                        event.isNew && event.data.agency != nil && event.data.scope.contains(.account)
                    },
                    Condition("is about one who is dead") { state, _ in state.isDead },
                ],
                whole: [Condition("shows a token") { _, event in event.data.tokenRef != nil }],
                handle: { state, event, effects in
                    guard let token = event.data.tokenRef else { return }
                    state.estateProof.asked = event.data.filedBy
                    try effects.ask(
                        need(token), for: Skatteverket.estateAdministration, in: &state.estateProof.inquiry)
                }),
            River(
                "hear who may act for an estate", hears: DeathProofAnswer.self, under: [rule],
                mine: [
                    Condition("answers what we have asked") { state, event in
                        state.estateProof.inquiry.awaits(event.data, from: event.source)
                    }
                ], handle: { state, event, _ in state.estateProof.take(event) }),
        ]
    }

    /// Takes Skatteverket's answer.
    private mutating func take(_ event: Event<DeathProofAnswer>) {
        guard case .complete = inquiry.take(event), let person = asked else { return }
        asked = nil
        if event.data.status == .answered, event.data.mayAct == true { actors.append(person) }
    }
}

/// A case that hears who acts for the person's estate.
protocol ProvesEstate: AgencyCase {
    /// Who acts; nobody once the death never was.
    var estateProof: EstateProof { get set }
    /// Whether the person is dead, as far as the case knows.
    var isDead: Bool { get }
}
