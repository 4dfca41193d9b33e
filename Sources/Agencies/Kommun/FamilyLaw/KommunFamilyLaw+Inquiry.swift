import AgencyKit
import LifeEvents

extension KommunFamilyLaw {
    static func invite(
        _ state: inout Case, _ event: Event<ParenthoodMissing>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.inquiry.take(.alerted) else { return }
        let lastDay = effects.invitationEnds
        state.inquiry.alert.adopt(event)
        state.inquiry.mother = event.data.mother
        state.inquiry.birthDate = event.data.birthDate
        state.inquiry.lastDay = lastDay
        try publish(.awaitingCitizen, expected: lastDay, &state, &effects)
        try tellInvitation(state, &effects)
        effects.setTimer(.lastDay, at: KommunRules.instant(after: lastDay))
    }

    private static func tellInvitation(_ state: Case, _ effects: inout Effects<Timer>) throws {
        guard let lastDay = state.inquiry.lastDay else { return }
        try tellMother(
            .awaitingCitizen,
            "Boka besök hos familjerätten och bekräfta föräldraskapet, båda två, senast den \(SwedishText.day(lastDay)). "
                + "Annars utreder vi vem som är förälder",
            deadline: lastDay, state, &effects)
    }

    static func takeConfirmation(
        _ state: inout Case, _ event: Event<MunicipalParenthoodConfirmation>, _ effects: inout Effects<Timer>
    ) throws {
        state.inquiry.confirmations.file(terms(event.data), by: event.data.filedBy, on: event.knownOn)
        try approve(&state, &effects)
    }

    /// The board approves what both have said alike.
    static func approve(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let agreed = state.inquiry.confirmations.agreed(by: { [$0.mother, $0.otherParent] }),
            state.inquiry.take(.bothConfirmed)
        else { return }
        try effects.publish(report(.confirmed, agreed, effects.municipality))
        try closeApproved(agreed.mother, agreed.otherParent, &state, &effects)
    }

    /// The case is closed, and both parents are told when the register has the other one.
    static func closeApproved(
        _ mother: Subject, _ otherParent: Subject, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        effects.cancelTimer(.lastDay)
        state.inquiry.confirmations.lapse()
        try publish(.closed, &state, &effects)
        let registered = effects.registeredAround
        for parent in [mother, otherParent] {
            try effects.set(
                Tile(
                    .parenthood, .done,
                    "Familjerätten har godkänt er bekräftelse. Skatteverket registrerar den omkring den "
                        + SwedishText.day(registered), about: effects.subject), for: parent)
        }
    }

    /// The last day has passed: of the invitation, and parenthood is inquired into; of the year, and the inquiry is
    /// dropped for want of information (FB 2:7).
    static func lastDayPassed(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let born = state.inquiry.birthDate, state.inquiry.take(.lastDayPassed) else { return }
        if state.inquiry.stage == .inquiry {
            let end = effects.inquiryEnds(born: born)
            try publish(.investigating, expected: end, &state, &effects)
            try tellMother(
                .investigating, "Vi utreder vem som är förälder. Klart senast den \(SwedishText.day(end))",
                expected: end, state, &effects)
            effects.setTimer(.lastDay, at: KommunRules.instant(after: end))
        } else if let mother = state.inquiry.mother {
            let report = try effects.publish(
                ParenthoodReport(
                    state: .dropped, mother: mother, jointCustody: false, municipality: effects.municipality))
            try tellDropped(&state, ChainHead(report), &effects)
        }
    }

    static func withdraw(
        _ state: inout Case, _ event: Event<Annulled<ParenthoodMissing>>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.inquiry.take(.alertAnnulled) else { return }
        effects.cancelTimer(.lastDay)
        try effects.annul(MunicipalCaseStatus.self, in: &state.inquiry.status, reason: event.data.reasonCode)
        if event.data.reasonCode == "subjectDied" {
            try tellMother(
                .stopped, "Familjerättens ärende är avslutat. Du behöver inte göra något", state, &effects)
        } else {
            try tellMother(
                .corrected, "Familjerättens ärende var fel och är borttaget. Du behöver inte göra något", state,
                &effects)
        }
        state.inquiry = KommunFamilyLawCase.Inquiry()
    }

    static func noteJudgment(
        _ state: inout Case, _ event: Event<CourtJudgment>, _ effects: inout Effects<Timer>
    ) throws {
        guard let finalOn = event.data.finalOn else { return }
        effects.setTimer(.judgment, at: Stockholm.instant(finalOn))
    }

    static func closeByCourt(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.inquiry.take(.judged) else { return }
        effects.cancelTimer(.lastDay)
        try publish(.closed, &state, &effects)
        try tellMother(
            .done, "Tingsrätten har avgjort vem som är förälder. Familjerättens ärende är avslutat", state, &effects)
    }

    /// Her death was an error: what stands open is hers again.
    static func followGuardian(
        _ state: inout Case, _ event: Event<Annulled<FamilyRelation>>, _ effects: inout Effects<Timer>
    ) throws {
        guard case .gained(let guardian, _) = try state.guardians.take(event), guardian == state.inquiry.mother,
            state.inquiry.stage == .invited
        else { return }
        try tellInvitation(state, &effects)
    }

    // MARK: - Before the birth

    static func takeConfirmationBefore(
        _ state: inout Case, _ event: Event<MunicipalParenthoodConfirmation>, _ effects: inout Effects<Timer>
    ) throws {
        state.before.file(terms(event.data), by: event.data.filedBy, on: event.knownOn)
        guard let agreed = state.before.agreed(by: { [$0.mother, $0.otherParent] }), let expected = agreed.expectedOn
        else { return }
        state.before.lapse()
        let head = try effects.publish(report(.confirmed, agreed, effects.municipality))
        state.approvedBefore.append(
            .init(expectedOn: expected, otherParent: agreed.otherParent, report: ChainHead(head)))
        for parent in [agreed.mother, agreed.otherParent] {
            try effects.set(
                Tile(
                    .parenthood, .done,
                    "Familjerätten har godkänt er bekräftelse. Skatteverket registrerar den när barnet är fött"),
                for: parent)
        }
    }

    // MARK: - What is said

    private static func terms(_ data: MunicipalParenthoodConfirmation) -> Case.Parenthood {
        .init(
            mother: data.mother, otherParent: data.otherParent, isJoint: data.jointCustody,
            expectedOn: data.expectedDate)
    }

    private static func report(
        _ how: ParenthoodState, _ terms: Case.Parenthood, _ municipality: String
    ) -> ParenthoodReport {
        ParenthoodReport(
            state: how, mother: terms.mother, otherParent: terms.otherParent, jointCustody: terms.isJoint,
            municipality: municipality, expectedDate: terms.expectedOn)
    }

    static func publish(
        _ status: CaseState, expected: Day? = nil, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        state.inquiry.status = ChainHead(
            try effects.publish(
                MunicipalCaseStatus(
                    caseRef: "familyLaw-\(state.inquiry.lastDay ?? effects.today)",
                    municipality: effects.municipality, service: .familyLaw, expectedDate: expected, state: status)))
    }

    /// The mother, while she has custody as far as we know: not if the child has no guardian, as when she is dead.
    static func tellMother(
        _ code: TileCode, _ text: String, deadline: Day? = nil, expected: Day? = nil, _ state: Case,
        _ effects: inout Effects<Timer>
    ) throws {
        let hasNoGuardian = !state.guardians.isKnown && state.custody.stage != .none
        guard let mother = state.inquiry.mother, !hasNoGuardian,
            !state.guardians.isKnown || state.guardians.mayAct(mother)
        else { return }
        try effects.set(
            Tile(.parenthood, code, text, about: effects.subject, deadline: deadline, expected: expected), for: mother)
    }
}
