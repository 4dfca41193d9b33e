import AgencyKit
import LifeEvents

extension CSN {
    /// Death ends aid and writes off the loan; an annulled death gives both back.
    var deaths: [River<Self>] {
        [
            River(
                "stop at death", hears: Death.self, handle: Self.follow),
            River(
                "resume when nobody died", hears: Annulled<Death>.self, handle: Self.followAnnulment),
        ]
    }

    /// Acts on what became of the death; an annulment that was here before what it annuls is acted on with that.
    private static func follow(_ state: inout Case, _ event: Event<Death>, _ effects: inout Effects<Timer>) throws {
        let former = state.death.head?.value
        switch try state.death.take(event, event.data.deathDate) {
        case .became(let death): try stop(&state, death.value, former, &effects)
        case .annulled: try resume(&state, "deathAnnulled", &effects)
        case .ended, .restored, .collapsed, .superseded, .awaitsPredecessor, .repeated, .notOfChain: break
        }
    }

    private static func followAnnulment(
        _ state: inout Case, _ event: Event<Annulled<Death>>, _ effects: inout Effects<Timer>
    ) throws {
        guard case .annulled = try state.death.take(event) else { return }
        try resume(&state, event.data.reasonCode, &effects)
    }

    private static func stop(
        _ state: inout Case, _ day: Day, _ former: Day?, _ effects: inout Effects<Timer>
    ) throws {
        // A death is remembered also where nothing is open: then there is nothing to stop.
        guard state.isOpen else { return }
        setTimers(state, &effects)
        try endAid(&state, day, former, &effects)
        guard former == nil else { return }
        if let application = state.application {
            try effects.publish(
                StudyCaseStatus(
                    caseRef: application.caseRef, matter: .studyAid, state: .aborted, reason: .subjectDied))
        }
        var text = "Ärendet om studiemedel är avslutat"
        if var loan = state.loan {
            try effects.publish(
                StudyCaseStatus(caseRef: loan.caseRef, matter: .studyLoan, state: .closed, reason: .subjectDied),
                in: &loan.writtenOff)
            state.loan = loan
            text = state.deathEndedAid ? "Studiemedlet upphör och studielånet skrivs av" : "Studielånet skrivs av"
        } else if state.deathEndedAid {
            text = "Studiemedlet upphör"
        }
        try effects.set(Tile(.stopped, .stopped, text))
    }

    /// Where a corrected day of death changes the last day, the old end is annulled, so that the chain keeps one end.
    private static func endAid(
        _ state: inout Case, _ day: Day, _ former: Day?, _ effects: inout Effects<Timer>
    ) throws {
        guard var aid = state.aid.head?.value else { return }
        let last = CSNRules.lastDay(of: aid, death: day)
        if state.deathEndedAid {
            guard let former, CSNRules.lastDay(of: aid, death: former) != last else { return }
            try effects.restore(StudyAid.self, in: &state.aid, reason: "deathCorrected")
        }
        guard state.aid.holds else { return }
        aid.to = last
        try effects.cease(aid, in: &state.aid, occurredOn: last)
        state.deathEndedAid = true
    }

    private static func resume(_ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>) throws {
        guard state.isOpen else { return }
        if state.deathEndedAid {
            try effects.restore(StudyAid.self, in: &state.aid, reason: reason)
            state.deathEndedAid = false
        }
        if var loan = state.loan {
            try effects.annul(StudyCaseStatus.self, in: &loan.writtenOff, reason: reason)
            state.loan = loan
        }
        if let application = state.application {
            try effects.publish(
                StudyCaseStatus(
                    caseRef: application.caseRef, matter: .studyAid, state: .investigating,
                    expectedDate: application.decidesOn))
        }
        setTimers(state, &effects)
        try effects.set(
            Tile(.stopped, .corrected, "Du är inte längre registrerad som avliden hos CSN. Allt fortsätter som förut"))
    }
}
