import AgencyKit
import LifeEvents

/// A health check (hälsoundersökning) is offered to who has moved to Sweden; what it finds stays in care (N17).
extension Region {
    var arrivals: [River<Region>] {
        [
            River(
                "offer a health check to who has moved to Sweden", hears: Immigration.self,
                under: [ArrivalRules.health.legal],
                concerns: { ($0.data.concerns ?? []).filter { $0.owner == .region } },
                mine: [
                    Condition("is new, and not offered yet") { state, event in
                        event.isNew && !state.healthCheck.immigration.holds
                    }
                ],
                handle: { state, event, effects in
                    state.healthCheck.immigration.adopt(event)
                    let last = effects.today.adding(days: effects.value(of: ArrivalRules.health))
                    let place = event.data.municipality.map { " i \(Municipalities.name(code: $0))" } ?? ""
                    let godMan = state.godMan.stage == .active ? state.godMan.holder : nil
                    let holder = event.data.family?.first ?? godMan ?? effects.subject
                    state.healthCheck.told = holder
                    try effects.set(
                        Tile(
                            .healthCare, .ongoing,
                            "Vårdcentralen\(place) erbjuder en hälsoundersökning. Kallelse kommer före "
                                + "\(SwedishText.day(last)). Den är frivillig.",
                            about: holder == effects.subject ? nil : effects.subject, next: last), for: holder)
                }),
            River(
                "withdraw a health check", hears: Annulled<Immigration>.self,
                mine: [Condition("is the registration we know") { $1.annuls($0.healthCheck.immigration) }],
                handle: { state, event, effects in
                    try state.healthCheck.immigration.take(event)
                    let holder = state.healthCheck.told ?? effects.subject
                    let isOwn = holder == effects.subject
                    try effects.set(
                        Tile(
                            .healthCare, .corrected,
                            "Rättat: \(isOwn ? "du" : "ditt barn") är inte folkbokförd\(isOwn ? "" : "t") här. Erbjudandet om "
                                + "hälsoundersökning gäller inte.", about: isOwn ? nil : effects.subject), for: holder)
                }),
        ]
    }
}
