import AgencyKit
import LifeEvents

/// What officers of family law decide, said by scenarios in the office's name: papers of a clinic are asked for (FB 1:9),
/// or the inquiry is dropped before its year is over (FB 2:7: no information, hopeless, harmful, donor treatment of a
/// single mother).
extension KommunFamilyLaw {
    var officers: [River<Self>] {
        [
            River(
                "wait for the papers of a clinic", hears: MunicipalCaseStatus.self, as: Self.branch,
                under: [FamilyLawRules.board], concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Self.isOfficers(.awaitingOther),
                    Condition("has an open case of parenthood") { state, _ in
                        state.inquiry.stage.after(.papersAsked) != nil
                    },
                ],
                handle: { state, event, effects in
                    guard state.inquiry.take(.papersAsked) else { return }
                    state.inquiry.status = ChainHead(event)
                    effects.cancelTimer(.lastDay)
                    try Self.tellMother(
                        .awaitingAgency, "Familjerätten väntar på underlag innan bekräftelsen kan godkännas", state,
                        &effects)
                }),
            River(
                "go on when the papers have come", hears: MunicipalCaseStatus.self, as: Self.branch,
                under: [FamilyLawRules.board], concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Self.isOfficers(.investigating),
                    Condition("waits for papers") { state, _ in state.inquiry.stage == .papers },
                ],
                handle: { state, event, effects in
                    guard let born = state.inquiry.birthDate, state.inquiry.take(.papersCame) else { return }
                    state.inquiry.status = ChainHead(event)
                    effects.setTimer(.lastDay, at: KommunRules.instant(after: effects.inquiryEnds(born: born)))
                    try Self.approve(&state, &effects)
                }),
            River(
                "drop the inquiry by decision", hears: ParenthoodReport.self, as: Self.branch,
                under: [FamilyLawRules.duty, FamilyLawRules.appeal.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("drops the inquiry") { _, event in event.isNew && event.data.state == .dropped },
                    Condition("has an open case of parenthood") { state, _ in
                        state.inquiry.stage.after(.droppedByOfficer) != nil
                    },
                ],
                handle: { state, event, effects in
                    guard state.inquiry.take(.droppedByOfficer) else { return }
                    effects.cancelTimer(.lastDay)
                    try Self.tellDropped(&state, ChainHead(event), &effects)
                }),
        ]
    }

    /// The mother is not told why (FB 2:7): the decision is.
    static func tellDropped(
        _ state: inout Case, _ report: ChainHead, _ effects: inout Effects<Timer>
    ) throws {
        try publish(.closed, &state, &effects)
        state.inquiry.dropping = .init(report: report, decidedOn: effects.today, appealBy: effects.appealEnds)
        let appeal = SwedishText.day(effects.appealEnds)
        try tellMother(
            .done, "Utredningen är nedlagd. Du är ensam vårdnadshavare. Överklaga senast den \(appeal)", state, &effects
        )
    }

    /// A status that an officer has set, and not this code.
    private static func isOfficers(_ status: CaseState) -> Condition<Case, MunicipalCaseStatus> {
        Condition("is an officer's word on parenthood") { state, event in
            event.isNew && event.data.service == .familyLaw && event.data.state == status
                && event.id != state.inquiry.status.head?.id
        }
    }
}
