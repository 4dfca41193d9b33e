import AgencyKit
import LifeEvents

/// The insurance ends with the month before the one in which the member reaches the age limit; it is told ahead.
extension Akassa {
    /// The last day of the insurance; nil: the fund does not know how old the member is.
    private static func ageEnd(_ state: Case, _ effects: Effects<Timer>) -> Day? {
        guard let born = state.membership.birthDate else { return nil }
        let age = effects.value(of: UnemploymentRules.age)
        return Month(of: born.adding(months: 12 * age)).adding(months: -1).lastDay
    }

    /// Sets the timer for the first day of the month in which it is told, or for the end.
    static func setAgeTimer(_ state: Case, _ effects: inout Effects<Timer>) {
        guard state.claim.isRunning, let end = ageEnd(state, effects), end >= effects.today else { return }
        let ahead = effects.value(of: UnemploymentRules.ageTold)
        let told = Month(of: end).next.adding(months: -ahead).firstDay
        effects.setTimer(.age, at: Stockholm.instant(max(told, effects.today)))
    }

    static func ageDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.claim.isRunning, let end = ageEnd(state, effects) else { return }
        guard end < effects.today else {
            state.claim.endsOn = end
            effects.setTimer(.age, at: effects.midnight(after: end))
            return try effects.set(
                Tile(
                    .unemploymentBenefit, .stopped,
                    "Ersättningen upphör efter \(SwedishText.day(end)) på grund av din ålder. Du kan ansöka om pension. "
                        + "Arbetsförmedlingen hjälper dig som förut", other: AgencyID(.pensionsmyndigheten)))
        }
        guard var decision = state.benefit.decision else { return }
        decision.reason = .ageLimit
        decision.to = end
        try effects.cease(decision, in: &state.benefit.chain, occurredOn: end)
        state.registrationEnd = end
        state.claim.take(.registrationEnded)
    }
}
