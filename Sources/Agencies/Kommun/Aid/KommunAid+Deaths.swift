import AgencyKit
import LifeEvents

/// An applicant dies: what was granted stands, nothing is claimed from the estate, and another adult files for the rest.
extension KommunAid {
    var deaths: [River<Self>] {
        [
            River(
                "stop for an applicant who has died", hears: Death.self,
                concerns: { Kommun.named($0.data.municipality) + Kommun.concerned($0.data.concerns) },
                // Also of who has applied for nothing: an application may come after the death.
                handle: { state, event, effects in
                    let former = state.death.head?.value
                    guard case .became = try state.death.take(event, event.data.deathDate), former == nil else {
                        return
                    }
                    try Self.stop(&state, &effects)
                }),
            River(
                "go on for an applicant who lives", hears: Annulled<Death>.self,
                handle: { state, event, effects in
                    guard case .annulled = try state.death.take(event), let month = state.months.last else { return }
                    for place in state.months.indices { state.months[place].payee = effects.subject }
                    try Self.tell(
                        month.adults, .aidApplication, .corrected,
                        "Rättat: dödsfallet var fel. Bistånd som beviljats betalas som förut.", state, &effects)
                }),
        ]
    }

    private static func stop(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let last = state.months.last else { return }
        let others = last.adults.filter { $0 != effects.subject }
        for place in state.months.indices {
            state.months[place].askAgain = nil
            // What is granted and not yet paid goes to the other adult, who has signed.
            if let other = others.first(where: { state.months[place].signed.contains($0) }) {
                state.months[place].payee = other
            }
            if state.months[place].take(.died) {
                state.months[place].waits = []
                state.months[place].due = nil
                try publish(.aborted, of: state.months[place], &effects, reason: .subjectDied)
            }
        }
        setTimer(state, &effects)
        let granted = state.months.last { $0.decided ?? 0 > 0 && $0.isOpen }
        let stands = granted.map { "Beslutet för \($0.name) gäller. " } ?? ""
        let next = last.decided == nil ? last.month : last.month.next
        for other in others {
            try effects.set(
                Tile(
                    .aidApplication, .awaitingCitizen,
                    "\(stands)Ansök själv om \(InsuranceRules.monthName(next)) om du behöver bistånd, senast "
                        + "\(SwedishText.day(next.lastDay)). Annars blir det inget för den månaden.",
                    deadline: next.lastDay), for: other)
        }
    }
}
