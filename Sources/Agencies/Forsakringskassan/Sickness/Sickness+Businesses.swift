import AgencyKit
import LifeEvents

/// Who lives by an own business (egenföretagare) has no sick pay and waits for benefit: as long as the law has it, or as
/// was chosen before the illness (S53, S54).
extension ForsakringskassanSickness {
    var businesses: [River<Self>] {
        [
            River(
                "know a chosen waiting period", hears: WaitingChoice.self, under: [BusinessSicknessRules.chosen],
                whole: [
                    Condition("is of days that one may choose") { _, event in
                        BusinessSicknessRules.choices.contains(event.data.days)
                    }
                ],
                handle: { state, event, _ in try state.waiting.take(event, event.data) })
        ]
    }

    /// How many days of a period one with a business waits.
    static func businessWaiting(_ state: Case, from firstDay: Day, _ rules: RuleValues) -> Int {
        guard state.waiting.holds, let choice = state.waiting.head?.value, choice.from <= firstDay else {
            return rules.value(of: BusinessSicknessRules.waiting, on: firstDay)
        }
        return choice.days
    }
}

/// The rules of sickness benefit for who has an own business.
enum BusinessSicknessRules {
    static let waiting = DatedRule(
        "sick-waiting-days-business", "S53", "who has an own business waits for so many days", .days,
        [.since(2011, 1, 1, 7)], source: "SFB 27:27 a")
    static let chosen = LegalRule(
        "S54", "or as many as were chosen before the illness: 1, 14, 30, 60 or 90", source: "SFB 27:29-30")
    static let choices = [1, 14, 30, 60, 90]
    static let all: [LegalRule] = [waiting.legal, chosen]
}
