import AgencyKit
import LifeEvents

/// Who applies as survivor gets an answer with its reason, also where there is no right (D23, D31).
extension Pensionsmyndigheten {
    var applications: [River<Self>] {
        [
            River(
                "decide an application as survivor", hears: PensionApplication.self,
                mine: [
                    // A pension of one's own is a life event of its own; only that the dead get none is looked at here.
                    Condition("is for a survivor's pension, or for one who is dead") { state, event in
                        event.data.kind == .survivor || state.isDead
                    },
                    Condition("has no such pension") { state, event in !state.hasPension(event.data.kind) },
                ],
                whole: [
                    Condition("is filed by the applicant, or a guardian") { state, event in
                        event.data.filedBy == event.subject || state.custodians.contains(event.data.filedBy)
                            || state.deputies.godMen(on: event.knownOn).contains(event.data.filedBy)
                    },
                    Condition("is for one who is alive") { state, _ in !state.isDead },
                ], handle: Self.answerApplication)
        ]
    }

    private static func answerApplication(
        _ state: inout Case, _ event: Event<PensionApplication>, _ effects: inout Effects<Timer>
    ) throws {
        // What is being tested already is decided without an application.
        guard !state.claims.contains(where: { $0.state == .tested }) else { return }
        for index in state.claims.indices where state.claims[index].state == .nothing {
            state.claims[index].state = .refused
        }
        try effects.publish(
            PensionDecision(kind: .survivor, outcome: .rejected, month: event.data.month, share: 0))
        let review = PensionRules.reviewDeadline(decided: effects.today, effects.rules)
        let reason = PensionRules.refusal(state.claims.first?.notice, effects.rules)
        try tell(
            state, .decided, "Avslag: \(reason). Begär omprövning senast den \(SwedishText.day(review))",
            reviewBy: review, &effects)
    }
}

extension PensionRules {
    /// Why there is no right, in the words of the law's conditions; the first that fails.
    static func refusal(_ notice: SurvivorNotice?, _ rules: RuleValues) -> String {
        guard let notice else { return "du var varken gift med eller levde med barn ihop med någon som har avlidit" }
        let person = notice.facts
        if person.role == .child { return "barnpension betalas till och med månaden då barnet fyller 18 år" }
        if hasReachedLimit(born: person.birthDate, on: notice.deathDate, rules) {
            return "omställningspension betalas bara till den som inte har nått riktåldern för pension"
        }
        if !person.sameAddress { return "ni bodde inte tillsammans när dödsfallet inträffade" }
        if person.role == .cohabitant && !person.commonChild {
            return "ni var inte gifta och hade inte barn tillsammans"
        }
        return "ni hade inte bott ihop i fem år och har inget barn under 18 år hemma"
    }
}
