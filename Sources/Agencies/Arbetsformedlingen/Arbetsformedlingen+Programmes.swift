import AgencyKit
import LifeEvents

/// A job-seeker in a programme: assigned by an officer, followed by the agency's own ladder, ill without another case.
extension Arbetsformedlingen {
    var programmes: [River<Self>] {
        [
            River(
                "assign a job-seeker to a programme", hears: ProgrammeAssignment.self,
                under: [ProgrammeRules.left.legal, ProgrammeRules.jobless.legal],
                mine: [
                    Condition("is a job-seeker in no programme") { state, _ in
                        state.isActive && state.programme.stage.after(.assigned) != nil
                    }
                ],
                whole: [
                    Condition("is of one who may join the programme") { state, event in
                        event.data.kind != .jobDevelopmentGuarantee
                            || state.mayJoinGuarantee(
                                on: event.data.from, jobless: event.value(of: ProgrammeRules.jobless),
                                left: event.value(of: ProgrammeRules.left),
                                monthDays: event.value(of: UnemploymentRules.monthDays))
                    }
                ], handle: Self.assign),
            River(
                "note a missed activity", hears: MissedActivity.self,
                under: [ProgrammeRules.ladder, ProgrammeRules.hearing.legal, ProgrammeRules.deciding.legal],
                mine: [
                    Condition("is of a day in a programme") { state, event in state.programme.covers(event.data.date) },
                    Condition("is another cause, or a reason for the one that is asked about") { state, event in
                        event.data.excused
                            ? state.programme.hearing != .clean && state.programme.missed == event.data.date
                            : state.programme.hearing == .clean && event.data.date >= state.programme.asked
                    },
                ],
                handle: { state, event, effects in
                    guard event.data.excused else { return try Self.miss(event.data.date, &state, &effects) }
                    guard state.programme.take(.excused) else { return }
                    effects.cancelTimer(.programmeHearing)
                    try effects.set(
                        Tile(
                            .programme, .done,
                            "Du hade ett godtagbart skäl den \(SwedishText.day(event.data.date)) och får ingen varning")
                    )
                }),
            River(
                "take a sick report in a programme", hears: ProgrammeSickReport.self,
                under: [ProgrammeRules.waiting.legal, ProgrammeRules.certificate.legal],
                whole: [
                    Condition("is filed by who takes part") { _, event in event.data.filedBy == event.subject },
                    Condition("is of a day in a programme that has come") { state, event in
                        state.programme.covers(event.data.firstSickDay) && event.data.firstSickDay <= event.knownOn
                    },
                ], handle: Self.takeSickReport),
        ]
    }

    /// Who pays, and who pays no more.
    private static func told(_ state: Case) -> [AgencyID] { (state.funds ?? []) + [AgencyID(.forsakringskassan)] }

    private static func publish(
        _ what: ProgrammeState, _ state: Case, _ effects: inout Effects<Timer>
    ) throws {
        let programme = state.programme
        try effects.publish(
            LabourProgramme(
                kind: programme.kind, from: programme.from, to: programme.to, extent: programme.extent, state: what,
                concerns: told(state)))
    }

    private static func assign(
        _ state: inout Case, _ event: Event<ProgrammeAssignment>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.programme.take(.assigned) else { return }
        (state.programme.kind, state.programme.extent) = (event.data.kind, event.data.extent)
        (state.programme.from, state.programme.to) = (event.data.from, event.data.to)
        (state.programme.hearing, state.programme.steps) = (.clean, 0)
        effects.setTimer(.programmeEnd, at: Stockholm.instant(event.data.to.adding(days: 1)))
        hear(&effects)
        try publish(.assigned, state, &effects)
        try effects.set(
            Tile(
                .programme, .ongoing,
                "Du deltar i \(event.data.kind.name) \(InsuranceRules.period(event.data.from, event.data.to)). "
                    + "Försäkringskassan betalar aktivitetsstöd efter din ansökan för varje månad",
                next: event.data.from))
    }

    /// Somebody was not there, or has not reported: asked first, decided then.
    static func miss(_ day: Day, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.programme.take(.missed) else { return }
        (state.programme.missed, state.programme.asked) = (day, effects.today)
        let last = SwedishCalendar.lastDayMoved(
            effects.today.adding(days: effects.value(of: ProgrammeRules.hearing)))
        effects.setTimer(.programmeHearing, at: Stockholm.instant(last.adding(days: 1)))
        let days = ProgrammeRules.days(of: state.programme.steps + 1)
        let otherwise =
            days == 0 ? "första gången en varning" : "den här gången dras \(ProgrammeRules.counted(days))"
        try effects.set(
            Tile(
                .programme, .awaitingCitizen,
                "Du gjorde inte det som du skulle i programmet den \(SwedishText.day(day)). Förklara varför senast "
                    + "\(SwedishText.day(last)). Annars avgör vi ändå: \(otherwise)", deadline: last))
    }

    /// The time to say why is over, or it is decided.
    static func programmeHearingDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        if state.programme.take(.silent) {
            let day = SwedishCalendar.adding(
                workingDays: effects.value(of: ProgrammeRules.deciding), to: effects.today)
            return effects.setTimer(.programmeHearing, at: Stockholm.instant(day, hour: 8))
        }
        guard state.programme.take(.decided) else { return }
        state.programme.steps += 1
        let step = state.programme.steps
        let days = ProgrammeRules.days(of: step)
        try effects.publish(
            ProgrammeSanction(
                kind: days == 0 ? .warning : .suspended, step: step, days: days, fromDate: state.programme.missed))
        let by = SwedishCalendar.lastDayMoved(
            effects.today.adding(days: 7 * effects.value(of: ProgrammeRules.review)))
        let what =
            days == 0
            ? "Du får en varning. Aktivitetsstödet minskar inte"
            : "Du får inget aktivitetsstöd för \(ProgrammeRules.counted(days))"
        try effects.set(
            Tile(
                .programme, .decided,
                "\(what). Händer det igen dras \(ProgrammeRules.counted(ProgrammeRules.days(of: step + 1))). Begär omprövning "
                    + "senast \(SwedishText.day(by))", reviewBy: by))
    }

    /// The last day is over.
    static func programmeEndDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        try endProgramme(&state, on: state.programme.to, &effects)
    }

    /// The programme ends with its last day, or with what it was for.
    static func endProgramme(_ state: inout Case, on day: Day, _ effects: inout Effects<Timer>) throws {
        guard state.programme.take(.over) else { return }
        effects.cancelTimer(.programmeEnd)
        effects.cancelTimer(.programmeHearing)
        state.programme.to = min(day, state.programme.to)
        try publish(.ended, state, &effects)
        try effects.set(
            Tile(
                .programme, .done, "Programmet slutade \(SwedishText.day(state.programme.to))"))
    }

    /// Who is registered again is in the programme again, where it was not over.
    static func resumeProgramme(_ state: inout Case, _ to: Day?, _ effects: inout Effects<Timer>) throws {
        guard let to, to >= effects.today, state.programme.take(.notOver) else { return }
        state.programme.to = to
        effects.setTimer(.programmeEnd, at: Stockholm.instant(to.adding(days: 1)))
        try publish(.changed, state, &effects)
        try effects.set(
            Tile(
                .programme, .corrected,
                "Rättat: du deltar i \(state.programme.kind.name) som förut, till \(SwedishText.day(to))"))
    }

    private static func takeSickReport(
        _ state: inout Case, _ event: Event<ProgrammeSickReport>, _ effects: inout Effects<Timer>
    ) throws {
        hear(&effects)
        let first = event.data.firstSickDay
        let atLeast = effects.value(of: ProgrammeRules.waiting)
        let last = max(first.adding(days: atLeast - 1), event.knownOn.adding(days: -1))
        var month = Month(of: first)
        while month.firstDay <= last {
            let days = IntroductionDays.weekdays(max(first, month.firstDay), min(last, month.lastDay))
            if days > 0 {
                try effects.publish(
                    ProgrammeAbsence(month: month, days: days, concerns: [AgencyID(.forsakringskassan)]))
            }
            month = month.next
        }
        let certificate = first.adding(days: effects.value(of: ProgrammeRules.certificate))
        try effects.set(
            Tile(
                .programme, .ongoing,
                "Du är sjuk från \(SwedishText.day(first)). Aktivitetsstödet gäller som förut, men inte för \(InsuranceRules.period(first, last)). Är du "
                    + "sjuk \(SwedishText.day(certificate)) behövs läkarintyg", next: certificate))
    }
}
