import AgencyKit
import LifeEvents

/// Moves: notified within a week they hold from the day of the move, later from the day of the notice.
extension Skatteverket {
    var moveRivers: [River<Skatteverket>] {
        [
            River(
                "take in the notice of a move", hears: MoveNotice.self, as: Self.register,
                mine: [Condition("the person is alive") { state, _ in state.isAlive }],
                whole: [
                    Condition("the person is registered") { state, _ in state.register != nil },
                    Condition("the move leads to another municipality") { state, event in
                        state.register?.municipality != event.data.toMunicipality
                    },
                ]
            ) { state, event, effects in
                let noticed = event.knownOn
                state.move = SkatteverketCase.PendingMove(
                    notice: event.data, noticed: noticed, isOwn: event.data.filedBy == event.subject)
                let decision = RegisterRules.decision(RegisterRules.moveHandlingDays, after: noticed)
                effects.setTimer(.decideMove, at: decision)
                guard event.data.filedBy == event.subject else { return }
                let effective = RegisterRules.effectiveDay(moved: event.data.moveDate, noticed: noticed)
                let day = SwedishText.shortDay(effective)
                try effects.tile(
                    .moveNotice, .received,
                    effective == event.data.moveDate
                        ? "Mottagen. Gäller från \(day)" : "Mottagen. Den kom för sent och gäller från \(day)",
                    expected: Stockholm.day(of: decision))
            }
        ]
    }

    func decideMove(_ state: inout SkatteverketCase, _ effects: inout Effects<SkatteverketTimer>) throws {
        guard let pending = state.move, let register = state.register else { return }
        let notice = pending.notice
        let effective = RegisterRules.effectiveDay(moved: notice.moveDate, noticed: pending.noticed)
        try effects.publish(
            Move(
                fromMunicipality: register.municipality, toMunicipality: notice.toMunicipality,
                addressRef: notice.addressRef, noticeDate: pending.noticed, effectiveDate: effective,
                household: notice.household,
                minor: RegisterRules.isMinor(born: register.birthDate, on: pending.noticed)),
            occurredOn: notice.moveDate)
        state.register?.municipality = notice.toMunicipality
        state.move = nil
        guard pending.isOwn else { return }
        let place = Municipalities.name(code: notice.toMunicipality)
        try effects.tile(
            .moveNotice, .done, "Du är folkbokförd i \(place) från \(SwedishText.shortDay(effective))")
    }
}
