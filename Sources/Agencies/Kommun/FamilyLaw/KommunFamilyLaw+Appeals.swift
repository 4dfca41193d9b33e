import AgencyKit
import LifeEvents

/// The mother appeals that an inquiry into parenthood was dropped (B6): the board tests whether it came in time and sends it
/// to the administrative court; where the court changes the decision, the inquiry goes on.
extension KommunFamilyLaw {
    var appeals: [River<Self>] {
        [
            River(
                "send on an appeal of a dropped inquiry", hears: MunicipalAppealFiling.self, as: Self.branch,
                under: [FamilyLawRules.appeal.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of an inquiry that was dropped") { state, event in
                        state.inquiry.stage == .dropped && state.inquiry.dropping?.isAppealed == false
                            && state.inquiry.dropping?.reference == event.data.decisionRef
                    }
                ],
                whole: [
                    Condition("is filed by the mother") { state, event in
                        event.data.filedBy == state.inquiry.mother
                    }
                ], handle: Self.takeAppeal),
            River(
                "hear the court on a dropped inquiry", hears: AdministrativeDecision.self, as: Self.branch,
                under: [FamilyLawRules.appeal.legal],
                concerns: { Kommun.concerned($0.data.concerns) },
                mine: [
                    Condition("is a judgment of an appeal we have sent on") { state, event in
                        event.data.state == .judgment && state.inquiry.dropping?.isAppealed == true
                            && state.inquiry.dropping?.reference == event.data.caseRef
                    }
                ], handle: Self.hearCourt),
        ]
    }

    private static func takeAppeal(
        _ state: inout Case, _ event: Event<MunicipalAppealFiling>, _ effects: inout Effects<Timer>
    ) throws {
        guard let dropping = state.inquiry.dropping else { return }
        let isInTime = event.knownOn <= dropping.appealBy
        try effects.publish(MunicipalAppeal(caseRef: dropping.reference, inTime: isInTime))
        let last = SwedishText.day(dropping.appealBy)
        guard isInTime else {
            return try tellMother(
                .decided, "Överklagandet kom in efter den \(last) och avvisas. Utredningen är nedlagd", state, &effects)
        }
        state.inquiry.dropping?.isAppealed = true
        try tellMother(
            .underReview,
            "Nedläggningen är överklagad och prövas av förvaltningsrätten. Beslutet gäller tills det ändras", state,
            &effects)
    }

    private static func hearCourt(
        _ state: inout Case, _ event: Event<AdministrativeDecision>, _ effects: inout Effects<Timer>
    ) throws {
        guard var dropping = state.inquiry.dropping else { return }
        state.inquiry.dropping?.isAppealed = false
        guard event.data.outcome == .changed || event.data.outcome == .remitted,
            state.inquiry.take(.droppingChanged)
        else {
            return try tellMother(
                .done, "Förvaltningsrätten ändrade inte beslutet. Utredningen är nedlagd", state, &effects)
        }
        // Where parenthood is not settled after all, the register has no word that it is closed.
        try effects.annul(ParenthoodReport.self, in: &dropping.report, reason: "notValid")
        state.inquiry.dropping = nil
        // FB 2:8 counts the year from the birth; one that is over begins anew with the judgment [A].
        let end = max(
            effects.inquiryEnds(born: state.inquiry.birthDate ?? effects.today),
            effects.inquiryEnds(born: effects.today))
        try publish(.investigating, expected: end, &state, &effects)
        try tellMother(
            .investigating,
            "Förvaltningsrätten har ändrat beslutet. Vi utreder igen vem som är förälder. Klart senast den "
                + SwedishText.day(end), expected: end, state, &effects)
        effects.setTimer(.lastDay, at: KommunRules.instant(after: end))
    }
}
