import AgencyKit
import LifeEvents

/// What an agency that is asked about serving permits, or gets a copy of them, remembers of a firm.
struct KnownServing: CasePart {
    /// A question that is open: whose, of which case.
    struct Question: Codable, Equatable, Sendable {
        var caseRef: String
        var asker: AgencyID
        var need: ChainHead
    }

    var question: Question?
    /// How the permit stands, by the municipality's copy.
    var permit: PermitState?

    init() {}
}

/// A case that has it.
protocol KnowsServing: AgencyCase {
    var serving: KnownServing { get set }
}

/// How every agency that is asked about a serving permit answers: for this purpose alone, after its own time, and plainly:
/// what a run does not know speaks against nobody (P4, P8).
enum ServingReferrals {
    /// The rivers of an agency that is asked.
    /// - Parameters:
    ///   - rule: how long it takes.
    ///   - timer: when it answers.
    ///   - concerns: which agencies of an owner with many are asked.
    static func rivers<A: Agency, Answer: ServingPermitAnswer>(
        _ agency: A.Type, _ answer: Answer.Type, within rule: DatedRule, timer: A.Timer,
        concerns: (@Sendable (Event<ServingPermitNeed>) -> [AgencyID])? = nil
    ) -> [River<A>] where A.Case: KnowsServing {
        [
            River(
                "look into a firm that wants to serve alcohol", hears: ServingPermitNeed.self,
                under: [rule.legal], concerns: concerns,
                handle: { state, event, effects in
                    guard let asker = event.source else { return }
                    if let refusal = event.refusal(purpose: ServingRules.purpose, hasCase: true) {
                        try effects.publish(
                            Answer(
                                caseRef: event.data.caseRef, asker: asker, status: .refused, refusal: refusal,
                                missing: nil, verdict: nil, grounds: nil), purpose: ServingRules.purpose)
                        return
                    }
                    state.serving.question = .init(
                        caseRef: event.data.caseRef, asker: asker, need: ChainHead(event))
                    effects.setTimer(timer, at: effects.morning(afterWorkingDays: effects.value(of: rule)))
                }),
            River(
                "drop a question that is taken back", hears: Annulled<ServingPermitNeed>.self,
                mine: [
                    Condition("is the one that is open") { state, event in
                        event.annuls(state.serving.question?.need)
                    }
                ],
                handle: { state, _, effects in
                    state.serving.question = nil
                    effects.cancelTimer(timer)
                }),
        ]
    }

    /// The time has passed: the question is answered, and no case of it is kept.
    static func answer<Timer, Answer: ServingPermitAnswer>(
        _ answer: Answer.Type, _ known: inout KnownServing, _ effects: inout Effects<Timer>
    ) throws {
        guard let question = known.question else { return }
        known.question = nil
        try effects.publish(
            Answer(
                caseRef: question.caseRef, asker: question.asker, status: .answered, refusal: nil, missing: nil,
                verdict: .noObjection, grounds: nil), purpose: ServingRules.purpose)
    }

    /// The river of an agency that gets a copy of decisions, or must know who holds a permit (P4, P13).
    static func copy<A: Agency>(
        _ agency: A.Type, _ name: String, under rule: LegalRule,
        concerns: (@Sendable (Event<Permit>) -> [AgencyID])? = nil
    ) -> River<A> where A.Case: KnowsServing {
        River(
            name, hears: Permit.self, under: [rule], concerns: concerns,
            handle: { state, event, _ in state.serving.permit = event.data.state })
    }
}
