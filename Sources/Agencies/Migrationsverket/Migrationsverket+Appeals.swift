import AgencyKit
import LifeEvents

/// A refusal, or a withdrawal, until nobody can appeal it: only the person hears of it before (N8, N9).
extension Migrationsverket {
    var appeals: [River<Self>] {
        [
            River(
                "tell of a refusal or a withdrawal", hears: ResidencePermit.self,
                under: [ArrivalRules.appeal.legal, ArrivalRules.withdrawal],
                mine: [Condition("is refused") { _, event in event.isNew && event.data.state == .refused }],
                handle: { state, event, effects in
                    state.permit.refusal.adopt(event)
                    state.permit.refusedOn = effects.today
                    state.permit.isAppealed = false
                    state.permit.take(.refused)
                    if state.permit.household.members.isEmpty {
                        state.permit.household = ArrivedHousehold(members: event.data.family)
                    }
                    let last = Self.lastDay(effects)
                    let isWithdrawn = state.permit.chain.holds
                    if isWithdrawn { effects.setTimer(.final, at: Stockholm.instant(last.adding(days: 1))) }
                    let what =
                        isWithdrawn
                        ? "Uppehållstillståndet återkallas när beslutet inte kan överklagas längre"
                        : "Du får inte uppehållstillstånd"
                    try Self.tell(
                        state, .residencePermit, .decided,
                        "\(what). Överklaga senast \(SwedishText.day(last)).", &effects, reviewBy: last)
                }),
            River(
                "send an appeal to the migration court", hears: PermitAppealFiling.self,
                under: [ArrivalRules.appeal.legal],
                mine: [Condition("has a decision that can be appealed") { state, _ in state.permit.refusal.holds }],
                whole: [
                    Condition("is filed by the person, or by who acts for the person") { state, event in
                        event.data.filedBy == event.subject || event.data.filedBy == state.permit.household.actor
                    }
                ],
                handle: { state, _, effects in
                    guard let decided = state.permit.refusedOn else { return }
                    let last = Self.lastDay(effects, from: decided)
                    let inTime = effects.today <= last
                    try effects.publish(PermitAppeal(caseRef: Self.reference, inTime: inTime))
                    guard inTime else {
                        return try Self.tell(
                            state, .residencePermit, .decided,
                            "Överklagandet kom för sent, efter \(SwedishText.day(last)), och prövas inte.", &effects)
                    }
                    state.permit.isAppealed = true
                    effects.cancelTimer(.final)
                    try Self.tell(
                        state, .residencePermit, .underReview,
                        "Överklagandet kom in \(SwedishText.day(effects.today)). Migrationsdomstolen prövar beslutet.",
                        &effects)
                }),
            River(
                "follow the migration court", hears: AdministrativeDecision.self, under: [ArrivalRules.appeal.legal],
                mine: [
                    Condition("judges what was appealed") { state, event in
                        event.data.state == .judgment && event.data.caseRef == Self.reference
                            && state.permit.isAppealed
                    }
                ],
                handle: { state, event, effects in
                    state.permit.isAppealed = false
                    let isChanged = event.data.outcome == .changed
                    let last = Self.lastDay(effects)
                    if isChanged {
                        state.permit.refusal = ChainHead()
                    } else if state.permit.chain.holds {
                        effects.setTimer(.final, at: Stockholm.instant(last.adding(days: 1)))
                    }
                    try Self.tell(
                        state, .residencePermit, .decided,
                        isChanged
                            ? "Migrationsdomstolen har ändrat beslutet. Migrationsverket beslutar igen."
                            : "Migrationsdomstolen har inte ändrat beslutet. Domen kan överklagas senast "
                                + "\(SwedishText.day(last)).", &effects)
                }),
        ]
    }

    static let reference = "permit"

    private static func lastDay(_ effects: Effects<Timer>, from day: Day? = nil) -> Day {
        SwedishCalendar.lastDayMoved((day ?? effects.today).adding(days: 7 * effects.value(of: ArrivalRules.appeal)))
    }

    /// Nobody can appeal the withdrawal any more: it holds from today.
    static func withdraw(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard !state.permit.isAppealed, state.permit.refusal.holds else { return }
        state.permit.refusal = ChainHead()
        try end(&state, on: effects.today, &effects)
    }
}
