import AgencyKit
import LifeEvents

extension Kommun {
    static func adoptPreschool(
        _ state: inout KommunCase, _ event: Event<MunicipalCaseStatus>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.preschool.take(.adopted) else { return }
        state.preschool.applicant = event.data.applicant
        state.preschool.caseRef = event.data.caseRef
        try tellApplicant(
            .investigating, "Barnet står i kö till förskola i \(effects.place)", expected: event.data.expectedDate,
            state, &effects)
    }

    static func queue(
        _ state: inout KommunCase, _ event: Event<MunicipalApplication>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.preschool.take(.applied) else { return }
        let placeBy = KommunRules.placeBy(applied: event.knownOn, wanted: event.data.wantedFrom)
        state.preschool.applicant = event.data.filedBy
        state.preschool.caseRef = "preschool-\(event.knownOn)"
        state.preschool.aborted = ChainHead()
        try publishPreschool(
            .investigating, expected: placeBy, applicant: event.data.filedBy, state, &effects)
        try tellApplicant(
            .investigating,
            "Barnet står i kö till förskola i \(effects.place). "
                + "Du ska få en plats senast den \(SwedishText.day(placeBy))", expected: placeBy, state, &effects)
    }

    static func closePreschoolAtDeath(_ state: inout KommunCase, _ effects: inout Effects<Timer>) throws -> Bool {
        guard state.preschool.take(.subjectDied) else { return false }
        state.preschool.aborted = try publishPreschool(.aborted, reason: .subjectDied, state, &effects)
        try tellApplicant(.stopped, "Köplatsen i \(effects.place) är avslutad", state, &effects)
        return true
    }

    /// What ended the place was wrong: the end is annulled, so the case status before it holds again.
    static func restorePreschool(
        _ state: inout KommunCase, _ trigger: KommunCase.Preschool.Trigger, reasonCode: String,
        _ effects: inout Effects<Timer>
    ) throws -> Bool {
        guard state.preschool.take(trigger), state.preschool.aborted.holds else { return false }
        try effects.annul(MunicipalCaseStatus.self, in: &state.preschool.aborted, reason: reasonCode)
        try tellApplicant(.corrected, "Rättat: köplatsen i \(effects.place) finns kvar", state, &effects)
        return true
    }

    @discardableResult
    static func publishPreschool(
        _ status: CaseState, expected: Day? = nil, reason: CaseReason? = nil, applicant: Subject? = nil,
        _ state: KommunCase, _ effects: inout Effects<Timer>
    ) throws -> ChainHead {
        ChainHead(
            try effects.publish(
                MunicipalCaseStatus(
                    caseRef: state.preschool.caseRef ?? "preschool", municipality: effects.municipality,
                    service: .preschool, expectedDate: expected, reason: reason, state: status, applicant: applicant)))
    }

    static func tellApplicant(
        _ code: TileCode, _ text: String, expected: Day? = nil, other: AgencyID? = nil, _ state: KommunCase,
        _ effects: inout Effects<Timer>
    ) throws {
        for reader in state.preschool.readers {
            try effects.set(
                Tile(.preschool, code, text, about: effects.subject, expected: expected, other: other), for: reader)
        }
    }
}
