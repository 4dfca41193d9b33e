import AgencyKit
import LifeEvents

/// An identity card (id-kort) of who is registered and has proved who he is (N18).
extension Skatteverket {
    var idCards: [River<Self>] {
        [
            River(
                "take an application for an identity card", hears: IdCardApplication.self, as: Self.register,
                under: [ArrivalRules.idCard.legal, ArrivalRules.idAge.legal],
                mine: [
                    Self.isAlive(),
                    Condition("has no card in hand") { state, _ in state.arrival.cardTo == nil },
                ],
                whole: [
                    Self.isRegistered(),
                    Condition("is of somebody who has proved who he is") { state, _ in state.arrival.isProven },
                    Condition("is of somebody old enough") { state, event in
                        !state.isUnder(event.value(of: ArrivalRules.idAge), on: event.knownOn)
                    },
                    Condition("is filed by the person, or by a guardian of a child") { state, event in
                        state.isChild(on: event.knownOn)
                            ? state.child.guardians.contains(event.data.filedBy)
                            : event.data.filedBy == event.subject
                    },
                ],
                handle: { state, event, effects in
                    if !state.arrival.cardFilers.contains(event.data.filedBy) {
                        state.arrival.cardFilers.append(event.data.filedBy)
                    }
                    // Each guardian of a child agrees by an own act.
                    guard
                        !state.isChild(on: effects.today)
                            || state.child.guardians.allSatisfy(state.arrival.cardFilers.contains)
                    else { return }
                    state.arrival.cardTo = event.data.filedBy
                    let days = effects.value(of: ArrivalRules.idCard)
                    let ready = SwedishCalendar.adding(workingDays: days, to: effects.today)
                    effects.setTimer(.idCard, at: SkatteverketRules.morning(ready))
                    try Self.tellArrived(
                        state, .received,
                        "Ansökan om id-kort kom in \(SwedishText.day(effects.today)). Kortet är klart omkring "
                            + "\(SwedishText.day(ready)).", &effects, tile: .idCard, expected: ready)
                })
        ]
    }

    static func handOutCard(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.arrival.cardTo != nil, state.death.stage != .dead else { return }
        (state.arrival.cardTo, state.arrival.cardFilers) = (nil, [])
        try tellArrived(
            state, .done,
            "Id-kortet är klart sedan \(SwedishText.day(effects.today)). Med det kan du öppna bankkonto och skaffa "
                + "e-legitimation.", &effects, tile: .idCard)
    }
}
