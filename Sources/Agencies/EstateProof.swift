import AgencyKit
import LifeEvents

/// Who has proved to an agency to act for somebody's estate: a mandate to the agency shows a token, and Skatteverket says
/// whether it is valid and who gave it may act (D5). Who inherits is told to nobody by it. It is proved for as long as the
/// mandate holds and Skatteverket says nothing else.
struct EstateProof: CasePart {
    /// What it rests on.
    static let rule = LegalRule(
        "D5", "who shows a valid token uses the estate's account, and answers what is claimed back from the estate",
        source: "design of efterlevandeguiden.se; SFB 108 kap. 2 §", mark: .assumption)

    /// One who acts, or would.
    struct Actor: Codable, Equatable, Sendable {
        var person: Subject
        /// The agency's case that asks: another for each token.
        var caseRef: String
        var mandate: ChainHead
        /// The mandate's last day; nil: no end is known.
        var until: Day?
    }

    private(set) var inquiry = Inquiry()
    /// Whose mandate is being looked into.
    private(set) var asked: Actor?
    /// Who may act.
    private(set) var actors: [Actor] = []

    init() {}

    /// Whether a person has proved to act for the estate on a day.
    func mayAct(_ person: Subject, on day: Day) -> Bool {
        actors.contains { $0.person == person && ($0.until.map { day <= $0 } ?? true) }
    }

    /// The agency's case about a token.
    static func caseRef(_ token: String) -> String { "estate-\(token)" }

    /// Looks into a mandate.
    mutating func ask<Timer>(
        _ event: Event<GrantedMandate>, _ need: some NeedEvent, _ effects: inout Effects<Timer>
    ) throws {
        asked = Actor(
            person: event.data.filedBy, caseRef: need.caseRef, mandate: ChainHead(event), until: event.data.until)
        try effects.ask(need, for: Skatteverket.estateAdministration, in: &inquiry)
    }

    /// Takes Skatteverket's answer.
    /// - Returns: who asked to act, and whether that one may; nil: others are waited for.
    @discardableResult
    mutating func take(_ event: Event<DeathProofAnswer>) -> (person: Subject, mayAct: Bool)? {
        guard case .complete = inquiry.take(event), let actor = asked else { return nil }
        asked = nil
        let mayAct = event.data.status == .answered && event.data.mayAct == true
        if mayAct {
            actors.removeAll { $0.person == actor.person }
            actors.append(actor)
        }
        return (actor.person, mayAct)
    }

    /// Lets those act no longer, nor asks for them.
    /// - Returns: who could act until now.
    @discardableResult
    mutating func lose(where isLost: (Actor) -> Bool) -> [Subject] {
        if let one = asked, isLost(one) {
            asked = nil
            inquiry.close()
        }
        let lost = actors.filter(isLost).map(\.person)
        actors.removeAll(where: isLost)
        return lost
    }

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
                    try state.estateProof.ask(event, need(token), &effects)
                }),
            River(
                "hear who may act for an estate", hears: DeathProofAnswer.self, under: [rule],
                handle: { state, event, _ in state.estateProof.take(event) }),
        ] + ends(type)
    }

    /// Rivers of an agency by which who acts for an estate acts no longer.
    /// - Parameter lost: what the agency does of those who could act until now; the code tells an end from an error.
    static func ends<A: Agency>(
        _ type: A.Type,
        lost:
            @escaping @Sendable (
                _ persons: [Subject], _ code: TileCode, inout A.Case, inout Effects<A.Timer>
            ) throws -> Void = { _, _, _, _ in }
    ) -> [River<A>] where A.Case: ProvesEstate {
        [
            River(
                "let nobody act for an estate whose mandate has ended", hears: GrantedMandate.self, under: [rule],
                mine: [
                    Condition("ends it, or is of the account no more") { _, event in
                        event.change == .ceased || event.change == .corrected && !event.data.scope.contains(.account)
                    }
                ],
                handle: { state, event, effects in
                    try lost(state.estateProof.lose { event.follows($0.mandate) }, .stopped, &state, &effects)
                }),
            River(
                "let nobody act for an estate who never had a mandate", hears: Annulled<GrantedMandate>.self,
                under: [rule],
                handle: { state, event, effects in
                    try lost(state.estateProof.lose { event.annuls($0.mandate) }, .corrected, &state, &effects)
                }),
            River(
                "let nobody act for an estate who is no partner any more", hears: DeathProofAnswer.self,
                under: [rule],
                mine: [Condition("says that one may not") { _, event in event.data.mayAct != true }],
                handle: { state, event, effects in
                    try lost(
                        state.estateProof.lose { $0.caseRef == event.data.caseRef }, .stopped, &state, &effects)
                }),
        ]
    }
}

/// A case that hears who acts for the person's estate.
protocol ProvesEstate: AgencyCase {
    /// Who acts; nobody once the death never was.
    var estateProof: EstateProof { get set }
    /// Whether the person is dead, as far as the case knows.
    var isDead: Bool { get }
}
