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
    /// - Parameter late: whether an end that has passed is acted on: the age was not known before.
    static func setAgeTimer(_ state: Case, late: Bool = false, _ effects: inout Effects<Timer>) {
        guard state.claim.isRunning, let end = ageEnd(state, effects) else { return }
        guard end >= effects.today else {
            if late { effects.setTimer(.age, at: effects.now) }
            return
        }
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
        let isTold = state.claim.endsOn == end
        decision.reason = .ageLimit
        decision.to = end
        try effects.cease(decision, in: &state.benefit.chain, occurredOn: end)
        state.registrationEnd = end
        state.claim.take(.registrationEnded)
        // What was paid for days after the end, before the age was known, is claimed back.
        let sum = try settle(&state, isDecided: true, &effects)
        guard !isTold else { return }
        try effects.set(
            Tile(
                .unemploymentBenefit, .stopped,
                "Ersättningen upphörde efter \(SwedishText.day(end)) på grund av din ålder."
                    + (sum < 0 ? " Vi prövar om du ska betala tillbaka det som betalats efter den dagen." : "")
                    + " Arbetsförmedlingen hjälper dig som förut", other: AgencyID(.pensionsmyndigheten)))
    }
}
