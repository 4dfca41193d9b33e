import AgencyKit
import LifeEvents

extension Kommun {
    static func invite(
        _ state: inout KommunCase, _ event: Event<ParenthoodMissing>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.familyLaw.take(.alerted) else { return }
        let lastDay = KommunRules.invitationEnds(sent: event.knownOn)
        state.familyLaw.alert.adopt(event)
        state.familyLaw.mother = event.data.mother
        state.familyLaw.lastDay = lastDay
        state.familyLaw.status = try publishFamilyLaw(.awaitingCitizen, expected: lastDay, state, &effects)
        try tellInvitation(state, &effects)
        effects.setTimer(.invitation, at: KommunRules.instant(after: lastDay))
    }

    static func confirmParenthood(
        _ state: inout KommunCase, _ event: Event<MunicipalParenthoodConfirmation>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.familyLaw.take(.bothConfirmed) else { return }
        effects.cancelTimer(.invitation)
        let data = event.data
        try effects.publish(
            ParenthoodReport(
                mother: data.mother, otherParent: data.otherParent, confirmedOn: data.confirmedOn,
                jointCustody: data.jointCustody, municipality: effects.municipality),
            occurredOn: data.confirmedOn == effects.today ? nil : data.confirmedOn)
        state.familyLaw.status = try publishFamilyLaw(.closed, state, &effects)
        for parent in [data.mother, data.otherParent] where parent != state.familyLaw.dead?.guardian {
            try effects.set(
                Tile(.parenthood, .done, "Föräldraskapet är bekräftat", about: effects.subject), for: parent)
        }
    }

    /// The last day passed without an answer: parenthood is inquired into (faderskapsutredning).
    static func beginInquiry(_ state: inout KommunCase, _ effects: inout Effects<Timer>) throws {
        guard state.familyLaw.take(.lastDayPassed) else { return }
        state.familyLaw.status = try publishFamilyLaw(.investigating, state, &effects)
        try tellMother(.investigating, "Familjerätten utreder föräldraskapet", state, &effects)
    }

    static func withdrawInvitation(
        _ state: inout KommunCase, _ event: Event<Annulled<ParenthoodMissing>>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.familyLaw.take(.alertAnnulled) else { return }
        effects.cancelTimer(.invitation)
        try effects.annul(
            MunicipalCaseStatus.self, in: &state.familyLaw.status, reason: event.data.reasonCode)
        try tellMother(.corrected, "Rättat: familjerättens ärende gäller inte", state, &effects)
        let dead = state.familyLaw.dead
        state.familyLaw = KommunCase.FamilyLaw()
        state.familyLaw.dead = dead
    }

    static func closeFamilyLawAtDeath(_ state: inout KommunCase, _ effects: inout Effects<Timer>) throws -> Bool {
        guard state.familyLaw.take(.subjectDied) else { return false }
        effects.cancelTimer(.invitation)
        state.familyLaw.aborted = try publishFamilyLaw(.aborted, reason: .subjectDied, state, &effects)
        try tellMother(.stopped, "Familjerättens ärende är avslutat", state, &effects)
        return true
    }

    /// The invitation holds again; if its last day has passed meanwhile, the inquiry begins at once.
    static func restoreFamilyLaw(
        _ state: inout KommunCase, reasonCode: String, _ effects: inout Effects<Timer>
    ) throws -> Bool {
        guard state.familyLaw.take(.deathAnnulled), let lastDay = state.familyLaw.lastDay else { return false }
        try effects.annul(MunicipalCaseStatus.self, in: &state.familyLaw.aborted, reason: reasonCode)
        try tellMother(.corrected, "Rättat: familjerättens ärende fortsätter", state, &effects)
        effects.setTimer(.invitation, at: KommunRules.instant(after: lastDay))
        return true
    }

    /// Her death was an error: what stands open is hers again.
    static func writeAgain(
        _ state: inout KommunCase, _ event: Event<Annulled<FamilyRelation>>, _ effects: inout Effects<Timer>
    ) throws {
        state.familyLaw.dead = nil
        if state.familyLaw.stage == .invited { try tellInvitation(state, &effects) }
        if state.familyLaw.stage == .paternityInquiry {
            try tellMother(.investigating, "Familjerätten utreder föräldraskapet", state, &effects)
        }
    }

    private static func tellInvitation(_ state: KommunCase, _ effects: inout Effects<Timer>) throws {
        guard let mother = state.familyLaw.mother, mother != state.familyLaw.dead?.guardian,
            let lastDay = state.familyLaw.lastDay
        else { return }
        let date = KommunRules.date(lastDay, seen: effects.today)
        try effects.set(
            Tile(
                .parenthood, .awaitingCitizen,
                "Familjerätten bjuder in er att bekräfta föräldraskapet senast \(date). Annars utreds det",
                about: effects.subject, deadline: lastDay), for: mother)
    }

    private static func tellMother(
        _ code: TileCode, _ text: String, _ state: KommunCase, _ effects: inout Effects<Timer>
    ) throws {
        guard let mother = state.familyLaw.mother, mother != state.familyLaw.dead?.guardian else { return }
        try effects.set(Tile(.parenthood, code, text, about: effects.subject), for: mother)
    }

    private static func publishFamilyLaw(
        _ status: CaseState, expected: Day? = nil, reason: CaseReason? = nil, _ state: KommunCase,
        _ effects: inout Effects<Timer>
    ) throws -> ChainHead {
        ChainHead(
            try effects.publish(
                MunicipalCaseStatus(
                    caseRef: "familyLaw-\(state.familyLaw.lastDay ?? effects.today)",
                    municipality: effects.municipality, service: .familyLaw, expectedDate: expected, reason: reason,
                    state: status)))
    }
}
