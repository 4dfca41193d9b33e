import AgencyKit
import LifeEvents

/// An application comes, is checked, completed, dismissed or withdrawn (P1, P9).
extension KommunPermits {
    var applications: [River<Self>] {
        [
            River(
                "take an application to serve", hears: PermitFiling.self,
                under: [ServingRules.permit, ServingRules.check.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of a firm without an application or a permit") { state, _ in
                        state.stage.after(.filed) != nil
                    }
                ],
                whole: [
                    Condition("is filed by who signs for the firm") { state, event in
                        state.signatories.mayAct(event.data.filedBy, .all, on: event.knownOn)
                    },
                    Condition("says to whom, what and when alcohol is served") { _, event in
                        event.data.audience != nil && event.data.drinks?.isEmpty == false
                            && event.data.hours.flatMap { ServingHours($0) } != nil
                    },
                ], handle: Self.takeApplication),
            River(
                "take what an application lacked", hears: PermitCompletion.self,
                under: [ServingRules.completing.legal, ServingRules.recheck.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of an application that lacks something") { state, _ in state.stage == .supplement }
                ],
                whole: [
                    Condition("is filed by who signs for the firm") { state, event in
                        state.signatories.mayAct(event.data.filedBy, .all, on: event.knownOn)
                    }
                ],
                handle: { state, event, effects in
                    state.application.completed.append(event.data.item)
                    guard state.application.lacks.isEmpty else { return try Self.askForMore(&state, &effects) }
                    state.application.completeOn = event.knownOn
                    effects.cancelTimer(.supplement)
                    effects.setTimer(
                        .check, at: effects.morning(afterWorkingDays: effects.value(of: ServingRules.recheck)))
                }),
            River(
                "withdraw an application", hears: PermitWithdrawal.self, under: [ServingRules.permit],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of an application that is open") { state, event in
                        state.stage.after(.withdrawn) != nil && event.data.caseRef == state.application.caseRef
                    }
                ],
                whole: [
                    Condition("is filed by who signs for the firm") { state, event in
                        state.signatories.mayAct(event.data.filedBy, .all, on: event.knownOn)
                    }
                ], handle: Self.withdraw),
        ]
    }

    private static func takeApplication(
        _ state: inout Case, _ event: Event<PermitFiling>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.take(.filed) else { return }
        let tests = state.test.passed
        (state.application, state.referrals, state.test) = (Case.Application(), Case.Referrals(), Case.Test())
        state.test.passed = tests
        state.application.caseRef = "serving-\(event.knownOn)"
        state.application.filing = event.data
        state.application.completeOn = event.knownOn
        state.application.told = Permit(
            municipality: effects.municipality, kind: .serving, state: .filed, placeRef: event.data.placeRef,
            caseRef: state.application.caseRef, audience: event.data.audience, drinks: event.data.drinks,
            hours: event.data.hours)
        try tell(.filed, &state, &effects)
        let count = effects.value(of: ServingRules.check)
        let day = SwedishCalendar.adding(workingDays: count, to: effects.today)
        effects.setTimer(.check, at: effects.morning(afterWorkingDays: count))
        try effects.set(
            Tile(
                .permitApplication, .received,
                "\(Municipalities.body(code: effects.municipality)) har fått ansökan om serveringstillstånd den "
                    + "\(SwedishText.day(event.knownOn)). Vi säger till senast \(SwedishText.day(day)) om något saknas",
                expected: day))
    }

    private static func withdraw(
        _ state: inout Case, _ event: Event<PermitWithdrawal>, _ effects: inout Effects<Timer>
    ) throws {
        try withdrawItem(&state, &effects)
        guard state.take(.withdrawn) else { return }
        for timer in [Timer.check, .supplement, .answers, .hearing, .mending, .limit] { effects.cancelTimer(timer) }
        for need in state.referrals.needs {
            try effects.publish(
                Annulled<ServingPermitNeed>(reasonCode: "withdrawn"), change: .annulled, previous: need,
                purpose: ServingRules.purpose)
        }
        state.referrals = Case.Referrals()
        try effects.publish(
            MunicipalCaseStatus(
                caseRef: state.application.caseRef, municipality: effects.municipality, service: .permit,
                reason: .withdrawn, state: .closed))
        try effects.set(
            Tile(
                .permitApplication, .stopped,
                "Ni har återkallat ansökan den \(SwedishText.day(effects.today)). Avgiften betalas inte tillbaka"))
    }

    /// Says where the permit stands.
    static func tell(
        _ permitState: PermitState, _ state: inout Case, _ effects: inout Effects<Timer>,
        outcome: PermitOutcome? = nil, sanction: ServingSanction? = nil, reason: RevocationReason? = nil,
        decidedOn: Day? = nil, corrects: Bool = false
    ) throws {
        guard var permit = state.application.told else { return }
        permit.state = permitState
        permit.outcome = outcome
        permit.from = permitState == .active ? effects.today : nil
        permit.sanction = sanction
        permit.reason = reason
        permit.decidedOn = decidedOn
        state.application.told = permit
        switch permitState {
        case .decided where corrects: try effects.publish(permit, in: &state.application.decision)
        case .decided: state.application.decision = ChainHead(try effects.publish(permit))
        case .revoked: state.supervision.revocation = ChainHead(try effects.publish(permit))
        default: try effects.publish(permit)
        }
        // What goes against the firm may be appealed from today.
        let isAgainst = decidedOn != nil && outcome != .granted && outcome != .partial
        state.appeal = Case.Appeal()
        if isAgainst { state.appeal.decidedOn = effects.today }
    }

    static func check(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        if state.application.lacks.isEmpty { return try refer(&state, &effects) }
        guard state.take(.lacking) else { return }
        effects.setTimer(
            .supplement, at: effects.midnight(after: effects.lastDay(in: effects.value(of: ServingRules.completing))))
        try effects.publish(
            MunicipalCaseStatus(
                caseRef: state.application.caseRef, municipality: effects.municipality, service: .permit,
                state: .awaitingCitizen))
        try askForMore(&state, &effects)
    }

    /// What lacks, and by when it must come: the day does not move while it comes in parts.
    private static func askForMore(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let by = state.application.completeBy ?? effects.lastDay(in: effects.value(of: ServingRules.completing))
        state.application.completeBy = by
        try effects.set(
            Tile(
                .permitApplication, .awaitingCitizen,
                "\(ServingTexts.lacking(state.application.lacks, by: by)). Annars kan ansökan avvisas", deadline: by))
    }

    static func dismiss(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.take(.silent) else { return }
        try tell(.decided, &state, &effects, outcome: .dismissed, decidedOn: effects.today)
        let by = effects.appealBy
        try effects.set(
            Tile(
                .permitApplication, .decided,
                "Ansökan avvisas den \(SwedishText.day(effects.today)), för den är inte komplett. Avgiften betalas inte "
                    + "tillbaka. Överklaga senast \(SwedishText.day(by))", reviewBy: by))
    }
}

/// Hours of serving: from when to when on a day.
struct ServingHours: Equatable, Sendable {
    /// Minutes after midnight; the end may lie on the next day.
    let opens: Int
    let closes: Int

    /// `11:00-01:00`; nil for what is no such text.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Self.minutes($0) }
        guard parts.count == 2, let opens = parts[0], let closes = parts[1] else { return nil }
        self.opens = opens
        self.closes = closes
    }

    private static func minutes(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]),
            let minute = Int(parts[1]),
            0..<24 ~= hour, 0..<60 ~= minute
        else { return nil }
        return 60 * hour + minute
    }

    /// Whether serving goes on after an hour of the night (P15).
    func endsAfter(hour: Int) -> Bool { closes <= opens && closes > 60 * hour }

    /// The same opening, with an end at an hour of the night.
    static func ending(_ text: String, hour: Int) -> String { "\(text.prefix(5))-0\(hour):00" }
}
