import AgencyKit
import LifeEvents

/// What two guardians of a child must agree on (M4): a move that one of them notifies, and that the child leaves Sweden.
extension Skatteverket {
    /// The guardians of a child who have not agreed to what another has filed; of what it files itself nobody is asked.
    static func missingConsents(_ agreed: [Subject], _ state: Case, _ effects: Effects<Timer>) -> [Subject] {
        guard state.isChild(on: effects.today), agreed != [effects.subject] else { return [] }
        return state.child.guardians.filter { !agreed.contains($0) }
    }

    /// Whether nobody who has filed for a child has custody of it any more.
    static func isOrphaned(_ agreed: [Subject], _ state: Case, _ effects: Effects<Timer>) -> Bool {
        state.isChild(on: effects.today) && agreed != [effects.subject]
            && !agreed.contains(where: state.child.guardians.contains)
    }

    /// Who has filed has custody no longer: nothing is decided, and who has custody now files anew.
    static func lapse(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        state.move.notice = nil
        state.move.take(.lapsed)
        setMoveTimer(state, &effects)
        let name = Municipalities.name(code: state.register.municipality ?? "")
        try tellGuardians(
            state, .stopped, "Flyttanmälan gäller inte längre. Ditt barn är kvar i \(name)", &effects)
    }

    static func askConsent(
        of others: [Subject], _ state: Case, _ lastDay: Day, _ effects: inout Effects<Timer>
    ) throws {
        guard let notice = state.move.notice else { return }
        let name = Municipalities.name(code: notice.to)
        let day = SwedishText.day(lastDay)
        for guardian in notice.agreed {
            try effects.set(
                Tile(
                    .moveNotice, .received,
                    "Vi har fått flyttanmälan för ditt barn. Den andra vårdnadshavaren ska svara senast den \(day)",
                    about: effects.subject, expected: lastDay), for: guardian)
        }
        for guardian in others {
            try effects.set(
                Tile(
                    .moveNotice, .awaitingCitizen,
                    "Ditt barn är anmält att flytta till \(name). Svara ja eller nej senast den \(day). "
                        + "Utan ditt ja avvisas anmälan", about: effects.subject, deadline: lastDay), for: guardian)
        }
    }

    static func takeConsent(
        _ state: inout Case, _ event: Event<MoveConsent>, _ effects: inout Effects<Timer>
    ) throws {
        guard event.data.consent else {
            guard state.move.take(.refused) else { return }
            return try dismiss(&state, &effects)
        }
        try agree(event.data.filedBy, &state, &effects)
    }

    /// M4: all guardians must agree.
    static func agree(
        _ guardian: Subject, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        state.move.notice?.agreed.append(guardian)
        let agreed = state.move.notice?.agreed ?? []
        guard missingConsents(agreed, state, effects).isEmpty else { return }
        try proceed(&state, &effects)
    }

    /// M4: a no, or no answer: the notice is not tried (avvisning), and the child stays where it is registered.
    static func dismiss(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        state.move.notice = nil
        effects.cancelTimer(.move)
        try tellDismissed(&state, &effects)
    }

    static func tellDismissed(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        state.appeal.toldOn = effects.today
        let name = Municipalities.name(code: state.register.municipality ?? "")
        let last = effects.appealBy
        try tellGuardians(
            state, .stopped,
            "Anmälan är avvisad. Ditt barn är kvar i \(name). Överklaga senast den \(SwedishText.day(last))", &effects)
    }
}
