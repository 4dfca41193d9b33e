import AgencyKit
import LifeEvents

/// Who may apply for somebody else: a god man or förvaltare who guards rights or manages property.
extension KommunAid {
    var mandates: [River<Self>] {
        [
            River(
                "keep who is god man, and whether in scope", hears: Guardianship.self,
                concerns: { Kommun.named($0.data.municipality) + Kommun.concerned($0.data.concerns) },
                mine: [
                    Condition("begins or ends it") { state, event in
                        event.isNew || state.representatives.knows(event)
                    }
                ],
                handle: { state, event, _ in
                    let mayApply = event.data.scope.contains(.guardRights) || event.data.scope.contains(.manageProperty)
                    // It ends with the day before: who is dismissed today files in vain today. Outside the scope it never
                    // holds here.
                    try state.representatives.take(
                        event, event.data.holder, until: mayApply ? nil : .earliest,
                        endedOn: event.occurredOn.adding(days: -1), seesPage: true)
                }),
            River(
                "forget a god man of an applicant", hears: Annulled<Guardianship>.self,
                mine: [
                    Condition("is one we know") { state, event in
                        state.representatives.known.contains { event.annuls($0.chain) }
                    }
                ],
                handle: { state, event, _ in try state.representatives.forget(event) }),
            River(
                "ask the new god man", hears: AidApplication.self, concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is filed by who was god man and is no longer") { state, event in
                        event.data.filedBy != event.subject
                            && state.representatives.known.contains { $0.holder == event.data.filedBy }
                            && !state.representatives.mayAct(event.data.filedBy, on: event.knownOn)
                    }
                ],
                handle: { state, event, effects in
                    let month = InsuranceRules.monthName(event.data.month)
                    let last = event.data.month.firstDay
                    for holder in state.representatives.pages(on: effects.today) {
                        try effects.set(
                            Tile(
                                .aidApplication, .awaitingCitizen,
                                "En ansökan för \(month) kom från den som inte längre är god man och gäller inte. Ansök senast "
                                    + "\(SwedishText.day(last)). Annars blir det inget bistånd för \(month) i tid.",
                                about: effects.subject, deadline: last), for: holder)
                    }
                }),
        ]
    }
}
