import AgencyKit
import LifeEvents

/// The firm is heard on objections, the case is proposed, decided, and the certificate issued (P3, P5, P10 to P15).
extension KommunPermits {
    var decisions: [River<Self>] {
        [
            River(
                "know when the committee decides", hears: CommitteeMeeting.self, under: [ServingRules.diary],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [Condition("is of what is proposed") { state, event in state.isProposed(event.data.caseRef) }],
                handle: { state, event, effects in
                    state.application.meetsOn = event.data.on
                    try Self.tellProposed(state, &effects)
                }),
            River(
                "tell what the committee has decided", hears: CommitteeDecision.self,
                under: [ServingRules.copies, ServingRules.appeal.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [Condition("is of what is proposed") { state, event in state.isProposed(event.data.caseRef) }],
                handle: { state, event, effects in
                    try Self.decide(event.data.outcome == .granted, &state, &effects)
                }),
            River(
                "take what a firm says of an objection", hears: PermitCompletion.self,
                under: [ServingRules.mending.legal], concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of a firm that is heard") { state, _ in state.stage == .heard },
                    Condition("is a comment") { _, event in event.data.item == .comment },
                ],
                whole: [
                    Condition("is filed by who signs for the firm") { state, event in
                        state.signatories.mayAct(event.data.filedBy, .all, on: event.knownOn)
                    }
                ], handle: { state, _, effects in try Self.endHearing(&state, &effects) }),
        ]
    }

    /// Proposes where all have answered or were passed over, the firm knows the law and is not to be heard.
    static func proposeIfReady(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.stage == .referred, state.referrals.areOver, state.knowsTheLaw(on: effects.today) else { return }
        let refusal: Case.Refusal? = state.isObjectedTo ? .objection : nil
        try propose(refusal, &state, &effects)
    }

    /// Hears the firm on an objection (FL 25 §): codes only, the words stay with who objects.
    static func hear(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        try withdrawItem(&state, &effects)
        guard state.take(.objected) else { return }
        let day = effects.lastDay(in: effects.value(of: ServingRules.mending))
        effects.setTimer(.hearing, at: effects.midnight(after: day))
        try effects.publish(
            MunicipalCaseStatus(
                caseRef: state.application.caseRef, municipality: effects.municipality, service: .permit,
                state: .awaitingCitizen))
        let who = ServingTexts.capital(ServingTexts.names(state.referrals.objections.map(\.party)))
        try effects.set(
            Tile(
                .permitDecision, .awaitingCitizen,
                "\(who) har invändningar. Läs dem i ärendet och svara senast \(SwedishText.day(day))", deadline: day))
    }

    /// F-tax was revoked while the application is tried: the firm is heard, and it counts (P4).
    static func hearOnTax(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        try withdrawItem(&state, &effects)
        state.application.isTaxRevoked = true
        guard state.take(.objected) else { return }
        let day = effects.lastDay(in: effects.value(of: ServingRules.mending))
        effects.setTimer(.hearing, at: effects.midnight(after: day))
        try effects.publish(
            MunicipalCaseStatus(
                caseRef: state.application.caseRef, municipality: effects.municipality, service: .permit,
                state: .awaitingCitizen))
        try effects.set(
            Tile(
                .permitDecision, .awaitingCitizen,
                "Godkännandet för F-skatt är återkallat, och det talar mot ansökan. Svara senast "
                    + SwedishText.day(day), deadline: day))
    }

    /// The firm has answered, or has not in time.
    static func endHearing(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.take(.answered) else { return }
        effects.cancelTimer(.hearing)
        try proposeIfReady(&state, &effects)
    }

    /// Takes back what lies on the committee's desk.
    static func withdrawItem(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        effects.cancelTimer(.decide)
        state.application.meetsOn = nil
        try effects.annul(
            CommitteeItem.self, in: &state.application.item, about: effects.committee, reason: "notValid")
        state.take(.reopened)
    }

    /// Lays the case before who decides.
    static func propose(
        _ refusal: Case.Refusal?, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard state.take(.ready) else { return }
        state.application.refusal = refusal ?? foodRefusal(state, effects)
        guard effects.row.decider == .committee else {
            let day = SwedishCalendar.adding(workingDays: effects.value(of: ServingRules.delegated), to: effects.today)
            state.application.meetsOn = day
            effects.setTimer(.decide, at: Stockholm.instant(day, hour: 8))
            return try tellProposed(state, &effects)
        }
        state.application.item = ChainHead(
            try effects.publish(
                CommitteeItem(
                    municipality: effects.municipality, about: effects.subject, kind: .permit,
                    caseRef: state.application.caseRef, readyOn: effects.today, lastDay: state.application.lastDay,
                    proposal: state.application.refusal == nil ? .granted : .rejected),
                about: effects.committee))
    }

    /// Until June 2026 there is no permit without a kitchen and varied food, on the day of the decision (P14).
    private static func foodRefusal(_ state: Case, _ effects: Effects<Timer>) -> Case.Refusal? {
        guard state.application.filing?.attachments?.contains(.menu) != true else { return nil }
        let delegate = SwedishCalendar.adding(workingDays: effects.value(of: ServingRules.delegated), to: effects.today)
        let meeting = ServingDiary.meeting(readyOn: effects.today, papersBefore: effects.value(of: ServingRules.papers))
        let day = effects.row.decider == .committee ? meeting ?? delegate : delegate
        return effects.value(of: ServingRules.food, on: day) == 1 ? .food : nil
    }

    private static func tellProposed(_ state: Case, _ effects: inout Effects<Timer>) throws {
        guard let day = state.application.meetsOn else { return }
        let date = SwedishText.day(day)
        let who =
            if effects.row.decider == .delegate {
                "Beslutet fattas på delegation \(date)"
            } else if !ServingDiary.meetings.contains(day) {
                "Ordföranden beslutar \(date), för nämnden hinner inte sammanträda i tid"
            } else if ServingDiary.isRecess(from: effects.today, to: day) {
                "Nämnden har uppehåll i juli och beslutar \(date)"
            } else {
                "Nämnden beslutar \(date)"
            }
        try effects.set(
            Tile(.permitDecision, .investigating, "Förslag till beslut är klart. \(who)", expected: day))
    }

    /// What was proposed is granted or not.
    static func decide(_ isGranted: Bool, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.take(isGranted ? .granted : .refused), let filing = state.application.filing else { return }
        effects.cancelTimer(.limit)
        let by = effects.appealBy
        let (today, last) = (SwedishText.day(effects.today), SwedishText.day(by))
        guard isGranted else {
            try tell(.decided, &state, &effects, outcome: .rejected, decidedOn: effects.today)
            var grounds = state.referrals.objections.flatMap(\.grounds)
            if state.application.isTaxRevoked, !grounds.contains(.unpaidTax) { grounds.append(.unpaidTax) }
            let ground = ServingTexts.ground(state.application.refusal, grounds)
            return try effects.set(
                Tile(
                    .permitDecision, .decided,
                    "Ansökan är avslagen den \(today), för \(ground). Överklaga senast \(last)", reviewBy: by))
        }
        let hour = effects.value(of: ServingRules.latest)
        let hours = filing.hours ?? ""
        let isCut = ServingHours(hours)?.endsAfter(hour: hour) ?? false
        let granted = isCut ? ServingHours.ending(hours, hour: hour) : hours
        state.application.told?.hours = granted
        try tell(.decided, &state, &effects, outcome: isCut ? .partial : .granted, decidedOn: effects.today)
        effects.setTimer(.begin, at: effects.morning(afterWorkingDays: 1))
        let what = isCut ? " med kortare tider än ni sökte, \(granted)," : ""
        try effects.set(
            Tile(
                .permitDecision, .decided,
                "Tillståndet är beviljat den \(today)\(what) och gäller direkt. Vill ni ändra något i beslutet? Överklaga "
                    + "senast \(last)", reviewBy: by))
    }

    static func begin(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.take(.begun) else { return }
        try tell(.active, &state, &effects)
        try effects.set(
            Tile(
                .permitSupervision, .ongoing,
                "Beviset är utfärdat. Anmäl serveringsansvariga innan ni börjar, och ändringar i ägare eller styrelse i "
                    + "förväg. Kommunen gör tillsyn utan förvarning"))
    }

    /// The time to decide is soon over: it is prolonged once, and then it is told that it was not kept (P5, FL 11 §).
    static func limitPassed(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.stage.isTried, let last = state.application.lastDay else { return }
        // A day of decision is set: it is within the time, or the chair's.
        guard state.stage != .proposed else { return }
        let silent = state.referrals.silent
        let reason = silent.isEmpty ? "ärendet inte är färdigutrett" : "\(ServingTexts.names(silent)) inte har svarat"
        guard !state.application.isProlonged else {
            return try effects.set(
                Tile(
                    .permitApplication, .investigating,
                    "Beslutet är försenat, för \(reason). Det skulle ha kommit senast \(SwedishText.day(last))"))
        }
        let next = last.adding(months: effects.value(of: ServingRules.prolonging))
        state.application.isProlonged = true
        state.application.lastDay = next
        effects.setTimer(.limit, at: effects.midnight(after: next))
        try effects.set(
            Tile(
                .permitApplication, .investigating,
                "Kommunen behöver mer tid, för \(reason). Beslut kommer senast \(SwedishText.day(next))", expected: next
            ))
    }
}

extension KommunPermitsCase {
    /// Whether something speaks against the application: an objection, or that its F-tax is revoked.
    var isObjectedTo: Bool { !referrals.objections.isEmpty || application.isTaxRevoked }

    /// Whether a case is the one that is proposed.
    func isProposed(_ caseRef: String) -> Bool { stage == .proposed && application.caseRef == caseRef }
}
