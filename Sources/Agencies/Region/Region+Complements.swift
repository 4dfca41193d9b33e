import AgencyKit
import LifeEvents

/// What a certificate lacks is asked of the region that has sent it, and a doctor answers in some working days with a document
/// that only the asker can open (S46, S48).
extension Region {
    var complements: [River<Self>] {
        [
            River(
                "take a question on a certificate", hears: ComplementNeed.self,
                under: [ComplementRules.asked, ComplementRules.answered.legal], concerns: { $0.data.asked },
                handle: { state, event, effects in
                    guard let asker = event.source else { return }
                    let isOurs = state.certificates.sent.contains { $0.addressee == asker }
                    let refusal =
                        event.refusal(purpose: SicknessRules.purpose, hasCase: true) ?? (isOurs ? nil : .notMine)
                    if let refusal {
                        try effects.publish(
                            ComplementAnswer(
                                caseRef: event.data.caseRef, asker: asker, status: .refused, refusal: refusal),
                            purpose: event.purpose)
                        return
                    }
                    state.certificates.asked = .init(caseRef: event.data.caseRef, asker: asker)
                    let day = SwedishCalendar.adding(
                        workingDays: effects.value(of: ComplementRules.answered), to: effects.today)
                    effects.setTimer(.complement, at: Stockholm.instant(day, hour: 8))
                })
        ]
    }

    /// The doctor has answered.
    static func answerComplement(_ state: inout RegionCase, _ effects: inout Effects<Timer>) throws {
        guard let asked = state.certificates.asked else { return }
        state.certificates.asked = nil
        try effects.publish(
            ComplementAnswer(
                caseRef: asked.caseRef, asker: asked.asker, status: .answered,
                contentRef: "complement-\(asked.caseRef)"), purpose: SicknessRules.purpose)
    }
}
